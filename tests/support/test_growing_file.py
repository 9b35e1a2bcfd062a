"""A file that grows is there as a whole, or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from app.support.growing_file import SYNC_EVERY, GrowingFile


def test_it_is_in_its_place_only_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    file = GrowingFile(path)
    file.write(b"one ")
    file.write(b"two")
    assert not path.exists()
    file.finish(over=False)
    assert path.read_bytes() == b"one two"
    assert list(tmp_path.iterdir()) == [path]


def test_another_file_goes_only_if_that_was_said(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    path.write_bytes(b"holiday")
    file = GrowingFile(path)
    file.write(b"new")
    with pytest.raises(FileExistsError):
        file.finish(over=False)
    file.discard()
    assert path.read_bytes() == b"holiday"
    file = GrowingFile(path)
    file.write(b"new")
    file.finish(over=True)
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_nothing_is_left_of_what_is_discarded(tmp_path: Path) -> None:
    file = GrowingFile(tmp_path / "out.txt")
    file.write(b"one")
    file.discard()
    file.discard()
    assert list(tmp_path.iterdir()) == []


def test_the_disk_hears_of_it_on_the_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", synced.append)
    file = GrowingFile(tmp_path / "out.txt")
    for _ in range(4):
        file.write(bytes(SYNC_EVERY // 2))
    assert len(synced) == 2
    file.discard()


def test_a_full_disk_is_told_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def disk_full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", disk_full)
    file = GrowingFile(tmp_path / "out.txt")
    file.write(b"one")
    with pytest.raises(OSError, match="space"):
        file.finish(over=False)
    file.discard()
    assert list(tmp_path.iterdir()) == []
