"""A room written down: as a page, as text, as JSON; with progress."""
