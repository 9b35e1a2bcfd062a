"""The store holds what was committed, whatever happens to the process, the file or the disk."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from app.protocol.messages import Said
from app.session.store import RoomStore
from app.session.store_file import Facts, Gap, Outgoing, StoreFailed, StoreProblem, set_file_aside
from app.session.store_schema import VERSION
from app.session.words import Query
from tests.helpers.transport import run, said
from tests.session.stores import crash, loaded

A, B, C = b"a" * 16, b"b" * 16, b"c" * 16


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "rooms" / "room.sqlite"


def seqs(messages: tuple[Said, ...]) -> list[int]:
    return [one.seq for one in messages]


def filled(path: Path, count: int = 5) -> RoomStore:
    store = loaded(path)
    store.begin(0)
    store.add(0, count, run(1, count))
    store.note(log=b"log", name="Room", topic="lunch", draft="I was")
    store.put_outgoing(Outgoing(A, "first", 1))
    store.put_outgoing(Outgoing(B, "second", 2))
    store.commit()
    return store


def found(store: RoomStore, query: str) -> list[int]:
    asked = Query.parse(query)
    read = store.between(0, 10**9, asked.as_match(), 1_000)
    return [one.seq for one in read if asked.matches(one.text)]


# --- what is kept ---------------------------------------------------------------------------


def test_new_store_is_empty_and_private(path: Path) -> None:
    with closing(loaded(path)) as store:
        assert store.facts == Facts()
        assert store.outbox == {}
        assert store.before(10) == ()
        if os.name == "posix":
            modes = {file.name: file.stat().st_mode & 0o777 for file in path.parent.iterdir()}
            assert set(modes.values()) == {0o600}
            assert path.parent.stat().st_mode & 0o777 == 0o700


def test_everything_is_there_again_after_closing(path: Path) -> None:
    store = filled(path)
    facts = store.facts
    store.close()
    store.close()
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    with closing(loaded(path)) as store:
        assert store.facts == facts
        assert store.before(9) == run(1, 5)
        assert list(store.outbox.values()) == [Outgoing(A, "first", 1), Outgoing(B, "second", 2)]


def test_what_was_committed_survives_a_crash_and_nothing_else(path: Path) -> None:
    store = filled(path)
    store.add(5, 6, run(6, 6))
    store.put_outgoing(Outgoing(C, "third", 3))
    with closing(loaded(crash(store))) as store:
        assert seqs(store.before(9)) == [1, 2, 3, 4, 5]
        assert list(store.outbox) == [A, B]
        assert store.facts.covered == 5


def test_only_what_joins_up_is_kept(path: Path) -> None:
    with closing(loaded(path)) as store:
        store.add(0, 3, run(1, 3))
        assert store.before(9) == ()
        store.begin(4)
        store.add(5, 6, run(6, 6))
        store.add(4, 6, run(5, 6))
        store.add(4, 7, run(5, 7))
        store.add(0, 2, run(1, 2))
        store.add(2, 5, run(3, 5))
        store.add(7, 9, ())
        assert seqs(store.before(99)) == [3, 4, 5, 6, 7]
        assert (store.facts.start, store.facts.covered) == (2, 9)
        assert seqs(store.before(6, 2)) == [5, 6]


def test_message_that_no_page_showed_is_kept_once_and_in_the_range_alone(path: Path) -> None:
    with closing(loaded(path)) as store:
        store.begin(2)
        store.add(2, 5, (said(3), said(5)))
        for seq in (2, 4, 4, 5, 6):
            store.add_single(said(seq, f"own {seq}"))
        assert [one.text for one in store.before(9)] == ["message 3", "own 4", "message 5"]
        assert found(store, "own") == [4]


def test_gaps_that_follow_each_other_are_one(path: Path) -> None:
    with closing(loaded(path)) as store:
        store.add_gap(Gap(0, 1, 9))
        store.begin(2)
        for gap in (Gap(5, 6, 1), Gap(6, 8, 2), Gap(9, 10, 3)):
            store.add_gap(gap)
        assert store.gaps(2, 10) == (Gap(5, 8, 1), Gap(9, 10, 3))
        assert store.gaps(8, 9) == ()


def test_outgoing_message_keeps_its_place_whatever_becomes_of_it(path: Path) -> None:
    store = filled(path)
    store.put_outgoing(Outgoing(A, "first", 1, failure="not-saved"))
    store.put_outgoing(Outgoing(B, "second", 2, seq=7))
    store.drop_outgoing(C)
    store.commit()
    store.close()
    with closing(loaded(path)) as store:
        assert list(store.outbox.values()) == [
            Outgoing(A, "first", 1, failure="not-saved"),
            Outgoing(B, "second", 2, seq=7),
        ]
        store.drop_outgoing(A)
        assert list(store.outbox) == [B]


def test_half_a_surrogate_pair_and_any_time_can_be_kept(path: Path) -> None:
    with closing(loaded(path)) as store:
        store.note(draft="cut \ud83d off\x00")
        assert store.facts.draft == "cut ? off\x00"
        store.begin(0)
        late = Said(
            seq=1, author=1, nick="x", device=bytes(32), at=2**64 - 1, cid=A, text="\x00 nul"
        )
        store.add(0, 1, (late,))
        assert store.before(1)[0].at == 2**63 - 1
        assert found(store, "nul") == [1]


def test_another_log_begins_with_nothing_but_outbox_and_draft(path: Path) -> None:
    store = filled(path)
    store.start_anew()
    for again in range(2):
        assert store.facts == Facts(name="Room", topic="lunch", draft="I was")
        assert list(store.outbox) == [A, B]
        assert store.before(99) == ()
        assert found(store, "message") == []
        if not again:
            store = loaded(crash(store))
    store.close()


def test_file_of_an_earlier_log_is_freed_in_portions(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.session.store_file.SHRINK_BYTES", 100_000)
    store = filled(path, 2_000)
    store.start_anew()
    (old,) = [file for file in path.parent.iterdir() if file.suffix == ".old"]
    size = old.stat().st_size
    assert store.tend()
    assert old.stat().st_size == size - 100_000
    store = loaded(crash(store))
    while store.tend():
        pass
    store.close()
    assert store.path is not None
    assert [file.name for file in store.path.parent.iterdir()] == [path.name]


def test_store_in_memory_begins_anew_as_well() -> None:
    with closing(RoomStore(None)) as store:
        store.begin(0)
        store.add(0, 1, run(1, 1))
        store.put_outgoing(Outgoing(A, "first", 1))
        store.start_anew()
        assert store.before(9) == ()
        assert list(store.outbox) == [A]


def test_forgotten_room_leaves_no_file(path: Path) -> None:
    filled(path).forget()
    assert list(path.parent.iterdir()) == []


# --- what is wrong with the file ------------------------------------------------------------


@pytest.mark.parametrize("kind", ["text", "empty page", "half", "middle", "other", "rows"])
def test_damaged_file_is_set_aside_and_a_new_one_begun(path: Path, kind: str) -> None:
    store = filled(path, 200)
    store.close()
    data = path.read_bytes()
    match kind:
        case "text":
            path.write_text("no database at all " * 100)
        case "empty page":
            path.write_bytes(bytes(4096))
        case "half":
            path.write_bytes(data[: len(data) // 2 // 4096 * 4096])
        case "middle":
            path.write_bytes(data[:8192] + b"\xff" * 8192 + data[16384:])
        case "other":
            path.unlink()
            with closing(sqlite3.connect(path)) as other:
                other.execute("CREATE TABLE cookies (x)")
        case _:
            with closing(sqlite3.connect(path)) as other, other:
                other.execute("UPDATE said SET text = x'ff00' WHERE seq = 200")
    found = RoomStore.load(path)
    with closing(found.value) as store:
        assert store.problem is StoreProblem.DAMAGED
        assert found.set_aside == path.with_name(path.name + ".broken-1")
        assert found.set_aside.exists()
        assert not store.facts.kept
        store.begin(0)
        store.add(0, 1, run(1, 1))
        store.commit()
    with closing(loaded(path)) as store:
        assert seqs(store.before(9)) == [1]


def test_outbox_and_draft_are_saved_from_a_damaged_file(path: Path) -> None:
    filled(path).close()
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("UPDATE said SET cid = 'no bytes' WHERE seq = 3")
    found = RoomStore.load(path)
    with closing(found.value) as store:
        assert store.problem is StoreProblem.DAMAGED
        assert list(store.outbox) == [A, B]
        assert store.facts == Facts(name="Room", topic="lunch", draft="I was")


def test_what_lies_beside_a_damaged_file_goes_with_it(tmp_path: Path) -> None:
    path = tmp_path / "room.sqlite"
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).write_text(suffix)
    aside = set_file_aside(path)
    kept = {file.name: file.read_text() for file in tmp_path.iterdir()}
    assert kept == {aside.name + suffix: suffix for suffix in ("", "-wal", "-shm")}


@pytest.mark.parametrize("cut", [0, 1, 24, 32, 4000, 4152, 9000])
def test_torn_end_of_the_log_beside_the_file_loses_no_more_than_itself(
    path: Path, cut: int
) -> None:
    left = crash(filled(path))
    wal = left.with_name(left.name + "-wal")
    data = wal.read_bytes()
    wal.write_bytes(data[: len(data) - cut])
    found = RoomStore.load(left)
    with closing(found.value) as store:
        assert store.problem in {"", StoreProblem.DAMAGED}
        assert seqs(store.before(9)) in ([1, 2, 3, 4, 5], [])


def test_file_of_a_newer_papo_is_set_aside_untouched(path: Path) -> None:
    filled(path).close()
    with closing(sqlite3.connect(path)) as other:
        other.execute(f"PRAGMA user_version = {VERSION + 1}")
    found = RoomStore.load(path)
    with closing(found.value) as store:
        assert store.problem is StoreProblem.NEWER
        assert store.outbox == {}
    assert found.set_aside is not None
    with closing(sqlite3.connect(found.set_aside)) as other:
        assert other.execute("PRAGMA user_version").fetchone() == (VERSION + 1,)
        assert other.execute("SELECT count(*) FROM outbox").fetchone() == (2,)


def test_second_opener_gets_a_store_in_memory_at_once(path: Path) -> None:
    with closing(filled(path)) as first:
        with closing(RoomStore.load(path).value) as second:
            assert (second.problem, second.path) == (StoreProblem.IN_USE, None)
            second.begin(0)
            second.add(0, 1, run(1, 1))
            second.commit()
        first.add(5, 6, run(6, 6))
        first.commit()
        assert first.facts.covered == 6


def test_second_process_gets_a_store_in_memory_at_once(path: Path) -> None:
    code = (
        "import sys, pathlib; from app.session.store import RoomStore;"
        "print(RoomStore.load(pathlib.Path(sys.argv[1])).value.problem)"
    )
    with closing(filled(path)):
        done = subprocess.run(
            [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True
        )
    assert done.stdout.strip() == StoreProblem.IN_USE


def test_place_that_cannot_be_written_gives_a_store_in_memory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    for path in (tmp_path / "file" / "room.sqlite", tmp_path):
        with closing(RoomStore.load(path).value) as store:
            assert store.problem == StoreProblem.UNWRITABLE
            assert store.path is None


def read_all(store: RoomStore) -> None:
    for until in range(5_000, 0, -200):
        store.before(until)


def test_damage_met_later_is_told_and_the_file_can_be_replaced(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = filled(path, 5_000)
    store.close()
    with path.open("r+b") as file:
        file.seek(0, os.SEEK_END)
        size = file.tell()
        # Past the pages that every store begins with; the newest messages lie at the end.
        for place in range(30 * 4096, size - 60 * 4096, 4096):
            file.seek(place)
            file.write(b"\xee" * 4096)
        file.truncate(size)
    monkeypatch.setattr("app.session.store_file.CHECKED", 0)
    found = RoomStore.load(path)
    store = found.value
    if store.problem == "":
        with pytest.raises(StoreFailed) as failed:
            read_all(store)
        assert failed.value.problem is StoreProblem.DAMAGED
        aside = store.replace_damaged()
        assert aside is not None
        assert aside.exists()
    assert list(store.outbox) == [A, B]
    assert store.facts.draft == "I was"
    store.close()
    with closing(loaded(path)) as store:
        assert list(store.outbox) == [A, B]


# --- the disk is full -----------------------------------------------------------------------


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[None]:
    folder.mkdir(parents=True)
    mounted = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    if not mounted or mounted.returncode:
        pytest.skip("no file system can be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def fill_up(store: RoomStore) -> StoreFailed:
    for start in range(store.facts.covered, 10**6, 100):
        try:
            store.add(start, start + 100, run(start + 1, start + 100))
            store.commit()
        except StoreFailed as failed:
            return failed
    raise AssertionError("the disk has no end")


def test_full_disk_is_told_and_the_file_stays_sound(tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    with small_disk(folder, "600k"):
        store = filled(folder / "room.sqlite")
        assert fill_up(store).problem is StoreProblem.FULL
        covered = store.facts.covered
        assert seqs(store.before(covered, 10)) == list(range(covered - 9, covered + 1))
        store.close()
        with closing(loaded(folder / "room.sqlite")) as store:
            assert store.facts.covered == covered
            assert list(store.outbox) == [A, B]
            (found,) = store._connection.execute("PRAGMA integrity_check").fetchone()
            assert found == "ok"


def test_file_that_may_not_grow_is_told_and_stays_sound(path: Path) -> None:
    store = filled(path)
    store._connection.execute("PRAGMA max_page_count = 60")
    assert fill_up(store).problem is StoreProblem.FULL
    covered = store.facts.covered
    with closing(loaded(crash(store))) as store:
        assert store.facts.covered == covered
        assert len(store.before(covered, covered + 1)) == covered


# --- searching ------------------------------------------------------------------------------


def test_words_are_found_newest_first(path: Path) -> None:
    with closing(loaded(path)) as store:
        store.begin(0)
        texts = ["Bom dia", "AÇÃO já", "bomba", "dia bom", "日本語", "C++ & C"]
        store.add(0, 6, [said(n, text) for n, text in enumerate(texts, 1)])
        assert found(store, "bom") == [4, 3, 1]
        assert found(store, "bom dia") == [4, 1]
        assert found(store, "acao") == [2]
        assert found(store, "本語") == [5]
        assert found(store, "c++") == [6]
        assert found(store, "c") == [6]


HOSTILE = ['"', '"*', "NEAR(a b)", "a AND b", "a OR", "NOT", "^a", "text:a", "a*b", "(", "-a"]


@pytest.mark.parametrize("query", [*HOSTILE, "' OR 1=1 --", "\x00", "a\x00b", "\ud800", "%", "_"])
def test_no_query_is_a_syntax_error(path: Path, query: str) -> None:
    with closing(loaded(path)) as store:
        store.begin(0)
        clean = query.encode("utf-8", "replace").decode()
        store.add(0, 2, (said(1, f"x {clean} y"), said(2, "nothing")))
        assert 1 in found(store, query) or Query.parse(query).is_empty


# --- any sequence ---------------------------------------------------------------------------


words = st.sampled_from(["ana", "Anã", "an", "b", "日本", "日", "c++", "x-y", "👍"])
texts = st.lists(words, min_size=1, max_size=4).map(" ".join)


class AnyStore(RuleBasedStateMachine):
    """A store and a model of it in plain Python."""

    @initialize()
    def open(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="papo"))
        self.store = loaded(self.folder / "0" / "room.sqlite")
        self.now = Model()
        self.safe = Model()

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()
            shutil.rmtree(self.folder)

    @rule(at=st.integers(0, 5))
    def begin(self, at: int) -> None:
        if not self.now.facts.kept:
            self.store.begin(at)
            self.now.begin(at)

    @rule(after=st.integers(0, 20), size=st.integers(1, 6), data=st.data())
    def add(self, after: int, size: int, data: st.DataObject) -> None:
        page = tuple(
            said(seq, data.draw(texts))
            for seq in range(after + 1, after + size + 1)
            if data.draw(st.integers(0, 3))
        )
        self.store.add(after, after + size, page)
        self.now.add(after, after + size, page)

    @rule(seq=st.integers(0, 25), text=texts)
    def add_single(self, seq: int, text: str) -> None:
        self.store.add_single(said(seq, text))
        self.now.add_single(said(seq, text))

    @rule(
        number=st.integers(0, 4),
        failure=st.sampled_from([None, "", "not-saved"]),
        seq=st.integers(0, 2),
    )
    def put(self, number: int, failure: str | None, seq: int) -> None:
        message = Outgoing(bytes([number]) * 16, f"text {number}", number, failure, seq)
        self.store.put_outgoing(message)
        self.now.outbox[message.cid] = message

    @rule(number=st.integers(0, 4))
    def drop(self, number: int) -> None:
        self.store.drop_outgoing(bytes([number]) * 16)
        self.now.outbox.pop(bytes([number]) * 16, None)

    @rule(draft=st.text(st.characters(codec="utf-8"), max_size=5))
    def draft(self, draft: str) -> None:
        self.store.note(draft=draft)
        self.now.note(draft)

    @rule()
    def commit(self) -> None:
        self.store.commit()
        self.safe = self.now.copy()

    @rule()
    def tend(self) -> None:
        while self.store.tend():
            pass
        self.safe = self.now.copy()

    @rule()
    def start_anew(self) -> None:
        self.store.start_anew()
        self.now.start_anew()
        self.safe = self.now.copy()

    @rule()
    def crash(self) -> None:
        self.store = loaded(crash(self.store))
        self.now = self.safe.copy()

    @rule()
    def close(self) -> None:
        path = self.store.path
        assert path is not None
        self.store.close()
        self.safe = self.now.copy()
        self.store = loaded(path)

    @rule(query=texts, cut=st.integers(0, 3))
    def search(self, query: str, cut: int) -> None:
        query = query[: len(query) - cut]
        asked = Query.parse(query)
        expected = [seq for seq, one in sorted(self.now.said.items()) if asked.matches(one.text)]
        assert found(self.store, query) == expected[::-1]

    @invariant()
    def store_equals_its_model(self) -> None:
        if not hasattr(self, "store"):
            return
        assert self.store.facts == self.now.facts
        assert self.store.outbox == self.now.outbox
        assert list(self.store.outbox) == list(self.now.outbox)
        assert {one.seq: one for one in self.store.before(99)} == self.now.said


class Model:
    """What a store should hold."""

    def __init__(self) -> None:
        self.facts = Facts()
        self.said: dict[int, Said] = {}
        self.outbox: dict[bytes, Outgoing] = {}

    def copy(self) -> Model:
        other = Model()
        other.facts = self.facts
        other.said = dict(self.said)
        other.outbox = dict(self.outbox)
        return other

    def begin(self, at: int) -> None:
        self.facts = Facts(draft=self.facts.draft, kept=True, start=at, covered=at)

    def add(self, after: int, until: int, page: tuple[Said, ...]) -> None:
        start, covered = self.facts.start, self.facts.covered
        if not self.facts.kept:
            return
        if after <= covered < until:
            self.said |= {one.seq: one for one in page if one.seq > covered}
            covered = until
        elif after < start <= until:
            self.said |= {one.seq: one for one in page if one.seq <= start}
            start = after
        self.facts = Facts(draft=self.facts.draft, kept=True, start=start, covered=covered)

    def add_single(self, one: Said) -> None:
        if self.facts.kept and self.facts.start < one.seq <= self.facts.covered:
            self.said.setdefault(one.seq, one)

    def note(self, draft: str) -> None:
        facts = self.facts
        self.facts = Facts(draft=draft, kept=facts.kept, start=facts.start, covered=facts.covered)

    def start_anew(self) -> None:
        self.facts = Facts(draft=self.facts.draft)
        self.said = {}


TestAnyStore = AnyStore.TestCase
TestAnyStore.settings = settings(max_examples=40, stateful_step_count=40, deadline=None)
