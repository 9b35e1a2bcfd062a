"""The files of a room: kept by what is in them, sent in parts, gone with the last message about them."""
