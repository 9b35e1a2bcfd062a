"""The room password: both sides prove that they know it, and nobody learns it from that.

CPace, initiator-responder, CPACE-X25519-SHA512 with explicit key confirmation
(draft-irtf-cfrg-cpace-21, 10.4). The host speaks first:

    host                                    member
    HostExchange.share           ------->   MemberExchange.answer
    HostExchange.check           <-------   share, tag
    tag                          ------->   MemberExchange.check, and only then the nickname

What both must see alike: the password, both hellos, the room's certificate and the member's device
key. So whoever shows another certificate fails even between two who know the password, and each
exchange tests one password and no more. The session key is not used: TLS protects the link, and the
certificate ties the two together.

A false host gets its one guess from every exchange that a member starts. So a member does not try
the same password again by itself after `WrongPassword`.

The library maps the password to the curve in Python integers, which is not constant in time. What is
mapped is the key below hashed with a nonce of this link, so that no two measurements are of the same
thing; a local process with a precise clock is no adversary here.
"""

from __future__ import annotations

import hashlib
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from cpace import CPace, CPaceError, CPaceRole
from precis_i18n import get_profile

from app.protocol.errors import InvalidState
from app.security.fingerprint import FINGERPRINT_BYTES
from app.security.identity import PUBLIC_KEY_BYTES
from app.support.files import write_atomically

if TYPE_CHECKING:
    from pathlib import Path

MAX_PASSWORD: Final = 128
"""Code points in a password, once normalized: a long sentence."""

PASSWORD_KEY_BYTES: Final = 32
TRANSCRIPT_BYTES: Final = 32

SHARE_BYTES: Final = 32
"""A public share: a u-coordinate of Curve25519 (RFC 7748)."""

TAG_BYTES: Final = 64
"""A confirmation tag: HMAC-SHA-512."""

SCRYPT_N: Final = 2**12
SCRYPT_R: Final = 8
SCRYPT_P: Final = 1
"""RFC 7914: 4 MiB and about 10 ms, so that a computer a few times slower stays below the 50 ms
that the event loop may stand still. It slows down only who stole the host's file."""

_SCRYPT_MEMORY: Final = 8 * 1024 * 1024  # OpenSSL counts some working space to the 4 MiB

_MAX_TYPED: Final = 1_024  # code points looked at: decomposed letters are many, but not this many
_OPAQUE_STRING: Final = get_profile("OpaqueString")

_SALT: Final = b"papo/1 password key"
_CHANNEL: Final = b"papo/1 password exchange"
# Associated data of the two roles: a message sent back to its sender is never the other's.
_HOST: Final = b"host"
_MEMBER: Final = b"member"


class PasswordProblem(StrEnum):
    """Why a password was refused; the window turns it into a sentence."""

    EMPTY = "empty"
    TOO_LONG = "too-long"
    NOT_ALLOWED = "not-allowed"
    """It holds a control character, an unassigned one, or a joined emoji (RFC 8265, 4.2)."""


class PasswordRefused(ValueError):
    """This cannot be a password; whoever chose it has to choose another. Does not hold it."""

    def __init__(self, problem: PasswordProblem) -> None:
        super().__init__(problem.value)
        self.problem: Final = problem


class WrongPassword(Exception):
    """The other side did not prove that it knows the password.

    It was mistyped, or another certificate, hello or device key was seen there than here, or what
    came was no share at all: who breaks the exchange has guessed wrong, and is counted so.
    """


def password_key(password: str, fingerprint: bytes) -> bytes:
    """Return what both sides keep in place of the password: 32 bytes, good for this room alone.

    The password is prepared by RFC 8265 (OpaqueString), so that it is the same however it was
    typed, then stretched by scrypt. Whoever has the key can join, or pass for the host, so it is
    as secret as the password, and is kept with mode 0600.

    Raises:
        PasswordRefused: It is empty, longer than MAX_PASSWORD, or not allowed.
        ValueError: The fingerprint is not 32 bytes long (a bug of ours).
    """
    _expect(fingerprint, FINGERPRINT_BYTES, "a fingerprint")
    return hashlib.scrypt(
        _prepared(password).encode(),
        salt=_SALT + fingerprint,
        n=SCRYPT_N,
        r=SCRYPT_R,
        p=SCRYPT_P,
        maxmem=_SCRYPT_MEMORY,
        dklen=PASSWORD_KEY_BYTES,
    )


def password_problem(password: str) -> PasswordProblem | None:
    """Return why this cannot be a password, or None. Quick: nothing is stretched."""
    try:
        _prepared(password)
    except PasswordRefused as refused:
        return refused.problem
    return None


