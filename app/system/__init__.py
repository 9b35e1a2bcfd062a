"""What Papo asks of the system it runs on: other programs, by one door, and what opens its links."""
