"""The list of rooms at the window's side."""
