"""What strangers wrote is shown as text, never read as markup."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QTextDocument
from pytestqt.qtbot import QtBot

from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.widgets.labels import PlainLabel, plain_tooltip

HOSTILE = [
    '<img src="file:///etc/passwd">',
    "<b>bold</b>",
    "<a href='http://example.org'>x</a>",
    "&lt;b&gt; & co",
    "</p><h1>out</h1>",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_labels_show_markup_as_text(text: str, theme: Theme, qtbot: QtBot) -> None:
    label = PlainLabel(theme, text)
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.text() == text


@pytest.mark.parametrize("text", HOSTILE)
def test_tooltips_show_markup_as_text(text: str) -> None:
    document = QTextDocument()
    document.setHtml(plain_tooltip(text))
    assert document.toPlainText() == text


def test_no_text_has_no_tooltip() -> None:
    assert plain_tooltip("") == ""


def test_a_label_that_is_cut_tells_the_whole_text(theme: Theme, qtbot: QtBot) -> None:
    label = PlainLabel(theme, "Robotics Lab on Saturday\nat nine", elide=True)
    qtbot.addWidget(label)
    label.resize(80, 20)
    label.show()
    assert label.text().endswith("…")
    assert label.full_text == "Robotics Lab on Saturday\nat nine"
    assert "Saturday" in label.toolTip()
    assert label.accessibleName() == label.full_text
    label.resize(600, 20)
    assert label.text() == "Robotics Lab on Saturday at nine"
    assert label.toolTip() == ""
    assert label.minimumSizeHint().width() < label.sizeHint().width()


def test_a_label_changes_its_role(theme: Theme, qtbot: QtBot) -> None:
    label = PlainLabel(theme, "x", role=Role.TEXT_SECOND)
    qtbot.addWidget(label)
    label.set_role(Role.DANGER)
    assert label.property("role") == "danger"
