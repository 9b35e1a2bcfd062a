"""What was said in a room: its model, how it is painted, what can be done with it."""
