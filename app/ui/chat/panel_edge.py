"""The edge that a side panel has towards the timeline."""

from __future__ import annotations

from PyQt6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.theme.roles import Role


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
