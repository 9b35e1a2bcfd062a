"""The deliberate ways back to strangers: forgetting a host that changed, and a new identity."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.host_options import HostOptions
from app.lobby import HostedRoom, Lobby, RoomsOpen
from app.security.identity import load_or_create_device_key
from app.security.invite import Address
from app.session.connection import Phase
from app.session.room_session import RoomSession
from tests.net.conftest import MakeLobby

NAME = "Robotics Lab"


def _wait_for(qtbot: QtBot, session: RoomSession, phase: Phase) -> None:
    def there() -> None:
        assert session.connection.phase is phase

    qtbot.waitUntil(there)


def _joined(qtbot: QtBot, lobby: Lobby, address: Address) -> RoomSession:
    session = lobby.join(address, "Tom", accept_new=True)
    with qtbot.waitSignal(session.joined):
        pass
    return session


@pytest.fixture
def stopped(hosted: HostedRoom, make_lobby: MakeLobby, qtbot: QtBot) -> tuple[Lobby, RoomSession]:
    """Give a member's lobby, and its session at a room whose host changed."""
    lobby = make_lobby()
    address = Address("127.0.0.1", hosted.host.port)
    tom = _joined(qtbot, lobby, address)
    tom.leave()
    lobby.forget(tom)
    with qtbot.waitSignal(hosted.stopped):
        hosted.stop()
    other = make_lobby().host(HostOptions(name=NAME, nickname="Ana", port=address.port))
    assert other.host.port == address.port
    again = lobby.join(address, "Tom")
    _wait_for(qtbot, again, Phase.CHANGED)
    return lobby, again


@pytest.mark.parametrize("delete", [False, True])
def test_forgotten_host_is_asked_about_as_any_other(
    stopped: tuple[Lobby, RoomSession], qtbot: QtBot, delete: bool
) -> None:
    lobby, session = stopped
    expected = session.connection.expected
    assert expected is not None
    address = Address("127.0.0.1", int(session.address.rpartition(":")[2]))
    kept = lobby.folder.replica(expected)
    assert kept.exists()
    lobby.forget_host(session, delete=delete)
    assert lobby.joined == ()
    assert kept.exists() is not delete
    assert lobby.identity.known_rooms.by_fingerprint(expected) is None
    anew = lobby.join(address, "Tom")
    _wait_for(qtbot, anew, Phase.ASKING)


def test_host_that_cannot_be_forgotten_stays_known(
    stopped: tuple[Lobby, RoomSession], monkeypatch: pytest.MonkeyPatch
) -> None:
    lobby, session = stopped

    def full_disk(_fingerprint: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(lobby.identity.known_rooms, "forget", full_disk)
    with pytest.raises(OSError, match="No space"):
        lobby.forget_host(session, delete=True)
    assert lobby.joined == (session,)
    assert session.is_kept


def test_new_identity_is_a_stranger_to_the_room(
    hosted: HostedRoom, make_lobby: MakeLobby, qtbot: QtBot
) -> None:
    lobby = make_lobby()
    address = Address("127.0.0.1", hosted.host.port)
    before = lobby.identity.device.id
    tom = _joined(qtbot, lobby, address)
    with pytest.raises(RoomsOpen):
        lobby.reset_identity()
    assert lobby.identity.device.id == before
    tom.leave()
    lobby.forget(tom)
    kept = lobby.reset_identity()
    assert kept is not None
    assert kept.exists()
    assert lobby.identity.device.id != before
    assert _joined(qtbot, lobby, address).device == lobby.identity.device.id
    assert load_or_create_device_key(lobby.folder.device_key).value.id == lobby.identity.device.id


def test_who_hosts_cannot_become_somebody_else(make_lobby: MakeLobby) -> None:
    lobby = make_lobby()
    lobby.host(HostOptions(name="Mine", nickname="Ana", port=0))
    with pytest.raises(RoomsOpen):
        lobby.reset_identity()
