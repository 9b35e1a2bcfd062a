"""Say when something happened, in the reader's own time zone and language."""

from __future__ import annotations

from functools import lru_cache

from PyQt6.QtCore import QDate, QDateTime, QLocale

from app.ui.rail.times import moment_in_passing
from app.ui.texts import locale, tr

_MINUTE = 60_000
"""Milliseconds. Zones differ by whole minutes, and asking Qt for each row again is slow."""

_LATEST = 8_640_000_000_000_000
"""Milliseconds: a host's clock may say anything; Qt's dates end somewhere."""


def _moment(at: int) -> QDateTime:
    return QDateTime.fromMSecsSinceEpoch(max(0, min(at, _LATEST)))


def clock_time(at: int) -> str:
    """Return the time of day of the Unix milliseconds `at`, such as 14:12."""
    return _clock_time(at // _MINUTE, locale().name())


@lru_cache(maxsize=4096)
def _clock_time(minute: int, _locale: str) -> str:
    return locale().toString(_moment(minute * _MINUTE).time(), QLocale.FormatType.ShortFormat)


def day_and_time(at: int, now: float) -> str:
    """Return the time of `at`, and for another day than that of `now`, in Unix seconds, that day too."""
    time = clock_time(at)
    if day_number(at) == day_number(int(now * 1000)):
        return time
    return f"{moment_in_passing(at / 1000, now)} {time}"


def day_number(at: int) -> int:
    """Return a number that is the same for all moments of one local day."""
    return _day_number(at // _MINUTE)


@lru_cache(maxsize=4096)
def _day_number(minute: int) -> int:
    return _moment(minute * _MINUTE).date().toJulianDay()


def forget_time_zone() -> None:
    """Say times anew from now on: the computer may be in another zone."""
    _clock_time.cache_clear()
    _day_number.cache_clear()


def day_name(at: int, now: int) -> str:
    """Return the day of `at` as one says it at `now`: Today, Yesterday, Tuesday 3 March."""
    day, today = _moment(at).date(), _moment(now).date()
    if day == today:
        return tr("Today")
    if day.addDays(1) == today:
        return tr("Yesterday")
    return _long_day(day, with_year=day.year() != today.year())


def long_day(at: int) -> str:
    """Return the day of `at` for whoever reads it on any other day: Tuesday, 3 March 2026."""
    return _long_day(_moment(at).date(), with_year=True)


def _long_day(day: QDate, *, with_year: bool) -> str:
    pattern = tr("dddd, d MMMM yyyy") if with_year else tr("dddd, d MMMM")
    name = locale().toString(day, pattern)
    # It stands alone: many languages write their days small, but no line begins small.
    return name[:1].upper() + name[1:]
