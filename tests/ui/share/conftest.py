"""A room that can be shared, the page of it, and a reader of QR codes."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from app.security.invite import Address, Invite
from app.session.connection import SharedAddress, Sharing, Verified
from app.ui.chat.chat_page import ChatPage
from tests.ui.chat.pages import shown_page
from tests.ui.chat.recording import RecordingSession
from tests.ui.chat.rooms import ManualClock, RecordingTransport, Room

if TYPE_CHECKING:
    from pathlib import Path

    from PyQt6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from app.ui.theme.theme import Theme

ADDRESSES = (Address("192.168.1.20", 9090), Address("10.0.4.7", 9090))
FINGERPRINT = bytes(range(32))


@pytest.fixture
def sharing() -> Sharing:
    kinds = (("wifi", "lab-mesh"), ("ethernet", ""))
    return Sharing(
        addresses=tuple(
            SharedAddress(str(address), kind, interface)
            for address, (kind, interface) in zip(ADDRESSES, kinds, strict=True)
        ),
        invite=Invite(ADDRESSES, FINGERPRINT, "Robotics Lab").link(),
        fingerprint=FINGERPRINT,
    )


@pytest.fixture
def room(qapp: QApplication, sharing: Sharing) -> Room:
    clock = ManualClock()
    session = RecordingSession("Leo", clock, room_name="Robotics Lab", parent=qapp)
    transport = RecordingTransport()
    session.attach(transport)
    session.address = "192.168.1.20:9090"
    session.verified = Verified.INVITE
    session.set_sharing(sharing)
    return Room(session, transport, clock)


@pytest.fixture
def page(qtbot: QtBot, room: Room, theme: Theme) -> ChatPage:
    page = shown_page(qtbot, room, theme)
    room.join()
    page.set_active(True)
    return page


@pytest.fixture
def scan() -> Callable[[Path], str]:
    """Return what an independent scanner reads from a picture."""
    program = shutil.which("zbarimg")
    if program is None:
        pytest.skip("zbarimg is not installed")

    def read(picture: Path) -> str:
        done = subprocess.run(
            [program, "--quiet", "--raw", "--nodbus", str(picture)],
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stdout.strip()

    return read
