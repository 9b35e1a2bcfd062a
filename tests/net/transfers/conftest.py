"""People who send and fetch files, and where."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.net.qt_clock import QtClock
from app.net.transfers.engine import Engine
from app.net.transfers.http_link import Place
from app.net.transfers.turns import Turns
from app.protocol import messages as m
from app.protocol.attachments import FileRef
from app.room.files.disk import Disk
from app.security.certificate import RoomKey, load_or_create_room_key
from app.security.invite import Address
from app.session.files import transfers as book
from app.session.files.transfer import LocalFile, Transfer
from app.session.files.transfers import Folders, Transfers
from app.session.keeping import Keeper
from app.support.clock import Clock

DATA = bytes(range(256)) * 1_200
DIGEST = hashlib.sha256(DATA).hexdigest()
REF = FileRef(hash=DIGEST, name="field.bin", size=len(DATA), media="application/octet-stream")
CID = b"c" * 16


class Person:
    """The files of one member of a room whose door is at `place`, which gives a token at once."""

    def __init__(self, place: Place, folder: Path, clock: Clock, disk: Disk | None = None) -> None:
        self.clock = clock
        self.place: Place | None = place
        self.folder = folder
        self.saved = folder / "saved"
        self.asked = 0
        self.failures: list[str] = []
        self.transfers = Transfers(Keeper(clock, _ignore), clock, self._wish)
        self.transfers.message_failed.connect(self._on_failed)
        engine = Engine(
            self.transfers, lambda: self.place, Turns(clock, self.transfers), clock, disk
        )
        self.transfers.use(engine, Folders(self.saved, folder / "viewed"))
        self.transfers.enter()

    def _wish(self, message: m.AnyMessage) -> None:
        assert isinstance(message, m.AskToken)
        self.asked += 1
        self.clock.call_later(0, self._admit)

    def _admit(self) -> None:
        self.transfers.take_token(m.Token(token=self.asked.to_bytes(32, "big")))

    def _on_failed(self, _cid: bytes, failure: str) -> None:
        self.failures.append(failure)

    def send(self, path: Path) -> Transfer:
        (planned,) = self.transfers.plan(CID, [LocalFile(path)])
        self.transfers.send([planned])
        return planned

    def now(self, transfer: Transfer) -> Transfer:
        found = self.transfers.get(transfer.id)
        assert found is not None
        return found

    def is_over(self, transfer: Transfer) -> bool:
        return self.now(transfer).is_over

    def left(self) -> list[str]:
        """Return what is in the folder for what was fetched."""
        return sorted(path.name for path in self.saved.iterdir()) if self.saved.exists() else []


def _ignore(_problem: str) -> None:
    """There is no store that could fail."""


MakePerson = Callable[..., Person]
Finish = Callable[[Person, Transfer], Transfer]


@pytest.fixture
def key(tmp_path: Path) -> RoomKey:
    return load_or_create_room_key(tmp_path / "room.pem", datetime(2026, 1, 1, tzinfo=UTC)).value


@pytest.fixture(autouse=True)
def _quick_retries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book, "FIRST_RETRY", 0.01)


@pytest.fixture
def make_person(tmp_path: Path, qtbot: QtBot) -> Iterator[MakePerson]:
    del qtbot
    people: list[Person] = []
    qt_clock = QtClock()

    def make(
        address: Address, key: RoomKey, clock: Clock | None = None, disk: Disk | None = None
    ) -> Person:
        place = Place(address, key.fingerprint)
        person = Person(place, tmp_path / f"person-{len(people)}", clock or qt_clock, disk)
        people.append(person)
        return person

    yield make
    for person in people:
        person.transfers.close()
        person.transfers.deleteLater()
    qt_clock.deleteLater()


@pytest.fixture
def finish(qtbot: QtBot) -> Finish:
    """Wait until a transfer is over, and return how it ended."""

    def wait(person: Person, transfer: Transfer) -> Transfer:
        qtbot.waitUntil(lambda: person.is_over(transfer), timeout=20_000)
        return person.now(transfer)

    return wait


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    path = tmp_path / "field.bin"
    path.write_bytes(DATA)
    return path
