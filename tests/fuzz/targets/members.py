"""What a hostile host can do to a member: to the session, and to what it keeps on the disk."""

from __future__ import annotations

import functools
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import strategies as st
from PyQt6.QtCore import QCoreApplication, QEvent
from PyQt6.QtWidgets import QApplication

from app.protocol import messages as m
from app.protocol.codec import decode_from_host
from app.protocol.errors import MalformedMessage
from app.protocol.limits import MAX_FRAME
from app.session.connection import Connection, Phase
from app.session.room_session import RoomSession
from app.session.store import RoomStore
from app.session.timeline import MessageEntry
from tests.fuzz.engine import Run, Target
from tests.fuzz.inputs import Case, readable
from tests.helpers import messages as made
from tests.helpers.clock import ManualClock
from tests.helpers.transport import ME, RecordingTransport, let_in

_ACTS = ("hear", "hear", "hear", "hear", "hear", "turn", "lose", "say", "older", "search", "anew")
_SILENT = {m.HostHello, m.Ping, m.Pong}
"""What never comes as far as the session."""

_SPOKEN = tuple(kind for kind in made.FROM_HOST if kind not in _SILENT)


class Member:
    """A session in its room, with its own store, and everything that a host may say to it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.clock = ManualClock()
        self.session = RoomSession("ana", self.clock, store=RoomStore.load(path).value)
        self.session.device = ME
        self.session.address = "10.0.0.1:9090"
        self.transport = RecordingTransport()
        self.session.attach(self.transport)
        self.heard = 0

    def act(self, part: bytes) -> None:
        """Do what one part of a case says: its first byte is the act."""
        session = self.session
        act = _ACTS[part[0] % len(_ACTS)]
        if act == "hear":
            self._hear(part[1:])
        elif act == "turn":
            self.clock.advance(part[1] if len(part) > 1 else 0)
        elif act == "lose":
            session.set_connection(Connection(Phase.WAITING, problem="lost", retry_at=1.0))
        elif act == "say":
            session.send("mine")
        elif act == "older":
            session.load_older()
        elif act == "search":
            session.search(part[1:].decode("utf-8", "replace"))
        else:
            let_in(session, part[1] % 12 if len(part) > 1 else 0, log=part[1:2])

    def _hear(self, body: bytes) -> None:
        if len(body) > MAX_FRAME:
            return
        try:
            message = decode_from_host(body)
        except MalformedMessage:
            return
        if type(message) in _SILENT:
            return
        # The wire lets nothing but a joined and a refused nickname in before one is in the room.
        if not self.session.is_online and not isinstance(message, m.Joined | m.Rejected | m.Closed):
            return
        self.heard += len(body)
        self.session.receive(message)

    def check(self) -> None:
        """Each message once, in the log's order; and no more than was heard."""
        timeline = self.session.timeline
        entries = [timeline[row] for row in range(len(timeline))]
        confirmed = [e.seq for e in entries if isinstance(e, MessageEntry) and e.seq]
        assert confirmed == sorted(set(confirmed)), confirmed
        assert len(entries) <= self.heard + 200
        assert len(self.session.roster) <= self.heard

    def end(self) -> None:
        """Close, and come back to what was kept."""
        self.session.close()
        again = RoomStore.load(self.path)
        assert again.set_aside is None, "what a host said damaged what is kept"
        assert not again.value.problem
        again.value.close()
        self.session.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _run_session(case: Case) -> None:
    with tempfile.TemporaryDirectory() as folder:
        member = Member(Path(folder) / "replica.db")
        try:
            let_in(member.session, 3)
            for part in case:
                if part:
                    member.act(part)
            member.clock.advance(0)
            member.check()
        finally:
            member.end()


@functools.cache
def application() -> QApplication:
    """Return the application, made where there is none; held until the end of the process."""
    found = QApplication.instance()
    return found if isinstance(found, QApplication) else QApplication(["fuzz"])


@contextmanager
def _session() -> Iterator[Run]:
    application()
    yield _run_session


_PARTS = st.builds(
    lambda act, body: bytes([act]) + body,
    st.integers(0, len(_ACTS) - 1),
    readable(_SPOKEN).filter(lambda body: len(body) <= MAX_FRAME),
)
CASES = st.lists(_PARTS, max_size=14).map(tuple)

TARGETS = (Target("session", CASES, _session, 60),)
