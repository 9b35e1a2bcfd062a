"""A start beside a window of the same data folder that is open already: it hands over, and ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QCoreApplication, QObject, pyqtSlot

from app.link_command import LINK_COMMAND
from app.net.handover import Handover

if TYPE_CHECKING:
    import argparse

    from app.support.clock import Clock
    from app.support.folder import DataFolder


def may_hand_over(options: argparse.Namespace) -> bool:
    """Tell whether a start wants no more than a window, with a target or without.

    Whoever hosts, or says more about joining than where to, gets a window of their own, as the
    command line promises: the open one could only ask them again.
    """
    if options.command == "join":
        return not (options.accept_new or options.password or options.nick)
    return options.command in {None, LINK_COMMAND}


class SecondStart(QObject):
    """Brings what this start was given to the open window; the run then ends with `GIVEN` or not."""

    GIVEN = 0
    KEPT = 1

    def __init__(
        self,
        folder: DataFolder,
        options: argparse.Namespace,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._handover = Handover(folder, getattr(options, "target", None), clock, self)
        self._handover.ended.connect(self._on_ended)
        self._handover.start()

    @pyqtSlot(bool)
    def _on_ended(self, taken: bool) -> None:
        QCoreApplication.exit(self.GIVEN if taken else self.KEPT)
