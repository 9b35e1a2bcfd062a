"""Papo without a window: JSON on stdout, lines on stdin. Scripts and tests depend on its words."""

from __future__ import annotations

import base64
import math
import sys

from PyQt6.QtCore import QCoreApplication, QObject, QTimer, pyqtSlot

from app.lobby import HostedRoom
from app.net.signals import QuitSignals
from app.pipes import Events, Lines, Wish
from app.protocol.errors import Refusal
from app.protocol.messages import (
    Came,
    Changed,
    Live,
    Renamed,
    RulesChanged,
    Said,
    TopicChanged,
    Went,
)
from app.security.fingerprint import as_hex, key_pin
from app.session.connection import Phase, Problem
from app.session.guest_page import guest_page_at
from app.session.room_session import RoomSession
from app.support.clock import Clock
from app.ui.sentences import sentence
from app.ui.texts import tr

MAX_UNACKNOWLEDGED = 500
"""Lines of stdin on their way at once; further ones wait in the pipe."""


class HeadlessHost(QObject):
    """A host without a window. With a nickname it also speaks: each line of stdin is a message."""

    def __init__(self, hosted: HostedRoom, asked_port: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hosted = hosted
        self._events = Events(self)
        self._events.broken.connect(self._on_quit)
        self._signals = QuitSignals(self)
        self._signals.asked.connect(self._on_quit)
        host = hosted.host
        host.announced.connect(self._on_announced)
        host.broadcast.connect(self._on_broadcast)
        hosted.stopped.connect(self._on_stopped)
        sharing = hosted.sharing
        let_in = host.room.settings.browser_guests
        page = guest_page_at(sharing.addresses) if let_in else ""
        self._events.write(
            "hosting",
            room=host.room.settings.name,
            port=host.port,
            addresses=[address.text for address in sharing.addresses],
            fingerprint=sharing.fingerprint,
            invite=sharing.invite,
            **({"page": page} if page else {}),
        )
        if asked_port not in {0, host.port}:
            complain(
                tr(
                    "Port {asked} is busy, so this room uses {port}. The invite already says so.",
                    asked=asked_port,
                    port=host.port,
                )
            )
        if hosted.session is not None:
            self._lines = Lines(self)
            self._lines.line.connect(self._on_line)
            hosted.session.refused.connect(self._on_refused)
            self._events.follow(hosted.session)

    @pyqtSlot(str)
    def _on_line(self, line: str) -> None:
        if self._hosted.session is not None and line.strip():
            refusal = self._hosted.session.send(line)
            if refusal is not None:
                self._on_refused(refusal, b"")

    @pyqtSlot(str, bytes)
    def _on_refused(self, code: str, cid: bytes) -> None:
        self._events.write("rejected", code=code, cid=cid, message=sentence(code))

    @pyqtSlot(object)
    def _on_announced(self, change: Came | Went | Changed | Renamed) -> None:
        if isinstance(change, Came):
            address = self._hosted.host.address_of(change.member.number)
            self._events.write_change(change, address=address)
        elif not isinstance(change, Changed):
            self._events.write_change(change)

    @pyqtSlot(object)
    def _on_broadcast(self, message: object) -> None:
        if isinstance(message, Live):
            for said in message.said:
                self._events.write_said(said)
        elif isinstance(message, TopicChanged):
            self._events.write("topic", topic=message.topic, by=message.by)
        elif isinstance(message, RulesChanged):
            self._events.write_rules(message)

    @pyqtSlot()
    def _on_quit(self) -> None:
        self._hosted.stop()

    @pyqtSlot(object)
    def _on_stopped(self, _hosted: HostedRoom) -> None:
        self._events.write("stopped")
        self._events.flush()
        QCoreApplication.exit(0)


class HeadlessMember(QObject):
    """A member without a window. Each line of stdin is a message, or with `json` a `Wish`."""

    def __init__(
        self,
        session: RoomSession,
        clock: Clock,
        *,
        json: bool = False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._json = json
        self._clock = clock
        self._events = Events(self)
        self._events.broken.connect(self._on_quit)
        self._signals = QuitSignals(self)
        self._signals.asked.connect(self._on_quit)
        self._lines: Lines | None = None
        self._input_ended = False
        self._any_refused = False
        self._leaving = False
        self._waiting_for = ""
        session.connection_changed.connect(self._on_connection_changed)
        session.joined.connect(self._on_joined)
        session.confirmed.connect(self._on_confirmed)
        self._events.follow(session)
        session.acknowledged.connect(self._on_acknowledged)
        session.refused.connect(self._on_refused)
        session.presence.connect(self._on_presence)
        session.moderation.rules_changed.connect(self._on_rules_changed)
        if json:
            session.transfers.admitted.connect(self._on_admitted)
        self._on_connection_changed()

    @pyqtSlot()
    def _on_connection_changed(self) -> None:
        connection = self._session.connection
        self._events.write("state", state=connection.phase.value, problem=connection.problem)
        if connection.phase in ENDS and not self._leaving:
            self._end(connection.problem)

    def _end(self, problem: str | None) -> None:
        unsent = self._on_their_way()
        if problem == Refusal.ROOM_CLOSED and not unsent:
            self._exit(int(self._any_refused))
            return
        complain(why_ended(self._session, self._clock))
        if unsent:
            complain(tr("%n message(s) were not sent.", n=unsent))
        self._exit(1)

    @pyqtSlot()
    def _on_joined(self) -> None:
        session = self._session
        self._events.write(
            "joined",
            room=session.info.name,
            nick=session.nickname,
            member=session.member_number,
            role=session.info.role,
            topic=session.info.topic,
            history=session.info.history,
            address=session.address,
            fingerprint=as_hex(session.sharing.fingerprint).replace(" ", "").lower(),
            verified=session.verified.value,
        )
        if self._lines is None:
            self._lines = Lines(self)
            self._lines.line.connect(self._on_line)
            self._lines.ended.connect(self._on_input_ended)

    @pyqtSlot(str)
    def _on_line(self, line: str) -> None:
        if not line.strip():
            return
        wish = Wish.read(line) if self._json else Wish(say=line)
        refusal = Refusal.MALFORMED if wish is None else wish.carry_out(self._session)
        if refusal is not None:
            self._on_refused(refusal, b"")
        self._pace()

    @pyqtSlot(bytes)
    def _on_admitted(self, token: bytes) -> None:
        """Tell with what, where and to whom another program may send and fetch files."""
        certificate = self._session.sharing.certificate
        self._events.write(
            "token",
            token=base64.urlsafe_b64encode(token).decode().rstrip("="),
            url=f"https://{self._session.address}/files/",
            pin=f"sha256//{base64.b64encode(key_pin(certificate)).decode()}",
        )

    @pyqtSlot(tuple)
    def _on_confirmed(self, said: tuple[Said, ...]) -> None:
        for message in said:
            self._events.write_said(message)
        self._pace()
        self._leave_when_done()

    @pyqtSlot(bytes, object)
    def _on_acknowledged(self, cid: bytes, seq: int) -> None:
        self._events.write("acked", cid=cid, seq=seq)

    @pyqtSlot(str, bytes)
    def _on_refused(self, code: str, cid: bytes) -> None:
        self._any_refused = True
        self._events.write("rejected", code=code, cid=cid, message=sentence(code))
        self._pace()
        self._leave_when_done()

    @pyqtSlot(tuple)
    def _on_presence(self, changes: tuple[Came | Went | Renamed, ...]) -> None:
        for change in changes:
            self._events.write_change(change)

    @pyqtSlot(object)
    def _on_rules_changed(self, rules: RulesChanged) -> None:
        self._events.write_rules(rules)

    def _pace(self) -> None:
        """Read on, unless enough lines are on their way already."""
        if self._lines is not None:
            self._lines.pause(self._on_their_way() >= MAX_UNACKNOWLEDGED)

    def _on_their_way(self) -> int:
        return self._session.on_their_way

    @pyqtSlot()
    def _on_input_ended(self) -> None:
        self._input_ended = True
        self._leave_when_done()

    def _leave_when_done(self) -> None:
        if self._input_ended and not self._on_their_way():
            self._leave(int(self._any_refused))

    @pyqtSlot()
    def _on_quit(self) -> None:
        self._leave(0)

    def _leave(self, status: int) -> None:
        if not self._leaving:
            self._leaving = True
            self._session.leave()
            self._exit(status)

    def _exit(self, status: int) -> None:
        self._leaving = True
        self._events.flush()
        self._status = status
        # The last word needs a turn of the event loop to leave.
        QTimer.singleShot(GOODBYE_MS, self._on_goodbye)

    @pyqtSlot()
    def _on_goodbye(self) -> None:
        self._session.close()
        self._events.flush()
        QCoreApplication.exit(self._status)


ENDS = {Phase.STOPPED, Phase.CHANGED, Phase.NICKNAME, Phase.ASKING, Phase.PASSWORD}
"""Where nothing more happens without a person to ask."""

GOODBYE_MS = 50
"""Milliseconds that the last word has to leave."""


def why_ended(session: RoomSession, clock: Clock) -> str:
    """Return the sentence that says why a session came to an end, and what to do."""
    connection = session.connection
    if connection.phase is Phase.PASSWORD and connection.problem is None:
        return tr("This room asks for its password. Put it into a file, and add --password-file.")
    if connection.problem == Problem.UNKNOWN_HOST:
        return tr(
            "The host at {address} was never met before. "
            "Join with its invite, or add --accept-new.",
            address=session.address,
        )
    about: dict[str, object] = {
        "address": session.address,
        "nick": session.nickname,
        "host": session.address,
    }
    if connection.retry_at is not None:
        about["seconds"] = math.ceil(connection.retry_at - clock.monotonic())
    return sentence(connection.problem or "", **about)


def complain(text: str) -> None:
    """Write one line on stderr."""
    sys.stderr.write(f"papo: {text}\n")
    sys.stderr.flush()
