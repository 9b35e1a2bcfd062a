"""The picture is where it was asked for, and nothing was overwritten unasked."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PyQt6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.share.qr import QrCode, qr_code, qr_picture
from app.ui.share.saving import PictureSaver, suggested_name


@given(st.text())
def test_every_system_takes_the_suggested_name(room: str) -> None:
    name = suggested_name(room)
    assert name.startswith("Papo")
    assert name.endswith(".png")
    assert not set(name) & set('<>:"/\\|?*\n\0')
    assert "." not in name.removesuffix(".png")
    assert len(name) < 80


@pytest.fixture
def code() -> QrCode:
    code = qr_code("papo://x")
    assert code is not None
    return code


@pytest.fixture
def saver(qtbot: QtBot) -> PictureSaver:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return PictureSaver(window)


def choose(saver: PictureSaver, code: QrCode, path: Path) -> None:
    saver.ask(code, "Lab")
    assert saver.dialog is not None
    saver.dialog.setDirectory(str(path.parent))
    saver.dialog.selectFile(path.name)
    saver.dialog.accept()


def test_a_picture_is_saved(
    qtbot: QtBot, saver: PictureSaver, code: QrCode, tmp_path: Path
) -> None:
    with qtbot.waitSignal(saver.saved) as saved:
        choose(saver, code, tmp_path / "lab.png")
    assert saved.args == ["lab.png"]
    assert (tmp_path / "lab.png").read_bytes() == qr_picture(code)


def test_the_suffix_is_added(
    qtbot: QtBot, saver: PictureSaver, code: QrCode, tmp_path: Path
) -> None:
    with qtbot.waitSignal(saver.saved):
        choose(saver, code, tmp_path / "lab.jpg")
    assert (tmp_path / "lab.jpg.png").exists()


def test_a_file_that_is_there_stays_until_one_says_replace(
    qtbot: QtBot, saver: PictureSaver, code: QrCode, tmp_path: Path
) -> None:
    path = tmp_path / "lab.png"
    path.write_bytes(b"holiday")
    with qtbot.waitSignal(saver.taken), qtbot.assertNotEmitted(saver.saved):
        choose(saver, code, path)
    assert path.read_bytes() == b"holiday"
    with qtbot.waitSignal(saver.saved):
        saver.replace()
    assert path.read_bytes() == qr_picture(code)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_said(
    qtbot: QtBot, saver: PictureSaver, code: QrCode, tmp_path: Path
) -> None:
    tmp_path.chmod(0o500)
    with qtbot.waitSignal(saver.failed) as failed:
        choose(saver, code, tmp_path / "lab.png")
    assert "Choose another folder" in failed.args[0]


def test_a_folder_that_went_away_is_said(
    qtbot: QtBot, saver: PictureSaver, code: QrCode, tmp_path: Path
) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    saver.ask(code, "Lab")
    assert saver.dialog is not None
    folder.rmdir()
    with qtbot.waitSignal(saver.failed) as failed:
        saver.dialog.fileSelected.emit(str(folder / "lab.png"))
    assert "Choose another folder" in failed.args[0]
    saver.dialog.close()
