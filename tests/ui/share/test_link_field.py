"""The invite's field: cut where it does no harm, whole where it is copied from."""

from __future__ import annotations

import re
from urllib.parse import quote

from hypothesis import given
from hypothesis import strategies as st
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.share.link_field import LinkField, elided_link

LINK = "papo://192.168.1.20:9090/?room=" + quote("Olá mundo, bom dia!" * 4) + "&fp=" + "x" * 43


@given(st.text(max_size=30), st.integers(8, 200))
def test_no_escape_is_cut(room: str, width: int) -> None:
    link = "papo://10.0.0.1:9090/?room=" + quote(room, errors="replace") + "&fp=abc"
    shown = elided_link(link, width, len)
    assert len(shown) <= width
    if len(link) <= width:
        assert shown == link
        return
    start, end = shown.split("…")
    tokens = re.findall(r"%[0-9A-F]{2}|.", link)
    starts = {"".join(tokens[:n]) for n in range(len(tokens) + 1)}
    ends = {"".join(tokens[n:]) for n in range(len(tokens) + 1)}
    assert start in starts
    assert end in ends


def test_the_whole_link_is_there_for_who_goes_into_the_field(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    other = QLineEdit(window)
    field = LinkField(LINK, "Invite link", window)
    column = QVBoxLayout(window)
    column.addWidget(other)
    column.addWidget(field)
    window.resize(260, 100)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    other.setFocus()
    assert "…" in field.text()
    assert field.fontMetrics().horizontalAdvance(field.text()) < field.width()
    field.setFocus(Qt.FocusReason.TabFocusReason)
    assert field.text() == LINK
    assert field.selectedText() == LINK
    other.setFocus()
    assert "…" in field.text()
