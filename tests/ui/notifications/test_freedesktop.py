"""The desktop's notification service: what it is told, what it tells, and when it is not there."""

from __future__ import annotations

import sys
import time
import uuid
from typing import TYPE_CHECKING

import pytest
from PyQt6.QtCore import QTimer

if sys.platform != "linux":
    pytest.skip("the message bus is Linux's", allow_module_level=True)

from PyQt6.QtDBus import QDBusConnection

from app.ui.notifications.freedesktop import REST, Freedesktop
from app.ui.notifications.wording import Announcement
from tests.helpers.clock import ManualClock
from tests.helpers.corpus import markup
from tests.ui.notifications.bus import FakeService, hanging_service, private_bus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PyQt6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

EVERYTHING = ("actions", "body", "body-markup", "sound")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with private_bus() as address:
        yield address


def connect(address: str) -> QDBusConnection:
    return QDBusConnection.connectToBus(address, uuid.uuid4().hex)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def client(qapp: QApplication, address: str, clock: ManualClock) -> Iterator[Freedesktop]:
    bus = connect(address)
    # The service runs in this process: what is late here is the machine.
    client = Freedesktop(clock, bus, qapp, timeout_ms=30_000)
    yield client
    client.deleteLater()
    QDBusConnection.disconnectFromBus(bus.name())


@pytest.fixture
def service(qapp: QApplication, address: str) -> Iterator[FakeService]:
    assert qapp is not None
    bus = connect(address)
    yield FakeService(bus, EVERYTHING)
    QDBusConnection.disconnectFromBus(bus.name())


def announcement(key: int = 1, body: str = "Ana: hello", **more: bool) -> Announcement:
    return Announcement(key, "Lab", body, **more)


def show(qtbot: QtBot, client: Freedesktop, one: Announcement) -> bool:
    """Show it, wait for it to be taken, and return whether the service plays its sound."""
    with qtbot.waitSignal(client.shown) as shown:
        client.show(one)
    assert shown.args is not None
    return bool(shown.args[1])


def test_it_is_shown_with_actions_and_hints(
    qtbot: QtBot, client: Freedesktop, service: FakeService
) -> None:
    assert show(qtbot, client, announcement(sound=True))
    (note,) = service.notes
    assert (note["app"], note["title"], note["body"]) == ("Papo", "Lab", "Ana: hello")
    assert note["actions"][::2] == ["default", "read", "mute"]
    assert note["hints"]["desktop-entry"] == "papo"
    assert note["hints"]["category"] == "im.received"
    assert note["hints"]["sound-file"].endswith("message.wav")
    show(qtbot, client, announcement(2, actions=False))
    assert service.notes[1]["actions"] == []
    assert service.notes[1]["hints"]["suppress-sound"] is True


def test_a_later_one_of_the_room_replaces_the_earlier_one(
    qtbot: QtBot, client: Freedesktop, service: FakeService
) -> None:
    client.show(announcement(1, "first"))
    # The first one's number is not known yet.
    client.show(announcement(1, "second"))
    show(qtbot, client, announcement(2))
    client.show(announcement(1, "third"))
    qtbot.waitUntil(lambda: service.notes[-1]["body"] == "third")
    lab = [note for note in service.notes if note["body"] != "Ana: hello"]
    assert {note["id"] for note in lab} == {lab[0]["id"]}
    assert [note["replaces"] for note in lab[1:]] == [lab[0]["id"]] * (len(lab) - 1)


def test_actions_tell_which_room(qtbot: QtBot, client: Freedesktop, service: FakeService) -> None:
    for key in (1, 2, 3):
        show(qtbot, client, announcement(key))
    numbers = [note["id"] for note in service.notes]
    for number, action, signal, key in (
        (numbers[1], "default", client.opened, 2),
        (numbers[0], "read", client.read, 1),
        (numbers[2], "mute", client.muted, 3),
    ):
        with qtbot.waitSignal(signal) as told:
            service.act(number, action)
        assert told.args == [key]
    with qtbot.assertNotEmitted(client.opened), qtbot.waitSignal(client.dismissed) as told:
        show(qtbot, client, announcement(4))
        service.act(999, "default")
        service.act(numbers[1], "default")
        service.put_away(service.notes[-1]["id"], 2)
    assert told.args == [4]


