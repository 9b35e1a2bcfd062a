"""Who is in the room, what one may do with them, and what moderators did."""
