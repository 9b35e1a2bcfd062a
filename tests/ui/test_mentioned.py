"""Whether a message means its reader."""

from __future__ import annotations

import pytest
from PyQt6.QtWidgets import QApplication

from app.session.timeline import MessageEntry
from app.ui.mentioned import mentions_me
from tests.ui.chat.recording import RecordingSession
from tests.ui.chat.rooms import ManualClock, RecordingTransport, Room, member


@pytest.fixture
def room(qapp: QApplication) -> Room:
    session = RecordingSession("Leo", clock := ManualClock(), room_name="Lab", parent=qapp)
    session.attach(transport := RecordingTransport())
    return Room(session, transport, clock)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("hello", False),
        ("@Leo hello", True),
        ("hello, @leo!", True),
        ("ask @Marina", False),
        ("@Leo Silva, hello", False),
        ("`@Leo`", False),
        ("> @Leo said so", True),
    ],
)
def test_a_message_means_whom_it_names(room: Room, text: str, meant: bool) -> None:
    room.join(member(1, "Marina", "host"), member(2, "Leo"), member(4, "Leo Silva"))
    room.say("Marina", text, number=1)
    entry = room.session.timeline[len(room.session.timeline) - 1]
    assert isinstance(entry, MessageEntry)
    assert mentions_me(room.session, entry) is meant
