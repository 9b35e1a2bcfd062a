"""Which files there are in a room: what a member may see of them, page by page, and found by words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from app.protocol import limits
from app.protocol import messages as m
from app.protocol.attachments import Attached, FileRef, pack
from app.protocol.codec import encode
from app.protocol.file_names import clean_file_name
from app.room.log import Log
from app.room.log_listing import RECENT_FILES
from app.room.pages import files
from tests.helpers.messages import unhurried
from tests.room.files.test_room_files import ANA, DIGEST, NOW, TOM, Rooms
from tests.room.test_deleting import index_everything
from tests.room.test_room import sent

DEVICE = b"d" * 32
PNG, PDF = "image/png", "application/pdf"
MEDIA = {"png": PNG, "jpg": "image/jpeg", "pdf": PDF}


def ref(name: str) -> FileRef:
    media = MEDIA.get(name.rpartition(".")[2], "application/octet-stream")
    return FileRef(hash="ab" * 32, name=name, size=7, media=media)


def line(seq: int, *names: str, nick: str = "Ana", caption: str = "") -> m.Said:
    text = pack(Attached(files=tuple(map(ref, names)), caption=caption)) if names else "words"
    kind: m.SaidKind = "files" if names else "text"
    cid = seq.to_bytes(16, "big")
    return m.Said(seq=seq, author=1, at=NOW + seq, cid=cid, text=text, nick=nick, kind=kind)


def put(log: Log, *lines: m.Said) -> Log:
    for one in lines:
        log.append(DEVICE, one)
    log.commit()
    return log


def log_of(*lines: m.Said) -> Log:
    return put(Log.open(None).value, *lines)


def names(told: m.Files) -> list[str]:
    return [file.name for one in told.lines for file in one.files]


def ask(log: Log, query: str = "", sort: m.FileSort = "all", *, before: int = 0) -> list[str]:
    return names(files(log, 0, m.ListFiles(query=query, sort=sort, before=before)))


def delete(log: Log, seq: int) -> None:
    act = replace(line(log.next_seq), cid=b"d" * 16, text="", kind="delete", about=seq)
    put(log, act)


# --- what there is --------------------------------------------------------------------------------


def test_newest_message_is_first_and_its_files_are_in_its_order() -> None:
    log = log_of(line(1, "a.png", "b.pdf"), line(2), line(3, "c.pdf", "d.png", "e.zip"))
    told = files(log, 0, m.ListFiles())
    assert names(told) == ["c.pdf", "d.png", "e.zip", "a.png", "b.pdf"]
    assert not told.more
    first = told.lines[0]
    assert (first.seq, first.at, first.nick, first.device) == (3, NOW + 3, "Ana", DEVICE)
    assert first.files[0] == ref("c.pdf")


def test_pictures_and_other_files_are_listed_apart() -> None:
    log = log_of(line(1, "a.png", "b.pdf", "c.jpg"), line(2, "d.zip"))
    assert ask(log, sort="pictures") == ["a.png", "c.jpg"]
    assert ask(log, sort="files") == ["d.zip", "b.pdf"]


def test_files_of_a_deleted_message_are_gone() -> None:
    log = log_of(line(1, "secret.pdf"), line(2, "other.pdf"))
    delete(log, 1)
    assert ask(log) == ask(log, sort="files") == ["other.pdf"]
    assert ask(log, "secret") == []


def test_nothing_is_listed_of_lines_that_were_not_saved(tmp_path: Path) -> None:
    log = Log.open(tmp_path / "log.db").value
    log.append(DEVICE, line(1, "a.png"))
    assert ask(log) == []
    log.commit()
    assert ask(log) == ["a.png"]
    log.close()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("harvest", ["Harvest_2026.pdf"]),
        ("HARV", ["Harvest_2026.pdf"]),
        ("h", ["Harvest_2026.pdf"]),
        ("2", ["Harvest_2026.pdf"]),
        ("2026 pdf", ["Harvest_2026.pdf"]),
        ("joao", ["ação.png"]),
        ("acao", ["ação.png"]),
        ("joao harvest", []),
        ("bia 2026", ["Harvest_2026.pdf"]),
        ("sort", []),
        ("files", []),
        ("caption", []),
        ('"harvest* OR NEAR(', []),
        ("…", []),
        ("写真", ["夏の写真.png"]),
    ],
)
def test_search_looks_at_names_and_senders_alone(query: str, found: list[str]) -> None:
    log = log_of(
        line(1, "ação.png", nick="João", caption="caption"),
        line(2, "夏の写真.png"),
        line(3, "Harvest_2026.pdf", nick="Bia"),
    )
    assert ask(log, query) == found


def test_search_can_be_for_pictures_alone() -> None:
    log = log_of(line(1, "tree.png", "tree.pdf", "写.png", "写.pdf"))
    assert ask(log, "tree", "pictures") == ["tree.png"]
    assert ask(log, "写", "files") == ["写.pdf"]


def test_search_without_an_index_looks_so_far_and_no_further() -> None:
    per_line = limits.MAX_ATTACHED
    count = RECENT_FILES // per_line + 1
    log = log_of(line(1, "写.png"), *(line(n, *["x.png"] * per_line) for n in range(2, count + 2)))
    assert ask(log, "写") == []
    assert ask(log, "写", before=count) == ["写.png"]


# --- pages ----------------------------------------------------------------------------------------


def pages(log: Log, wish: m.ListFiles) -> Iterable[m.Files]:
    before = wish.before
    while True:
        ask_for = m.ListFiles(query=wish.query, sort=wish.sort, before=before, limit=wish.limit)
        told = files(log, 0, ask_for)
        yield told
        if not told.more:
            return
        assert told.lines
        before = told.lines[-1].seq


@unhurried
@given(
    st.lists(st.lists(st.sampled_from(["a.png", "b.pdf"]), max_size=limits.MAX_ATTACHED)),
    st.integers(1, 30),
    st.sampled_from(["all", "pictures", "files"]),
    st.sampled_from(["", "a", "ana", "png"]),
)
def test_pages_together_are_everything_once(
    said: list[list[str]], limit: int, sort: m.FileSort, query: str
) -> None:
    log = log_of(*(line(seq, *what) for seq, what in enumerate(said, 1)))
    expected = [
        name
        for what in reversed(said)
        for name in what
        if sort in {"all", "pictures" if name == "a.png" else "files"}
        and (query in {"", "ana", "a"} or (query == "png" and name == "a.png") or name[0] == query)
    ]
    told = list(pages(log, m.ListFiles(query=query, sort=sort, limit=limit)))
    assert [name for page in told for name in names(page)] == expected
    for page in told:
        assert len(names(page)) < limit + limits.MAX_ATTACHED
        # No page is empty but the only one.
        assert page.lines or len(told) == 1


def test_the_longest_names_there_are_fit_a_frame() -> None:
    longest = clean_file_name("\U0001f600" * 300 + ".png")
    nick = "\U0001f600" * (limits.MAX_NICKNAME_BYTES // 4)
    whole = [longest] * limits.MAX_ATTACHED
    log = log_of(*(line(seq, *whole, nick=nick) for seq in range(1, 40)))
    query = "\U0001f600" * limits.MAX_QUERY
    told = files(log, 0, m.ListFiles(limit=limits.MAX_LISTED))
    assert told.more
    assert len(encode(m.Files(query=query, lines=told.lines, more=True))) <= limits.MAX_FRAME


@pytest.mark.parametrize("before", [0, 1, 2**53 - 1])
def test_no_number_is_too_large(before: int) -> None:
    log = log_of(line(1, "a.png"))
    assert ask(log, before=before) == ([] if before == 1 else ["a.png"])


# --- who may see it -------------------------------------------------------------------------------


def listed(rooms: Rooms, link: int, query: str = "") -> list[str]:
    (told,) = sent(rooms.room.handle(link, m.ListFiles(query=query), NOW), link, m.Files)
    return names(told)


@pytest.mark.parametrize(
    ("history", "seen"), [("all", ["old.png"]), ("joined", []), ("1", []), ("none", [])]
)
def test_newcomer_sees_files_of_lines_that_it_may_read(
    tmp_path: Path, history: str, seen: list[str]
) -> None:
    rooms = Rooms(tmp_path, history)
    rooms.join(1, ANA)
    rooms.send_file(1)
    rooms.say(1, m.Attach(hash=DIGEST, name="old.png"))
    rooms.say(1, text="later")
    rooms.join(2, TOM)
    assert listed(rooms, 2) == listed(rooms, 2, "old") == seen
    assert listed(rooms, 1) == ([] if history == "none" else ["old.png"])
    rooms.close()


def test_who_is_not_in_the_room_is_told_nothing(tmp_path: Path) -> None:
    rooms = Rooms(tmp_path)
    rooms.room.admit(7, TOM, "192.168.1.9")
    assert rooms.room.handle(7, m.ListFiles(), NOW) == []
    rooms.close()


# --- the file -------------------------------------------------------------------------------------


def test_list_is_there_after_the_room_was_closed_and_opened_again(tmp_path: Path) -> None:
    log = put(Log.open(tmp_path / "log.db").value, line(1, "a.png", nick="Bia"))
    log.close()
    log = Log.open(tmp_path / "log.db").value
    assert ask(log, "bia") == ["a.png"]
    log.close()


def test_files_of_an_older_log_are_listed(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    log = put(Log.open(path).value, line(1, "a.png", "b.pdf", nick="Bia"))
    log.close()
    database = sqlite3.connect(path)
    database.executescript("DROP TABLE listed; ALTER TABLE bans DROP COLUMN guest;")
    database.execute("PRAGMA user_version = 5")
    database.close()
    log = Log.open(path).value
    assert ask(log, "bia") == ["a.png", "b.pdf"]
    assert ask(log, sort="pictures") == ["a.png"]
    log.close()


def test_nothing_of_a_deleted_name_is_left_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    log = Log.open(path).value
    put(log, line(1, "xylophone.pdf"), *(line(n, f"name{n}.pdf") for n in range(2, 300)))
    index_everything(log)
    delete(log, 1)
    index_everything(log)
    log.close()
    everything = b"".join(part.read_bytes() for part in tmp_path.iterdir())
    assert b"name200" in everything
    assert b"xylophon" not in everything
