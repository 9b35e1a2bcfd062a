"""Small gifs play; what is no gif, or a large one, does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from PyQt6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.ui.files import moving
from app.ui.files.moving import MovingPicture, may_move
from tests.ui.files.pictures import drawn, encoded, picture_ref


def gif(width: int = 4, height: int = 3, frames: int = 2) -> bytes:
    """Return a gif in two colours, made by hand (GIF89a)."""
    size = width.to_bytes(2, "little") + height.to_bytes(2, "little")
    made = b"GIF89a" + size + b"\x80\x00\x00" + bytes.fromhex("000000ffffff")
    made += b"!\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00"
    for _ in range(frames):
        made += b"!\xf9\x04\x00\x02\x00\x00\x00"
        made += b"," + bytes(4) + size + b"\x00" + b"\x02"
        # Clear, then so many times colour 0 in codes of three bits, each after a clear; then the end.
        codes = [code for _ in range(width * height) for code in (4, 0)] + [5]
        value = sum(code << (3 * place) for place, code in enumerate(codes))
        data = value.to_bytes((len(codes) * 3 + 7) // 8, "little")
        made += bytes([len(data)]) + data + b"\x00"
    return made + b";"


def test_a_small_gif_plays_until_it_is_stopped(qtbot: QtBot, qapp: QObject, tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(gif())
    playing = MovingPicture(qapp)
    with qtbot.waitSignal(playing.moved):
        assert playing.play(path)
    assert playing.frame is not None
    assert (playing.frame.width(), playing.frame.height()) == (4, 3)
    playing.stop()
    assert playing.frame is None


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a",
        encoded(drawn(4, 3)),
        gif()[:6] + (5000).to_bytes(2, "little") * 2 + gif()[10:],
        gif()[:6] + bytes(4) + gif()[10:],
        gif().ljust(moving.MOST_BYTES + 1, b"\0"),
    ],
)
def test_anything_else_does_not(qapp: QObject, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.gif"
    path.write_bytes(data)
    assert not MovingPicture(qapp).play(path)


def test_what_is_not_there_does_not(qapp: QObject, tmp_path: Path) -> None:
    assert not MovingPicture(qapp).play(tmp_path / "nothing.gif")


@pytest.mark.parametrize(
    ("name", "width", "size", "expected"),
    [
        ("a.gif", 500, 100_000, True),
        ("a.gif", 5000, 100_000, False),
        ("a.gif", 0, 100_000, False),
        ("a.gif", 500, 9_000_000, False),
        ("a.png", 500, 100_000, False),
    ],
)
def test_only_small_gifs_are_fetched_for_it(
    name: str, width: int, size: int, *, expected: bool
) -> None:
    assert may_move(picture_ref(name, width, width, size)) is expected