def test_what_ran_out_is_replaced_and_what_was_put_away_begins_anew(
    qtbot: QtBot, client: Freedesktop, service: FakeService
) -> None:
    show(qtbot, client, announcement())
    first = service.notes[0]["id"]
    with qtbot.assertNotEmitted(client.dismissed):
        service.put_away(first, 1)
        show(qtbot, client, announcement())
    assert service.notes[1]["replaces"] == first
    with qtbot.waitSignal(client.dismissed):
        service.put_away(first, 2)
    show(qtbot, client, announcement())
    assert service.notes[2]["replaces"] == 0


def test_closing_takes_it_away_even_before_its_number_is_known(
    qtbot: QtBot, client: Freedesktop, service: FakeService
) -> None:
    show(qtbot, client, announcement(1))
    with qtbot.waitSignals([service.asked] * 2):
        client.show(announcement(2))
        client.close(2)
        client.close_all()
    qtbot.waitUntil(lambda: bool(service.closed))
    assert service.closed[0] == service.notes[0]["id"]
    show(qtbot, client, announcement(3))
    assert [n["id"] for n in service.notes[1:-1]] == service.closed[1:]


def test_hostile_texts_are_escaped(qtbot: QtBot, client: Freedesktop, service: FakeService) -> None:
    for key, text in enumerate(markup(), 1):
        show(qtbot, client, announcement(key, text[:300]))
    assert len(service.notes) == len(markup())
    for note in service.notes:
        assert not set("<>\"'") & set(note["body"])


def test_a_server_without_markup_gets_the_text_as_it_is(
    qtbot: QtBot, qapp: QApplication, address: str, client: Freedesktop
) -> None:
    assert qapp is not None
    bus = connect(address)
    service = FakeService(bus, ("body",))
    assert not show(qtbot, client, announcement(body="<b>& co</b>", sound=True))
    (note,) = service.notes
    assert note["body"] == "<b>& co</b>"
    assert note["actions"] == []
    assert "sound-file" not in note["hints"]
    QDBusConnection.disconnectFromBus(bus.name())


def test_without_a_service_it_fails_and_is_not_asked_for_a_while(
    qtbot: QtBot, client: Freedesktop, clock: ManualClock, address: str
) -> None:
    one = announcement()
    with qtbot.waitSignal(client.failed) as failed:
        client.show(one)
    assert failed.args == [one]
    with qtbot.waitSignal(client.failed):
        client.show(one)
    client.close(1)
    client.close_all()
    clock.advance(REST)
    bus = connect(address)
    service = FakeService(bus, EVERYTHING)
    show(qtbot, client, one)
    assert len(service.notes) == 1
    QDBusConnection.disconnectFromBus(bus.name())


def test_a_service_that_hangs_does_not_hold_the_event_loop(
    qtbot: QtBot, qapp: QApplication, address: str, clock: ManualClock
) -> None:
    bus = connect(address)
    client = Freedesktop(clock, bus, qapp, timeout_ms=1000)
    longest, last = 0.0, 0.0

    def beat() -> None:
        nonlocal longest, last
        now = time.perf_counter()
        longest, last = max(longest, now - last), now

    timer = QTimer()
    timer.setInterval(5)
    timer.timeout.connect(beat)
    with hanging_service(address), qtbot.waitSignal(client.failed):
        last = time.perf_counter()
        timer.start()
        client.show(announcement())
        beat()
    timer.stop()
    client.deleteLater()
    QDBusConnection.disconnectFromBus(bus.name())
    # The call is given up after a second; whoever waited for it would have stood still as long.
    assert longest < 0.7


def test_another_service_counts_anew(
    qtbot: QtBot, client: Freedesktop, service: FakeService, address: str
) -> None:
    show(qtbot, client, announcement())
    with qtbot.waitSignal(client._watch.serviceOwnerChanged):
        service._bus.unregisterService("org.freedesktop.Notifications")
    bus = connect(address)
    with qtbot.waitSignal(client._watch.serviceOwnerChanged):
        other = FakeService(bus, EVERYTHING)
    show(qtbot, client, announcement())
    assert other.notes[0]["replaces"] == 0
    QDBusConnection.disconnectFromBus(bus.name())
