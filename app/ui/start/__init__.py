"""The page on which a room is hosted or joined."""
