"""A connection that speaks HTTP, with everything around it made up: no socket, no TLS, no waiting."""

from __future__ import annotations

import base64
from collections import deque
from pathlib import Path
from typing import cast

import h11

from app.net import limits
from app.net.door import Caller
from app.net.http.requests import Answer
from app.net.http.visit import HttpVisit
from app.net.link import HandOver
from app.net.stream import Stream
from app.net.web.front import Upgrade
from app.protocol import messages as m
from app.room.effects import Send
from app.room.files.quotas import Quotas
from app.room.files.store import FileStore, StoredFile
from app.room.log import Log
from app.room.room import Room
from app.room.settings import RoomSettings
from app.security.channel import Channel
from tests.helpers.clock import ManualClock
from tests.helpers.frail_disk import FrailDisk

NOW = 1_700_000_000_000
ID = "0" * 31 + "1"
"""An upload's."""


class FakeStream:
    """A stream whose other end takes what it is told to."""

    def __init__(self) -> None:
        self.listener: HttpVisit | None = None
        self.ended = False
        self.incoming = b""
        self.out = bytearray()
        self.taken = bytearray()
        self.stuck = False
        self.reading = True
        self.open = True
        self.finished = False

    @property
    def waiting(self) -> int:
        return len(self.out)

    def read(self) -> bytes:
        data, self.incoming = (
            self.incoming[: limits.READ_BUFFER],
            self.incoming[limits.READ_BUFFER :],
        )
        return data

    def write(self, data: bytes) -> None:
        self.out += data
        if not self.stuck:
            self.take()

    def take(self) -> None:
        self.taken += self.out
        self.out.clear()

    def set_reading(self, reading: bool) -> None:
        self.reading = reading

    def widen(self) -> None:
        """It takes what it is told to."""

    def finish(self) -> None:
        self.finished = True

    def abort(self) -> None:
        self.open = False


class PlainChannel:
    """TLS that is none."""

    ended = False

    def receive(self, data: bytes) -> bytes:
        return data

    def seal(self, data: bytes | bytearray | memoryview, _record: int = 0) -> bytes:
        return bytes(data)

    def outgoing(self) -> bytes:
        return b""

    def end(self) -> None:
        """Nothing to say."""


class Place:
    """A room with files, and a server of as many connections as one likes."""

    def __init__(self, folder: Path) -> None:
        self.disk = FrailDisk()
        log = Log.open(folder / "log.db").value
        quotas = Quotas(file=2_000_000, room=4_000_000)
        store = FileStore(folder / "files", log, quotas, self.disk)
        self.room = Room(RoomSettings(name="Lab"), log, store)
        self.clock = ManualClock()
        self.ready: deque[HttpVisit] = deque()
        self.visits: list[HttpVisit] = []
        self.sending: dict[bytes, HttpVisit] = {}
        self.makes = False
        """Whether it makes thumbnails: a test says when one is made."""
        self.wanted: dict[HttpVisit, StoredFile] = {}
        self.token = self.join(1, b"a" * 32)

    def join(self, link: int, device: bytes) -> str:
        self.room.admit(link, device, "192.168.1.9")
        self.room.handle(link, m.Join(nick=f"n{link}"), NOW)
        (effect,) = self.room.handle(link, m.AskToken(), NOW)
        assert isinstance(effect, Send)
        assert isinstance(effect.message, m.Token)
        return base64.urlsafe_b64encode(effect.message.token).decode()

    def close(self) -> None:
        for visit in list(self.visits):
            visit.end()
        assert self.room.files is not None
        self.room.files.close()
        self.room.log.close()

    # What a server is to its connections.

    def now(self) -> int:
        return NOW

    def save(self) -> None:
        self.room.save(NOW)

    def front(self, _request: h11.Request, *, secure: bool) -> Answer | Upgrade | None:
        assert secure
        return None

    def show(self, visit: HttpVisit, answer: Answer) -> None:
        visit.is_paged = answer.body is not None

    def browse(self, visit: HttpVisit, connection: HandOver) -> None:
        raise NotImplementedError

    def let_in(self, _visit: HttpVisit, _link: int) -> bool:
        return True

    def claim(self, upload: bytes, visit: HttpVisit) -> None:
        before = self.sending.get(upload)
        if before is not None and before is not visit:
            before.end()
        self.sending[upload] = visit

    def release(self, upload: bytes, visit: HttpVisit) -> None:
        if self.sending.get(upload) is visit:
            del self.sending[upload]

    def make_thumbnail(self, visit: HttpVisit, file: StoredFile) -> bool:
        self.wanted[visit] = file
        return self.makes

    def await_no_thumbnail(self, visit: HttpVisit) -> None:
        self.wanted.pop(visit, None)

    def soon(self, visit: HttpVisit) -> None:
        self.ready.append(visit)

    def forget(self, visit: HttpVisit) -> None:
        self.visits.remove(visit)

    def run(self) -> None:
        while self.ready:
            visit = self.ready.popleft()
            if visit.step():
                self.ready.append(visit)


class Client:
    """The other end of a connection."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.stream = FakeStream()
        connection = HandOver(cast(Stream, self.stream), cast(Channel, PlainChannel()), b"")
        self.visit = HttpVisit(cast(Caller, None), connection, place)
        place.visits.append(self.visit)
        self.visit.start(b"")

    def say(self, data: bytes) -> None:
        self.stream.incoming += data
        while self.stream.incoming and self.stream.open and self.stream.reading:
            self.visit.on_readable()
            self.place.run()

    def ask(self, method: str, path: str, body: bytes | None = None, /, **headers: str) -> None:
        lines = [
            f"{method} {path} HTTP/1.1",
            "Host: x",
            f"Authorization: Bearer {self.place.token}",
        ]
        if body is not None and "content_length" not in headers:
            lines.append(f"Content-Length: {len(body)}")
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        self.say("\r\n".join([*lines, "", ""]).encode() + (body or b""))
        self.place.run()

    def is_open(self) -> bool:
        """Tell whether it was not hung up on."""
        return self.stream.open

    def heard(self, method: str = "GET") -> tuple[int, dict[str, str], bytes]:
        """Return status, headers and body of the next answer."""
        parser = h11.Connection(h11.CLIENT)
        parser.send(h11.Request(method=method, target="/", headers=[("Host", "x")]))
        parser.send(h11.EndOfMessage())
        parser.receive_data(bytes(self.stream.taken))
        status, headers, body = 0, {}, b""
        while True:
            event = parser.next_event()
            if isinstance(event, h11.Response):
                status = event.status_code
                headers = {n.decode(): v.decode() for n, v in event.headers}
            elif isinstance(event, h11.Data):
                body += event.data
            elif isinstance(event, h11.EndOfMessage) or event is h11.NEED_DATA:
                rest, _closed = parser.trailing_data
                self.stream.taken = bytearray(rest)
                return status, headers, body
