"""Do not disturb: for how long, and how that is said."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING, cast

from PyQt6.QtCore import QDateTime, QLocale, pyqtSlot
from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import QMenu, QWidget

from app.ui.notifications.choices import FOR_GOOD
from app.ui.notifications.deciding import is_quiet
from app.ui.texts import locale, tr

if TYPE_CHECKING:
    from app.support.clock import Clock
    from app.ui.notifications.choices import NotifyChoices

_MORNING = 8
"""The hour at which the morning begins."""
_NIGHT = timedelta(hours=4)
"""A morning that is nearer than this is not the one that is meant by "tomorrow morning"."""
_LONGEST = 10 * 366 * 86400.0
"""Seconds. What lies farther ahead, in a file that somebody wrote by hand, is for good."""


class QuietFor(Enum):
    """How long one can have peace for."""

    HALF_AN_HOUR = "30"
    AN_HOUR = "60"
    TOMORROW = "tomorrow"
    FOR_GOOD = "for-good"


def quiet_texts() -> dict[QuietFor, str]:
    """Return what each choice is called."""
    return {
        QuietFor.HALF_AN_HOUR: tr("For 30 minutes"),
        QuietFor.AN_HOUR: tr("For 1 hour"),
        QuietFor.TOMORROW: tr("Until tomorrow morning"),
        QuietFor.FOR_GOOD: tr("Until I turn it off"),
    }


def until(choice: QuietFor, now: float) -> float:
    """Return when the choice made at `now` ends, both in Unix seconds; `FOR_GOOD` for never."""
    if choice is QuietFor.FOR_GOOD:
        return FOR_GOOD
    if choice is QuietFor.HALF_AN_HOUR:
        return now + 30 * 60
    if choice is QuietFor.AN_HOUR:
        return now + 60 * 60
    here = datetime.fromtimestamp(now)  # noqa: DTZ006 - the morning is where the person is
    morning = here.replace(hour=_MORNING, minute=0, second=0, microsecond=0)
    if morning - here < _NIGHT:
        morning += timedelta(days=1)
    return morning.timestamp()


def quiet_sentence(quiet_until: float, now: float) -> str:
    """Return what is so at `now`, for where do not disturb is on; empty where it is off."""
    if not is_quiet(quiet_until, now):
        return ""
    if quiet_until < 0 or quiet_until - now > _LONGEST:
        return tr("Do not disturb")
    moment = QDateTime.fromSecsSinceEpoch(round(quiet_until))
    short = QLocale.FormatType.ShortFormat
    time = locale().toString(moment.time(), short)
    if quiet_until - now >= 86400:
        time = f"{locale().toString(moment.date(), short)} {time}"
    return tr("Do not disturb until {time}", time=time)


class QuietMenu(QMenu):
    """For how long; where it is on already, one more line ends it."""

    def __init__(self, choices: NotifyChoices, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(tr("Do not disturb"), parent)
        self._choices = choices
        self._clock = clock
        now = quiet_sentence(choices.values.quiet_until, clock.now())
        if now:
            state = cast("QAction", self.addAction(now))
            state.setEnabled(False)
            cast("QAction", self.addAction(tr("Turn off do not disturb"))).setData(0)
            self.addSeparator()
        for choice, text in quiet_texts().items():
            cast("QAction", self.addAction(text)).setData(choice.value)
        self.triggered.connect(self._on_triggered)

    @pyqtSlot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        data = action.data()
        if data == 0:
            self._choices.set_quiet_until(0)
        elif isinstance(data, str):
            self._choices.set_quiet_until(until(QuietFor(data), self._clock.now()))
