"""What stands before a room until one is in it: waiting, a question, a hard stop."""
