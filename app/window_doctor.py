"""Makes the checks of the connection that the window asks for: it knows the lobby and the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.security.invite import Address, InvalidTarget, Invite, parse_target
from app.session.checking import Check
from app.support.settings import SettingsFile

if TYPE_CHECKING:
    from app.lobby import HostedRoom, Lobby
    from app.session.room_session import RoomSession
    from app.support.clock import Clock
    from app.ui.doctor.desk import CheckWish


class WindowDoctor:
    """The window's `Doctor`."""

    def __init__(self, lobby: Lobby, settings: SettingsFile, clock: Clock) -> None:
        self._lobby = lobby
        self._settings = settings
        self._clock = clock

    def check(self, wish: CheckWish) -> Check:
        """Return a check that has not begun, for the caller to keep."""
        # Loaded with the first check: most people never need one.
        from app.net.doctor.hosting import HostCheck, OwnDoor  # noqa: PLC0415
        from app.net.doctor.joining import JoinCheck  # noqa: PLC0415

        target = _target_of(wish)
        if target is not None:
            return JoinCheck(target, self._lobby.identity.known_rooms, self._clock)
        hosted = self._hosted(wish.session)
        if hosted is None:
            return HostCheck(OwnDoor(self._settings.values.port), self._clock)
        fingerprint = hosted.sharing.fingerprint
        return HostCheck(OwnDoor(hosted.host.port, fingerprint, hosted.bind), self._clock)

    def about(self, wish: CheckWish) -> str:
        """Return what is checked: an address, or empty for this computer as a host."""
        target = _target_of(wish)
        if isinstance(target, Invite):
            return str(target.addresses[0])
        return str(target or "")

    def _hosted(self, session: RoomSession | None) -> HostedRoom | None:
        rooms = self._lobby.hosted
        if session is None:
            return rooms[0] if rooms else None
        return next((one for one in rooms if one.session is session), None)


def _target_of(wish: CheckWish) -> Address | Invite | None:
    session = wish.session
    if wish.target is not None or session is None or session.hosted_here:
        return wish.target
    for text in (session.sharing.invite, session.address):
        try:
            return parse_target(text)
        except InvalidTarget:
            continue
    return None
