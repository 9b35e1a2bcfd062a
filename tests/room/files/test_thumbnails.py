"""The small pictures beside a room's pictures: kept, told, counted, swept up with what they are of."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.protocol import limits
from app.protocol import messages as m
from app.protocol.attachments import FileRef, unpack
from app.room.effects import Broadcast, Effect
from app.room.files.quotas import Quotas
from app.room.files.room_files import RoomFiles
from app.room.files.store import UNUSED_AFTER, FileStore
from app.room.files.thumbnails import THUMBNAIL, UNFINISHED, Thumbnail
from app.room.history import History
from app.room.log import Log
from app.room.room import Room
from app.room.schema import _V1, _V2, _V3, _V4
from app.room.settings import RoomSettings
from tests.helpers.frail_disk import FrailDisk, Killed
from tests.room.files.uploads import upload

NOW = 1_700_000_000_000
DATA = b"\x89PNG\r\n\x1a\n and so on"
DIGEST = hashlib.sha256(DATA).digest()
SMALL = b"\xff\xd8\xff small"
JPEG = "image/jpeg"


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    opened = Log.open(tmp_path / "log.db").value
    yield opened
    opened.close()


@pytest.fixture
def disk() -> FrailDisk:
    return FrailDisk()


@pytest.fixture
def store(tmp_path: Path, log: Log, disk: FrailDisk) -> Iterator[FileStore]:
    opened = FileStore(tmp_path / "files", log, Quotas(file=10_000, room=500_000), disk)
    yield opened
    opened.close()


def _send(store: FileStore, data: bytes = DATA, number: int = 1) -> bytes:
    part = store.begin(upload(number, len(data)))
    store.open(part)
    store.write(part, data)
    return store.finish(part).hash


def _make(store: FileStore, small: bytes = SMALL, digest: bytes = DIGEST) -> None:
    place = store.thumbnails.begin(digest)
    assert place is not None
    place.write_bytes(small)


def _keep(store: FileStore, small: bytes = SMALL, digest: bytes = DIGEST) -> bool:
    _make(store, small, digest)
    return store.keep_thumbnail(digest, 4000, 3000, JPEG)


def _names(folder: Path) -> set[str]:
    return {path.name for path in (folder / "files").iterdir()}


def test_thumbnail_is_kept_beside_its_picture_and_counted(
    store: FileStore, log: Log, tmp_path: Path
) -> None:
    _send(store)
    assert _keep(store)
    log.commit()
    for one in (store, FileStore(tmp_path / "files", log)):
        assert one.thumbnails.get(DIGEST) == Thumbnail(4000, 3000, len(SMALL), JPEG)
        with one.thumbnails.open(DIGEST) as file:
            assert file.read() == SMALL
        assert one.used == len(DATA) + len(SMALL)
        assert one.thumbnails.begin(DIGEST) is None
    assert _names(tmp_path) == {DIGEST.hex(), DIGEST.hex() + THUMBNAIL}


def test_one_is_made_once_at_a_time(store: FileStore) -> None:
    _send(store)
    assert store.thumbnails.begin(DIGEST) is not None
    assert store.thumbnails.begin(DIGEST) is None
    store.thumbnails.give_up(DIGEST)
    assert store.thumbnails.begin(DIGEST) is not None


@pytest.mark.parametrize(
    ("width", "height", "media", "small"),
    [
        (0, 3000, JPEG, SMALL),
        (4000, limits.MAX_PICTURE_SIDE + 1, JPEG, SMALL),
        (4000, 3000, "text/html", SMALL),
        (4000, 3000, JPEG, b""),
        (4000, 3000, JPEG, bytes(limits.MAX_THUMBNAIL + 1)),
    ],
)
def test_what_is_no_thumbnail_is_not_kept(
    store: FileStore, tmp_path: Path, width: int, height: int, media: str, small: bytes
) -> None:
    _send(store)
    _make(store, small)
    assert not store.keep_thumbnail(DIGEST, width, height, media)
    assert store.thumbnails.get(DIGEST) is None
    assert _names(tmp_path) == {DIGEST.hex()}
    assert store.used == len(DATA)


def test_full_room_and_full_disk_have_no_thumbnail(
    store: FileStore, disk: FrailDisk, tmp_path: Path
) -> None:
    _send(store)
    _make(store)
    disk.free_bytes = store.quotas.keep_free
    assert not store.keep_thumbnail(DIGEST, 4000, 3000, JPEG)
    disk.free_bytes = 10**12
    store.used = store.quotas.room
    _make(store)
    assert not store.keep_thumbnail(DIGEST, 4000, 3000, JPEG)
    assert _names(tmp_path) == {DIGEST.hex()}


def test_broken_disk_has_no_thumbnail(store: FileStore, disk: FrailDisk) -> None:
    _send(store)
    _make(store)
    disk.broken = True
    assert not store.keep_thumbnail(DIGEST, 4000, 3000, JPEG)
    assert store.thumbnails.get(DIGEST) is None
    disk.broken = False
    assert store.stored(DIGEST) is not None
    assert _keep(store)


def test_thumbnail_goes_with_its_picture(store: FileStore, log: Log, tmp_path: Path) -> None:
    _send(store)
    _keep(store)
    log.commit()
    while store.sweep(UNUSED_AFTER + 1):
        pass
    log.commit()
    assert _names(tmp_path) == set()
    assert store.used == 0
    assert log.read("SELECT * FROM thumbnails") == []


def test_picture_that_went_while_its_thumbnail_was_made(
    store: FileStore, log: Log, tmp_path: Path
) -> None:
    _send(store)
    log.commit()
    _make(store)
    while store.sweep(UNUSED_AFTER + 1):
        pass
    assert not store.keep_thumbnail(DIGEST, 4000, 3000, JPEG)
    assert _names(tmp_path) == set()


def test_sweeping_leaves_what_is_being_made(store: FileStore, log: Log, tmp_path: Path) -> None:
    _send(store)
    log.commit()
    _make(store)
    other = "ab" * 32
    for name in (other + THUMBNAIL, other + UNFINISHED, DIGEST.hex() + THUMBNAIL):
        (tmp_path / "files" / name).write_bytes(b"left over")
    while store.sweep(0):
        pass
    assert _names(tmp_path) == {DIGEST.hex(), DIGEST.hex() + UNFINISHED}
    assert store.keep_thumbnail(DIGEST, 4000, 3000, JPEG)


@pytest.mark.parametrize("steps", range(6))
@pytest.mark.parametrize("committed", [False, True])
def test_crash_at_any_step_leaves_a_whole_thumbnail_or_none(
    store: FileStore, log: Log, disk: FrailDisk, tmp_path: Path, steps: int, committed: bool
) -> None:
    _send(store)
    log.commit()
    disk.steps_left = steps
    try:
        kept = _keep(store)
    except Killed:
        kept = False
    disk.steps_left = None
    if committed:
        log.commit()
    again = FileStore(tmp_path / "files", log)
    while again.sweep(0):
        pass
    there = {path.name for path in (tmp_path / "files").iterdir()} - {DIGEST.hex()}
    assert there == ({DIGEST.hex() + THUMBNAIL} if kept and committed else set())
    assert (again.thumbnails.get(DIGEST) is not None) == (kept and committed)
    assert again.used == sum(path.stat().st_size for path in (tmp_path / "files").iterdir())


@pytest.mark.parametrize("steps", range(3))
def test_crash_while_it_is_removed_leaves_nothing_for_good(
    store: FileStore, log: Log, disk: FrailDisk, tmp_path: Path, steps: int
) -> None:
    _send(store)
    _keep(store)
    log.commit()
    disk.steps_left = steps
    try:
        while store.sweep(UNUSED_AFTER + 1):
            pass
    except Killed:
        pass
    disk.steps_left = None
    again = FileStore(tmp_path / "files", log)
    while again.sweep(UNUSED_AFTER + 1):
        pass
    assert _names(tmp_path) == set()
    assert again.used == 0


# --- what messages say ----------------------------------------------------------------------------


class Rooms:
    """A room with a picture in it, opened again as often as one likes."""

    def __init__(self, folder: Path, history: str = "all") -> None:
        self.folder = folder
        self.history = History.parse(history)
        self.cids = 0
        self.open()

    def open(self) -> None:
        keeps = self.history.name != "none"
        log = Log.open(self.folder / "log.db", keeps=keeps).value
        store = FileStore(self.folder / "files", log)
        self.room = Room(RoomSettings(name="Lab", history=self.history), log, store)
        self.room.admit(1, b"d" * 32, "192.168.1.9")
        self.room.handle(1, m.Join(nick="ana"), NOW)

    @property
    def files(self) -> RoomFiles:
        assert self.room.files is not None
        return self.room.files

    def close(self) -> None:
        self.files.close()
        self.room.log.close()

    def say(self, name: str, digest: bytes = DIGEST) -> FileRef:
        self.cids += 1
        attach = m.Attach(hash=digest, name=name)
        say = m.Say(cid=self.cids.to_bytes(16, "big"), text="", files=(attach,))
        effects = [*self.room.handle(1, say, NOW), *self.room.settle(NOW)]
        return _ref(effects)


def _ref(effects: list[Effect]) -> FileRef:
    (live,) = [one.message for one in effects if isinstance(one, Broadcast)]
    assert isinstance(live, m.Live)
    return unpack(live.said[0].text).files[0]


@pytest.fixture(params=["all", "none"])
def rooms(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Rooms]:
    made = Rooms(tmp_path, request.param)
    yield made
    made.close()


def test_message_tells_how_large_a_picture_is(rooms: Rooms) -> None:
    _send(rooms.files.store)
    _keep(rooms.files.store)
    ref = rooms.say("sea.png")
    assert (ref.media, ref.width, ref.height) == ("image/png", 4000, 3000)


def test_picture_by_another_name_is_no_picture(rooms: Rooms) -> None:
    _send(rooms.files.store)
    _keep(rooms.files.store)
    for name in ("sea.exe", "sea.jpg", "sea"):
        ref = rooms.say(name)
        assert (ref.width, ref.height) == (0, 0)


def test_picture_without_a_thumbnail_tells_nothing(rooms: Rooms) -> None:
    _send(rooms.files.store)
    ref = rooms.say("sea.png")
    assert (ref.media, ref.width, ref.height) == ("image/png", 0, 0)


def test_history_tells_the_same(tmp_path: Path) -> None:
    rooms = Rooms(tmp_path)
    _send(rooms.files.store)
    _keep(rooms.files.store)
    said = rooms.say("sea.png")
    rooms.close()
    # A line is what it was, whatever becomes of the thumbnail.
    (tmp_path / "files" / f"{DIGEST.hex()}{THUMBNAIL}").unlink()
    rooms.open()
    (line,) = rooms.room.log.between(0, 9, 9, newest=False)
    assert unpack(line.text).files == (said,)
    assert rooms.files.store.thumbnails.get(DIGEST) is None
    rooms.close()


def test_log_of_before_there_were_thumbnails_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    database = sqlite3.connect(path)
    database.executescript(_V1 + _V2 + _V3 + _V4 + "PRAGMA user_version = 4;")
    database.execute("INSERT INTO meta VALUES ('id', ?)", (b"i" * 16,))
    database.execute("INSERT INTO devices VALUES (1, ?)", (b"d" * 32,))
    database.execute(
        "INSERT INTO messages VALUES (1, 2, 1, 'ana', 0, ?, ?, 7, 0)",
        (b"1" * 16, "\x1csea.png"),
    )
    database.execute(
        "INSERT INTO attached VALUES (1, 0, ?, 'sea.png', ?, 'image/png')", (DIGEST, len(DATA))
    )
    database.commit()
    database.close()
    log = Log.open(path).value
    (line,) = log.between(0, 9, 9, newest=False)
    assert line.kind == "files"
    (ref,) = unpack(line.text).files
    assert (ref.name, ref.width, ref.height) == ("sea.png", 0, 0)
    log.close()
