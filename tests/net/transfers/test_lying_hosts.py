"""Hosts that lie, break off, or say nothing: what becomes of a transfer, and what is left of it."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from app.net import limits
from app.net.transfers import errands
from app.security.certificate import RoomKey, load_or_create_room_key
from app.session.files.transfer import FileFailure, Stage
from tests.helpers.clock import ManualClock
from tests.helpers.doors import CONTINUE, Say, Script, ScriptedDoor, answer
from tests.net.transfers.conftest import DATA, DIGEST, REF, Finish, MakePerson, Person

SIZE = len(DATA)
HALF = SIZE // 2
OpenDoor = Callable[[Script], ScriptedDoor]


@pytest.fixture
def open_door(key: RoomKey) -> Iterator[OpenDoor]:
    doors: list[ScriptedDoor] = []

    def make(script: Script) -> ScriptedDoor:
        doors.append(ScriptedDoor(key, script))
        return doors[-1]

    yield make
    for door in doors:
        door.deleteLater()


def _always(*said: bytes, hang_up: bool = False) -> Script:
    """Answer each request with the next of these, the last one again and again."""
    answers = list(said)

    def script(heard: bytes) -> Say | None:
        if b"\r\n\r\n" not in heard:
            return None
        return Say(answers.pop(0) if len(answers) > 1 else answers[0], hang_up)

    return script


def _chunked(data: bytes, *, end: bool = True) -> bytes:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    return head + b"%x\r\n%b\r\n" % (len(data), data) + (b"0\r\n\r\n" if end else b"")


def _part(first: int, last: int, total: int, data: bytes) -> bytes:
    return answer("206 Partial Content", data, f"Content-Range: bytes {first}-{last}/{total}")


@pytest.mark.parametrize(
    ("said", "failure"),
    [
        (answer("200 OK", DATA[:-1] + b"!"), FileFailure.HASH_WRONG),
        (answer("200 OK", DATA + b"!"), FileFailure.BROKEN),
        (answer("200 OK", DATA[:-1]), FileFailure.BROKEN),
        (answer("200 OK", b""), FileFailure.BROKEN),
        (_chunked(DATA + b"!"), FileFailure.BROKEN),
        (_chunked(DATA[:-1]), FileFailure.BROKEN),
        (answer("200 OK", gzip.compress(DATA), "Content-Encoding: gzip"), FileFailure.BROKEN),
        (_part(1, SIZE, SIZE + 1, DATA), FileFailure.BROKEN),
        (_part(0, SIZE - 1, SIZE + 1, DATA), FileFailure.BROKEN),
        (answer("206 Partial Content", DATA), FileFailure.BROKEN),
        (answer("302 Found", b"", "Location: https://example.org/"), FileFailure.BROKEN),
        (answer("416 Range Not Satisfiable"), FileFailure.BROKEN),
        (answer("404 Not Found", b"no\n"), FileFailure.NOT_THERE),
        (answer("404 Not Found", b"no\n", "Papo-Problem: no-files"), FileFailure.NO_FILES),
        (answer("403 Forbidden", b"no\n"), FileFailure.NOT_ALLOWED),
        (answer("404 Not Found", b"no\n" * 100_000), FileFailure.BROKEN),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 20_000, FileFailure.BROKEN),
        (b"HTTP/1.1 100 Continue\r\n\r\n" * 100, FileFailure.BROKEN),
        (b"HTTP/1.1 101 Switching\r\n\r\n", FileFailure.BROKEN),
        (b"\x00\x01 what?\r\n\r\n", FileFailure.BROKEN),
        (answer("200 OK", DATA) + answer("200 OK", DATA), ""),
        (_chunked(DATA), ""),
        (_part(0, SIZE - 1, SIZE, DATA), ""),
    ],
)
def test_answer_is_the_file_or_nothing_is_left_of_it(
    open_door: OpenDoor, make_person: MakePerson, key: RoomKey, finish: Finish, said: bytes,
    failure: str,
) -> None:  # fmt: skip
    person = make_person(open_door(_always(said)).address, key)
    ended = finish(person, person.transfers.save(REF))
    assert ended.failure == failure
    assert person.left() == ([] if failure else ["field.bin"])
    if not failure:
        assert ended.path.read_bytes() == DATA


def test_host_that_breaks_off_is_asked_for_the_rest(
    open_door: OpenDoor, make_person: MakePerson, key: RoomKey, finish: Finish
) -> None:
    rest = _part(HALF, SIZE - 1, SIZE, DATA[HALF:])
    answers = [Say(answer("200 OK", DATA[:HALF], length=SIZE), hang_up=True), Say(rest)]
    door = open_door(lambda heard: answers.pop(0) if b"\r\n\r\n" in heard else None)
    person = make_person(door.address, key)
    ended = finish(person, person.transfers.save(REF))
    assert (ended.stage, ended.path.read_bytes()) == (Stage.DONE, DATA)
    head = door.heard.decode().lower()
    assert f"range: bytes={HALF}-\r\n" in head
    assert f'if-range: "{DIGEST}"\r\n' in head


@pytest.mark.parametrize(
    "second",
    [
        answer("200 OK", DATA),
        answer("416 Range Not Satisfiable", b"", f"Content-Range: bytes */{SIZE - 7}"),
    ],
)
def test_host_that_does_not_go_on_gives_all_of_it_anew(
    open_door: OpenDoor, make_person: MakePerson, key: RoomKey, finish: Finish, second: bytes
) -> None:
    answers = [
        Say(answer("200 OK", DATA[:HALF], length=SIZE), hang_up=True),
        Say(second),
        Say(answer("200 OK", DATA)),
    ]
    door = open_door(lambda heard: answers.pop(0) if b"\r\n\r\n" in heard else None)
    person = make_person(door.address, key)
    ended = finish(person, person.transfers.save(REF))
    assert (ended.stage, ended.path.read_bytes()) == (Stage.DONE, DATA)


@pytest.mark.parametrize("status", ["503 Service Unavailable", "429 Too Many Requests"])
def test_host_that_has_no_time_is_asked_again(
    open_door: OpenDoor, make_person: MakePerson, key: RoomKey, finish: Finish, status: str
) -> None:
    person = make_person(open_door(_always(answer(status), answer("200 OK", DATA))).address, key)
    assert finish(person, person.transfers.save(REF)).stage is Stage.DONE


def test_token_that_holds_no_more_is_replaced(
    open_door: OpenDoor, make_person: MakePerson, key: RoomKey, finish: Finish
) -> None:
    door = open_door(_always(answer("401 Unauthorized"), answer("200 OK", DATA)))
    person = make_person(door.address, key)
    assert finish(person, person.transfers.save(REF)).stage is Stage.DONE
    assert person.asked == 2


def test_connection_that_the_host_closed_meanwhile_costs_no_wait(
    open_door: OpenDoor, make_person: MakePerson, key: RoomKey, finish: Finish,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("app.session.files.transfers.FIRST_RETRY", 1_000.0)
    calls: list[bytes] = []

    def script(heard: bytes) -> Say | None:
        calls.append(heard)
        # The second request on the first connection is not even read.
        return Say(b"" if len(calls) == 2 else answer("200 OK", DATA), hang_up=len(calls) == 2)

    person = make_person(open_door(script).address, key)
    for _ in range(2):
        assert finish(person, person.transfers.save(REF)).stage is Stage.DONE
    assert len(calls) == 3
    assert person.left() == ["field (2).bin", "field.bin"]


# --- another host -----------------------------------------------------------------------------


def test_another_host_hears_nothing_at_all(
    make_person: MakePerson, key: RoomKey, tmp_path: Path, qtbot: QtBot, sent: Path
) -> None:
    other = load_or_create_room_key(tmp_path / "other.pem", datetime(2026, 1, 1, tzinfo=UTC)).value
    door = ScriptedDoor(other, _always(answer("200 OK", DATA)))
    person = make_person(door.address, key)
    upload, download = person.send(sent), person.transfers.save(REF)
    person.transfers.previews.get(REF)
    qtbot.waitUntil(lambda: door.connections >= 4)
    assert door.heard == b""
    assert {person.now(one).stage for one in (upload, download)} <= {Stage.WAITING, Stage.MOVING}
    person.transfers.cut()
    door.deleteLater()


# --- silence ----------------------------------------------------------------------------------


def test_host_that_says_nothing_is_given_up_and_tried_again(
    open_door: OpenDoor, make_person: MakePerson, key: RoomKey, qtbot: QtBot
) -> None:
    clock = ManualClock()
    door = open_door(lambda _heard: None)
    person = make_person(door.address, key, clock)
    transfer = person.transfers.save(REF)
    clock.advance(0)
    qtbot.waitUntil(lambda: b"\r\n\r\n" in door.heard)
    clock.advance(limits.HTTP_IDLE - 2)
    assert door.connections == 1
    clock.advance(4)
    assert person.now(transfer).stage is Stage.MOVING
    qtbot.waitUntil(lambda: door.connections == 2)


# --- sending ----------------------------------------------------------------------------------


def _puts(*said: bytes) -> Script:
    """Answer each head with the next of these; an answer 100 takes the body first."""
    answers = list(said)

    def script(heard: bytes) -> Say | None:
        if heard.startswith((b"PUT", b"HEAD", b"DELETE")) and b"\r\n\r\n" not in heard:
            return None
        return Say(answers.pop(0)) if answers else None

    return script


@pytest.mark.parametrize(
    ("status", "problem", "failure"),
    [
        ("413 Content Too Large", "too-large", FileFailure.TOO_LARGE),
        ("413 Content Too Large", "", FileFailure.TOO_LARGE),
        ("507 Insufficient Storage", "room-full", FileFailure.ROOM_FULL),
        ("507 Insufficient Storage", "no-space", FileFailure.HOST_FULL),
        ("507 Insufficient Storage", "disk", FileFailure.HOST_FULL),
        ("429 Too Many Requests", "too-many", FileFailure.TOO_MANY),
        ("403 Forbidden", "muted", FileFailure.NOT_ALLOWED),
        ("403 Forbidden", "hosts-only", FileFailure.NOT_ALLOWED),
        ("409 Conflict", "another", FileFailure.BROKEN),
        ("422 Unprocessable Content", "hash-wrong", FileFailure.CHANGED),
        ("404 Not Found", "no-files", FileFailure.NO_FILES),
        ("418 I'm a teapot", "", FileFailure.BROKEN),
        ("301 Moved Permanently", "", FileFailure.BROKEN),
    ],
)
@pytest.mark.parametrize("in_mid_body", [False, True])
def test_refusal_is_obeyed_and_told_as_it_was_meant(
    open_door: OpenDoor, make_person: MakePerson, key: RoomKey, finish: Finish, sent: Path,
    status: str, problem: str, failure: str, in_mid_body: bool,
) -> None:  # fmt: skip
    header = (f"Papo-Problem: {problem}",) if problem else ()
    refusal = answer(status, b"no\n", *header, "Connection: close")
    before = [CONTINUE] if in_mid_body else []
    person = make_person(open_door(_puts(*before, refusal)).address, key)
    ended = finish(person, person.send(sent))
    assert (ended.failure, person.failures) == (failure, [failure])


def test_host_tells_where_to_go_on_and_is_believed_a_few_times(
    open_door: OpenDoor, make_person: MakePerson, key: RoomKey, finish: Finish, sent: Path
) -> None:
    there = answer("409 Conflict", b"", "Upload-Offset: 100000", f"Upload-Length: {SIZE}")
    door = open_door(_puts(there, CONTINUE, answer("201 Created")))
    person = make_person(door.address, key)
    assert finish(person, person.send(sent)).stage is Stage.DONE
    assert b"bytes 100000-%d/%d" % (SIZE - 1, SIZE) in door.heard
    door = open_door(_always(there))
    person = make_person(door.address, key)
    assert finish(person, person.send(sent)).failure == FileFailure.BROKEN


def test_host_that_has_the_file_is_not_sent_it(
    open_door: OpenDoor, make_person: MakePerson, key: RoomKey, finish: Finish, sent: Path
) -> None:
    door = open_door(_puts(answer("200 OK", b"", "Connection: close")))
    person = make_person(door.address, key)
    assert finish(person, person.send(sent)).stage is Stage.DONE
    assert len(door.heard) < 2_000
    assert b"PUT /files/" in door.heard


@pytest.mark.parametrize(
    ("there", "asked"),
    [
        (0, f"bytes 0-{SIZE - 1}/{SIZE}"),
        (1000, f"bytes 1000-{SIZE - 1}/{SIZE}"),
        (SIZE, f"bytes */{SIZE}"),
        (SIZE + 1, f"bytes 0-{SIZE - 1}/{SIZE}"),
    ],
)
def test_host_that_broke_off_is_asked_how_much_it_has(
    open_door: OpenDoor, make_person: MakePerson, key: RoomKey, finish: Finish, sent: Path,
    there: int, asked: str,
) -> None:  # fmt: skip
    offset = answer("200 OK", b"", f"Upload-Offset: {there}", f"Upload-Length: {SIZE}", length=9)
    answers = [Say(CONTINUE, hang_up=True), Say(offset), Say(CONTINUE), Say(answer("201 Created"))]
    if there == SIZE:
        del answers[2]
    door = open_door(lambda _heard: answers.pop(0) if answers else None)
    person = make_person(door.address, key)
    assert finish(person, person.send(sent)).stage is Stage.DONE
    assert door.heard.count(b"HEAD /files/") == 1
    assert f"content-range: {asked}\r\n".encode() in door.heard.lower()


_words = st.sampled_from(
    [b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 206 Partial Content\r\n", b"HTTP/1.1 100 Continue\r\n\r\n",
     b"HTTP/1.1 401 No\r\n", b"HTTP/1.0 200 OK\r\n", b"Content-Length: 307200\r\n",
     b"Content-Length: 5\r\n", b"Transfer-Encoding: chunked\r\n", b"Connection: close\r\n",
     b"Content-Range: bytes 0-307199/307200\r\n", b"Upload-Offset: 7\r\n", b"\r\n", b"5\r\nhello\r\n",
     b"0\r\n\r\n", DATA]
)  # fmt: skip


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    said=st.lists(_words | st.binary(max_size=30), max_size=8).map(b"".join), upload=st.booleans()
)
def test_any_answer_ends_in_a_word_to_the_person_or_in_another_try(
    open_door: OpenDoor, make_person: MakePerson, key: RoomKey, qtbot: QtBot, sent: Path,
    said: bytes, upload: bool,
) -> None:  # fmt: skip
    door = open_door(_always(said, hang_up=True))
    person = make_person(door.address, key)
    transfer = person.send(sent) if upload else person.transfers.save(REF)
    qtbot.waitUntil(lambda: person.is_over(transfer) or door.connections > 1)
    person.transfers.close()
    assert all(path.suffix in {".part", ".bin"} for path in person.folder.rglob("*.*"))


# --- small pictures ---------------------------------------------------------------------------


def _previews(person: Person, qtbot: QtBot) -> bytes | None:
    with qtbot.waitSignal(person.transfers.previews.ready):
        person.transfers.previews.get(REF)
    return person.transfers.previews.get(REF)


def test_small_picture_is_fetched_once_and_again_where_it_was_lost(
    open_door: OpenDoor, make_person: MakePerson, key: RoomKey, qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("app.session.files.transfers.PREVIEWS_AGAIN", 0.01)
    broken = answer("200 OK", b"half", length=100)
    answers = [
        Say(broken, hang_up=True),
        Say(answer("401 Unauthorized")),
        Say(answer("200 OK", b"jpeg")),
    ]
    door = open_door(lambda heard: answers.pop(0) if b"\r\n\r\n" in heard else None)
    person = make_person(door.address, key)
    person.transfers.previews.get(REF)
    assert _previews(person, qtbot) == b"jpeg"
    assert door.heard.count(f"GET /files/{DIGEST}/thumbnail".encode()) == 3


@pytest.mark.parametrize(
    "said", [answer("404 Not Found"), answer("200 OK", bytes(errands.MAX_PREVIEW + 1))]
)
def test_file_without_a_small_picture_is_not_asked_for_again(
    open_door: OpenDoor, make_person: MakePerson, key: RoomKey, qtbot: QtBot, said: bytes
) -> None:
    door = open_door(_always(said))
    person = make_person(door.address, key)
    previews = person.transfers.previews
    previews.get(REF)
    qtbot.waitUntil(lambda: door.heard != b"" and not previews.missing)
    assert previews.get(REF) is None
    assert previews.missing == ()
