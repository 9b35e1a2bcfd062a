"""`papo doctor`: a check of the connection without a window, one line a step."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING, TypeVar

from PyQt6.QtCore import QCoreApplication, QObject, pyqtSlot

from app.headless import complain
from app.net.doctor.hosting import HostCheck, OwnDoor
from app.net.doctor.joining import JoinCheck
from app.net.signals import QuitSignals
from app.protocol.limits import DEFAULT_PORT
from app.security.trust import KnownRooms
from app.session.checking import Check, Finding, works
from app.ui.doctor.words import line_of, words_of
from app.ui.startup import cannot_store
from app.ui.texts import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.support.clock import Clock
    from app.support.folder import DataFolder


ParserT = TypeVar("ParserT", bound=argparse.ArgumentParser)


def add_parser(
    commands: argparse._SubParsersAction[ParserT],
    target: Callable[[str], object],
    port: Callable[[str], int],
) -> ParserT:
    """Add the command `doctor`, and return its parser."""
    parser = commands.add_parser(
        "doctor", help=tr("say why others cannot join here, or why you cannot join there")
    )
    parser.add_argument("target", type=target, nargs="?", metavar="ADDRESS[:PORT]|INVITE")
    parser.add_argument("--port", type=port, default=DEFAULT_PORT, metavar="N", help=tr("the port"))
    parser.add_argument("--json", action="store_true", help=tr("print each step as a JSON object"))
    parser.set_defaults(headless=True)
    return parser


def run(
    options: argparse.Namespace, folder: DataFolder, clock: Clock, app: QCoreApplication
) -> int:
    """Check what the options say, and return the exit status. Makes no folder, and keeps nothing."""
    check: Check
    if options.target is None:
        check = HostCheck(OwnDoor(options.port), clock)
    else:
        try:
            known = KnownRooms.load(folder.known_rooms).value
        except OSError as error:
            complain(cannot_store(folder.path, error))
            return 1
        check = JoinCheck(options.target, known, clock)
    doctoring = Doctoring(check, as_json=options.json)
    status = app.exec()
    doctoring.deleteLater()
    return status


class Doctoring(QObject):
    """Prints what a check finds, and ends the run: with 0 where nothing is wrong for certain."""

    def __init__(self, check: Check, *, as_json: bool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._check = check
        self._as_json = as_json
        check.setParent(self)
        check.found.connect(self._on_found)
        check.finished.connect(self._on_finished)
        self._signals = QuitSignals(self)
        self._signals.asked.connect(self._on_asked)
        check.start()

    @pyqtSlot(Finding)
    def _on_found(self, finding: Finding) -> None:
        if self._as_json:
            said: dict[str, object] = {
                "step": finding.step.value,
                "verdict": finding.verdict.value,
                "code": str(finding.code),
                "text": words_of(finding),
                **{name: text for name, text in finding.about.items() if text},
            }
            line = json.dumps(said, ensure_ascii=False)
        else:
            line = line_of(finding)
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()

    @pyqtSlot()
    def _on_finished(self) -> None:
        QCoreApplication.exit(0 if works(self._check.findings) else 1)

    @pyqtSlot()
    def _on_asked(self) -> None:
        self._check.stop()
        QCoreApplication.exit(1)
