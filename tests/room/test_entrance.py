"""What a room keeps of its password: the key, and who gave it; on the disk, and nowhere else."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from app.room.entrance import Entrance
from app.room.log import Log

KEY, OTHER = b"k" * 32, b"o" * 32
ANA, TOM = b"a" * 32, b"t" * 32


def opened(path: Path) -> tuple[Log, Entrance]:
    log = Log.open(path / "log.db").value
    return log, Entrance(log)


def test_new_room_asks_for_nothing(tmp_path: Path) -> None:
    _, entrance = opened(tmp_path)
    assert not entrance.asks
    assert not entrance.trusts(ANA)


def test_key_and_trusted_devices_are_there_again_at_the_next_opening(tmp_path: Path) -> None:
    log, entrance = opened(tmp_path)
    entrance.set_key(KEY)
    entrance.trust(ANA)
    entrance.trust(ANA)
    log.close()
    _, entrance = opened(tmp_path)
    assert entrance.key == KEY
    assert entrance.trusts(ANA)
    assert not entrance.trusts(TOM)


@pytest.mark.parametrize("key", [OTHER, b""])
def test_another_key_or_none_trusts_nobody_any_longer(tmp_path: Path, key: bytes) -> None:
    log, entrance = opened(tmp_path)
    entrance.set_key(KEY)
    entrance.trust(ANA)
    log.commit()
    entrance.set_key(key)
    assert not entrance.trusts(ANA)
    entrance.trust(TOM)
    log.close()
    _, entrance = opened(tmp_path)
    assert entrance.key == key
    assert not entrance.trusts(ANA)
    assert entrance.trusts(TOM)


def test_the_same_key_changes_nothing(tmp_path: Path) -> None:
    log, entrance = opened(tmp_path)
    entrance.set_key(KEY)
    entrance.trust(ANA)
    log.commit()
    entrance.set_key(KEY)
    assert entrance.trusts(ANA)
    assert not log.has_notes


def test_room_that_forgets_its_messages_keeps_its_password(tmp_path: Path) -> None:
    log = Log.open(tmp_path / "log.db", keeps=False).value
    Entrance(log).set_key(KEY)
    log.close()
    assert opened(tmp_path)[1].key == KEY


def test_file_of_the_key_is_nobody_elses_to_read(tmp_path: Path) -> None:
    log, entrance = opened(tmp_path)
    entrance.set_key(KEY)
    log.commit()
    for path in tmp_path.iterdir():
        assert path.stat().st_mode & 0o077 == 0, path


@pytest.mark.parametrize("value", [b"short", "text", 7])
def test_damaged_key_is_found_at_opening_and_set_aside(tmp_path: Path, value: object) -> None:
    log, entrance = opened(tmp_path)
    entrance.set_key(KEY)
    log.close()
    database = sqlite3.connect(tmp_path / "log.db")
    database.execute("UPDATE meta SET value = ? WHERE key = 'password'", (value,))
    database.commit()
    database.close()
    assert Log.open(tmp_path / "log.db").set_aside is not None


def test_damaged_list_of_trusted_devices_is_found_at_opening(tmp_path: Path) -> None:
    log, _ = opened(tmp_path)
    log.close()
    database = sqlite3.connect(tmp_path / "log.db")
    database.execute("INSERT INTO trusted VALUES ('somebody')")
    database.commit()
    database.close()
    assert Log.open(tmp_path / "log.db").set_aside is not None
