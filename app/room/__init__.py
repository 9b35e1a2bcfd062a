"""The host's brain: what a room decides. No Qt, no socket, no clock."""
