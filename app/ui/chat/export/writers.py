"""What writes a transcript down: the common part, text, and JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from PyQt6.QtCore import QDate, QDateTime, QTimeZone

from app import __version__
from app.session.timeline import Entry, MessageEntry
from app.ui.chat.export.files import file_lines, file_records
from app.ui.chat.export.quotes import Quotes
from app.ui.chat.names import isolated, one_line
from app.ui.chat.timeline.message_text import private_line, text_of, words_of
from app.ui.chat.timeline.reactions import who
from app.ui.texts import locale, tr

SCHEMA = 1
"""The version of the JSON format; it grows when a reader of the old one would misunderstand."""

_LATEST = 253_402_300_799_999
"""Milliseconds: the end of the year 9999, the last that ISO 8601 writes in four digits."""

_INDENT = "    "
_NO_CONTROLS = {
    sign: "\ufffd" for sign in (*range(0x20), *range(0x7F, 0xA0)) if chr(sign) not in "\t\n"
}


@dataclass(frozen=True)
class About:
    """What a transcript says of itself. `fingerprint` is the room's, perhaps empty."""

    room: str
    topic: str
    fingerprint: bytes
    exported_at: float
    """Unix seconds."""
    from_host: bool
    private: bool


class Writer(Protocol):
    """Turns entries, in order, into a file. Owns no file and no clock.

    Every piece that `entry` yields is the work of a few milliseconds at most.
    """

    def head(self) -> str:
        """Return how the file begins."""

    def entry(self, entry: Entry) -> Iterator[str]:
        """Yield the pieces of one entry; of the notices only gaps come."""

    def foot(self) -> str:
        """Return how it ends."""


def without_controls(text: str) -> str:
    """Return `text` with a mark in the place of every control but tabs and line feeds."""
    return text.translate(_NO_CONTROLS)


def moment(at: int) -> QDateTime:
    """Return the local time of the Unix milliseconds `at`, whatever a host's clock said."""
    return QDateTime.fromMSecsSinceEpoch(max(0, min(at, _LATEST)))


def day_title(day: QDate) -> str:
    """Return a day as a heading: Tuesday, 3 March 2026."""
    name = locale().toString(day, tr("dddd, d MMMM yyyy"))
    return name[:1].upper() + name[1:]


def zone_name(now: float) -> str:
    """Return the local time zone as one writes it: America/Sao_Paulo (UTC-03:00)."""
    zone = QTimeZone.systemTimeZone()
    at = moment(int(now * 1000))
    offset = zone.displayName(at, QTimeZone.NameType.OffsetName)
    name = bytes(zone.id().data()).decode("ascii", "replace")
    return offset if name == offset else f"{name} ({offset})"


def about_lines(about: About) -> Iterator[str]:
    """Yield what stands at the top of what people read, a sentence each."""
    now = moment(int(about.exported_at * 1000))
    yield tr(
        "Exported by Papo {version} on {day} at {time}.",
        version=__version__,
        day=locale().toString(now.date(), tr("d MMMM yyyy")),
        time=locale().toString(now.time(), locale().FormatType.ShortFormat),
    )
    yield tr("Times are in the zone {zone}.", zone=zone_name(about.exported_at))
    if about.fingerprint:
        yield tr("Fingerprint of the room: {fingerprint}", fingerprint=about.fingerprint.hex())
    if about.private:
        yield tr("Private messages are included.")


def gap_text() -> str:
    """Return what stands where messages are missing."""
    return tr("Some messages are missing here.")


