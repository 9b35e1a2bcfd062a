"""Emoji: which there are, what they are called, and the panel to choose one from."""
