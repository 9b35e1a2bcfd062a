"""Bringing others into a room: the dialog, the QR code, the page to print, the screen to project."""
