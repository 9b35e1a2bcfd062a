"""Pictures, decoded in a process of their own: whatever one does to its decoder, it does it there."""
