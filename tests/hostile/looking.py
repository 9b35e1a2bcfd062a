"""Looks at everything that is shown: it is plain text, and no name reorders the words around it."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from PyQt6 import sip
from PyQt6.QtCore import QModelIndex, QPoint, Qt
from PyQt6.QtGui import QAction, QHelpEvent, QKeySequence
from PyQt6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QMessageBox,
    QTextBrowser,
    QTextEdit,
    QWidget,
)

from app.ui.chat.search.view import SearchView
from app.ui.chat.timeline.model import TimelineModel
from app.ui.widgets.labels import plain_tooltip

_FRAME = plain_tooltip("\0").split("\0")[0] if plain_tooltip("\0") else ""
# PyQt6 6.11 has the function and does not type it.
_qt: Any = Qt
_OVERRIDES = re.compile("[\u202a-\u202e]")
_OPENING, _CLOSING = "\u2066\u2067\u2068", "\u2069"
_CONTROLS = {"Cc"}
_MESSAGES_AT_MOST = 3


def look_at_everything() -> list[str]:
    """Return what is wrong with any widget that there is."""
    return [
        f"{type(widget).__module__}.{type(widget).__name__}: {fault}"
        for widget in QApplication.allWidgets()
        for fault in _faults_of(widget)
    ]


def _faults_of(widget: QWidget) -> Iterator[str]:
    if widget.inherits("QTipLabel"):
        # Qt's own, for tooltips: rich on purpose, which is why each tooltip is looked at.
        return
    yield from _guesses(widget)
    for said in (widget.accessibleName(), widget.accessibleDescription(), widget.windowTitle()):
        yield from _unsafe_name(said)
    if isinstance(widget, QLabel | QAbstractButton):
        yield from _unsafe_name(widget.text())
    for action in widget.actions():
        yield from _unsafe_action(action)
    if isinstance(widget, QAbstractItemView):
        yield from _faults_in_rows(widget)


def _guesses(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QLabel) and widget.textFormat() is not Qt.TextFormat.PlainText:
        yield "a label that guesses what is markup"
    if isinstance(widget, QTextBrowser | QMessageBox):
        yield "a widget that shows markup"
    if isinstance(widget, QTextEdit) and widget.acceptRichText():
        yield "a text field that takes markup"
    for tip in (widget.toolTip(), widget.whatsThis(), widget.statusTip()):
        if not is_plain(tip):
            yield f"a tooltip that is markup: {tip!r}"
    if isinstance(widget, QAbstractButton) and not _plain_button(widget):
        yield f"a shortcut that nobody set up: {widget.text()!r}"


def _plain_button(button: QAbstractButton) -> bool:
    return QKeySequence.mnemonic(button.text()).isEmpty()


def is_plain(tip: str) -> bool:
    """Tell whether Qt shows a tooltip as the plain text that it was made of."""
    if not _qt.mightBeRichText(tip):
        return True
    inner = tip.removeprefix(_FRAME).removesuffix("</p>")
    return tip.startswith(_FRAME) and inner == html.escape(html.unescape(inner))


def _unsafe_action(action: QAction) -> Iterator[str]:
    if not is_plain(action.toolTip()):
        yield f"an action whose tooltip is markup: {action.toolTip()!r}"
    yield from _unsafe_name(action.text())


def _unsafe_name(text: str) -> Iterator[str]:
    """A name among our own words: it must not turn them around, nor carry controls."""
    if _OVERRIDES.search(text):
        yield f"an override of direction: {text[:60]!r}"
    depth = 0
    for char in text:
        if char in _OPENING:
            depth += 1
        elif char == _CLOSING:
            depth -= 1
            if depth < 0:
                break
    if depth:
        yield f"an isolate that does not end where it should: {text[:60]!r}"
    if any(unicodedata.category(char) in _CONTROLS and char != "\n" for char in text):
        yield f"a control character: {text[:60]!r}"


def _faults_in_rows(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    if model is None:
        return
    roles = Qt.ItemDataRole
    # A message is its author's own, from its first line to its last; names and notices are not.
    whole_messages = isinstance(view, SearchView) or isinstance(model, TimelineModel)
    count = model.rowCount()
    for row in range(max(0, count - 40), count):
        index = model.index(row, 0, QModelIndex())
        tip = model.data(index, roles.ToolTipRole)
        if not is_plain(tip or ""):
            yield f"a row's tooltip that is markup: {tip!r}"
        if not whole_messages:
            for role in (roles.DisplayRole, roles.AccessibleTextRole):
                said: Any = model.data(index, role)
                if isinstance(said, str):
                    yield from _unsafe_name(said)


def hover() -> None:
    """Rest the pointer on every widget and on a few rows of every list, so that tooltips come."""
    for widget in QApplication.allWidgets():
        # A tooltip that comes takes the last one's place.
        if sip.isdeleted(widget) or not widget.isVisible():
            continue
        places = [widget.rect().center()]
        target = widget
        if isinstance(widget, QAbstractItemView):
            target = widget.viewport() or widget
            model = widget.model()
            rows = range(min(_MESSAGES_AT_MOST, model.rowCount() if model is not None else 0))
            if model is not None:
                places = [widget.visualRect(model.index(row, 0)).center() for row in rows]
        elif not widget.toolTip():
            continue
        for place in places:
            event = QHelpEvent(QHelpEvent.Type.ToolTip, QPoint(place), target.mapToGlobal(place))
            QApplication.sendEvent(target, event)
