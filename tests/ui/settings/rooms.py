"""A room in the window, with something said in it, and perhaps a file that keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.protocol.messages import Joined, Live, Roster, Said
from app.session.connection import Sharing
from app.session.room_session import RoomSession
from app.session.store import RoomStore
from tests.ui.chat.rooms import NOON, device, member

if TYPE_CHECKING:
    from pathlib import Path

    from app.ui.main_window import MainWindow
    from app.ui.settings.settings_page import SettingsPage
    from tests.ui.chat.rooms import ManualClock


def fingerprint(name: str) -> bytes:
    return name.encode().ljust(32, b".")[:32]


def replica(folder: Path, name: str) -> Path:
    return folder / "replicas" / f"{fingerprint(name).hex()}.db"


def keep(folder: Path, name: str) -> Path:
    """Let the folder hold something of a room that is not open."""
    path = replica(folder, name)
    store = RoomStore.load(path).value
    store.note(name=name)
    store.commit()
    store.close()
    return path


def open_room(
    window: MainWindow,
    clock: ManualClock,
    name: str = "Lab",
    *,
    lines: int = 0,
    kept_in: Path | None = None,
) -> RoomSession:
    session = RoomSession("Leo", clock, room_name=name, parent=window)
    session.device = device("Leo")
    session.set_sharing(Sharing(fingerprint=fingerprint(name)))
    if kept_in is not None:
        session.use_store(RoomStore.load(replica(kept_in, name)).value)
    session.receive(
        Joined(member=2, room=name, topic="", role="member", history="all", last_seq=0, members=2)
    )
    session.receive(Roster(members=(member(1, "Ana", "host"), member(2, "Leo"))))
    said = tuple(
        Said(
            seq=seq,
            author=1,
            nick="Ana",
            device=device("Ana"),
            at=NOON * 1000,
            cid=seq.to_bytes(16, "big"),
            text=f"line {seq} " + "and on it goes " * (seq % 9),
        )
        for seq in range(1, lines + 1)
    )
    session.receive(Live(said=said))
    window.add_session(session)
    return session


def settings_of(window: MainWindow) -> SettingsPage:
    page = window._settings_place.page
    assert page is not None
    return page
