"""The door's HTTP: any bytes, in any pieces, of whoever has a token and of whoever has none."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import strategies as st

from app.net import limits
from tests.fuzz.engine import Run, Target
from tests.fuzz.inputs import Case
from tests.helpers.http_place import ID, Client, Place

_TOKEN = b"@TOKEN@"
"""Stands for the header of a member, whose token no case can know."""

_MOST_HELD = 2 * limits.FILE_SLICE


@contextmanager
def _open() -> Iterator[Run]:
    with tempfile.TemporaryDirectory() as folder:
        place = Place(Path(folder))
        try:
            yield lambda case: _run(place, case)
        finally:
            place.close()


def _run(place: Place, case: Case) -> None:
    client = Client(place)
    header = f"Authorization: Bearer {place.token}\r\n".encode()
    for part in case:
        client.say(part.replace(_TOKEN, header))
        place.run()
        assert client.stream.waiting <= _MOST_HELD
    place.clock.advance(limits.HTTP_DEADLINE + limits.HTTP_IDLE)
    client.visit.look()
    client.visit.look()
    assert not client.is_open()
    assert not place.sending
    assert not place.visits


_WORDS = st.sampled_from(
    [b"GET ", b"PUT ", b"HEAD ", b"DELETE ", b"POST ", b" HTTP/1.1\r\n", b" HTTP/1.0\r\n", b"\r\n",
     b"Host: x\r\n", b"\r\n\r\n", f"/files/{ID}".encode(), f"/files/{'a' * 64}".encode(),
     b"?name=%2e%2e%2fx%00%ff", b"Content-Length: 10\r\n", b"Content-Length: 0\r\n",
     b"Content-Range: bytes 0-9/10\r\n", b"Content-Range: bytes 5-9/10\r\n",
     b"Content-Range: bytes */10\r\n", b"Transfer-Encoding: chunked\r\n", b"A\r\n0123456789\r\n",
     b"0\r\n\r\n", b"0123456789", b"Expect: 100-continue\r\n", b"Range: bytes=0-5\r\n",
     b"Connection: close\r\n", b"Upgrade: websocket\r\n", _TOKEN]
)  # fmt: skip
_REQUEST = st.builds(
    lambda method, path, headers, body: b"".join(
        [method, path, b" HTTP/1.1\r\nHost: x\r\n", _TOKEN, *headers, b"\r\n", body]
    ),
    st.sampled_from([b"GET ", b"PUT ", b"HEAD ", b"DELETE "]),
    st.sampled_from(
        [
            *(f"/files/{ID}".encode(), f"/files/{'a' * 64}".encode(), b"/"),
            f"/files/{'a' * 64}/thumbnail".encode(),
        ]
    ),
    st.lists(_WORDS.filter(lambda word: word.endswith(b"\r\n") and word[:1].isalpha()), max_size=3),
    st.sampled_from([b"", b"0123456789", b"A\r\n0123456789\r\n0\r\n\r\n", b"01234"]),
)
_PART = _REQUEST | st.lists(_WORDS | st.binary(max_size=30), max_size=12).map(b"".join)

TARGETS = (Target("http", st.lists(_PART, max_size=6).map(tuple), _open, 150),)
