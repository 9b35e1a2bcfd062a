"""A file on its way to this computer's disk: killed at any step, full, refused, tampered with."""

from __future__ import annotations

import errno
import hashlib
import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.net.transfers.arriving import Arriving, NotWritten, part_of
from app.protocol.limits import MAX_FILE_NAME_BYTES
from app.session.files.transfer import FileFailure, Purpose, Transfer
from tests.helpers.frail_disk import FrailDisk, Killed
from tests.net.transfers.conftest import DATA, DIGEST

PIECE = 40_000


def _transfer(path: Path) -> Transfer:
    return Transfer(
        id=bytes(range(16)), purpose=Purpose.SAVE, name=path.name, size=len(DATA), path=path,
        hash=DIGEST,
    )  # fmt: skip


def _fetch(transfer: Transfer, disk: FrailDisk | None = None) -> Path:
    """Go from whatever is there to the whole file, or raise."""
    arriving = Arriving(transfer, disk)
    try:
        while arriving.step():
            pass
        arriving.need_space()
        while not arriving.is_complete:
            arriving.write(DATA[arriving.offset : arriving.offset + PIECE])
        assert arriving.is_right
        return arriving.settle()
    finally:
        arriving.close()


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.integers(0, 25), max_size=5))
def test_program_that_is_killed_at_any_step_goes_on_to_the_same_file(
    tmp_path_factory: pytest.TempPathFactory, steps: list[int]
) -> None:
    folder = tmp_path_factory.mktemp("saved")
    transfer = _transfer(folder / "field.bin")
    for count in steps:
        disk = FrailDisk()
        disk.steps_left = count
        with suppress(Killed):
            _fetch(transfer, disk)
            return
    path = _fetch(transfer)
    assert path.read_bytes() == DATA
    assert [one.name for one in folder.iterdir()] == ["field.bin"]


@pytest.mark.parametrize("room", [0, 1, 100_000])
def test_full_disk_is_said_and_what_came_stays(tmp_path: Path, room: int) -> None:
    transfer = _transfer(tmp_path / "field.bin")
    disk = FrailDisk()
    disk.room = room
    with pytest.raises(NotWritten) as refused:
        _fetch(transfer, disk)
    assert refused.value.failure is FileFailure.NO_SPACE
    assert part_of(transfer).stat().st_size == room
    assert _fetch(transfer).read_bytes() == DATA


def test_disk_that_has_no_room_for_all_of_it_is_not_filled(tmp_path: Path) -> None:
    disk = FrailDisk()
    disk.free_bytes = len(DATA)
    with pytest.raises(NotWritten) as refused:
        _fetch(_transfer(tmp_path / "field.bin"), disk)
    assert refused.value.failure is FileFailure.NO_SPACE


def test_disk_that_refuses_is_said(tmp_path: Path) -> None:
    disk = FrailDisk()
    disk.broken = True
    with pytest.raises(NotWritten) as refused:
        _fetch(_transfer(tmp_path / "field.bin"), disk)
    assert refused.value.failure is FileFailure.UNWRITABLE


def test_folder_that_is_none_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NotWritten) as refused:
        _fetch(_transfer(tmp_path / "file" / "field.bin"))
    assert refused.value.failure is FileFailure.UNWRITABLE


def test_part_that_was_tampered_with_is_not_taken_for_the_file(tmp_path: Path) -> None:
    transfer = _transfer(tmp_path / "field.bin")
    part_of(transfer).write_bytes(b"x" * len(DATA))
    arriving = Arriving(transfer)
    while arriving.step():
        pass
    assert arriving.is_complete
    assert not arriving.is_right
    arriving.close()


@pytest.mark.parametrize("kind", ["link", "long", "pipe"])
def test_part_that_cannot_be_ours_is_replaced(tmp_path: Path, kind: str) -> None:
    transfer = _transfer(tmp_path / "saved" / "field.bin")
    part = part_of(transfer)
    part.parent.mkdir()
    victim = tmp_path / "victim"
    victim.write_bytes(b"mine")
    if kind == "link":
        part.symlink_to(victim)
    elif kind == "long":
        part.write_bytes(DATA + b"x")
    else:
        os.mkfifo(part)
    assert _fetch(transfer).read_bytes() == DATA
    assert victim.read_bytes() == b"mine"


@pytest.mark.parametrize("code", [errno.EPERM, errno.EOPNOTSUPP])
def test_file_system_without_hard_links_is_good_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def refuse(*_args: object, **_more: object) -> None:
        raise OSError(code, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    (tmp_path / "field.bin").write_text("mine")
    assert _fetch(_transfer(tmp_path / "field.bin")).name == "field (2).bin"
    assert (tmp_path / "field.bin").read_text() == "mine"
    assert (tmp_path / "field (2).bin").read_bytes() == DATA
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("stem", ["n" * 251, "é" * 125, "\N{GRINNING FACE}" * 62])
def test_longest_names_find_others_beside_them(tmp_path: Path, stem: str) -> None:
    path = tmp_path / f"{stem}.bin"
    assert len(path.name.encode()) <= MAX_FILE_NAME_BYTES
    names = {_fetch(_transfer(path)).name for _ in range(3)}
    assert len(names) == 3
    assert all(name.endswith(".bin") for name in names)


def test_two_downloads_of_one_name_have_parts_of_their_own(tmp_path: Path) -> None:
    one = _transfer(tmp_path / "field.bin")
    other = replace(one, id=bytes(16))
    part_of(other).touch()
    assert hashlib.sha256(_fetch(one).read_bytes()).hexdigest() == DIGEST
    assert part_of(other).exists()
