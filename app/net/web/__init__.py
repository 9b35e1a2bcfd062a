"""Browser guests: the page, the way in, and the room as JSON over WebSocket."""
