"""Fixtures for everything in the chat window."""

from __future__ import annotations

import pytest
from PyQt6.QtWidgets import QApplication

from app.ui.theme.theme import Theme
from tests.ui.chat.recording import RecordingSession
from tests.ui.chat.rooms import ManualClock, RecordingTransport, Room


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp)


@pytest.fixture
def room(qapp: QApplication, clock: ManualClock) -> Room:
    session = RecordingSession("Leo", clock, room_name="Robotics Lab", parent=qapp)
    transport = RecordingTransport()
    session.attach(transport)
    session.address = "192.168.1.20:9090"
    return Room(session, transport, clock)