class HostExchange:
    """The host's side of one attempt. `share`, 32 bytes, is for the member.

    `key` is from `password_key`; `transcript` is the digest of both hellos and the certificate
    (`proof.transcript`), which holds a fresh nonce of the host; `room` is the room's fingerprint;
    `device` is the public key that the member has proved to hold, 65 bytes.

    Raises:
        ValueError: One of them has another length (a bug of ours).
    """

    __slots__ = ("_cpace", "share")

    def __init__(self, key: bytes, *, transcript: bytes, room: bytes, device: bytes) -> None:
        cpace = _start(
            CPaceRole.INITIATOR, _HOST, key, transcript=transcript, room=room, device=device
        )
        self._cpace: CPace | None = cpace
        self.share: Final = cpace.public_share

    def check(self, share: bytes, tag: bytes) -> bytes:
        """Return the host's tag, 64 bytes, for a member that knows the password. Once only.

        Raises:
            WrongPassword: It does not; the host's tag was not made.
            InvalidState: This object was used before (a bug of ours).
        """
        cpace, self._cpace = self._cpace, None
        if cpace is None:
            raise InvalidState("an exchange is good for one attempt")
        _derive(cpace, share, _MEMBER)
        if not cpace.verify(tag):
            raise WrongPassword
        return cpace.tag()


class MemberExchange:
    """The member's side of one attempt. It takes what `HostExchange` takes, as the member saw it.

    So `transcript` and `room` are of the certificate that was shown, and `device` is its own key.

    Raises:
        ValueError: One of them has another length (a bug of ours).
    """

    __slots__ = ("_answered", "_cpace")

    def __init__(self, key: bytes, *, transcript: bytes, room: bytes, device: bytes) -> None:
        self._cpace: CPace | None = _start(
            CPaceRole.RESPONDER, _MEMBER, key, transcript=transcript, room=room, device=device
        )
        self._answered: CPace | None = None

    def answer(self, share: bytes) -> tuple[bytes, bytes]:
        """Return the member's share (32 bytes) and tag (64 bytes) for the host's share. Once only.

        Raises:
            WrongPassword: What came is not the share of an honest host.
            InvalidState: This object was used before (a bug of ours).
        """
        cpace, self._cpace = self._cpace, None
        if cpace is None:
            raise InvalidState("an exchange is good for one attempt")
        _derive(cpace, share, _HOST)
        self._answered = cpace
        return cpace.public_share, cpace.tag()

    def check(self, tag: bytes) -> None:
        """Return if the host knows the password too. Once only, after `answer`.

        Raises:
            WrongPassword: It does not: nothing more may be sent to it.
            InvalidState: `answer` did not return, or this was called before (a bug of ours).
        """
        cpace, self._answered = self._answered, None
        if cpace is None:
            raise InvalidState("an exchange is good for one attempt")
        if not cpace.verify(tag):
            raise WrongPassword


def _prepared(password: str) -> str:
    if not password:
        raise PasswordRefused(PasswordProblem.EMPTY)
    if len(password) > _MAX_TYPED:
        raise PasswordRefused(PasswordProblem.TOO_LONG)
    prepared = _enforced(password)
    if prepared is None:
        raise PasswordRefused(PasswordProblem.NOT_ALLOWED)
    if len(prepared) > MAX_PASSWORD:
        raise PasswordRefused(PasswordProblem.TOO_LONG)
    return prepared


def keep_password_key(path: Path, key: bytes) -> None:
    """Keep a room's password key in a private file of its own, or delete that (`key` empty).

    The log has it as well; this file is for the day on which the log is damaged: a room that was
    closed to strangers must not open to them because of that. Raises OSError.
    """
    if key:
        write_atomically(path, key, private=True)
    else:
        path.unlink(missing_ok=True)


def kept_password_key(path: Path) -> bytes:
    """Return the key that `keep_password_key` kept; empty where there is none."""
    try:
        key = path.read_bytes()
    except OSError:
        return b""
    return key if len(key) == PASSWORD_KEY_BYTES else b""


def _enforced(password: str) -> str | None:
    try:
        return _OPAQUE_STRING.enforce(password)
    except UnicodeError:
        # It holds the password: raised from here, ours would bring it into a log.
        return None


def _start(
    role: CPaceRole, ad: bytes, key: bytes, *, transcript: bytes, room: bytes, device: bytes
) -> CPace:
    _expect(key, PASSWORD_KEY_BYTES, "a password key")
    _expect(transcript, TRANSCRIPT_BYTES, "a transcript")
    _expect(room, FINGERPRINT_BYTES, "a fingerprint")
    _expect(device, PUBLIC_KEY_BYTES, "a device key")
    # Draft, 10.1.1: both identities in CI, the initiator's first. All lengths are fixed.
    return CPace.start(role=role, prs=key, sid=transcript, ci=_CHANNEL + room + device, ad=ad)


def _derive(cpace: CPace, share: bytes, ad: bytes) -> None:
    try:
        cpace.derive(share, ad)
    except CPaceError as error:
        raise WrongPassword from error


def _expect(value: bytes, length: int, what: str) -> None:
    if len(value) != length:
        raise ValueError(f"{what} has {length} bytes")
