"""HTTP/1.1 at the door, inside the room's TLS: files are sent and fetched with it."""
