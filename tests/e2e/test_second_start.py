"""A second start of the same data folder hands over to the window that is open, and ends."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PyQt6.QtCore import QCoreApplication, QEvent, QProcess, QProcessEnvironment
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.application import Application
from app.link_command import with_link_command
from app.security.invite import Address, Invite
from app.support.folder import DataFolder
from app.ui.doctor.desk import CheckDesk

ROOT = Path(__file__).resolve().parents[2]
INVITE = Invite((Address("192.0.2.7", 9090),), bytes(range(32)), "Hack Night")

pytestmark = [
    pytest.mark.e2e,
    # What the offscreen platform cannot do, and says.
    pytest.mark.qt_log_ignore("propagateSizeHints", "does not support raise", extend=True),
]


@pytest.fixture
def first(qapp: QApplication, tmp_path: Path, qtbot: QtBot) -> Iterator[Application]:
    assert qtbot is not None
    palette = qapp.palette()
    papo = Application(qapp, DataFolder(tmp_path / "data"))
    papo.show()
    yield papo
    papo._lobby.close()
    papo._reception.close()
    CheckDesk.of_application().doctor = None
    # A theme that stays would go on giving the application its look.
    for thing in (papo._window, papo._theme):
        thing.deleteLater()
        QCoreApplication.sendPostedEvents(thing, QEvent.Type.DeferredDelete.value)
    qapp.setStyleSheet("")
    qapp.setPalette(palette)


def start(qtbot: QtBot, *words: str, data: Path) -> int:
    """Start another Papo while this process goes on; return its exit status."""
    process = QProcess()
    environment = QProcessEnvironment.systemEnvironment()
    environment.insert("QT_QPA_PLATFORM", "offscreen")
    process.setProcessEnvironment(environment)
    process.setProcessChannelMode(QProcess.ProcessChannelMode.ForwardedChannels)
    with qtbot.waitSignal(process.finished, timeout=30_000):
        process.start(sys.executable, [str(ROOT / "main.py"), *words, "--data", str(data)])
    return process.exitCode()


def test_link_is_filled_in_and_not_joined(first: Application, qtbot: QtBot, tmp_path: Path) -> None:
    assert start(qtbot, INVITE.link(), data=tmp_path / "data") == 0
    card = first._window.start_page.join_card
    assert card.target.text == INVITE.link()
    assert not card.busy
    assert first._lobby.joined == ()


def test_address_is_handed_over_too_and_a_bare_start_changes_nothing(
    first: Application, qtbot: QtBot, tmp_path: Path
) -> None:
    assert start(qtbot, "join", "192.0.2.8", data=tmp_path / "data") == 0
    assert start(qtbot, data=tmp_path / "data") == 0
    assert first._window.start_page.join_card.target.text == "192.0.2.8:9090"


def test_link_on_the_command_line_is_filled_in(tmp_path: Path) -> None:
    # A picture of a first start, up to its end: it would otherwise wait for a person.
    script = (
        "import sys\n"
        "from PyQt6.QtCore import QTimer\n"
        "import app.application as a\n"
        "begin = a.Application.begin\n"
        "def told(self, options):\n"
        "    begin(self, options)\n"
        "    print(self._window.start_page.join_card.target.text, flush=True)\n"
        "    QTimer.singleShot(0, self._window.closing.close_now)\n"
        "a.Application.begin = told\n"
        "from app.cli import main\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "--data", str(tmp_path / "data"), INVITE.link()],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stdout.strip() == INVITE.link(), done.stderr


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        (["papo://x"], ["link", "papo://x"]),
        (["--data", "papo://d", "PAPO://x"], ["--data", "papo://d", "link", "PAPO://x"]),
        (["join", "papo://x"], ["join", "papo://x"]),
        (["host", "--room", "papo://x"], ["host", "--room", "papo://x"]),
        ([], []),
        (["--data"], ["--data"]),
    ],
)
def test_link_in_the_place_of_a_command_is_understood(given: list[str], meant: list[str]) -> None:
    assert with_link_command(given) == meant
