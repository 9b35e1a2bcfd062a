"""A store that is killed between any two of its steps: opened again, nothing in it is half done."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from app.room.files import clearing
from app.room.files.problems import FileRefused
from app.room.files.quotas import Quotas
from app.room.files.store import STALE_AFTER, UNUSED_AFTER, FileStore
from app.room.log import Log
from tests.helpers.frail_disk import FrailDisk, Killed
from tests.room.files.uploads import upload

CONTENTS = [b"", b"short", b"a" * 3_000, b"b" * 3_000]
QUOTAS = Quotas(file=5_000, room=8_000, uploads=3)


class Stores(RuleBasedStateMachine):
    """Sends, resumes, gives up, sweeps, and is killed."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.disk = FrailDisk()
        # Files of three pieces, too large to be removed at once.
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(clearing, "AT_ONCE", 1_000)
        self.patch.setattr(clearing, "PIECE", 1_200)
        self._open()

    def teardown(self) -> None:
        self.patch.undo()
        self.store.close()
        self.log.close()
        shutil.rmtree(self.folder)

    def _open(self) -> None:
        self.log = Log.open(self.folder / "log.db").value
        self.store = FileStore(self.folder / "files", self.log, QUOTAS, self.disk)

    def _killed(self) -> None:
        """Open again what was left, without what the database had not committed."""
        self.disk.steps_left = None
        self.store.close()
        self.log._db.close()
        self._open()

    @rule(number=st.integers(0, 3), take=st.integers(0, 3_000), steps=st.none() | st.integers(0, 9))
    def send(self, number: int, take: int, steps: int | None) -> None:
        data = CONTENTS[number]
        self.disk.steps_left = steps
        try:
            part = self.store.begin(upload(number, len(data)))
            while self.store.open(part):
                pass
            self.store.write(part, data[part.offset : part.offset + take])
            if part.is_complete:
                assert self.store.finish(part).hash == hashlib.sha256(data).digest()
        except FileRefused:
            pass
        except Killed:
            self._killed()
        self.disk.steps_left = None

    @rule(number=st.integers(0, 3), steps=st.none() | st.integers(0, 5), size=st.integers(0, 3_000))
    def make_thumbnail(self, number: int, steps: int | None, size: int) -> None:
        digest = hashlib.sha256(CONTENTS[number]).digest()
        self.disk.steps_left = steps
        try:
            place = self.store.thumbnails.begin(digest)
            if place is not None:
                place.write_bytes(bytes(size))
                self.store.keep_thumbnail(digest, 4, 3, "image/png")
        except Killed:
            self._killed()
        self.disk.steps_left = None

    @rule(number=st.integers(0, 3), steps=st.none() | st.integers(0, 2))
    def give_up(self, number: int, steps: int | None) -> None:
        part = self.store.part(bytes([number]) * 16, b"d" * 32)
        self.disk.steps_left = steps
        try:
            if part is not None:
                self.store.discard(part)
        except Killed:
            self._killed()
        self.disk.steps_left = None

    @rule(number=st.integers(0, 3))
    def begin_anew(self, number: int) -> None:
        part = self.store.part(bytes([number]) * 16, b"d" * 32)
        if part is not None:
            self.store.restart(part)

    @rule()
    def commit(self) -> None:
        self.log.commit()

    @precondition(lambda self: not self.log.has_notes)
    @rule(
        steps=st.none() | st.integers(0, 3),
        now=st.sampled_from([0, UNUSED_AFTER + 1, STALE_AFTER + 1]),
    )
    def sweep(self, steps: int | None, now: int) -> None:
        self.disk.steps_left = steps
        try:
            while self.store.sweep(now):
                pass
            assert not list((self.folder / "files").glob(f"*{clearing.GONE}"))
        except Killed:
            self._killed()
        self.disk.steps_left = None

    @rule()
    def kill(self) -> None:
        self._killed()

    @rule()
    def close_in_order(self) -> None:
        self.store.close()
        self.log.close()
        self._open()

    @invariant()
    def what_is_whole_is_what_its_name_says(self) -> None:
        for path in (self.folder / "files").iterdir():
            if not path.suffix:
                assert hashlib.sha256(path.read_bytes()).hexdigest() == path.name

    @invariant()
    def what_the_store_knows_is_there(self) -> None:
        for data in CONTENTS:
            digest = hashlib.sha256(data).digest()
            if self.store.stored(digest) is not None:
                with self.store.read(digest) as file:
                    assert file.read() == data

    @invariant()
    def thumbnails_that_are_known_are_there(self) -> None:
        for data in CONTENTS:
            digest = hashlib.sha256(data).digest()
            small = self.store.thumbnails.get(digest)
            if small is not None:
                with self.store.thumbnails.open(digest) as file:
                    assert len(file.read()) == small.size > 0

    @invariant()
    def parts_are_beginnings_of_what_was_sent(self) -> None:
        for number, data in enumerate(CONTENTS):
            part = self.store.part(bytes([number]) * 16, b"d" * 32)
            if part is not None:
                on_disk = part.path.read_bytes() if part.path.exists() else b""
                assert data.startswith(on_disk[: part.offset])
                assert part.offset <= max(len(on_disk), 0)

    @invariant()
    def quota_holds(self) -> None:
        assert 0 <= self.store.used <= QUOTAS.room
        there = sum(path.stat().st_size for path in (self.folder / "files").iterdir())
        assert self.store.used <= there


TestStores = Stores.TestCase
TestStores.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
