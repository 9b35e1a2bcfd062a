"""Pictures of a room, as large as the window: fetched, decoded elsewhere, looked at from near."""
