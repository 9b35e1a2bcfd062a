"""Guests by plain text: netcat, telnet, and whatever speaks the tutorial's exchange."""
