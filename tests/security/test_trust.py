"""Known rooms: a changed key is told, and what was learnt survives."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from app.security.invite import Address
from app.security.trust import How, KnownRooms, Trust

if TYPE_CHECKING:
    from pathlib import Path

RED, BLUE, GREEN = b"r" * 32, b"b" * 32, b"g" * 32
LAB, HOME, CAFE = Address("lab.local", 9090), Address("10.0.0.4", 9090), Address("::1", 9090)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "known_rooms.json"


@pytest.fixture
def rooms(path: Path) -> KnownRooms:
    return KnownRooms.load(path).value


def test_without_a_file_nothing_is_known(path: Path) -> None:
    loaded = KnownRooms.load(path)
    assert loaded.set_aside is None
    assert list(loaded.value) == []
    assert loaded.value.check(LAB, RED) is Trust.NEW
    assert not path.exists()


def test_remembered_room_is_known(rooms: KnownRooms) -> None:
    rooms.remember(LAB, RED, "Lab", How.FIRST_USE, 1.0)
    assert rooms.check(LAB, RED) is Trust.KNOWN


def test_changed_certificate_is_reported_for_a_known_address(rooms: KnownRooms) -> None:
    rooms.remember(LAB, RED, "Lab", How.FIRST_USE, 1.0)
    assert rooms.check(LAB, BLUE) is Trust.CHANGED


def test_another_known_room_at_a_known_address_is_a_change(rooms: KnownRooms) -> None:
    rooms.remember(LAB, RED, "Lab", How.INVITE, 1.0)
    rooms.remember(HOME, BLUE, "Home", How.INVITE, 2.0)
    assert rooms.check(LAB, BLUE) is Trust.CHANGED


def test_known_room_at_a_new_address_is_known(rooms: KnownRooms) -> None:
    rooms.remember(LAB, RED, "Lab", How.FIRST_USE, 1.0)
    assert rooms.check(HOME, RED) is Trust.KNOWN


def test_another_port_is_another_address(rooms: KnownRooms) -> None:
    rooms.remember(LAB, RED, "Lab", How.FIRST_USE, 1.0)
    assert rooms.check(Address("lab.local", 9091), BLUE) is Trust.NEW


def test_host_names_compare_without_case(rooms: KnownRooms) -> None:
    rooms.remember(LAB, RED, "Lab", How.FIRST_USE, 1.0)
    rooms.remember(Address("LAB.local", 9090), RED, "Lab", How.FIRST_USE, 2.0)
    assert rooms.check(Address("Lab.LOCAL", 9090), BLUE) is Trust.CHANGED
    assert [len(known.addresses) for known in rooms] == [1]


def test_checking_changes_nothing(rooms: KnownRooms, path: Path) -> None:
    rooms.remember(LAB, RED, "Lab", How.FIRST_USE, 1.0)
    before = path.read_bytes()
    rooms.check(LAB, BLUE)
    rooms.check(HOME, RED)
    assert path.read_bytes() == before
    assert rooms.check(LAB, RED) is Trust.KNOWN


def test_remembering_moves_an_address_to_the_new_key(rooms: KnownRooms) -> None:
    rooms.remember(LAB, RED, "Lab", How.FIRST_USE, 1.0)
    rooms.remember(HOME, RED, "Lab", How.FIRST_USE, 2.0)
    rooms.remember(LAB, BLUE, "New lab", How.INVITE, 3.0)
    assert rooms.check(LAB, BLUE) is Trust.KNOWN
    assert rooms.check(LAB, RED) is Trust.CHANGED
    assert rooms.check(HOME, RED) is Trust.KNOWN


def test_room_that_lost_its_last_address_is_still_known(rooms: KnownRooms) -> None:
    rooms.remember(LAB, RED, "Lab", How.PASSWORD, 1.0)
    rooms.remember(LAB, BLUE, "New lab", How.INVITE, 2.0)
    assert rooms.check(HOME, RED) is Trust.KNOWN


def test_rooms_are_found_by_address_and_by_fingerprint(rooms: KnownRooms) -> None:
    made = rooms.remember(LAB, RED, "Lab", How.PASSWORD, 1.0)
    assert rooms.expected_at(LAB) == made
    assert rooms.by_fingerprint(RED) == made
    assert rooms.expected_at(HOME) is None
    assert rooms.by_fingerprint(BLUE) is None


def test_latest_name_address_and_time_are_kept_with_the_first_time(rooms: KnownRooms) -> None:
    rooms.remember(LAB, RED, "Lab", How.FIRST_USE, 1.0)
    rooms.remember(HOME, RED, "Lab 2", How.FIRST_USE, 5.0)
    known = rooms.remember(LAB, RED, "", How.FIRST_USE, 7.0)
    assert known.room == "Lab 2"
    assert known.addresses == (LAB, HOME)
    assert (known.first_seen, known.last_seen) == (1.0, 7.0)


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [
        (How.INVITE, How.FIRST_USE, How.INVITE),
        (How.PASSWORD, How.FIRST_USE, How.PASSWORD),
        (How.INVITE, How.PASSWORD, How.INVITE),
        (How.FIRST_USE, How.PASSWORD, How.PASSWORD),
        (How.FIRST_USE, How.INVITE, How.INVITE),
        (How.PASSWORD, How.INVITE, How.INVITE),
    ],
)
def test_how_a_room_was_verified_is_never_downgraded(
    rooms: KnownRooms, before: How, after: How, kept: How
) -> None:
    rooms.remember(LAB, RED, "Lab", before, 1.0)
    assert rooms.remember(LAB, RED, "Lab", after, 2.0).how is kept


def test_rooms_come_newest_first(rooms: KnownRooms) -> None:
    rooms.remember(LAB, RED, "red", How.INVITE, 1.0)
    rooms.remember(HOME, BLUE, "blue", How.INVITE, 3.0)
    rooms.remember(CAFE, GREEN, "green", How.INVITE, 2.0)
    assert [known.room for known in rooms] == ["blue", "green", "red"]
    rooms.remember(LAB, RED, "red", How.INVITE, 4.0)
    assert [known.room for known in rooms] == ["red", "blue", "green"]
    assert len(rooms) == 3


def test_forgotten_room_is_new_again(rooms: KnownRooms) -> None:
    rooms.remember(LAB, RED, "Lab", How.INVITE, 1.0)
    rooms.remember(HOME, BLUE, "Home", How.INVITE, 2.0)
    rooms.forget(RED)
    rooms.forget(GREEN)
    assert rooms.check(LAB, RED) is Trust.NEW
    assert rooms.check(LAB, GREEN) is Trust.NEW
    assert rooms.check(HOME, BLUE) is Trust.KNOWN


def test_every_change_is_on_the_disk_at_once(rooms: KnownRooms, path: Path) -> None:
    rooms.remember(LAB, RED, "Lab ☕", How.INVITE, 1.5)
    rooms.remember(HOME, BLUE, "Home", How.FIRST_USE, 2.5)
    assert list(KnownRooms.load(path).value) == list(rooms)
    rooms.forget(RED)
    assert list(KnownRooms.load(path).value) == list(rooms)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no mode bits")
def test_file_is_private_and_made_so_again(rooms: KnownRooms, path: Path) -> None:
    rooms.remember(LAB, RED, "Lab", How.INVITE, 1.0)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o644)
    KnownRooms.load(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_change_that_cannot_be_written_does_not_happen(tmp_path: Path) -> None:
    rooms = KnownRooms.load(tmp_path / "missing" / "known_rooms.json").value
    with pytest.raises(FileNotFoundError):
        rooms.remember(LAB, RED, "Lab", How.INVITE, 1.0)
    assert rooms.check(LAB, RED) is Trust.NEW


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b'{"rooms": 3}',
        b'{"rooms": [',
        b"\xff\xfe",
        (
            b'{"rooms": [{"fingerprint": "AAAA", "room": "", "addresses": [], "how": "invite", '
            b'"first_seen": 1, "last_seen": 1}]}'
        ),
        b'{"more": ' + b"[" * 100_000,
    ],
)
def test_damaged_file_is_set_aside_and_said(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    loaded = KnownRooms.load(path)
    assert loaded.set_aside == path.with_name("known_rooms.json.broken-1")
    assert loaded.set_aside.read_bytes() == content
    assert list(loaded.value) == []


def test_fields_of_a_newer_version_are_ignored(rooms: KnownRooms, path: Path) -> None:
    rooms.remember(LAB, RED, "Lab", How.INVITE, 1.0)
    path.write_bytes(path.read_bytes().replace(b'"how"', b'"color": "red", "how"'))
    loaded = KnownRooms.load(path)
    assert loaded.set_aside is None
    assert list(loaded.value) == list(rooms)


def test_fingerprint_of_another_length_is_our_bug(rooms: KnownRooms) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        rooms.remember(LAB, b"short", "Lab", How.INVITE, 1.0)
