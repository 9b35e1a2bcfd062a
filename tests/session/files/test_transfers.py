"""The files of a session: which goes when, what is kept, and when their message is said."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from app.protocol import limits
from app.protocol import messages as m
from app.protocol.attachments import Attached, FileRef, pack
from app.protocol.errors import Refusal
from app.session.files.transfer import FileFailure, LocalFile, Purpose, Stage, Transfer
from app.session.files.transfers import (
    FIRST_RETRY,
    LAST_RETRY,
    MOST_AT_ONCE,
    MOST_VIEWED_AT_ONCE,
    PREVIEWS_AGAIN,
    TELL_EVERY,
    Folders,
    Transfers,
)
from app.session.timeline import MessageEntry, SendState
from tests.helpers.carrier import RecordingCarrier
from tests.helpers.sessions import messages
from tests.helpers.transport import live, lose, said
from tests.session.stores import Desk
from tests.session.test_amending import enter

DIGEST = "ab" * 32


class Bench:
    """A desk with files: the carrier does what the test says it did."""

    def __init__(self, folder: Path, path: Path | None = None) -> None:
        self.folder = folder
        self.desk = Desk(path or folder / "rooms" / "room.sqlite")
        self.session = self.desk.session
        self.clock = self.desk.clock
        self.transport = self.desk.transport
        self.carrier = RecordingCarrier()
        self.folders = Folders(folder / "saved", folder / "viewed")
        self.transfers.use(self.carrier, self.folders)

    @property
    def transfers(self) -> Transfers:
        return self.session.transfers

    def enter(self, *lines: m.Said) -> None:
        enter(self.desk, *lines)
        self.admit()

    def admit(self) -> None:
        for _ in self.transport.take(m.AskToken):
            self.session.receive(m.Token(token=b"t" * 32, max_file=1_000_000))

    def pass_(self, seconds: float = 0.0) -> None:
        self.clock.advance(seconds)
        self.admit()

    def file(self, name: str = "a.bin", size: int = 100) -> Path:
        path = self.folder / name
        path.write_bytes(os.urandom(size))
        return path

    def send(self, *paths: Path, caption: str = "", temporary: bool = False) -> bytes:
        files = [LocalFile(path, temporary=temporary) for path in paths]
        assert self.session.send_files(files, caption) is None
        self.pass_()
        return self.session.timeline.pending[-1].cid

    def uploads(self, cid: bytes) -> tuple[Transfer, ...]:
        return self.transfers.of_message(cid)

    def now(self, transfer: Transfer) -> Transfer:
        found = self.transfers.get(transfer.id)
        assert found is not None
        return found

    def arrive(self, *uploads: Transfer) -> None:
        """Let the host have these."""
        for one in uploads:
            self.transfers.note_hash(one.id, one.id.hex() * 2)
            self.transfers.note_done(one.id)
        self.pass_()

    def said(self) -> list[m.Say]:
        return self.transport.take(m.Say)

    def entry(self, cid: bytes) -> MessageEntry:
        return next(entry for entry in messages(self.session) if entry.cid == cid)

    def restart(self, *, crashed: bool = False) -> Bench:
        return Bench(self.folder, self.desk.crash() if crashed else self.desk.close())


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(tmp_path)
    yield bench
    bench.session.close()


def ref(number: int = 0, size: int = 100) -> FileRef:
    digest = number.to_bytes(32, "big").hex()
    return FileRef(hash=digest, name=f"{number}.bin", size=size, media="image/png")


def stages(bench: Bench) -> list[Stage]:
    return [one.stage for one in bench.transfers.all]


# --- messages ---------------------------------------------------------------------------------


def test_message_is_said_once_the_host_has_all_its_files(bench: Bench) -> None:
    bench.enter()
    cid = bench.send(bench.file("one.bin"), bench.file("two.bin"), caption="look")
    one, two = bench.uploads(cid)
    assert [one.stage, two.stage] == [Stage.CHECKING, Stage.CHECKING]
    bench.arrive(two)
    assert bench.said() == []
    bench.arrive(one)
    (say,) = bench.said()
    assert (say.cid, say.text) == (cid, "look")
    assert [(one.name, one.hash.hex()) for one in say.files] == [
        ("one.bin", one.id.hex() * 2),
        ("two.bin", two.id.hex() * 2),
    ]


def test_text_is_not_held_back_by_files(bench: Bench) -> None:
    bench.enter()
    cid = bench.send(bench.file())
    bench.session.send("meanwhile")
    bench.pass_()
    assert [say.text for say in bench.said()] == ["meanwhile"]
    bench.arrive(*bench.uploads(cid))
    assert [say.cid for say in bench.said()] == [cid]


def test_message_that_waits_is_said_after_coming_back(bench: Bench) -> None:
    bench.enter()
    cid = bench.send(bench.file())
    (one,) = bench.uploads(cid)
    bench.transfers.note_hash(one.id, DIGEST)
    lose(bench.session)
    assert bench.now(one).stage is Stage.WAITING
    bench.enter()
    assert bench.now(one).stage is Stage.MOVING
    bench.arrive(one)
    assert [say.cid for say in bench.said()] == [cid]


def test_files_that_are_sent_offline_wait_for_the_room(bench: Bench) -> None:
    cid = bench.send(bench.file())
    assert (stages(bench), bench.carrier.begun) == ([Stage.WAITING], [])
    bench.enter()
    assert [one.cid for one in bench.carrier.begun] == [cid]


@pytest.mark.parametrize(
    ("files", "caption", "why"),
    [
        (0, "", Refusal.TEXT_EMPTY),
        (limits.MAX_ATTACHED + 1, "", Refusal.TOO_MANY_FILES),
        (1, "x" * (limits.MAX_CAPTION + 1), Refusal.TEXT_TOO_LONG),
    ],
)
def test_message_that_cannot_be_is_refused_and_nothing_is_kept(
    bench: Bench, files: int, caption: str, why: Refusal
) -> None:
    bench.enter()
    path = bench.file()
    assert bench.session.send_files([LocalFile(path)] * files, caption) == why
    assert (bench.transfers.all, bench.session.timeline.pending) == ((), ())


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        ("missing", FileFailure.GONE),
        ("folder", FileFailure.NOT_A_FILE),
        ("pipe", FileFailure.NOT_A_FILE),
        ("large", FileFailure.TOO_LARGE),
        ("nul", FileFailure.UNREADABLE),
    ],
)
def test_file_that_cannot_be_sent_is_refused_at_once(
    bench: Bench, kind: str, why: FileFailure
) -> None:
    bench.enter()
    bench.send(bench.file("first.bin"))
    path = bench.folder / ("a\0b" if kind == "nul" else kind)
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "large":
        path.write_bytes(bytes(1_000_001))
    assert bench.session.send_files([LocalFile(bench.file()), LocalFile(path)]) == why
    assert len(bench.transfers.all) == 1


def test_one_failed_file_fails_the_message_and_a_retry_sends_only_that(bench: Bench) -> None:
    bench.enter()
    cid = bench.send(bench.file("one.bin"), bench.file("two.bin"))
    one, two = bench.uploads(cid)
    bench.arrive(one)
    bench.transfers.note_failed(two.id, FileFailure.HOST_FULL)
    entry = bench.entry(cid)
    assert (entry.state, entry.failure) == (SendState.FAILED, FileFailure.HOST_FULL)
    bench.session.retry(cid)
    bench.pass_()
    assert bench.entry(cid).state is SendState.SENDING
    assert bench.carrier.begun[-1].id == two.id
    bench.arrive(two)
    assert [say.cid for say in bench.said()] == [cid]


def test_file_that_changed_is_read_anew_when_it_is_tried_again(bench: Bench) -> None:
    bench.enter()
    cid = bench.send(bench.file())
    (one,) = bench.uploads(cid)
    bench.transfers.note_hash(one.id, DIGEST)
    bench.transfers.note_failed(one.id, FileFailure.CHANGED)
    bench.session.retry(cid)
    bench.pass_()
    assert (bench.now(one).stage, bench.now(one).hash) == (Stage.CHECKING, "")


def test_failed_file_that_is_resumed_by_itself_takes_its_message_along(bench: Bench) -> None:
    bench.enter()
    cid = bench.send(bench.file())
    (one,) = bench.uploads(cid)
    bench.transfers.note_failed(one.id, FileFailure.HOST_FULL)
    bench.transfers.resume(one.id)
    assert bench.entry(cid).state is SendState.SENDING
    bench.arrive(one)
    assert [say.cid for say in bench.said()] == [cid]


def test_files_that_the_host_lost_meanwhile_are_sent_anew(bench: Bench) -> None:
    bench.enter()
    cid = bench.send(bench.file())
    (one,) = bench.uploads(cid)
    bench.arrive(one)
    bench.session.receive(m.Rejected(code=Refusal.NO_SUCH_FILE, cid=cid))
    assert bench.entry(cid).failure == Refusal.NO_SUCH_FILE
    bench.said()
    bench.session.retry(cid)
    bench.pass_()
    assert bench.now(one).stage is Stage.MOVING
    assert bench.said() == []
    bench.transfers.note_done(one.id)
    assert [say.cid for say in bench.said()] == [cid]


def test_discarded_message_takes_its_files_along(bench: Bench) -> None:
    bench.enter()
    made = bench.file("made.zip")
    cid = bench.send(made, bench.file(), temporary=True)
    ids = [one.id for one in bench.uploads(cid)]
    bench.session.discard(cid)
    assert bench.carrier.given_up == ids
    assert (bench.transfers.all, messages(bench.session)) == ((), [])
    assert not made.exists()


def test_cancelled_file_leaves_the_others_to_the_message(bench: Bench) -> None:
    bench.enter()
    cid = bench.send(bench.file("one.bin"), bench.file("two.bin"))
    one, two = bench.uploads(cid)
    bench.arrive(one)
    bench.transfers.cancel(two.id)
    assert [file.name for file in bench.entry(cid).files] == ["one.bin"]
    (say,) = bench.said()
    assert [file.name for file in say.files] == ["one.bin"]


def test_message_without_any_file_left_is_given_up(bench: Bench) -> None:
    bench.enter()
    cid = bench.send(bench.file(), caption="look")
    (one,) = bench.uploads(cid)
    bench.transfers.cancel(one.id)
    assert messages(bench.session) == []
    assert bench.restart().session.timeline.pending == ()


def test_failed_file_that_is_cancelled_lets_the_message_go(bench: Bench) -> None:
    bench.enter()
    cid = bench.send(bench.file("one.bin"), bench.file("two.bin"))
    one, two = bench.uploads(cid)
    bench.arrive(one)
    bench.transfers.note_failed(two.id, FileFailure.CHANGED)
    bench.transfers.cancel(two.id)
    assert [say.cid for say in bench.said()] == [cid]


@pytest.mark.parametrize("temporary", [False, True])
def test_what_was_made_for_a_message_goes_when_it_is_in_the_log(
    bench: Bench, temporary: bool
) -> None:
    bench.enter()
    path = bench.file("made.zip")
    cid = bench.send(path, temporary=temporary)
    (one,) = bench.uploads(cid)
    bench.arrive(one)
    bench.session.receive(m.Acked(cid=cid, seq=1))
    assert path.exists()
    files = (FileRef(hash=one.id.hex() * 2, name="made.zip", size=100, media="a/b"),)
    text = pack(Attached(files=files, caption=""))
    line = msgspec.structs.replace(said(1, cid=cid, mine=True), kind="files", text=text)
    bench.session.receive(live(line))
    bench.pass_()
    assert path.exists() is not temporary
    assert bench.transfers.of_file(one.id.hex() * 2) == (None if temporary else bench.now(one))


# --- which goes when --------------------------------------------------------------------------


def test_few_go_at_once_in_their_order_and_what_is_looked_at_does_not_wait(bench: Bench) -> None:
    bench.enter()
    saved = [bench.transfers.save(ref(n)) for n in range(MOST_AT_ONCE + 2)]
    bench.pass_()
    assert [one.id for one in bench.carrier.begun] == [one.id for one in saved[:MOST_AT_ONCE]]
    viewed = [bench.transfers.view(ref(100 + n)) for n in range(MOST_VIEWED_AT_ONCE + 1)]
    assert [one.id for one in bench.carrier.begun[MOST_AT_ONCE:]] == [
        one.id for one in viewed[:MOST_VIEWED_AT_ONCE]
    ]
    bench.transfers.note_done(saved[1].id)
    assert bench.carrier.begun[-1].id == saved[MOST_AT_ONCE].id
    bench.transfers.note_done(viewed[0].id)
    assert bench.carrier.begun[-1].id == viewed[MOST_VIEWED_AT_ONCE].id
    assert bench.transfers.on_their_way == len(saved) + len(viewed) - 2


def test_resting_file_makes_room_and_goes_on_when_told(bench: Bench) -> None:
    bench.enter()
    saved = [bench.transfers.save(ref(n)) for n in range(MOST_AT_ONCE + 1)]
    bench.pass_()
    bench.transfers.pause(saved[0].id)
    assert set(bench.carrier.running) == {one.id for one in saved[1:]}
    lose(bench.session)
    bench.enter()
    assert bench.now(saved[0]).stage is Stage.PAUSED
    bench.transfers.resume(saved[0].id)
    assert bench.now(saved[0]).stage is Stage.WAITING
    bench.transfers.cancel(saved[1].id)
    assert bench.now(saved[0]).stage is Stage.MOVING


def test_what_is_over_is_neither_paused_nor_begun_again(bench: Bench) -> None:
    bench.enter()
    one = bench.transfers.save(ref())
    bench.pass_()
    path = bench.folder / "saved" / "elsewhere.bin"
    bench.transfers.note_done(one.id, path)
    bench.transfers.pause(one.id)
    bench.transfers.resume(one.id)
    bench.transfers.note_failed(one.id, FileFailure.BROKEN)
    bench.transfers.note_lost(one.id)
    assert (bench.now(one).stage, bench.now(one).path) == (Stage.DONE, path)
    bench.transfers.cancel(one.id)
    assert (bench.transfers.all, bench.carrier.given_up) == ((), [])


def test_lost_file_is_tried_again_later_and_later(bench: Bench) -> None:
    bench.enter()
    one = bench.transfers.save(ref())
    bench.pass_()
    wait = FIRST_RETRY
    while wait < 2 * LAST_RETRY:
        bench.transfers.note_lost(one.id)
        bench.pass_(min(wait, LAST_RETRY) - 0.01)
        assert bench.now(one).stage is Stage.WAITING
        bench.pass_(0.02)
        assert bench.now(one).stage is Stage.MOVING
        wait *= 2
    bench.transfers.note_progress(one.id, 10)
    bench.transfers.note_lost(one.id)
    bench.pass_(FIRST_RETRY + 0.01)
    assert bench.now(one).stage is Stage.MOVING


def test_whoever_comes_back_does_not_wait_for_another_try(bench: Bench) -> None:
    bench.enter()
    one = bench.transfers.save(ref())
    bench.pass_()
    for _ in range(8):
        bench.transfers.note_lost(one.id)
        bench.pass_(LAST_RETRY + 1)
    bench.transfers.note_lost(one.id)
    lose(bench.session)
    bench.enter()
    assert bench.now(one).stage is Stage.MOVING


def test_token_is_asked_for_when_it_is_needed_and_anew_when_it_holds_no_more(bench: Bench) -> None:
    enter(bench.desk)
    assert bench.transport.take(m.AskToken) == []
    one = bench.transfers.save(ref())
    bench.transfers.save(ref(1))
    assert len(bench.transport.take(m.AskToken)) == 1
    bench.session.receive(m.Token(token=b"1" * 32, max_file=5))
    assert (bench.carrier.tokens, bench.transfers.max_file) == ([b"1" * 32], 5)
    bench.transfers.note_not_admitted()
    bench.transfers.note_lost(one.id)
    bench.clock.advance(FIRST_RETRY)
    assert len(bench.transport.take(m.AskToken)) == 1
    bench.session.receive(m.Token(token=b"2" * 32))
    assert bench.carrier.tokens[-1] == b"2" * 32
    assert bench.now(one).stage is Stage.MOVING


def test_room_that_takes_no_files_says_so(bench: Bench) -> None:
    enter(bench.desk)
    assert bench.session.send_files([LocalFile(bench.file())]) is None
    bench.clock.advance(0)
    assert len(bench.transport.take(m.AskToken)) == 1
    cid = bench.session.timeline.pending[-1].cid
    bench.session.receive(m.Rejected(code=Refusal.NO_FILES))
    assert bench.entry(cid).failure == FileFailure.NO_FILES
    assert stages(bench) == [Stage.FAILED]


# --- progress ---------------------------------------------------------------------------------


def test_progress_is_told_now_and_then_with_speed_and_time_left(bench: Bench) -> None:
    bench.enter()
    one = bench.transfers.save(ref(size=10_000))
    bench.pass_()
    told: list[bytes] = []
    bench.transfers.changed.connect(told.append)
    for step in range(1, 101):
        bench.transfers.note_progress(one.id, step * 50)
        bench.clock.advance(0.01)
    assert 5 <= len(told) <= 1.0 / TELL_EVERY + 1
    now = bench.now(one)
    assert now.done == 5_000
    assert now.rate == pytest.approx(5_000, rel=0.1)
    assert now.seconds_left == pytest.approx(1.0, rel=0.1)
    bench.transfers.note_done(one.id)
    assert (bench.now(one).done, bench.now(one).seconds_left) == (10_000, None)


def test_reading_a_file_for_its_hash_is_progress_without_speed(bench: Bench) -> None:
    bench.enter()
    (one,) = bench.uploads(bench.send(bench.file()))
    bench.transfers.note_progress(one.id, 60)
    assert (bench.now(one).done, bench.now(one).rate) == (60, 0.0)
    bench.transfers.note_hash(one.id, DIGEST)
    assert (bench.now(one).done, bench.now(one).stage) == (0, Stage.MOVING)


# --- the next run -----------------------------------------------------------------------------


@pytest.mark.parametrize("crashed", [False, True])
def test_message_and_files_go_on_in_the_next_run(bench: Bench, crashed: bool) -> None:
    bench.enter()
    cid = bench.send(bench.file("one.bin"), bench.file("two.bin"), caption="look")
    one, two = bench.uploads(cid)
    bench.arrive(one)
    bench.transfers.note_hash(two.id, DIGEST)
    down = bench.transfers.save(ref())
    resting = bench.transfers.save(ref(1))
    bench.transfers.pause(resting.id)
    bench.transfers.view(ref(2))
    bench.pass_()
    again = bench.restart(crashed=crashed)
    assert [x.id for x in again.transfers.all] == [one.id, two.id, down.id, resting.id]
    assert stages(again) == [Stage.DONE, Stage.WAITING, Stage.WAITING, Stage.PAUSED]
    entry = again.entry(cid)
    assert (entry.text, [file.name for file in entry.files]) == ("look", ["one.bin", "two.bin"])
    again.enter()
    assert again.now(two).hash == DIGEST
    again.transfers.note_done(two.id)
    (say,) = again.said()
    assert (say.cid, len(say.files)) == (cid, 2)
    again.session.close()


def test_message_is_never_kept_without_its_files(bench: Bench) -> None:
    assert bench.session.send_files([LocalFile(bench.file())]) is None
    # Within the very turn in which it was written.
    again = bench.restart(crashed=True)
    (entry,) = messages(again.session)
    assert (entry.state, len(again.uploads(entry.cid))) == (SendState.SENDING, 1)
    again.session.close()


def test_failure_is_known_in_the_next_run_and_can_be_tried_again(bench: Bench) -> None:
    bench.enter()
    cid = bench.send(bench.file())
    (one,) = bench.uploads(cid)
    bench.transfers.note_failed(one.id, FileFailure.ROOM_FULL)
    again = bench.restart()
    assert (again.entry(cid).state, again.entry(cid).failure) == (
        SendState.FAILED, FileFailure.ROOM_FULL,
    )  # fmt: skip
    again.enter()
    assert again.carrier.begun == []
    again.session.retry(cid)
    again.pass_()
    assert [x.id for x in again.carrier.begun] == [one.id]
    again.session.close()


def test_damaged_store_keeps_what_is_on_its_way(bench: Bench) -> None:
    bench.enter()
    cid = bench.send(bench.file())
    path = bench.desk.close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("DROP TABLE transfers")
    again = Bench(bench.folder, path)
    entry = again.entry(cid)
    assert (entry.state, entry.failure) == (SendState.FAILED, FileFailure.GONE)
    assert again.transfers.all == ()
    again.session.discard(cid)
    again.session.close()


def test_what_was_only_looked_at_is_gone_in_the_end(bench: Bench) -> None:
    bench.enter()
    one = bench.transfers.view(ref())
    assert one.purpose is Purpose.VIEW
    one.path.parent.mkdir()
    one.path.write_bytes(b"x" * 100)
    bench.transfers.note_done(one.id, one.path)
    assert bench.transfers.view(ref()).id == one.id
    assert bench.transfers.of_file(one.hash) is None
    again = bench.restart()
    assert not one.path.exists()
    assert again.transfers.all == ()
    again.session.close()


def test_looked_at_file_that_is_gone_is_fetched_again(bench: Bench) -> None:
    bench.enter()
    one = bench.transfers.view(ref())
    bench.pass_()
    bench.transfers.note_done(one.id, bench.folder / "gone")
    other = bench.transfers.view(ref())
    assert (other.id != one.id, other.stage) == (True, Stage.MOVING)


def test_forgotten_room_leaves_nothing_on_its_way(bench: Bench) -> None:
    bench.enter()
    made = bench.file("made.zip")
    cid = bench.send(made, temporary=True)
    (one,) = bench.uploads(cid)
    done = bench.transfers.save(ref())
    bench.transfers.note_done(done.id)
    bench.session.forget_room()
    assert bench.carrier.given_up == [one.id]
    assert bench.carrier.closed
    assert not made.exists()


def test_another_carrier_takes_over(bench: Bench) -> None:
    bench.enter()
    other = RecordingCarrier()
    bench.transfers.use(other, bench.folders)
    assert bench.carrier.closed


# --- small pictures ---------------------------------------------------------------------------


def test_host_that_admits_nobody_is_not_asked_without_end(bench: Bench) -> None:
    bench.enter()
    bench.transfers.previews.get(ref())
    asked = 0
    for _ in range(20):
        bench.pass_()
        asked += len(bench.carrier.previews)
        if bench.carrier.previews:
            bench.carrier.previews.clear()
            bench.transfers.note_not_admitted()
            bench.transfers.note_preview_lost()
    assert asked == 1
    bench.pass_(PREVIEWS_AGAIN)
    assert bench.carrier.previews == [ref().hash]


def test_small_pictures_are_asked_for_until_they_come(bench: Bench) -> None:
    bench.enter()
    previews = bench.transfers.previews
    ready: list[str] = []
    previews.ready.connect(ready.append)
    assert previews.get(ref()) is None
    bench.pass_()
    bench.pass_()
    assert set(bench.carrier.previews) == {ref().hash}
    bench.carrier.previews.clear()
    bench.transfers.note_preview_lost()
    bench.pass_(PREVIEWS_AGAIN)
    assert bench.carrier.previews == [ref().hash]
    previews.note(ref().hash, b"jpeg")
    assert (previews.get(ref()), ready, previews.missing) == (b"jpeg", [ref().hash], ())
    previews.note(ref(1).hash, b"")
    assert (previews.get(ref(1)), previews.missing) == (None, ())
