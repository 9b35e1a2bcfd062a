"""What becomes of good pictures."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PyQt6.QtCore import QSize
from PyQt6.QtGui import QColor, QColorSpace, QImage

from app.pictures import limits
from app.pictures.formats import Format
from app.pictures.pictures import Pictures
from app.pictures.results import Look, Resized, Thumbnail
from tests.pictures.bombs import BORNE
from tests.pictures.conftest import Do
from tests.pictures.making import (
    gif,
    gif_with,
    jpeg_with,
    picture,
    png_with,
    saved,
    webp_frames,
    webp_with,
)

ROOT = Path(__file__).resolve().parents[2]
COLOURS = {"red": "red", "lime": "lime", "blue": "blue", "white": "white"}

CORNERS = {
    1: ("red", "lime", "blue", "white"),
    2: ("lime", "red", "white", "blue"),
    3: ("white", "blue", "lime", "red"),
    4: ("blue", "white", "red", "lime"),
    5: ("red", "blue", "lime", "white"),
    6: ("blue", "red", "white", "lime"),
    7: ("white", "lime", "blue", "red"),
    8: ("lime", "white", "red", "blue"),
}
"""Upper left, upper right, lower left, lower right of the upright picture, by its orientation."""


def _like(colour: QColor, name: str) -> bool:
    wanted = QColor(name)
    pairs = zip(colour.getRgb()[:3], wanted.getRgb()[:3], strict=True)
    return all(abs((one or 0) - (other or 0)) < 60 for one, other in pairs)


def _corners(image: QImage) -> list[QColor]:
    right, lower = image.width() - 3, image.height() - 3
    return [image.pixelColor(x, y) for x, y in ((2, 2), (right, 2), (2, lower), (right, lower))]


def _shows(image: QImage, orientation: int) -> bool:
    return all(
        _like(colour, name)
        for colour, name in zip(_corners(image), CORNERS[orientation], strict=True)
    )


def _kept(folder: Path, data: bytes, name: str = "picture") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("orientation", CORNERS)
def test_jpeg_comes_out_upright(
    pictures: Pictures, do: Do, tmp_path: Path, orientation: int
) -> None:
    path = _kept(tmp_path, jpeg_with(orientation))
    size = QSize(80, 40) if orientation < 5 else QSize(40, 80)
    look = do(pictures.look, path)
    assert (look.width, look.height) == (size.width(), size.height())
    image = do(pictures.decode, path, 500, 500)
    assert image.size() == size
    assert _shows(image, orientation)
    target = tmp_path / "small"
    made = do(pictures.thumbnail, path, target)
    assert made == Thumbnail(size.width(), size.height(), "image/jpeg", target.stat().st_size)
    assert _shows(QImage(str(target)), orientation)
    again = tmp_path / "resized"
    resized = do(pictures.resize, path, again, 40)
    assert max(resized.width, resized.height) == 40
    assert _shows(QImage(str(again)), orientation)


@pytest.mark.parametrize("orientation", [3, 6, 7, 8])
@pytest.mark.parametrize("make", [png_with, webp_with])
def test_others_come_out_upright_as_well(
    pictures: Pictures, do: Do, tmp_path: Path, make: Do, orientation: int
) -> None:
    image = do(pictures.decode, _kept(tmp_path, make(orientation)), 500, 500)
    assert image.width() == (80 if orientation < 5 else 40)
    seen = [colour for colour in _corners(image) if colour.alpha()]
    wanted = [c for c, name in zip(seen, CORNERS[orientation], strict=False)]
    assert wanted
    if make is webp_with:
        assert _shows(image, orientation)
    else:
        empty = CORNERS[orientation].index("white")
        assert _corners(image)[empty].alpha() == 0


@pytest.mark.parametrize(
    ("data", "look"),
    [
        (lambda: saved(picture(30, 20), "png"), Look(Format.PNG, 30, 20, False, False)),
        (lambda: saved(picture(30, 20), "jpeg"), Look(Format.JPEG, 30, 20, False, False)),
        (lambda: saved(picture(30, 20), "webp"), Look(Format.WEBP, 30, 20, False, False)),
        (lambda: gif(1), Look(Format.GIF, 2, 2, False, False)),
        (lambda: gif(3), Look(Format.GIF, 2, 2, True, False)),
        (jpeg_with, Look(Format.JPEG, 80, 40, False, True)),
        (png_with, Look(Format.PNG, 80, 40, False, True)),
        (webp_with, Look(Format.WEBP, 80, 40, False, True)),
        (gif_with, Look(Format.GIF, 2, 2, True, True)),
    ],
)
def test_look_tells_what_it_is(
    pictures: Pictures, do: Do, tmp_path: Path, data: Do, look: Look
) -> None:
    assert do(pictures.look, _kept(tmp_path, data())) == look


def test_name_says_nothing(pictures: Pictures, do: Do, tmp_path: Path) -> None:
    png = saved(picture(8, 8), "png")
    assert do(pictures.look, _kept(tmp_path, png, "a.txt")).format is Format.PNG
    assert do(pictures.look, _kept(tmp_path, png, "b.jpg")).format is Format.PNG


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such a name")
def test_name_may_be_no_text(pictures: Pictures, do: Do, tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe\n\xc3.png"))
    path.write_bytes(saved(picture(8, 8), "png"))
    assert do(pictures.look, path) is not None
    assert do(pictures.decode, path, 9, 9) is not None


def test_what_shines_through_still_does(pictures: Pictures, do: Do, tmp_path: Path) -> None:
    path = _kept(tmp_path, saved(picture(90, 90, alpha=True).scaled(900, 900), "png"))
    target = tmp_path / "small"
    made = do(pictures.thumbnail, path, target)
    assert (made.media, made.width) == ("image/png", 900)
    small = QImage(str(target))
    assert small.size() == QSize(640, 640)
    assert [colour.alpha() for colour in _corners(small)] == [255, 255, 255, 0]
    shown = do(pictures.decode, path, 640, 640)
    assert shown.pixelColor(600, 600).alpha() == 0


def test_opaque_picture_with_an_alpha_channel_is_a_jpeg(
    pictures: Pictures, do: Do, tmp_path: Path
) -> None:
    image = picture(30, 30).convertToFormat(QImage.Format.Format_ARGB32)
    path = _kept(tmp_path, saved(image, "png"))
    assert do(pictures.thumbnail, path, tmp_path / "small").media == "image/jpeg"


@pytest.mark.parametrize("alpha", [False, True])
def test_thumbnail_of_noise_is_small(
    pictures: Pictures, do: Do, tmp_path: Path, alpha: bool
) -> None:
    kind = QImage.Format.Format_ARGB32 if alpha else QImage.Format.Format_RGB32
    noise = QImage(os.urandom(1000 * 1000 * 4), 1000, 1000, 4000, kind).copy()
    target = tmp_path / "small"
    made = do(pictures.thumbnail, _kept(tmp_path, saved(noise, "png")), target)
    assert 0 < made.size == target.stat().st_size <= limits.THUMBNAIL_BYTES


def test_thumbnail_is_never_larger_than_its_picture(
    pictures: Pictures, do: Do, tmp_path: Path
) -> None:
    target = tmp_path / "small"
    do(pictures.thumbnail, _kept(tmp_path, saved(picture(9, 5), "png")), target)
    assert QImage(str(target)).size() == QSize(9, 5)
    wide = tmp_path / "wide"
    do(pictures.thumbnail, _kept(tmp_path, saved(picture(3000, 2), "png")), wide)
    assert QImage(str(wide)).size() == QSize(640, 1)


def test_first_frame_is_shown(pictures: Pictures, do: Do, tmp_path: Path) -> None:
    image = do(pictures.decode, _kept(tmp_path, gif(3)), 9, 9)
    assert _like(image.pixelColor(0, 0), "red")


def test_frames_are_shown_one_after_the_other(pictures: Pictures, do: Do, tmp_path: Path) -> None:
    frames = do(pictures.frames, _kept(tmp_path, gif(3)), 9, 9)
    assert [frame.milliseconds for frame in frames] == [50, 50, 50]
    colours = [frame.image.pixelColor(1, 1) for frame in frames]
    assert all(map(_like, colours, ("red", "lime", "red")))
    assert do(pictures.frames, _kept(tmp_path, gif(1)), 9, 9) is None


def test_long_animation_is_cut_and_made_small(pictures: Pictures, do: Do, tmp_path: Path) -> None:
    frames = do(pictures.frames, _kept(tmp_path, BORNE["gif of 20,000 frames"]()), 9, 9)
    assert len(frames) == limits.MAX_FRAMES
    large = tmp_path / "large"
    large.write_bytes(webp_frames(1200, 800, 50))
    frames = do(pictures.frames, large, 2000, 2000)
    assert len(frames) == 50
    assert sum(frame.image.sizeInBytes() for frame in frames) <= limits.MAX_ANIMATION


def test_decoded_picture_fits_the_box_and_memory(
    pictures: Pictures, do: Do, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _kept(tmp_path, saved(picture(300, 100), "jpeg"))
    assert do(pictures.decode, path, 150, 150).size() == QSize(150, 50)
    assert do(pictures.decode, path, 10_000, 10_000).size() == QSize(300, 100)
    monkeypatch.setattr(limits, "MAX_DECODED", 100)
    assert do(pictures.decode, path, 300, 300) is None


def test_colours_are_as_they_were_meant(pictures: Pictures, do: Do, tmp_path: Path) -> None:
    image = picture(40, 40)
    image.setColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb))
    wide = image.convertedToColorSpace(QColorSpace(QColorSpace.NamedColorSpace.AdobeRgb))
    assert not _like(wide.pixelColor(35, 2), "lime")
    path = _kept(tmp_path, saved(wide, "png"))
    assert _like(do(pictures.decode, path, 40, 40).pixelColor(35, 2), "lime")


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
def test_resized_picture_is_what_it_was(
    pictures: Pictures, do: Do, tmp_path: Path, kind: str
) -> None:
    data = {"jpeg": jpeg_with, "png": png_with, "webp": webp_with}[kind]()
    target = tmp_path / "resized"
    made = do(pictures.resize, _kept(tmp_path, data), target, 20)
    assert made == Resized(f"image/{kind}", 20, 10, target.stat().st_size)  # type: ignore[arg-type]
    assert do(pictures.look, target) == Look(Format(kind), 20, 10, False, False)
    assert b"Camera" not in target.read_bytes()


def test_animation_is_not_resized(pictures: Pictures, do: Do, tmp_path: Path) -> None:
    assert do(pictures.resize, _kept(tmp_path, gif(3)), tmp_path / "x", 20) is None
    made = do(pictures.resize, _kept(tmp_path, gif(1)), tmp_path / "x", 20)
    assert made.media == "image/png"


def test_texts_in_a_picture_are_not_in_what_is_made_of_it(
    pictures: Pictures, do: Do, tmp_path: Path
) -> None:
    image = picture(20, 20)
    image.setText("Author", "Somebody")
    for kind in ("png", "jpeg"):
        path = _kept(tmp_path, saved(image, kind))
        assert b"Somebody" in path.read_bytes()
        for job, more in ((pictures.thumbnail, ()), (pictures.resize, (10,)), (pictures.clean, ())):
            target = tmp_path / "made"
            assert do(job, path, target, *more) is not None
            assert b"Somebody" not in target.read_bytes()
            target.unlink()


def test_packaged_program_is_its_own_worker(tmp_path: Path) -> None:
    path = _kept(tmp_path, saved(picture(8, 8), "png"))
    job = f'{{"id": 7, "do": "look", "with": ["{path}"]}}\n'
    for command in ([str(ROOT / "main.py")], ["-m", "app"]):
        done = subprocess.run(
            [sys.executable, *command, "pictures-worker"],
            input=job,
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
        )
        assert '"width": 8' in done.stdout
        assert done.stderr == ""


def test_help_says_nothing_of_it() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "worker" not in done.stdout
