"""What is announced of the rooms that nobody looks at, where it shows, and how one has peace."""
