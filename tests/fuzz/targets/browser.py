"""A browser guest's WebSocket: any bytes, in any pieces, before it joined and after."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

from hypothesis import strategies as st

from app.net.web.wire import WebWire
from app.protocol import messages as m
from app.protocol.errors import PeerError
from app.protocol.state import Phase
from tests.fuzz.engine import Run, Target
from tests.fuzz.inputs import Case

_JOINED = b"JOINED"
"""As a case's first part: of somebody who is in the room."""


@contextmanager
def _open() -> Iterator[Run]:
    yield _run


def _run(case: Case) -> None:
    wire = WebWire()
    parts = list(case)
    if parts[:1] == [_JOINED]:
        wire.phase = Phase.JOINED
        del parts[0]
    try:
        for part in parts:
            for message in wire.receive(part):
                if isinstance(message, m.ClientHello):
                    wire.send(m.HostHello(version=1, nonce=bytes(32), room="Lab"))
                elif isinstance(message, m.Join):
                    wire.send(m.Rejected(code="nickname-taken"))
            assert len(wire.replies) <= 2 * 127
    except PeerError as error:
        wire.send(m.Closed(code=error.refusal))


def _framed(opcode: int, payload: bytes, mask: bytes) -> bytes:
    size = len(payload)
    length = bytes((0x80 | size,)) if size < 126 else b"\xfe" + size.to_bytes(2, "big")
    hidden = bytes(byte ^ mask[at % 4] for at, byte in enumerate(payload))
    return bytes((opcode,)) + length + mask + hidden


_TEXTS = st.sampled_from(
    [
        json.dumps(said).encode()
        for said in (
            {"t": "hello", "min_version": 1, "max_version": 1},
            {"t": "identify", "secret": "A" * 43 + "="},
            {"t": "join", "nick": "Cida"},
            {"t": "say", "cid": "A" * 22 + "==", "text": "oi"},
            {"t": "fetch", "after": 0, "until": 5},
            {"t": "closed", "code": "x"},
            {"t": "leave"},
            {"t": "remove", "member": 1},
        )
    ]
)
_FRAMES = st.builds(
    _framed,
    st.sampled_from([0x81, 0x01, 0x80, 0x00, 0x82, 0x88, 0x89, 0x8A, 0x83, 0xC1]),
    _TEXTS | st.binary(max_size=140),
    st.binary(min_size=4, max_size=4),
)
_PARTS = st.lists(
    _FRAMES | _FRAMES.map(lambda whole: whole[:7]) | st.binary(max_size=20), max_size=8
)
_CASES = st.builds(
    lambda joined, parts: (*([_JOINED] if joined else []), *parts), st.booleans(), _PARTS
)

TARGETS = (Target("browser", _CASES, _open, 150),)
