"""Keys that put Markdown's marks around what is selected, or take them away again."""

from __future__ import annotations

import re

from PyQt6.QtGui import QKeyEvent, QTextCursor, QTextDocument
from PyQt6.QtWidgets import QTextEdit

from app.ui.shortcuts import Command, combination

BOLD, ITALIC, STRIKE, CODE = "**", "*", "~~", "`"

_KEYS = {
    combination(Command.BOLD): BOLD,
    combination(Command.ITALIC): ITALIC,
    combination(Command.STRIKE): STRIKE,
    combination(Command.CODE): CODE,
}
_BREAK = "\u2029"
_TICKS = re.compile("`+")


def mark_of(event: QKeyEvent) -> str:
    """Return the mark that the keys ask for; empty for other keys."""
    return _KEYS.get(event.keyCombination(), "")


def toggle_mark(edit: QTextEdit, mark: str) -> None:
    """Put `mark` around the selection, or take it away where it is; one step to undo.

    The selection stays on the same words. Space at its ends stays outside, for Markdown wants that.
    """
    cursor, document = edit.textCursor(), edit.document()
    if document is None or edit.isReadOnly():
        return
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    while start < end and document.characterAt(start).isspace():
        start += 1
    while start < end and document.characterAt(end - 1).isspace():
        end -= 1
    if start == end:
        return
    cursor.beginEditBlock()
    size = len(mark)
    around = min(_run(document, start - 1, -1, mark), _run(document, end, 1, mark))
    within = min(_run(document, start, 1, mark), _run(document, end - 1, -1, mark))
    if _has(mark, around):
        start, end = _unwrapped(cursor, start - size, start, end, end + size)
    elif _has(mark, within) and end - start > 2 * size:
        start, end = _unwrapped(cursor, start, start + size, end - size, end)
    else:
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        before, after = _pair(mark, cursor.selectedText())
        cursor.setPosition(end)
        cursor.insertText(after)
        cursor.setPosition(start)
        cursor.insertText(before)
        start, end = start + len(before), end + len(before)
    cursor.endEditBlock()
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    edit.setTextCursor(cursor)


def _pair(mark: str, text: str) -> tuple[str, str]:
    """Return what goes before and after the text: code may have lines, and ticks of its own."""
    if mark != CODE:
        return mark, mark
    longest = max((len(ticks) for ticks in _TICKS.findall(text)), default=0)
    if _BREAK in text:
        fence = CODE * max(3, longest + 1)
        return f"{fence}\n", f"\n{fence}"
    ticks = CODE * (longest + 1)
    return (f"{ticks} ", f" {ticks}") if longest else (ticks, ticks)


def _run(document: QTextDocument, place: int, step: int, mark: str) -> int:
    """Return how many of the mark's sign stand in a row from `place` on."""
    count = 0
    while place >= 0 and document.characterAt(place) == mark[0]:
        count += 1
        place += step
    return count


def _has(mark: str, count: int) -> bool:
    # Three stars are both: two of them bold, one italic.
    return count in {1, 3} if mark == ITALIC else count >= len(mark)


def _unwrapped(cursor: QTextCursor, *places: int) -> tuple[int, int]:
    """Delete between the first two places and between the last two; return where the rest is."""
    first, start, end, last = places
    for a, b in ((end, last), (first, start)):
        cursor.setPosition(a)
        cursor.setPosition(b, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
    return first, first + end - start
