"""Where one writes: the box, what completes a word, the commands."""
