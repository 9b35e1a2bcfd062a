"""A transcript as one HTML file that needs nothing else, and that can do nothing.

Its Content Security Policy allows its own style sheet, by hash, and pictures that are in the file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from functools import lru_cache

from app.session.timeline import Entry, MessageEntry
from app.ui.chat.export.files_html import FilesHtml, Preview, no_preview
from app.ui.chat.export.html_look import style_hash, style_sheet
from app.ui.chat.export.html_text import IsMe, MessageHtml, text_html
from app.ui.chat.export.quotes import Quotes
from app.ui.chat.export.writers import About, about_lines, day_title, gap_text, moment
from app.ui.chat.names import one_line
from app.ui.chat.timeline.message_text import private_line, text_of
from app.ui.chat.timeline.reactions import who
from app.ui.chat.timeline.shown_entries import GROUP_MILLISECONDS
from app.ui.formatting.blocks import Formatted, Paragraph
from app.ui.formatting.markdown import parse
from app.ui.texts import locale, tr
from app.ui.theme.avatar import initials
from app.ui.theme.roles import PEOPLE_LIGHT

Mark = Callable[[Formatted], Formatted]
"""Marks the mentions in a message."""


class HtmlWriter:
    """The page, a section for each day.

    `mark`, `is_me` and `colour_of` are those of the room's `RoomNames`; `preview` gives the small
    pictures that are here.
    """

    def __init__(
        self,
        about: About,
        mark: Mark,
        is_me: IsMe,
        quotes: Quotes | None = None,
        colour_of: Callable[[bytes], int] = lambda _device: -1,
        *,
        preview: Preview = no_preview,
    ) -> None:
        self._about = about
        self._mark = mark
        self._is_me = is_me
        self._quotes = quotes or Quotes()
        self._colour_of = colour_of
        self._html = MessageHtml(is_me)
        self._files = FilesHtml(preview)
        self._day = -1
        self._above: MessageEntry | None = None
        self._count = 0
        self._times = locale()

    def head(self) -> str:
        """Return everything up to the first day."""
        room = one_line(self._about.room) or tr("Room")
        policy = (
            f"default-src 'none'; style-src {style_hash()}; img-src data:;"
            " base-uri 'none'; form-action 'none'"
        )
        language = locale().bcp47Name()
        direction = "rtl" if locale().textDirection().name == "RightToLeft" else "ltr"
        topic = self._about.topic
        lines = "".join(f"<p>{text_html(line)}</p>\n" for line in about_lines(self._about))
        told = f'<p class="topic" dir="auto">{text_html(topic)}</p>\n' if topic.strip() else ""
        return (
            f'<!DOCTYPE html>\n<html lang="{language}" dir="{direction}">\n<head>\n'
            '<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
            '<meta name="referrer" content="no-referrer">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            '<meta name="color-scheme" content="light dark">\n'
            '<meta name="generator" content="Papo">\n'
            f"<title>{text_html(room)}</title>\n<style>{style_sheet()}</style>\n</head>\n<body>\n"
            f'<header>\n<h1 dir="auto">{text_html(room)}</h1>\n{told}{lines}</header>\n<main>\n'
        )

    def entry(self, entry: Entry) -> Iterator[str]:
        """Yield a message, with its day where that begins."""
        when = moment(entry.at)
        day = when.date()
        if day.toJulianDay() != self._day:
            end = "</section>\n" if self._day >= 0 else ""
            self._day = day.toJulianDay()
            self._above = None
            yield f"{end}<section>\n<h2>{text_html(day_title(day))}</h2>\n"
        if not isinstance(entry, MessageEntry):
            self._above = None
            yield f'<p class="gap">{text_html(gap_text())}</p>\n'
            return
        first = not self._goes_on(entry)
        self._above = entry
        self._count += 1
        clock = text_html(self._times.toString(when.time(), self._times.FormatType.ShortFormat))
        stamp = when.toUTC().toString("yyyy-MM-ddTHH:mm:ss.zzzZ")
        formatted = None if entry.deleted or entry.unopened else self._mark(parse(entry.text))
        classes = " ".join(
            name
            for name, holds in (
                ("first", first),
                ("private", bool(entry.private_with)),
                ("mention", formatted is not None and self._means_me(entry, formatted)),
            )
            if holds
        )
        number = f' id="m{entry.seq}"' if entry.seq else ""
        yield f'<article{number} class="{classes}">' if classes else f"<article{number}>"
        if first:
            yield self._head(entry, f'<time datetime="{stamp}">{clock}</time>')
        else:
            yield f'<time class="late" datetime="{stamp}">{clock}</time>'
        yield self._quote(entry)
        if formatted is None:
            yield f'<p class="words gone">{text_html(text_of(entry))}</p>'
        else:
            if entry.text or not entry.files:
                yield '<div class="words">'
                yield from self._html.pieces(formatted)
                yield "</div>"
            yield from self._files.pieces(entry.files)
        self._quotes.note(entry)
        yield f"{self._below(entry)}</article>\n"

    def foot(self) -> str:
        """Return the end of the page."""
        end = "</section>\n" if self._day >= 0 else ""
        count = text_html(tr("%n message(s)", n=self._count))
        return (
            f"{end}</main>\n<footer><p>{count}</p>{self._files.told()}</footer>\n</body>\n</html>\n"
        )

    # --- parts ----------------------------------------------------------------------------------

    def _head(self, entry: MessageEntry, time: str) -> str:
        """Return the avatar, the name and the time."""
        nick = one_line(entry.nick)
        person = colour_number(entry.device, self._colour_of(entry.device))
        private = private_line(entry)
        note = f'<p class="note">{text_html(private)}</p>' if private else ""
        return (
            f'<span class="avatar p{person}" aria-hidden="true">{text_html(_initials(nick))}</span>'
            f'{note}<div class="head"><bdi class="nick p{person}">{text_html(nick)}</bdi>{time}</div>'
        )

    def _quote(self, entry: MessageEntry) -> str:
        """Return what a message answers, which leads there where that is in the file."""
        quote = self._quotes.quote(entry)
        if quote is None:
            return ""
        name = ""
        if quote.name:
            name = (
                f'<bdi class="nick p{colour_number(quote.device)}">{text_html(quote.name)}</bdi> '
            )
        line = f'{name}<span dir="auto">{text_html(quote.text)}</span>'
        if self._quotes.is_in_file(quote.seq):
            line = f'<a href="#m{quote.seq}">{line}</a>'
        return f'<p class="quoted">{line}</p>'

    def _below(self, entry: MessageEntry) -> str:
        """Return what stands under words and files of a message: "edited", and the reactions."""
        edited = f'<p class="edited">{text_html(tr("edited"))}</p>' if entry.edited else ""
        chips = "".join(
            f'<span class="{"chip mine" if one.mine else "chip"}" title="{text_html(who(one))}">'
            f"{text_html(one.emoji)} {len(one.nicks)}</span> "
            for one in entry.reactions
        )
        return f'{edited}<p class="chips">{chips}</p>' if chips else edited

    def _goes_on(self, entry: MessageEntry) -> bool:
        above = self._above
        return (
            above is not None
            and (above.device, above.nick) == (entry.device, entry.nick)
            and above.private_with == entry.private_with
            and 0 <= entry.at - above.at < GROUP_MILLISECONDS
        )

    def _means_me(self, entry: MessageEntry, formatted: Formatted) -> bool:
        quote = self._quotes.quote(entry)
        answers_me = quote is not None and quote.mine
        return not entry.mine and (answers_me or self._names_me(formatted))

    def _names_me(self, formatted: Formatted) -> bool:
        return any(
            span.mention and self._is_me(span.mention)
            for leaf in formatted.leaves()
            if isinstance(leaf, Paragraph)
            for span in leaf.spans
        )


_initials = lru_cache(maxsize=1024)(initials)


@lru_cache(maxsize=1024)
def colour_number(device: bytes, colour: int = -1) -> int:
    """Return which of the eight colours marks a person: the one that `Theme.person` gives."""
    return (hashlib.blake2b(device).digest()[0] if colour < 0 else colour) % len(PEOPLE_LIGHT)
