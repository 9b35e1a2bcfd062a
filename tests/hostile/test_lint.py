"""The lint finds each thing that it forbids, and leaves alone what is fine."""

from __future__ import annotations

import ast

import pytest

from tests.hostile.lint import violations

FORBIDDEN = [
    "label.setHtml(text)",
    "cursor.insertHtml(text)",
    "edit.setMarkdown(text)",
    "document.loadResource(kind, url)",
    "browser.setOpenExternalLinks(True)",
    "QDesktopServices.openUrl(url)",
    "from PyQt6.QtWidgets import QTextBrowser",
    "from PyQt6.QtWidgets import QMessageBox",
    "QtWidgets.QMessageBox.warning(self, title, text)",
    "from PyQt6.QtWidgets import QLabel",
    "from PyQt6.QtWebEngineWidgets import QWebEngineView",
    "from PyQt6 import QtWebEngineCore",
    "from PyQt6.QtCore import QProcess",
    "import subprocess",
    "from subprocess import run",
    "import pickle",
    "import marshal, shelve",
    "import urllib.request",
    "from urllib import request",
    "eval(text)",
    "exec(text)",
    "os.system(text)",
    "os.execvp(text, [])",
    "os.startfile(path)",
    "widget.setToolTip(text)",
    "widget.setToolTip(f'{nick}')",
    "widget.setToolTip('' if short else text)",
    "label.setTextFormat(Qt.TextFormat.RichText)",
    "label.setTextFormat(Qt.TextFormat.AutoText)",
    "label.setTextFormat(wanted)",
    "edit.setAcceptRichText(True)",
    "QPixmap(path)",
    "QImage(name)",
    "QIcon(str(path))",
    "pixmap.loadFromData(data)",
    "from PyQt6.QtGui import QMovie",
    "QProcess.startDetached(name, [path])",
    "class Edit(QTextEdit):\n    pass",
    "class Line(QLabel):\n    pass",
]

FINE = [
    "widget.setToolTip(plain_tooltip(text))",
    "widget.setToolTip('')",
    "widget.setToolTip('' if short else plain_tooltip(text))",
    "label.setTextFormat(Qt.TextFormat.PlainText)",
    "app.exec()",
    "QPixmap(QSize(1, 1))",
    "QImage(1, 1, QImage.Format.Format_RGB32)",
    "QIcon()",
    "QIcon(str(resource('icons', 'papo.svg')))",
    "os.replace(one, other)",
    "from urllib.parse import urlencode",
    "class Edit(QTextEdit):\n    def __init__(self):\n        self.setAcceptRichText(False)",
]


@pytest.mark.parametrize("source", FORBIDDEN)
def test_planted_violation_is_found(source: str) -> None:
    assert violations(ast.parse(source), "ui/chat/page.py")


@pytest.mark.parametrize("source", FINE)
def test_what_is_fine_is_left_alone(source: str) -> None:
    assert violations(ast.parse(source), "ui/chat/page.py") == []


def test_label_may_be_derived_from_where_it_is_made_plain() -> None:
    source = "from PyQt6.QtWidgets import QLabel"
    assert violations(ast.parse(source), "ui/widgets/labels.py") == []


def test_a_link_may_be_opened_from_one_place_alone() -> None:
    source = "QDesktopServices.openUrl(url)"
    assert violations(ast.parse(source), "ui/opening.py") == []
    assert violations(ast.parse(source), "ui/chat/opening.py")
    assert violations(ast.parse("label.setHtml(text)"), "ui/opening.py")


def test_qt_quick_makes_one_constant_item_in_one_place_alone() -> None:
    load = "from PyQt6.QtQml import QQmlComponent, QQmlEngine\n"
    constant, other = "component.setData(_ITEM, QUrl())", "component.setData(text, QUrl())"
    assert violations(ast.parse(load + constant), "ui/screen_reader.py") == []
    assert violations(ast.parse(load + other), "ui/screen_reader.py")
    assert violations(ast.parse(load + "engine.evaluate(_ITEM)"), "ui/screen_reader.py")
    assert violations(ast.parse(load + constant), "ui/chat/page.py")


def test_the_file_manager_is_started_from_one_place_by_its_name() -> None:
    named = 'QProcess.startDetached("/usr/bin/open", ["-R", str(path)])'
    assert violations(ast.parse(named), "ui/files/desktop.py") == []
    assert violations(ast.parse(named), "ui/files/actions.py")
    for wrong in (
        "QProcess.startDetached(str(path), [])",
        "QProcess.startDetached(f'open {path}')",
        'QProcess.startDetached("/bin/sh", arguments)',
        "process.startDetached()",
    ):
        assert violations(ast.parse(wrong), "ui/files/desktop.py")


def test_small_pictures_are_decoded_in_one_place_each() -> None:
    for name, place in (
        ("QImageReader", "ui/files/room_thumbnails.py"),
        ("QMovie", "ui/files/moving.py"),
    ):
        source = f"from PyQt6.QtGui import {name}"
        assert violations(ast.parse(source), place) == []
        assert violations(ast.parse(source), "ui/files/viewer/canvas.py")
