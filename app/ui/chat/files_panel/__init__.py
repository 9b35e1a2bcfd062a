"""The files and pictures of a room, listed beside its timeline."""
