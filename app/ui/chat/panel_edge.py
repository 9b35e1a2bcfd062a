"""What side panels share: the edge towards the timeline, and the bar with the title."""

from __future__ import annotations

from PyQt6.QtGui import QFont
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step
from app.ui.widgets.labels import PlainLabel


def column_behind_edge(panel: QWidget) -> QVBoxLayout:
    """Give `panel` a thin line at its near side; return the column beside it, to be filled."""
    line = QFrame(panel)
    line.setProperty("surface", Role.LINE.value)
    line.setFixedWidth(1)
    column = QVBoxLayout()
    column.setContentsMargins(0, 6, 0, 0)
    column.setSpacing(0)
    row = QHBoxLayout(panel)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    row.addWidget(line)
    row.addLayout(column, 1)
    return column


def title_bar(panel: QWidget, theme: Theme, title: str, *widgets: QWidget) -> QWidget:
    """Return the bar with the panel's title; the last of `widgets` stands at its end."""
    head = QHBoxLayout()
    head.setContentsMargins(16, 0, 8, 0)
    head.setSpacing(7)
    head.addWidget(PlainLabel(theme, title, Step.BODY, weight=QFont.Weight.DemiBold, parent=panel))
    for widget in widgets[:-1]:
        head.addWidget(widget)
    head.addStretch(1)
    head.addWidget(widgets[-1])
    bar = QWidget(panel)
    bar.setFixedHeight(48)
    bar.setLayout(head)
    return bar
