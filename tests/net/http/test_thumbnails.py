"""An upload's answer waits for its thumbnail, not for long; whoever may see the picture gets it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from pytestqt.qtbot import QtBot

from app.net import limits
from app.net.http import thumbnails as made_by
from app.net.http.thumbnails import Thumbnailer
from app.pictures.results import Thumbnail
from app.protocol import messages as m
from app.room.files.store import FileStore, StoredFile
from app.room.files.thumbnails import UNFINISHED
from tests.helpers.clock import ManualClock
from tests.helpers.http_place import ID, NOW, Client, Place
from tests.pictures.making import picture, saved

DATA = b"\x89PNG\r\n\x1a\n and so on"
DIGEST = hashlib.sha256(DATA).digest()
SMALL = b"\xff\xd8\xff small"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place(tmp_path)
    yield made
    made.close()


def _store(place: Place) -> FileStore:
    assert place.room.files is not None
    return place.room.files.store


def _keep(place: Place) -> None:
    target = _store(place).thumbnails.begin(DIGEST)
    assert target is not None
    target.write_bytes(SMALL)
    assert _store(place).keep_thumbnail(DIGEST, 40, 30, "image/jpeg")


def _sent(place: Place) -> Client:
    """Return a connection on which a picture was sent, not answered yet."""
    client = Client(place)
    place.makes = True
    client.ask("PUT", f"/files/{ID}?name=sea.png", DATA)
    assert not client.stream.taken
    assert [file.hash for file in place.wanted.values()] == [DIGEST]
    return client


def test_answer_waits_for_the_thumbnail(place: Place) -> None:
    client = _sent(place)
    _keep(place)
    client.visit.made()
    place.run()
    assert client.heard()[0] == 201
    assert not _store(place)._log.has_notes
    client.ask("GET", f"/files/{DIGEST.hex()}/thumbnail")
    status, headers, body = client.heard()
    assert (status, body) == (200, SMALL)
    assert headers["content-type"] == "image/jpeg"
    assert headers["x-content-type-options"] == "nosniff"
    assert (
        headers["content-security-policy"] == "sandbox; default-src 'none'; frame-ancestors 'none'"
    )
    assert headers["content-disposition"].startswith("attachment;")
    client.ask("GET", f"/files/{DIGEST.hex()}/thumbnail", if_none_match=headers["etag"])
    assert client.heard()[0] == 304
    client.ask("GET", f"/files/{DIGEST.hex()}/thumbnail", range="bytes=0-1")
    assert client.heard()[::2] == (206, SMALL[:2])
    client.ask("HEAD", f"/files/{DIGEST.hex()}/thumbnail")
    status, headers, body = client.heard("HEAD")
    assert (status, headers["content-length"], body) == (200, str(len(SMALL)), b"")


def test_picture_whose_sender_was_cut_off_gets_its_thumbnail_when_it_is_sent_again(
    place: Place,
) -> None:
    _sent(place).visit.end()
    assert place.wanted == {}
    again = Client(place)
    announced = f"sha-256=:{base64.b64encode(DIGEST).decode()}:"
    again.ask("PUT", f"/files/{ID}?name=sea.png", None, content_length=str(len(DATA)),
              repr_digest=announced, expect="100-continue")  # fmt: skip
    assert not again.stream.taken
    assert [file.hash for file in place.wanted.values()] == [DIGEST]
    _keep(place)
    again.visit.made()
    assert again.heard()[0] == 200


def test_answer_does_not_wait_for_long(place: Place) -> None:
    client = _sent(place)
    place.clock.advance(limits.THUMBNAIL_WAIT - 1)
    client.visit.look()
    assert not client.stream.taken
    place.clock.advance(2)
    client.visit.look()
    place.run()
    assert client.heard()[0] == 201
    assert place.wanted == {}
    client.visit.made()
    assert not client.stream.taken
    client.ask("GET", f"/files/{DIGEST.hex()}/thumbnail")
    assert client.heard()[0] == 404


def test_requests_that_come_meanwhile_are_answered_afterwards(place: Place) -> None:
    client = _sent(place)
    client.ask("GET", f"/files/{DIGEST.hex()}")
    assert not client.stream.taken
    client.visit.made()
    place.run()
    client.say(b"")
    assert client.heard()[0] == 201
    assert client.heard()[::2] == (200, DATA)


def test_thumbnail_is_awaited_by_nobody_whose_connection_is_over(place: Place) -> None:
    client = _sent(place)
    client.visit.end()
    assert place.wanted == {}
    client.visit.made()
    assert not client.stream.taken


def test_banned_sender_waits_no_more(place: Place) -> None:
    client = _sent(place)
    place.room.drop(1, NOW)
    client.visit.look()
    assert not client.is_open()
    assert place.wanted == {}


def test_thumbnail_is_for_whoever_may_see_its_picture(place: Place) -> None:
    client = _sent(place)
    _keep(place)
    client.visit.made()
    place.run()
    client.heard()
    place.token = place.join(2, b"t" * 32)
    other = Client(place)
    other.ask("GET", f"/files/{DIGEST.hex()}/thumbnail")
    assert other.heard()[0] == 404
    say = m.Say(cid=bytes(16), text="", files=(m.Attach(hash=DIGEST),))
    place.room.handle(1, say, NOW)
    place.room.settle(NOW)
    other.ask("GET", f"/files/{DIGEST.hex()}/thumbnail")
    assert other.heard()[::2] == (200, SMALL)
    place.token = "A" * 43
    other.ask("GET", f"/files/{DIGEST.hex()}/thumbnail")
    assert other.heard()[0] == 401


@pytest.mark.parametrize("method", ["PUT", "DELETE", "POST"])
def test_thumbnail_is_only_fetched(place: Place, method: str) -> None:
    client = Client(place)
    client.ask(method, f"/files/{DIGEST.hex()}/thumbnail", b"")
    assert client.heard()[0] == 405


@pytest.mark.parametrize("path", [f"/files/{ID}/thumbnail", f"/files/{DIGEST.hex()}/thumbnail/"])
def test_nothing_else_has_a_thumbnail(place: Place, path: str) -> None:
    client = Client(place)
    client.ask("GET", path)
    assert client.heard()[0] == 404


# --- whose turn it is -----------------------------------------------------------------------------


class RecordingPictures:
    """Pictures that are made when a test says so."""

    def __init__(self, *_: object) -> None:
        self.jobs: list[RecordingJob] = []

    def thumbnail(self, source: Path, target: Path, done: Callable[[Any], None]) -> RecordingJob:
        self.jobs.append(RecordingJob(source, target, done))
        return self.jobs[-1]

    def close(self) -> None:
        """Nothing is open."""


class RecordingJob:
    def __init__(self, source: Path, target: Path, done: Callable[[Any], None]) -> None:
        self.source, self.target, self.done = source, target, done
        self.cancelled = False

    def cancel(self) -> None:
        self.cancelled = True

    def succeed(self) -> None:
        self.target.write_bytes(SMALL)
        self.done(Thumbnail(40, 30, "image/jpeg", len(SMALL)))


class Makers:
    """A thumbnailer, and files for it."""

    def __init__(self, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(made_by, "Pictures", RecordingPictures)
        self.store = _store(place)
        self.maker = Thumbnailer(place.clock, self.store, None)
        self.jobs = cast(RecordingPictures, self.maker._pictures).jobs
        self.made: list[str] = []
        self._link = 100

    def file(self, name: str) -> StoredFile:
        data = DATA + name.encode()
        digest = hashlib.sha256(data).digest()
        (self.store.path(digest)).write_bytes(data)
        file = StoredFile(digest, len(data), name, set())
        self.store._files[digest] = file
        return file

    def want(self, name: str, link: int) -> bool:
        return self.maker.make(self.file(name), link, name, self._noting(name))

    def _noting(self, name: str) -> Callable[[], None]:
        def note() -> None:
            self.made.append(name)

        return note


@pytest.fixture
def makers(place: Place, monkeypatch: pytest.MonkeyPatch) -> Makers:
    return Makers(place, monkeypatch)


def test_one_is_made_at_a_time_and_members_take_turns(makers: Makers) -> None:
    for name in ("a1", "a2", "a3"):
        assert makers.want(name, 1)
    assert makers.want("b1", 2)
    for number in range(4):
        assert len(makers.jobs) == number + 1
        makers.jobs[number].succeed()
    assert makers.made == ["a1", "b1", "a2", "a3"]
    assert not makers.want("a1", 1)


def test_failed_one_is_told_as_well(makers: Makers) -> None:
    makers.want("a1", 1)
    makers.jobs[0].done(None)
    assert makers.made == ["a1"]
    # Perhaps it goes better with the next upload of it.
    assert makers.want("a1", 1)


def test_what_nobody_waits_for_is_not_made(makers: Makers) -> None:
    for name in ("a1", "a2", "a3"):
        makers.want(name, 1)
    makers.maker.forget("a2")
    makers.maker.forget("a1")
    assert makers.jobs[0].cancelled
    assert [job.source for job in makers.jobs[1:]] == [makers.store.path(makers.file("a3").hash)]
    makers.jobs[1].succeed()
    assert makers.made == ["a3"]


def test_two_who_send_the_same_wait_for_one(makers: Makers) -> None:
    file = makers.file("same")
    told: list[int] = []
    assert makers.maker.make(file, 1, "one", lambda: told.append(1))
    assert makers.maker.make(file, 2, "two", lambda: told.append(2))
    makers.maker.forget("one")
    (job,) = makers.jobs
    assert not job.cancelled
    job.succeed()
    assert told == [2]


def test_broken_disk_makes_none_and_says_so_at_once(makers: Makers, place: Place) -> None:
    place.disk.broken = True
    assert makers.want("a1", 1)
    assert makers.made == ["a1"]
    assert makers.jobs == []


def test_true_thumbnail_is_made(qtbot: QtBot, place: Place) -> None:
    data = saved(picture(30, 20), "png")
    client = Client(place)
    client.ask("PUT", f"/files/{ID}", data)
    file = _store(place).stored(hashlib.sha256(data).digest())
    assert file is not None
    maker = Thumbnailer(ManualClock(), _store(place), None)
    with qtbot.waitCallback(timeout=10_000) as done:
        assert maker.make(file, 1, "x", done)
    small = _store(place).thumbnails.get(file.hash)
    assert small is not None
    assert (small.width, small.height) == (30, 20)
    maker.close()
    maker.deleteLater()


def test_no_picture_is_no_work(makers: Makers) -> None:
    file = makers.file("x")
    makers.store.path(file.hash).write_bytes(b"no picture")
    assert not makers.maker.make(file, 1, "x", lambda: None)


def test_closing_leaves_nothing_unfinished(makers: Makers, tmp_path: Path) -> None:
    makers.want("a1", 1)
    makers.jobs[0].target.write_bytes(b"half")
    makers.maker.close()
    assert list((tmp_path / "files").glob(f"*{UNFINISHED}")) == []
    assert makers.jobs[0].cancelled
