"""Say in a word when something happened: 14:12, Yesterday, Tue, 3 March."""

from __future__ import annotations

from PyQt6.QtCore import QDate, QDateTime, QLocale

from app.ui.texts import locale, tr

_LATEST = 8_640_000_000_000
"""Seconds: a host's clock may say anything; Qt's dates end somewhere."""


def _moment(at: float) -> QDateTime:
    return QDateTime.fromSecsSinceEpoch(int(max(0.0, min(at, _LATEST))))


def day_in_passing(at: float, now: float) -> str:
    """Return the day of `at` as one says it at `now`, both in Unix seconds."""
    day, today = _moment(at).date(), _moment(now).date()
    if day == today:
        return tr("Today")
    if day.addDays(1) == today:
        return tr("Yesterday")
    if 0 < day.daysTo(today) < 7:
        name = locale().standaloneDayName(day.dayOfWeek(), QLocale.FormatType.LongFormat)
        return name[:1].upper() + name[1:]
    return _date(day, today)


def moment_in_passing(at: float, now: float) -> str:
    """Return the time of day for today, else the day, as short as a row of the rail has room."""
    moment = _moment(at)
    day, today = moment.date(), _moment(now).date()
    if day == today:
        return locale().toString(moment.time(), QLocale.FormatType.ShortFormat)
    if 0 < day.daysTo(today) < 7:
        return locale().standaloneDayName(day.dayOfWeek(), QLocale.FormatType.ShortFormat)
    return locale().toString(day, QLocale.FormatType.ShortFormat)


def _date(day: QDate, today: QDate) -> str:
    pattern = tr("d MMMM") if day.year() == today.year() else tr("d MMMM yyyy")
    return locale().toString(day, pattern)
