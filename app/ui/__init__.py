"""Windows, widgets, models, delegates and the theme; one job a file."""
