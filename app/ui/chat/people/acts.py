"""What the host and moderators did, as a list to read."""

from __future__ import annotations

from math import ceil

from PyQt6.QtCore import QAbstractListModel, QModelIndex, QObject, QRectF, Qt
from PyQt6.QtGui import QFontMetricsF, QPainter
from PyQt6.QtWidgets import QStyleOptionViewItem, QWidget

from app.protocol.messages import Act
from app.support.clock import Clock
from app.ui.chat import times
from app.ui.chat.names import isolated
from app.ui.chat.rows.list_rows import ListDelegate, ListRows
from app.ui.chat.timeline.text_block import TextBlock, line_height
from app.ui.texts import tr
from app.ui.theme.icons import Icon
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step

_ICON = 16
_EDGE = 16
_GAP = 10
_PADDING = 7

_ICONS = {
    "removed": Icon.REMOVE_PERSON,
    "banned": Icon.REMOVE_PERSON,
    "unbanned": Icon.JOIN,
    "muted": Icon.MUTE,
    "unmuted": Icon.EDIT,
    "made-moderator": Icon.SHIELD,
    "made-member": Icon.SHIELD,
    "locked": Icon.DOOR,
    "unlocked": Icon.DOOR,
    "hosts-only": Icon.MUTE,
    "everyone": Icon.EDIT,
    "deleted": Icon.TRASH,
    "topic": Icon.EDIT,
    "history": Icon.CLOCK,
    "browser-guests": Icon.DOOR,
    "no-browser-guests": Icon.DOOR,
    "text-guests": Icon.DOOR,
    "no-text-guests": Icon.DOOR,
}


def act_text(act: Act) -> str:
    """Return what was done, by whom and to whom, in a sentence."""
    by, nick = isolated(act.by), isolated(act.nick)
    if act.deed == "deleted" and not act.nick:
        return tr("{by} deleted a message", by=by)
    return {
        "removed": tr("{by} removed {nick}", by=by, nick=nick),
        "banned": tr("{by} banned {nick}", by=by, nick=nick),
        "unbanned": tr("{by} lifted the ban of {nick}", by=by, nick=nick),
        "muted": tr("{by} muted {nick}", by=by, nick=nick),
        "unmuted": tr("{by} let {nick} write again", by=by, nick=nick),
        "made-moderator": tr("{by} made {nick} a moderator", by=by, nick=nick),
        "made-member": tr("{by} took moderator back from {nick}", by=by, nick=nick),
        "locked": tr("{by} locked the room", by=by),
        "unlocked": tr("{by} unlocked the room", by=by),
        "hosts-only": tr("{by} let only the host and moderators write", by=by),
        "everyone": tr("{by} let everyone write", by=by),
        "deleted": tr("{by} deleted a message of {nick}", by=by, nick=nick),
        "topic": tr("{by} changed the topic", by=by),
        "history": tr("{by} changed what newcomers see", by=by),
        "browser-guests": tr("{by} let phones and browsers in", by=by),
        "no-browser-guests": tr("{by} let no phones and browsers in any more", by=by),
        "text-guests": tr("{by} let plain-text programs in", by=by),
        "no-text-guests": tr("{by} let no plain-text programs in any more", by=by),
    }[act.deed]


class ActsModel(QAbstractListModel):
    """The acts that were told, newest first. Owned by the view that shows it."""

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._acts: list[Act] = []

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        """Return how many acts there are."""
        return 0 if parent is not None and parent.isValid() else len(self._acts)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the row's part for `role`."""
        if not index.isValid() or index.row() >= len(self._acts):
            return None
        act = self._acts[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return act_text(act)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{act_text(act)}, {self.time_of(act)}"
        return None

    def act(self, row: int) -> Act:
        """Return the act of a row."""
        return self._acts[row]

    def time_of(self, act: Act) -> str:
        """Return when it was done."""
        return times.day_and_time(act.at, self._clock.now())

    @property
    def oldest(self) -> int:
        """The number of the last act, from which on older ones are asked for; 0 for none."""
        return self._acts[-1].number if self._acts else 0

    def show(self, acts: tuple[Act, ...]) -> None:
        """Show these, and no others."""
        self.beginResetModel()
        self._acts = list(acts)
        self.endResetModel()

    def add(self, acts: tuple[Act, ...]) -> None:
        """Add older ones."""
        older = [act for act in acts if act.number < self.oldest]
        if not older:
            return
        first = len(self._acts)
        self.beginInsertRows(QModelIndex(), first, first + len(older) - 1)
        self._acts.extend(older)
        self.endInsertRows()


class _Delegate(ListDelegate):
    """An icon, the sentence over as many lines as it needs, and the time under it."""

    def __init__(self, model: ActsModel, theme: Theme) -> None:
        super().__init__(theme)
        self._model = model

    def load_fonts(self) -> None:
        self._text = self._theme.font(Step.BODY)
        self._small = self._theme.font(Step.CAPTION)
        self._line = line_height(self._text)
        self._time = ceil(QFontMetricsF(self._small).height())

    def guess(self, _row: int, _width: int) -> int:
        return ceil(self._line) + self._time + 2 * _PADDING

    def measure(self, row: int, width: int) -> int:
        return ceil(self._set(row, width).height) + self._time + 2 * _PADDING

    def paint(
        self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        if painter is None:
            return
        act = self._model.act(index.row())
        rect = QRectF(option.rect)
        painter.save()
        painter.setClipRect(rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_ground(painter, rect.adjusted(8, 0, -8, 0), index.row())
        block = self._set(index.row(), option.rect.width())
        rtl = option.direction is Qt.LayoutDirection.RightToLeft
        indent = _ICON + _GAP
        inside = rect.adjusted(_EDGE, _PADDING, -_EDGE, -_PADDING)
        left = inside.right() - _ICON if rtl else inside.left()
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        icon = self._theme.pixmap(_ICONS[act.deed], Role.TEXT_SECOND, _ICON, ratio)
        top = inside.top() + (block.first_line - _ICON) / 2
        painter.drawPixmap(round(left), round(top), icon)
        texts = inside.adjusted(0, 0, -indent, 0) if rtl else inside.adjusted(indent, 0, 0, 0)
        painter.setPen(self._theme.colour(Role.TEXT))
        block.paint(painter, texts.topLeft(), rect)
        painter.setFont(self._small)
        painter.setPen(self._theme.colour(Role.TEXT_FAINT))
        under = QRectF(texts.left(), texts.top() + block.height, texts.width(), self._time)
        side = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
        line = side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        painter.drawText(under, line, self._model.time_of(act))
        painter.restore()

    def _set(self, row: int, width: int) -> TextBlock:
        room = max(40, width - 2 * _EDGE - _ICON - _GAP)
        return TextBlock(act_text(self._model.act(row)), self._text, room, self._line)


class ActsView(ListRows):
    """The list itself: to read by keyboard, nothing to choose."""

    end_space = 8

    def __init__(self, model: ActsModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(_Delegate(model, theme), theme, parent)
        self.setAccessibleName(tr("What was done"))
        self.setModel(model)
