"""The password that a person gave, and the member's side of the exchange over it."""

from __future__ import annotations

from app.protocol.messages import Challenge, Confirmed, Response
from app.protocol.wire import Wire
from app.security import proof
from app.security.identity import DeviceKey
from app.security.password import (
    MemberExchange,
    PasswordRefused,
    password_key,
    password_problem,
)


class GivenPassword:
    """The password of one room, in memory alone; False where none is known.

    It is kept while the session lasts: a host may forget which devices it trusts.
    """

    def __init__(self, device: DeviceKey) -> None:
        self._device = device
        self._text = ""
        self._exchange: MemberExchange | None = None

    def __bool__(self) -> bool:
        return bool(self._text)

    def give(self, text: str) -> None:
        """Take what the person typed, or nothing; raises PasswordRefused for what cannot be one."""
        problem = password_problem(text) if text else None
        if problem is not None:
            raise PasswordRefused(problem)
        self._text = text

    def forget(self) -> None:
        """Know none any more."""
        self._text = ""
        self._exchange = None

    def answer(self, challenge: Challenge, wire: Wire, shown: bytes) -> Response:
        """Return what this link's challenge asks for, bound to the fingerprint that was shown.

        Raises WrongPassword for what no honest host sends.
        """
        self._exchange = MemberExchange(
            password_key(self._text, shown),
            transcript=proof.transcript(wire.client_hello, wire.host_hello, shown),
            room=shown,
            device=self._device.public,
        )
        share, confirmation = self._exchange.answer(challenge.share)
        return Response(share=share, confirmation=confirmation)

    def check(self, confirmed: Confirmed) -> None:
        """Return if the host knows the password too; raises WrongPassword if it does not."""
        exchange, self._exchange = self._exchange, None
        assert exchange is not None
        exchange.check(confirmed.confirmation)
