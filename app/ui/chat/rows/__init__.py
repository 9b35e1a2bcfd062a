"""Long lists of rows: of one height or of many, by mouse and by keyboard."""
