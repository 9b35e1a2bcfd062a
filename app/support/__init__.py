"""Small things that everyone stands on: clock, settings, files, logging."""
