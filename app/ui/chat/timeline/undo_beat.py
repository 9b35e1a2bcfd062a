"""Lets the rows of what was deleted just now show how the time runs out."""

from __future__ import annotations

from typing import cast

from PyQt6.QtCore import QObject, QTimer, pyqtSlot
from PyQt6.QtWidgets import QAbstractItemView, QWidget

from app.session.taking_back import TakingBack
from app.ui.chat.timeline.gone import Gone
from app.ui.theme import motion

_SMOOTH, _STEP = 40, 1000
"""Milliseconds between two paintings, where things may move and where they may not."""


class UndoBeat(QObject):
    """Paints those rows of `view` anew while there are any. A child of the view."""

    def __init__(self, taking_back: TakingBack, gone: Gone, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._taking_back = taking_back
        self._gone = gone
        self._view = view
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_beat)
        taking_back.changed.connect(self._on_changed)
        self._on_changed()

    @pyqtSlot()
    def _on_changed(self) -> None:
        if self._taking_back.held:
            self._timer.start(_SMOOTH if motion.moves(self._view) else _STEP)
        else:
            self._timer.stop()

    @pyqtSlot()
    def _on_beat(self) -> None:
        model, port = self._view.model(), cast("QWidget", self._view.viewport())
        if model is None or not self._view.isVisible():
            return
        for row in self._gone.rows():
            port.update(self._view.visualRect(model.index(row, 0)))
