"""A real window as a screen reader finds it: over AT-SPI, from another process."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.ui.chat.timeline.layout import Columns
from tests.helpers.accessibility import (
    ENTRY,
    FOCUSED,
    LIST,
    LIST_ITEM,
    POLITE,
    Event,
    Key,
    Reader,
    accessibility_bus,
    reader,
)
from tests.helpers.processes import Papo
from tests.helpers.screen import Screen, virtual_screen

pytestmark = pytest.mark.e2e

TEXT = Columns.at(700).text
"""Where the text of a row begins."""


@dataclass(frozen=True)
class Desk:
    """A window that hosts a room, what reads it, and another member without a window."""

    screen: Screen
    reader: Reader
    window: Papo
    other: Papo


@pytest.fixture(scope="module")
def screen() -> Iterator[Screen]:
    with virtual_screen() as screen:
        yield screen


@pytest.fixture(scope="module")
def bus(screen: Screen) -> Iterator[dict[str, str]]:
    with accessibility_bus(screen.display) as environment:
        yield environment


@pytest.fixture
def desk(screen: Screen, bus: dict[str, str], tmp_path: Path) -> Iterator[Desk]:
    with reader(bus) as ears:
        port = _free_port()
        host = ("host", "--room", "Lab", "--nick", "Marina", "--port", str(port))
        join = ("join", f"127.0.0.1:{port}", "--nick", "Tom", "--accept-new", "--headless")
        environment = {**screen.environment, **bus}
        with Papo(*host, data=tmp_path / "window", environment=environment) as window:
            screen.window("Lab – Papo")
            with Papo(*join, data=tmp_path / "tom") as other:
                other.wait_for("joined")
                yield Desk(screen, ears, window, other)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port


def test_messages_are_read_one_by_one_as_the_keyboard_goes_through_them(desk: Desk) -> None:
    messages = desk.reader.wait_for("Messages", role=LIST)
    desk.other.say("hello **there**", "second <b>line</b>")
    desk.reader.wait_until(lambda: desk.reader.child_count(messages) == 4)
    rows = desk.reader.children(messages)
    assert {desk.reader.role(row) for row in rows} == {LIST_ITEM}
    names = [_read(desk, row) for row in rows]
    assert names[0] == "Today. You are connected to Lab"
    assert names[1] == "Tom joined"
    assert re.fullmatch(r"Tom, \d+:\d\d [AP]M: hello there", names[2])
    assert names[3].endswith(": second <b>line</b>")

    desk.screen.press("shift+Tab")
    _wait_for_focus(desk, names[3])
    desk.screen.press("Up")
    _wait_for_focus(desk, names[2])
    assert desk.reader.states(rows[2]) & FOCUSED
    assert not desk.reader.states(rows[3]) & FOCUSED
    desk.screen.press("Up")
    _wait_for_focus(desk, names[1])

    desk.screen.press("Down", "Delete")
    desk.reader.wait_until(lambda: "Enter or Ctrl+Z undoes that" in _read(desk, rows[2]))
    # Nobody undoes it, and it is gone for everyone.
    desk.reader.wait_until(lambda: _read(desk, rows[2]).endswith(": Deleted by Marina"))

    # One that comes in is there to be read, and is gone to by the keyboard.
    desk.other.say("third")
    desk.reader.wait_until(lambda: desk.reader.child_count(messages) == 5)
    desk.screen.press("End")
    _wait_for_focus(desk, _read(desk, desk.reader.child(messages, 4)))


def test_new_messages_are_announced_wherever_the_keyboard_is(desk: Desk) -> None:
    desk.other.say("look at <b>this</b>, **now**")
    said = desk.reader.wait_for_event(lambda event: event.name == "Announcement")
    assert said.value == "Tom: look at <b>this</b>, now"
    assert said.first == POLITE

    desk.reader.heard.clear()
    desk.other.say(*(f"line {number}" for number in range(12)))
    said = desk.reader.wait_for_event(lambda event: event.name == "Announcement")
    assert said.value == "12 new messages"

    # What one writes oneself is not said back.
    desk.reader.heard.clear()
    desk.screen.type("mine")
    desk.screen.press("Return")
    desk.other.wait_for("said", lambda event: event["from"] == "Marina")
    desk.other.say("yours")
    said = desk.reader.wait_for_event(lambda event: event.name == "Announcement")
    assert said.value == "Tom: yours"


def test_text_selected_by_the_mouse_is_pasted_by_its_middle_button(desk: Desk) -> None:
    messages = desk.reader.wait_for("Messages", role=LIST)
    desk.other.say("some **bold** words")
    desk.reader.wait_until(lambda: desk.reader.child_count(messages) == 3)
    # A reader is told where a row stands, too.
    x, y, width, height = desk.reader.place(desk.reader.child(messages, 2))
    line = y + height - 10
    desk.screen.drag((x + TEXT + 1, line), (x + width // 2, line))
    left, top, wide, high = desk.reader.place(desk.reader.wait_for("Message", role=ENTRY))
    desk.screen.click((left + wide // 2, top + high // 2), button=2)
    desk.screen.press("Return")
    said = desk.other.wait_for("said", lambda event: event["from"] == "Marina")
    assert said["text"] == "some **bold** words"


def _read(desk: Desk, row: Key) -> str:
    """Return what is read of a row; Unicode has a blank of its own before AM and PM."""
    return desk.reader.name(row).replace("\u202f", " ")


def _wait_for_focus(desk: Desk, name: str) -> None:
    def is_it(event: Event) -> bool:
        focus = (event.name, event.detail, event.first) == ("StateChanged", "focused", 1)
        return focus and _read(desk, event.source) == name

    desk.reader.wait_for_event(is_it)
    desk.reader.heard.clear()
