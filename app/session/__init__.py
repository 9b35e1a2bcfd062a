"""The member's brain: all that a window knows of a room."""
