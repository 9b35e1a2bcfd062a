"""Files of a room as one member has them: on their way up, on their way down, or here."""
