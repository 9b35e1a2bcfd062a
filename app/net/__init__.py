"""Qt sockets only: the door, links, the host and the client."""