class TextWriter:
    """`[2026-11-22 10:42] Ana: text`, a line of dashes for each day, later lines indented.

    A message cannot look like another one: all its lines but the first are indented.
    """

    def __init__(self, about: About, quotes: Quotes | None = None) -> None:
        self._about = about
        self._quotes = quotes or Quotes()
        self._day = -1

    def head(self) -> str:
        """Return the room's name, and what the transcript is."""
        title = one_line(self._about.room) or tr("Room")
        lines = [title, *([one_line(self._about.topic)] if self._about.topic.strip() else [])]
        return "\n".join([*lines, *about_lines(self._about)]) + "\n"

    def entry(self, entry: Entry) -> Iterator[str]:
        """Yield the lines of one message."""
        at = moment(entry.at)
        day = at.date()
        if day.toJulianDay() != self._day:
            self._day = day.toJulianDay()
            yield f"\n--- {day_title(day)} ---\n\n"
        time = at.toString("yyyy-MM-dd HH:mm")
        if not isinstance(entry, MessageEntry):
            yield f"[{time}] * {gap_text()}\n"
            return
        yield f"[{time}] {one_line(entry.nick)}{self._marks(entry)}: {self._text(entry)}\n"
        self._quotes.note(entry)

    def foot(self) -> str:
        """Return nothing: the last line is the last message."""
        return ""

    def _marks(self, entry: MessageEntry) -> str:
        """Return what is said of a message in brackets."""
        marks = [private_line(entry)]
        quote = self._quotes.quote(entry)
        if quote is not None:
            name = isolated(quote.name)
            marks.append(
                tr("answers {name}", name=name) if name else tr("answers an earlier message")
            )
        if entry.edited:
            marks.append(tr("edited"))
        shown = ", ".join(one_line(mark) for mark in marks if mark)
        return f" ({shown})" if shown else ""

    def _text(self, entry: MessageEntry) -> str:
        """Return the words, indented from the second line on; below them files, then reactions."""
        if entry.deleted or entry.unopened:
            return f"* {text_of(entry)}"
        lines = [without_controls(line) for line in words_of(entry).splitlines()]
        lines = [*lines, *file_lines(entry.files)] or [""]
        lines += [f"{one_line(one.emoji)} {who(one)}" for one in entry.reactions]
        return f"\n{_INDENT}".join(lines)


class JsonWriter:
    """One JSON object (RFC 8259, UTF-8), a message a line, however many there are.

    `papo_transcript` (1), `papo_version`, `room`, `topic`, `fingerprint` (hexadecimal SHA-256, or
    null), `exported_at` (ISO 8601 with the local offset), `scope` ("host": with all that the host
    gave, or "here"), `private_included`, `messages`, `count` of them.

    A message: `kind` ("message"), `seq` (its number in the log, null where private), `at` (ISO 8601,
    UTC), `nick`, `device` (the author's key, hexadecimal), `mine`, `text` (null where it was deleted or
    could not be opened), `deleted`, `deleted_by` (or null), and for a private one `private_with`
    (`device`, `nick`), else null; `reply_to` (the number of the message answered, or null), `edited`
    (whether the text is not the first), `reactions` (`emoji`, `nicks` of who put it there), `files`
    (`name`, `size` in bytes, `media` type, `sha256` in hexadecimal; the text is their caption). A
    `kind` of "gap" (with `at`, when it was noticed) stands where messages are missing. Readers pass
    over what they do not know.
    """

    def __init__(self, about: About) -> None:
        self._about = about
        self._count = 0
        self._first = True

    def head(self) -> str:
        """Return everything up to the first message."""
        about = self._about
        local = datetime.fromtimestamp(about.exported_at, UTC).astimezone()
        facts = {
            "papo_transcript": SCHEMA,
            "papo_version": __version__,
            "room": about.room,
            "topic": about.topic,
            "fingerprint": about.fingerprint.hex() or None,
            "exported_at": local.isoformat(timespec="seconds"),
            "scope": "host" if about.from_host else "here",
            "private_included": about.private,
        }
        return f'{_json(facts)[:-1]}, "messages": ['

    def entry(self, entry: Entry) -> Iterator[str]:
        """Yield one line."""
        comma = "" if self._first else ","
        self._first = False
        if isinstance(entry, MessageEntry):
            self._count += 1
            yield f"{comma}\n{_json(self._record(entry))}"
        else:
            yield f"{comma}\n{_json({'kind': 'gap', 'at': _iso(entry.at)})}"

    def foot(self) -> str:
        """Return the end of the list and of the object."""
        return f'\n], "count": {self._count}}}\n'

    def _record(self, entry: MessageEntry) -> dict[str, object]:
        """Return a message by the names of the format."""
        silent = entry.deleted or entry.unopened
        private = {"device": entry.private_with.hex(), "nick": entry.private_nick}
        return {
            "kind": "message",
            "seq": entry.seq or None,
            "at": _iso(entry.at),
            "nick": entry.nick,
            "device": entry.device.hex(),
            "mine": entry.mine,
            "text": None if silent else entry.text,
            "deleted": entry.deleted,
            "deleted_by": entry.deleted_by or None,
            "private_with": private if entry.private_with else None,
            "reply_to": entry.reply_to or None,
            "edited": entry.edited,
            "reactions": [
                {"emoji": one.emoji, "nicks": list(one.nicks)} for one in entry.reactions
            ],
            "files": [] if silent else file_records(entry.files),
        }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _iso(at: int) -> str:
    milliseconds = max(0, min(at, _LATEST))
    seconds, rest = divmod(milliseconds, 1000)
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S}.{rest:03}Z"
