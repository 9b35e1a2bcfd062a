"""`ClearChannel`: what stands in for TLS on a connection that has none."""

from __future__ import annotations


class ClearChannel:
    """Bytes in, the same bytes out. As `Channel`, for those who serve either."""

    ready = True
    ended = False
    is_papo = True
    peer_certificate = b""

    def receive(self, data: bytes) -> bytes:
        """Return what came, as it came."""
        return data

    def seal(self, data: bytes | bytearray | memoryview, _at_once: int = 0) -> bytes:
        """Return what is to be sent, as it is."""
        return bytes(data)

    def outgoing(self) -> bytes:
        """Return nothing: nothing of its own is to be said."""
        return b""

    def end(self) -> None:
        """Say nothing: the connection's own end is all there is."""
