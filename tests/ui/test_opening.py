"""What may be handed to another program, and what never is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PyQt6.QtWidgets import QApplication

from app.ui.formatting.blocks import Link
from app.ui.opening import open_link
from tests.ui.opened import Opened, caught


@pytest.fixture
def opened(qapp: QApplication) -> Iterator[Opened]:
    with caught(qapp) as catcher:
        yield catcher


@pytest.mark.parametrize(
    "target",
    ["http://a.example/x?y=1#z", "https://[2001:db8::1]:8443/", "mailto:tom@example.org"],
)
def test_pages_and_addresses_are_opened(opened: Opened, target: str) -> None:
    assert open_link(Link(target))
    assert opened.urls == [target]


@pytest.mark.parametrize(
    "target",
    [
        "file:///etc/passwd",
        "/etc/passwd",
        "javascript:alert(1)",
        "data:text/html,x",
        "smb://host/share",
        "papo://host:9090/x",
        "https://",
        "http:///x",
        "https://exаmple.com/",
        "https://a b.example/",
        "",
    ],
)
def test_nothing_else_is(opened: Opened, target: str) -> None:
    assert not open_link(Link(target))
    assert opened.urls == []
