"""Which version two sides speak: the highest that both know."""

from __future__ import annotations

from app.protocol.errors import NoCommonVersion, Refusal

OLDEST = 1
NEWEST = 1
"""The versions that this program speaks, both ends included."""

ALPN = "papo/1"
"""What a Papo client asks for in the TLS handshake. It names the framing and the hellos, which no
version may change; everything after them is up to the version."""


def negotiate(
    min_version: int, max_version: int, *, oldest: int = OLDEST, newest: int = NEWEST
) -> int:
    """Return the highest version that we and a peer speaking `min_version`..`max_version` share.

    Raises NoCommonVersion, whose refusal says whether the peer is the older or the newer one.
    """
    if max_version < oldest or max_version < min_version:
        raise NoCommonVersion(Refusal.PEER_TOO_OLD)
    if min_version > newest:
        raise NoCommonVersion(Refusal.PEER_TOO_NEW)
    return min(max_version, newest)
