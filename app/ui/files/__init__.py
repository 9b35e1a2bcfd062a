"""Files wherever the window shows them: what stands for them, and their small pictures."""
