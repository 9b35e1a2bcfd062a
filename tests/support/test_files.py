"""Files are whole, private when asked, and never overwritten when set aside."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from app.support.files import (
    first_line,
    make_private_file,
    make_private_folder,
    set_aside,
    write_atomically,
)

if TYPE_CHECKING:
    from pathlib import Path

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no mode bits")


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_written_bytes_are_read_back(tmp_path: Path) -> None:
    write_atomically(tmp_path / "file", b"one\r\ntwo\n")
    assert (tmp_path / "file").read_bytes() == b"one\r\ntwo\n"


def test_a_second_write_replaces_the_first_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    write_atomically(tmp_path / "file", b"a long first text")
    write_atomically(tmp_path / "file", b"second")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"second"]


def test_failed_write_keeps_the_old_file_and_leaves_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")

    def disk_full(descriptor: int) -> None:
        assert [other.stat().st_size for other in tmp_path.glob(".file.*")] == [3], descriptor
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", disk_full)
    with pytest.raises(OSError, match="No space left"):
        write_atomically(path, b"new")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]


def test_missing_folder_is_the_environments_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_atomically(tmp_path / "missing" / "file", b"")


@posix
def test_private_file_is_private_from_its_creation_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    modes: list[int] = []
    sync = os.fsync

    def note_mode(descriptor: int) -> None:
        modes.extend(mode_of(path) for path in tmp_path.glob(".file.*"))
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", note_mode)
    before = os.umask(0)
    try:
        write_atomically(tmp_path / "file", b"secret", private=True)
    finally:
        os.umask(before)
    assert modes == [0o600]
    assert mode_of(tmp_path / "file") == 0o600


@posix
def test_private_write_over_a_wider_file_is_private(tmp_path: Path) -> None:
    (tmp_path / "file").touch(mode=0o644)
    write_atomically(tmp_path / "file", b"secret", private=True)
    assert mode_of(tmp_path / "file") == 0o600


def test_file_set_aside_is_renamed(tmp_path: Path) -> None:
    path = tmp_path / "rooms.json"
    path.write_bytes(b"damaged")
    aside = set_aside(path)
    assert aside == tmp_path / "rooms.json.broken-1"
    assert aside.read_bytes() == b"damaged"
    assert not path.exists()


def test_files_set_aside_never_overwrite_earlier_ones(tmp_path: Path) -> None:
    path = tmp_path / "file"
    for content in (b"first", b"second", b"third"):
        path.write_bytes(content)
        set_aside(path)
    kept = [(tmp_path / f"file.broken-{number}").read_bytes() for number in (1, 2, 3)]
    assert kept == [b"first", b"second", b"third"]


def test_setting_a_missing_file_aside_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        set_aside(tmp_path / "file")
    assert not list(tmp_path.iterdir())


@posix
def test_private_folder_and_its_missing_parents_are_private(tmp_path: Path) -> None:
    make_private_folder(tmp_path / "one" / "two")
    assert mode_of(tmp_path / "one") == 0o700
    assert mode_of(tmp_path / "one" / "two") == 0o700


@posix
def test_folder_that_is_there_keeps_its_mode(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o755)
    make_private_folder(shared)
    assert mode_of(shared) == 0o755


def test_file_in_the_place_of_a_folder_is_the_environments_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FileExistsError):
        make_private_folder(tmp_path / "file")


@posix
def test_private_file_loses_what_is_too_much_and_gains_nothing(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.touch()
    for before, after in ((0o666, 0o600), (0o444, 0o400), (0o600, 0o600), (0o700, 0o600)):
        path.chmod(before)
        make_private_file(path)
        assert mode_of(path) == after


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"one\ntwo\n", b"one"),
        (b"one\r\ntwo", b"one"),
        (b" one ", b" one "),
        (b"\n", b""),
        (b"", b""),
        (b"x" * 100, b"x" * 10),
    ],
)
def test_first_line_is_read_without_its_end_and_no_further_than_allowed(
    tmp_path: Path, content: bytes, line: bytes
) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    path.chmod(0o600)
    assert first_line(path, 10) == (line, False)


@posix
@pytest.mark.parametrize("mode", [0o604, 0o640, 0o644])
def test_first_line_tells_whether_others_can_read_it(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"one")
    path.chmod(mode)
    assert first_line(path, 10) == (b"one", True)
