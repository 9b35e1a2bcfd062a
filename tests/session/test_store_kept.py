"""What is kept of rooms: told as it is, and gone for good where a person deletes it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.session.store import RoomStore
from app.session.store_file import StoreFailed, StoreProblem
from app.session.store_kept import bytes_in, delete_kept, kept_rooms

LAB, FAMILY = b"l" * 32, b"f" * 32


def keep(folder: Path, fingerprint: bytes, name: str) -> Path:
    path = folder / f"{fingerprint.hex()}.db"
    store = RoomStore(path)
    store.note(name=name)
    store.commit()
    store.close()
    return path


def test_rooms_are_told_with_name_and_size_the_last_used_first(tmp_path: Path) -> None:
    lab, family = keep(tmp_path, LAB, "Robotics Lab"), keep(tmp_path, FAMILY, "Família 👋")
    os.utime(lab, (2_000, 2_000))
    os.utime(family, (1_000, 1_000))
    rooms = kept_rooms(tmp_path)
    assert [(r.fingerprint, r.name, r.at) for r in rooms] == [
        (LAB, "Robotics Lab", 2_000.0),
        (FAMILY, "Família 👋", 1_000.0),
    ]
    assert rooms[0].size == lab.stat().st_size > 0


def test_looking_leaves_nothing_behind_and_needs_no_lock(tmp_path: Path) -> None:
    path = keep(tmp_path, LAB, "Lab")
    store = RoomStore(path)
    assert len(kept_rooms(tmp_path)) == 1
    store.note(name="Lab 2")
    store.commit()
    store.close()
    kept_rooms(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_what_is_no_room_is_left_out_and_what_is_damaged_has_no_name(tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_bytes(b"")
    (tmp_path / f"{LAB.hex()}.db").write_bytes(b"rubbish" * 1000)
    (tmp_path / f"{FAMILY.hex()}.db.broken-1").write_bytes(b"x")
    assert [(r.fingerprint, r.name, r.size) for r in kept_rooms(tmp_path)] == [(LAB, "", 7000)]
    assert kept_rooms(tmp_path / "missing") == ()


@pytest.mark.parametrize("damaged", [False, True])
def test_deleting_leaves_nothing(tmp_path: Path, damaged: bool) -> None:
    path = keep(tmp_path, LAB, "Lab")
    if damaged:
        path.write_bytes(b"rubbish" * 1000)
    keep(tmp_path, FAMILY, "Family")
    path.with_name(f".{path.name}.old").write_bytes(b"left over")
    delete_kept(path)
    assert [p.stem for p in tmp_path.iterdir()] == [FAMILY.hex()]
    delete_kept(path)
    assert len(list(tmp_path.iterdir())) == 1


def test_a_room_that_is_open_is_not_deleted_under_its_owner(tmp_path: Path) -> None:
    path = keep(tmp_path, LAB, "Lab")
    store = RoomStore(path)
    with pytest.raises(StoreFailed) as refused:
        delete_kept(path)
    assert refused.value.problem is StoreProblem.IN_USE
    store.note(topic="still there")
    store.commit()
    store.close()
    assert RoomStore(path).facts.topic == "still there"


def test_bytes_are_counted_through_folders(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "one").write_bytes(b"123")
    (tmp_path / "a" / "b" / "two").write_bytes(b"4567")
    assert bytes_in(tmp_path) == 7
    assert bytes_in(tmp_path / "missing") == 0
