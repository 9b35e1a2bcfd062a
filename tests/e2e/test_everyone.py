"""Every kind of client in one room at once: windows, browsers, plain text; one order for all."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.helpers.everyone import Everyone
from tests.helpers.programs import spoken
from tests.helpers.screen import Screen

pytestmark = pytest.mark.e2e

ROUNDS = 4


@pytest.fixture
def everyone(tmp_path: Path) -> Iterator[Everyone]:
    with Everyone(tmp_path) as everyone:
        yield everyone


def _write(screen: Screen, text: str) -> None:
    screen.type(text)
    screen.press("Return")


def _kept(data: Path) -> list[str]:
    """Return what a window has on its disk of the room, in its order."""
    (replica,) = (data / "replicas").glob("*.db")
    database = sqlite3.connect(f"file:{replica}?mode=ro", uri=True)
    try:
        return [
            f"{nick}: {text}"
            for nick, text in database.execute("SELECT nick, text FROM said ORDER BY seq")
        ]
    finally:
        database.close()


def test_all_talk_and_all_hear_the_same_in_one_order(everyone: Everyone, tmp_path: Path) -> None:
    for number in range(ROUNDS):
        # Nobody waits for anybody, but for the tutorial's client: its messages have no end of
        # their own, so it speaks once what it said before has come back.
        everyone.tutorial.type(f"joao {number}\n")
        everyone.netcat.type(f"bia {number}\nbia again {number}\n")
        everyone.sensor.say(json.dumps({"say": f"sensor {number}"}))
        everyone.phone.say(f"sofia {number}")
        _write(everyone.hosting_screen, f"marina {number}")
        everyone.desktop.say(f"duda {number}")
        _write(everyone.joining_screen, f"tom {number}")
        everyone.tutorial.wait_for(f"João: joao {number}\n")
    count = 8 * ROUNDS
    assert everyone.sensor.wait_until(lambda: everyone.sensor.counts["said"] == count)
    order = everyone.said()
    assert sorted(order) == sorted(
        f"{nick}: {words} {number}"
        for nick, words in (
            ("Marina", "marina"), ("Tom", "tom"), ("sensor", "sensor"), ("Sofia", "sofia"),
            ("Duda", "duda"), ("Bia", "bia"), ("Bia", "bia again"), ("João", "joao"),
        )
        for number in range(ROUNDS)
    )  # fmt: skip
    everyone.netcat.wait_for(order[-1] + "\n")
    everyone.tutorial.wait_for(order[-1] + "\n")
    assert spoken(everyone.netcat.printed) == order
    assert spoken(everyone.tutorial.printed) == order
    for guest in (everyone.phone, everyone.desktop):
        expect(guest.page.locator(".lines .row .text")).to_have_text(
            [line.partition(": ")[2] for line in order]
        )
    # The windows end well, and what they showed is on their disks in the same order.
    for screen, window in (
        (everyone.joining_screen, everyone.member),
        (everyone.hosting_screen, everyone.host),
    ):
        screen.press("ctrl+q", "ctrl+q")
        assert window.wait_for_end() == 0
        assert window.complaints == ""
    assert _kept(tmp_path / "tom") == order
    assert _kept(tmp_path / "marina") == order
