"""`Lobby`: opens rooms, to host or to join, for the window and for headless runs alike."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal, pyqtSlot

from app.announcing import Announcing
from app.net.addresses import local_addresses
from app.net.client import Client
from app.net.introduction import Identity
from app.net.local import LocalLink
from app.net.transfers.service import FileService, own_door
from app.protocol.limits import MAX_PORT
from app.security.identity import load_or_create_device_key, renew_device_key
from app.security.invite import Address, Invite
from app.security.trust import KnownRooms
from app.session.connection import SharedAddress, Sharing
from app.session.room_session import RoomSession
from app.session.store import RoomStore
from app.session.timeline import NoticeEntry, NoticeKind
from app.support.clock import Clock
from app.support.folder import DataFolder

if TYPE_CHECKING:
    from app.host_options import HostOptions
    from app.net.discovery.discovery import Discovery
    from app.net.host import Host
    from app.net.recognising import Recogniser

MAX_INVITE_ADDRESSES = 4
"""Addresses in an invite: more make its QR code too dense to scan across a room."""


class HostedRoom(QObject):
    """A room hosted here. Owns the host; `session` is the host's own member, or None.

    Signals:
        stopped(object): itself, once everybody has had the last word.
    """

    stopped = pyqtSignal(object)

    def __init__(
        self, host: Host, sharing: Sharing, session: RoomSession | None, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.host = host
        self.sharing = sharing
        self.session = session
        self.announcing: Announcing | None = None
        self.bind = ""
        """The address that alone is listened on; empty for all."""
        host.setParent(self)
        host.stopped.connect(self._on_stopped)

    def stop(self) -> None:
        """Tell everybody that the room closes, and close it."""
        if self.announcing is not None:
            self.announcing.stop()
        if self.session is not None:
            self.session.taking_back.finish()
        self.host.stop()

    @pyqtSlot()
    def _on_stopped(self) -> None:
        self.stopped.emit(self)


class RoomsOpen(Exception):
    """That cannot be done while rooms are open: who one is in them is settled."""


class Lobby(QObject):
    """All rooms of this run, and who we are in them. Owns what it opens.

    `set_aside` lists the damaged files that were put aside and replaced: to be said.

    Signals:
        put_aside(object): a damaged file was put aside just now, as this path.
    """

    put_aside = pyqtSignal(object)

    def __init__(self, folder: DataFolder, clock: Clock, parent: QObject | None = None) -> None:
        """Open the folder; raises OSError where it cannot be written."""
        super().__init__(parent)
        self.folder = folder
        self._clock = clock
        self.set_aside: list[Path] = []
        folder.prepare()
        device = load_or_create_device_key(folder.device_key)
        known = KnownRooms.load(folder.known_rooms)
        for loaded in (device, known):
            if loaded.set_aside is not None:
                self.set_aside.append(loaded.set_aside)
        self.identity = Identity(device.value, known.value)
        self._files = FileService(folder, clock, self)
        self._hosted: list[HostedRoom] = []
        self._discovery: Discovery | None = None
        self._clients: dict[RoomSession, Client] = {}

    @property
    def hosted(self) -> tuple[HostedRoom, ...]:
        """The rooms hosted here now."""
        return tuple(self._hosted)

    def _get_discovery(self) -> Discovery:
        return self.discovery

    @property
    def discovery(self) -> Discovery:
        """What announces rooms, and looks for them; loaded with its first use."""
        if self._discovery is None:
            from app.net.discovery.discovery import Discovery  # noqa: PLC0415 - takes a moment

            self._discovery = Discovery(self._clock, self)
        return self._discovery

    def make_recogniser(self, parent: QObject) -> Recogniser:
        """Return what looks at the keys of rooms nearby; it belongs to `parent`."""
        from app.net.recognising import Recogniser  # noqa: PLC0415 - with discovery alone

        return Recogniser(self._clock, parent)

    @property
    def joined(self) -> tuple[RoomSession, ...]:
        """The sessions of rooms elsewhere, in or on the way there."""
        return tuple(self._clients)

    def host(self, options: HostOptions) -> HostedRoom:
        """Open a room.

        Raises PasswordRefused, PortTaken, BadBindAddress, LogInUse, or OSError for its folder.
        """
        from app.hosting import open_host  # noqa: PLC0415 - see there

        host = open_host(options, self.folder, self._clock, self._note_aside, self)
        port, fingerprint = host.port, host.key.fingerprint
        sharing = _sharing(options, port, fingerprint)
        session = None
        if options.nickname:
            session = RoomSession(
                options.nickname, self._clock, room_name=options.name, parent=host
            )
            session.set_sharing(sharing)
            self._keep(session, fingerprint)
            if port != options.port and options.port:
                session.timeline.add_notice(
                    NoticeEntry(
                        NoticeKind.PORT,
                        at=int(self._clock.now() * 1000),
                        nick=str(options.port),
                        text=str(port),
                    )
                )
            door = own_door(options.bind, port)
            self._files.serve(session, lambda: door)
            LocalLink(host, session, self.identity.device)
            session.show_replica()
        hosted = HostedRoom(host, sharing, session, self)
        hosted.bind = options.bind
        hosted.stopped.connect(self._on_hosted_stopped)
        self._hosted.append(hosted)
        announcing = hosted.announcing = Announcing(
            host,
            self._get_discovery,
            self._clock,
            nickname=options.nickname,
            bind=options.bind,
            parent=hosted,
        )
        if session is not None:
            session.listing = announcing.listing
        announcing.listing.set_listed(options.discovery)
        return hosted

    def join(
        self,
        target: Address | Invite,
        nickname: str,
        *,
        accept_new: bool = False,
        can_ask: bool = True,
        whole_history: bool = False,
        password: str = "",
        expected: bytes = b"",
        also: tuple[Address, ...] = (),
    ) -> RoomSession:
        """Begin to join a room; the session tells how it goes. `leave()` ends it.

        `expected` is the fingerprint of a known room that should be there, and no other; `also` are
        further addresses where it is said to be. Raises PasswordRefused.
        """
        name = target.room if isinstance(target, Invite) else ""
        session = RoomSession(
            nickname, self._clock, room_name=name, whole_history=whole_history, parent=self
        )
        client = Client(
            session,
            target,
            self.identity,
            self._clock,
            accept_new=accept_new,
            can_ask=can_ask,
            password=password,
            expected=expected,
            also=also,
            parent=session,
        )
        self._clients[session] = client
        self._files.serve(session, lambda: client.address)
        client.host_accepted.connect(self._on_host_accepted)
        fingerprint = expected or self._expected(target)
        if fingerprint is not None:
            # A room that was visited before is shown at once, before the network answers.
            self._keep(session, fingerprint)
            session.show_replica()
        client.start()
        return session

    def _expected(self, target: Address | Invite) -> bytes | None:
        if isinstance(target, Invite):
            return target.fingerprint
        known = self.identity.known_rooms.expected_at(target)
        return known.fingerprint if known is not None else None

    def _keep(self, session: RoomSession, fingerprint: bytes) -> None:
        """Let the session keep its room in a file of this folder."""
        loaded = RoomStore.load(self.folder.replica(fingerprint))
        if loaded.set_aside is not None:
            self._note_aside(loaded.set_aside)
        session.use_store(loaded.value)

    def _note_aside(self, path: Path) -> None:
        self.set_aside.append(path)
        self.put_aside.emit(path)

    def forget(self, session: RoomSession) -> None:
        """Let go of a session that was left; what it keeps is on the disk then."""
        if self._clients.pop(session, None) is not None:
            session.close()
            session.deleteLater()

    def forget_host(self, session: RoomSession, *, delete: bool = False) -> None:
        """Forget the host that `session` expected where another one answered, and the session.

        With `delete`, what was kept of the room is deleted too. Raises OSError where the known rooms
        cannot be written; then nothing has changed.
        """
        expected = session.connection.expected
        if expected:
            self.identity.known_rooms.forget(expected)
        if delete:
            session.forget_room()
        session.leave()
        self.forget(session)

    def reset_identity(self) -> Path | None:
        """Become somebody new in every room; return where the old key is kept.

        Raises RoomsOpen while any room is open, OSError where the new key cannot be written; then
        nothing has changed.
        """
        if self._hosted or self._clients:
            raise RoomsOpen
        renewed = renew_device_key(self.folder.device_key)
        self.identity = Identity(renewed.value, self.identity.known_rooms)
        return renewed.set_aside

    def set_downloads(self, folder: Path) -> None:
        """Let files that are fetched from now on go into `folder`, where nothing else is said."""
        self.folder.downloads = folder
        hosted = [one.session for one in self._hosted if one.session is not None]
        for session in (*self._clients, *hosted):
            session.transfers.save_into(folder)

    def close(self) -> None:
        """Put everything on the disk that sessions keep; the end of the run."""
        for session in self._clients:
            session.close()
        for hosted in self._hosted:
            if hosted.session is not None:
                hosted.session.close()

    def session_of(self, fingerprint: bytes) -> RoomSession | None:
        """Return the session of a room that is open already, by its fingerprint."""
        for hosted in self._hosted:
            if hosted.session is not None and hosted.sharing.fingerprint == fingerprint:
                return hosted.session
        for session in self._clients:
            if session.sharing.fingerprint == fingerprint:
                return session
        return None

    @pyqtSlot(object, bytes)
    def _on_host_accepted(self, session: RoomSession, fingerprint: bytes) -> None:
        if not session.is_kept:
            self._keep(session, fingerprint)
            session.show_replica()

    @pyqtSlot(object)
    def _on_hosted_stopped(self, hosted: HostedRoom) -> None:
        if hosted.session is not None:
            hosted.session.close()
        self._hosted.remove(hosted)
        hosted.deleteLater()


def _sharing(options: HostOptions, port: int, fingerprint: bytes) -> Sharing:
    assert 0 < port <= MAX_PORT
    local = local_addresses()
    if options.bind and options.bind not in {"0.0.0.0", "::"}:  # noqa: S104 - compared only
        local = tuple(a for a in local if a.host == options.bind) or local[:0]
    shared = tuple(
        SharedAddress(text=str(Address(a.host, port)), kind=a.kind, interface=a.interface)
        for a in local
    )
    addresses = tuple(Address(a.host, port) for a in local[:MAX_INVITE_ADDRESSES])
    if not addresses:
        addresses = (Address(options.bind, port),)
        shared = (SharedAddress(text=str(addresses[0]), kind="other"),)
    invite = Invite(addresses=addresses, fingerprint=fingerprint, room=options.name)
    return Sharing(addresses=shared, invite=invite.link(), fingerprint=fingerprint)
