"""The log numbers without holes, keeps what it acknowledged, and finds any range and any word."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from app.protocol.messages import Said
from app.room.forgotten import FORGETFUL
from app.room.log import Log
from app.room.log_file import LogInUse, StorageError
from app.room.log_reading import fts_query
from tests.helpers.messages import unhurried

ANA, TOM = b"a" * 32, b"t" * 32


def said(seq: int, *, device: bytes = ANA, text: str = "x") -> Said:
    cid = seq.to_bytes(16, "big")
    return Said(seq=seq, author=1, nick="ana", device=device, at=0, cid=cid, text=text)


def put(log: Log, line: Said) -> None:
    log.append(line.device, line)


def log_of(count: int, path: Path | None = None, *, keeps: bool = True) -> Log:
    log = Log.open(path, keeps=keeps).value
    for seq in range(1, count + 1):
        put(log, said(seq, text=f"message {seq}"))
    log.commit()
    return log


def seqs(found: list[Said]) -> list[int]:
    return [one.seq for one in found]


def everything(log: Log) -> list[Said]:
    return log.between(0, log.last_seq, log.last_seq + 1, newest=False)


def test_empty_log_starts_before_the_first_message() -> None:
    log = Log.open(None).value
    assert (log.last_seq, log.next_seq, log.start) == (0, 1, 0)
    assert log.between(0, 100, 10, newest=False) == []


def test_message_is_found_by_device_and_cid_together() -> None:
    log = log_of(2)
    assert log.committed_seq_of(ANA, (2).to_bytes(16, "big")) == 2
    assert log.committed_seq_of(TOM, (2).to_bytes(16, "big")) is None
    assert log.committed_seq_of(ANA, (3).to_bytes(16, "big")) is None


def test_message_that_is_written_again_keeps_its_number_and_takes_none_from_the_others() -> None:
    log = log_of(2)
    again = (2).to_bytes(16, "big")
    put(log, said(3))
    put(log, replace(said(4), cid=again))
    put(log, said(5))
    put(log, replace(said(6, device=TOM), cid=again))
    assert log.commit() == [3, 2, 4, 5]
    assert log.last_seq == 5
    assert seqs(everything(log)) == [1, 2, 3, 4, 5]
    assert [one.cid for one in everything(log)[3:]] == [(5).to_bytes(16, "big"), again]
    put(log, replace(said(6), cid=again))
    assert log.commit() == [2]
    assert log.last_seq == 5


def test_message_of_this_turn_is_known_but_not_read_before_it_is_committed() -> None:
    log = log_of(1)
    put(log, said(2))
    assert log.seq_of(ANA, (2).to_bytes(16, "big")) == 2
    assert (log.last_seq, log.next_seq) == (1, 3)
    assert seqs(log.between(0, 10, 10, newest=False)) == [1]
    log.commit()
    assert seqs(log.between(0, 10, 10, newest=False)) == [1, 2]


def test_oldest_or_newest_of_a_range_are_given_in_order() -> None:
    log = log_of(10)
    assert seqs(log.between(2, 9, 3, newest=False)) == [3, 4, 5]
    assert seqs(log.between(2, 9, 3, newest=True)) == [7, 8, 9]
    assert seqs(log.between(2, 4, 200, newest=True)) == [3, 4]


def test_reopened_log_is_the_same_log(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    log = log_of(5, path)
    log.note_topic("today")
    log.note_member(ANA, "ana", 7)
    log.note_floor(ANA, 3)
    before, name = everything(log), log.id
    log.close()
    again = Log.open(path)
    assert again.set_aside is None
    assert everything(again.value) == before
    assert again.value.id == name
    assert again.value.topic() == "today"
    assert list(again.value.members()) == [(ANA, "ana", 7)]
    assert again.value.floors() == {ANA: 3}


def test_what_was_committed_survives_a_crash_and_what_was_not_leaves_no_trace(
    tmp_path: Path,
) -> None:
    log = log_of(5, tmp_path / "log.db")
    put(log, said(6))
    # The files as they are on the disk at this moment, as a process that is killed leaves them.
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    for file in tmp_path.glob("log.db*"):
        shutil.copy(file, crashed)
    again = Log.open(crashed / "log.db")
    assert again.set_aside is None
    assert seqs(everything(again.value)) == [1, 2, 3, 4, 5]
    log.close()


@pytest.mark.parametrize("damage", [b"not a database at all", b"\x00" * 5000])
def test_damaged_file_is_set_aside_and_kept(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "log.db"
    path.write_bytes(damage)
    opened = Log.open(path)
    assert opened.set_aside is not None
    assert opened.set_aside.read_bytes() == damage
    assert opened.value.last_seq == 0


def test_page_torn_in_the_middle_is_noticed_at_opening(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    log = log_of(2000, path)
    log.close()
    data = bytearray(path.read_bytes())
    for page in range(8, len(data) // 4096, 3):
        data[page * 4096 : page * 4096 + 2000] = b"\xa5" * 2000
    path.write_bytes(bytes(data))
    assert Log.open(path).set_aside is not None


def test_log_of_a_newer_papo_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    log_of(1, path).close()
    database = sqlite3.connect(path)
    database.execute("PRAGMA user_version = 99")
    database.close()
    opened = Log.open(path)
    assert opened.set_aside is not None
    assert opened.value.last_seq == 0


def test_second_opener_is_told_that_the_log_is_in_use(tmp_path: Path) -> None:
    log = log_of(1, tmp_path / "log.db")
    with pytest.raises(LogInUse):
        Log.open(tmp_path / "log.db")
    log.close()


def test_full_disk_keeps_nothing_of_the_turn_and_all_that_was_before(tmp_path: Path) -> None:
    log = log_of(3, tmp_path / "log.db")
    (pages,) = log._db.execute("PRAGMA page_count").fetchone()
    log._db.execute(f"PRAGMA max_page_count = {pages + 2}")
    for seq in range(4, 10):
        put(log, said(seq, text="x" * 5000))
    with pytest.raises(StorageError):
        log.commit()
    assert log.last_seq == 3
    assert log.seq_of(ANA, (4).to_bytes(16, "big")) is None
    assert log._db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    log._db.execute("PRAGMA max_page_count = 100000")
    put(log, said(4))
    log.commit()
    assert seqs(everything(log)) == [1, 2, 3, 4]
    log.close()


def test_log_that_keeps_nothing_numbers_and_forgets(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    log = log_of(FORGETFUL + 50, path, keeps=False)
    assert log.last_seq == log.start == FORGETFUL + 50
    assert everything(log) == []
    assert log.seq_of(ANA, (FORGETFUL + 50).to_bytes(16, "big")) == FORGETFUL + 50
    assert log.seq_of(ANA, (1).to_bytes(16, "big")) is None
    name = log.id
    log.close()
    assert b"message 1" not in path.read_bytes()
    assert Log.open(path, keeps=False).value.id != name


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("coracao", [1]),
        ("CORAÇÃO", [1]),
        ("cor", [1]),
        ("hello wor", [3, 2]),
        ("wor", [3, 2]),
        ("o", []),
        ("東京", [4]),
        ("สวัส", [5]),
        ("nothing", []),
        ("", []),
        ('"', []),
        ('hello" OR "x', []),
        ("NEAR(hello world)", []),
        ("text:hello *", []),
    ],
)
def test_words_are_found_newest_first_and_nothing_typed_is_syntax(
    query: str, found: list[int]
) -> None:
    log = Log.open(None).value
    for seq, text in enumerate(
        ["meu coração", "hello world", "hello, WORLD again", "私は東京にいます", "สวัสดีครับ"], 1
    ):
        put(log, said(seq, text=text))
    log.commit()
    assert seqs(log.search(query, 0, 6, 10)) == found


def test_search_keeps_to_its_range_and_its_limit() -> None:
    log = log_of(100)
    assert seqs(log.search("message", 20, 50, 5)) == [49, 48, 47, 46, 45]
    assert seqs(log.search("message", 47, 50, 5)) == [49, 48]


def test_index_grows_a_little_at_a_time(tmp_path: Path) -> None:
    log = log_of(100, tmp_path / "log.db")
    helpings = 1
    while log.index(30):
        helpings += 1
    assert helpings == 4
    log.close()
    assert not Log.open(tmp_path / "log.db").value.index(30)


@given(st.text())
def test_no_text_makes_a_query_that_fails(text: str) -> None:
    log = log_of(1)
    log.search(text, 0, 10, 5)
    assert fts_query(text).count('"') % 2 == 0


@unhurried
@given(
    st.integers(0, 60),
    st.integers(0, 70),
    st.integers(0, 70),
    st.integers(1, 50),
    st.booleans(),
)
def test_any_range_is_exact(count: int, after: int, until: int, limit: int, newest: bool) -> None:
    found = seqs(log_of(count).between(after, until, limit, newest=newest))
    whole = [seq for seq in range(1, count + 1) if after < seq <= until]
    assert found == (whole[-limit:] if newest else whole[:limit])
