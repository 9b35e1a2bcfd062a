"""What vouches for the host that answers: an invite, an earlier visit, the person, or the password."""

from __future__ import annotations

import logging
from enum import Enum, auto

from app.security.invite import Address, Invite
from app.security.trust import How, KnownRooms, Trust
from app.session.connection import Verified

log = logging.getLogger(__name__)


class Verdict(Enum):
    """What to make of the certificate that a host showed."""

    EXPECTED = auto()
    """It is the one that the invite, the last visit or the person vouches for."""
    UNSEEN = auto()
    """Nobody vouches for it, and the person said beforehand that nobody need."""
    ON_TRIAL = auto()
    """Nobody vouches for it, but there is a password: the host is to prove that it knows it."""
    NEW = auto()
    """Nobody vouches for it: the person decides, and nothing is said meanwhile."""
    CHANGED = auto()
    """It is another one than `expected`: a hard stop."""


_BY_RECORD = {How.INVITE: Verified.INVITE, How.PASSWORD: Verified.PASSWORD}


class Vouching:
    """What is known of the host of one room, from attempt to attempt.

    `shown` is the fingerprint that was shown last, `expected` the one on record where it is another.
    Once something vouches for a fingerprint, no other is taken any more.
    """

    def __init__(self, target: Address | Invite, known: KnownRooms, *, accept_new: bool) -> None:
        self._known = known
        self._accept_new = accept_new
        self._pin: bytes | None = None
        self._how = How.FIRST_USE
        self.verified = Verified.NOT_YET
        self.shown = b""
        self.expected = b""
        if isinstance(target, Invite):
            self._pin, self._how = target.fingerprint, How.INVITE
            self.verified = Verified.INVITE

    @property
    def is_settled(self) -> bool:
        """Whether something vouches for one fingerprint already, wherever it answers."""
        return self._pin is not None

    def look(self, address: Address, shown: bytes, *, has_password: bool) -> Verdict:
        """Compare what the host at that address showed just now.

        A password is worth more than consent given unseen, so it goes first.
        """
        self.shown = shown
        if self._pin is None:
            trust = self._known.check(address, shown)
            if trust is Trust.NEW and has_password:
                return Verdict.ON_TRIAL
            if trust is Trust.NEW and self._accept_new:
                self.verified = Verified.FIRST_USE
                return Verdict.UNSEEN
            if trust is Trust.NEW:
                return Verdict.NEW
            if trust is Trust.CHANGED:
                there = self._known.expected_at(address)
                self.expected = there.fingerprint if there is not None else b""
                return Verdict.CHANGED
            record = self._known.by_fingerprint(shown)
            how = record.how if record is not None else How.FIRST_USE
            self.verified = _BY_RECORD.get(how, Verified.SEEN_BEFORE)
            self._pin = shown
        if shown == self._pin:
            return Verdict.EXPECTED
        self.expected = self._pin
        return Verdict.CHANGED

    def expect(self, fingerprint: bytes) -> None:
        """Take no other host than this known one, and think no more of it than its record says."""
        record = self._known.by_fingerprint(fingerprint)
        if self._pin is None and record is not None:
            self._pin, self._how = fingerprint, record.how
            self.verified = _BY_RECORD.get(record.how, Verified.SEEN_BEFORE)

    def accept(self) -> None:
        """Note that the person trusts what was shown."""
        self._pin = self.shown
        self.verified = Verified.FIRST_USE

    def confirm(self) -> None:
        """Note that the host proved that it knows the password."""
        self._pin = self.shown
        if self._how is not How.INVITE:
            self._how = How.PASSWORD
        if self.verified is not Verified.INVITE:
            self.verified = Verified.PASSWORD

    def remember(self, address: Address, room: str, now: float) -> None:
        """Note, on the disk where that is possible, that one was in the room (Unix seconds)."""
        self._pin = self.shown
        try:
            self._known.remember(address, self.shown, room, self._how, now)
        except OSError as error:
            log.warning("the known rooms could not be written: %s", error)
