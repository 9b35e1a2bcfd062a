"""What a person does at a room's door: look at the host, give the password, try again."""

from __future__ import annotations

from dataclasses import replace

from PyQt6.QtCore import QObject

from app.security.password import PasswordProblem, password_problem
from app.session.room_state import RoomState
from app.session.transport import Transport


class Knocking(RoomState):
    """A session as far as the door. A `Transport` is attached, which does what is wished."""

    def __init__(self, nickname: str, room_name: str, parent: QObject | None) -> None:
        super().__init__(nickname, room_name, parent)
        self._transport: Transport | None = None

    def attach(self, transport: Transport) -> None:
        """Let `transport` carry the wishes from now on."""
        self._transport = transport

    def accept_host(self) -> None:
        """Go on with a host that was never met before."""
        if self._transport is not None:
            self._transport.accept_host()

    def give_password(self, text: str) -> PasswordProblem | None:
        """Go on with the room's password, or return why this cannot be one: then nothing is done.

        At `Phase.PASSWORD`, and at `Phase.ASKING`, where the password checks the host as well.
        """
        problem = password_problem(text)
        if problem is None and self._transport is not None:
            self._transport.give_password(text)
        return problem

    def set_room_password(self, text: str) -> PasswordProblem | None:
        """Give the room that is hosted here another password; empty takes it away.

        Who is in the room stays. Returns why it cannot be one: then nothing is done.
        """
        problem = password_problem(text) if text else None
        if problem is None and self._transport is not None:
            self._transport.set_room_password(text)
        return problem

    def try_now(self) -> None:
        """Try to connect at once."""
        if self._transport is not None:
            self._transport.try_now()

    def set_has_password(self, has_password: bool) -> None:
        """Note whether the room asks newcomers for a password."""
        if has_password != self.info.has_password:
            self.info = replace(self.info, has_password=has_password)
            self.info_changed.emit()
