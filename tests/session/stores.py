"""Stores for tests: crashes, and sessions that stand on a store."""

from __future__ import annotations

import shutil
from pathlib import Path

from app.session.room_session import RoomSession
from app.session.store import RoomStore
from tests.helpers.clock import ManualClock
from tests.helpers.transport import ME, RecordingTransport


def loaded(path: Path) -> RoomStore:
    """Open a store that must be sound."""
    found = RoomStore.load(path)
    assert (found.set_aside, found.value.problem) == (None, "")
    return found.value


def crash(store: RoomStore) -> Path:
    """End as a killed process does; return where what is left on the disk lies."""
    assert store.path is not None
    copy = store.path.parent.with_name(store.path.parent.name + "+")
    shutil.copytree(store.path.parent, copy)
    store._connection.close()
    store._is_open = False
    return copy / store.path.name


class Desk:
    """One run of the program: a session on a store, its clock and its transport."""

    def __init__(self, path: Path, *, nickname: str = "ana", whole_history: bool = False) -> None:
        self.clock = ManualClock()
        self.store = loaded(path)
        self.session = RoomSession(
            nickname, self.clock, whole_history=whole_history, store=self.store
        )
        self.session.device = ME
        self.transport = RecordingTransport()
        self.session.attach(self.transport)
        self.session.show_replica()

    def end_turn(self) -> None:
        self.clock.advance(0)

    def crash(self) -> Path:
        """Kill this run; return where the next one finds what is left."""
        left = crash(self.store)
        # What a dead process meant to do is not done any more.
        self.session._keeper._store = None
        return left

    def close(self) -> Path:
        """End this run properly."""
        path = self.store.path
        assert path is not None
        self.session.close()
        return path
