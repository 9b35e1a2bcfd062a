"""A guest's password: typed and sent as it is, for no browser or terminal speaks CPace.

So it is worth less than a member's: whoever reads along has it. The host says so before it lets such
guests in. Guesses are counted together with members'.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from app.protocol.errors import Refusal
from app.room.entrance import Entrance
from app.security.password import PasswordRefused, password_key


@dataclass(frozen=True)
class Weighed:
    """What became of a password: `refusal` is None where it is the right one.

    `seconds`: how long to wait, where there were too many wrong ones.
    """

    refusal: Refusal | None = None
    seconds: float = 0.0


def weigh(entrance: Entrance, fingerprint: bytes, address: str, text: str, now: float) -> Weighed:
    """Weigh what a guest gave for the password of the room of that fingerprint.

    `now`: monotonic seconds. Takes some ten milliseconds, by scrypt, of which there are few: too many
    wrong ones are not looked at.
    """
    wait = entrance.guesses.wait(address, now)
    if wait:
        return Weighed(Refusal.TOO_MANY_GUESSES, wait)
    try:
        key = password_key(text, fingerprint)
    except PasswordRefused:
        key = b""
    if not entrance.asks or hmac.compare_digest(key, entrance.key):
        entrance.guesses.right(address, now)
        return Weighed()
    entrance.guesses.wrong(address, now)
    return Weighed(Refusal.WRONG_PASSWORD)
