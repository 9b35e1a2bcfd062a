"""The panel that goes to a room, a person or a command by its name."""
