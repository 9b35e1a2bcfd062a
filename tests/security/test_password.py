"""The room password: it lets in who knows it, and tells nobody else anything."""

from __future__ import annotations

import hashlib
import hmac
import json
import random
import secrets
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import cpace
import pytest
from cpace import CPace, CPaceRole
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st

from app.protocol.errors import InvalidState
from app.security.password import (
    MAX_PASSWORD,
    SHARE_BYTES,
    TAG_BYTES,
    HostExchange,
    MemberExchange,
    PasswordProblem,
    PasswordRefused,
    WrongPassword,
    password_key,
)

ROOM: Final = bytes(range(32))
VECTORS: Final[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "vectors" / "cpace-x25519-sha512.json").read_text("utf-8")
)


@dataclass(frozen=True)
class Sight:
    """What one side knows and sees of a link."""

    key: bytes = b"\x01" * 32
    transcript: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    room: bytes = ROOM
    device: bytes = b"\x04" + b"\x02" * 64

    def host(self) -> HostExchange:
        return HostExchange(
            self.key, transcript=self.transcript, room=self.room, device=self.device
        )

    def member(self) -> MemberExchange:
        return MemberExchange(
            self.key, transcript=self.transcript, room=self.room, device=self.device
        )


def vector(name: str) -> bytes:
    return bytes.fromhex(VECTORS[name])


def x25519(scalar: bytes, point: bytes) -> bytes:
    private = X25519PrivateKey.from_private_bytes(scalar)
    return private.exchange(X25519PublicKey.from_public_bytes(point))


@pytest.fixture
def scalars(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Make the next exchanges draw these scalars."""

    def draw(*values: bytes) -> None:
        coming: Iterator[bytes] = iter(values)
        monkeypatch.setattr("cpace.secrets.token_bytes", lambda _size: next(coming))

    return draw


# The exchange.


def test_both_accept_who_knows_the_password() -> None:
    seen = Sight()
    host, member = seen.host(), seen.member()
    share, tag = member.answer(host.share)
    assert (len(host.share), len(share), len(tag)) == (SHARE_BYTES, SHARE_BYTES, TAG_BYTES)
    proof = host.check(share, tag)
    assert len(proof) == TAG_BYTES
    member.check(proof)


def test_wrong_password_is_refused_before_the_hosts_tag_is_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen = Sight()
    host, member = seen.host(), replace(seen, key=b"\x09" * 32).member()
    share, tag = member.answer(host.share)
    made: list[CPace] = []
    monkeypatch.setattr(CPace, "tag", made.append)
    with pytest.raises(WrongPassword):
        host.check(share, tag)
    assert made == []


@pytest.mark.parametrize(
    "other",
    [
        {"key": b"\x09" * 32},
        {"transcript": b"\x09" * 32},
        {"room": b"\x09" * 32},
        {"device": b"\x04" + b"\x09" * 64},
    ],
    ids="".join,
)
def test_what_the_two_see_differently_fails_the_exchange_on_both_sides(
    other: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = Sight()
    host, member = seen.host(), replace(seen, **other).member()
    with pytest.raises(WrongPassword):
        host.check(*member.answer(host.share))

    host, member = seen.host(), replace(seen, **other).member()
    share, tag = member.answer(host.share)
    with monkeypatch.context() as patch:
        patch.setattr(CPace, "verify", lambda _self, _tag: True)
        proof = host.check(share, tag)  # a host that does not care
    with pytest.raises(WrongPassword):
        member.check(proof)


def test_man_in_the_middle_with_another_certificate_fails_though_both_know_the_password() -> None:
    """He passes every message on as it is; the member sees his certificate, the host its own."""
    device = b"\x04" + b"\x02" * 64
    true, false = hashlib.sha256(b"the room's").digest(), hashlib.sha256(b"his").digest()
    at_host = Sight(password_key("segredo", true), b"\x01" * 32, true, device)
    at_member = Sight(password_key("segredo", false), b"\x02" * 32, false, device)
    host, member = at_host.host(), at_member.member()
    with pytest.raises(WrongPassword):
        host.check(*member.answer(host.share))
    # Not even where only the certificate differs, and everything he could choose is alike.
    host, member = at_host.host(), replace(at_host, room=false).member()
    with pytest.raises(WrongPassword):
        host.check(*member.answer(host.share))


def test_messages_sent_back_to_their_sender_fail() -> None:
    seen = Sight()
    host = seen.host()
    with pytest.raises(WrongPassword):
        host.check(host.share, bytes(TAG_BYTES))

    member = seen.member()
    _, tag = member.answer(seen.host().share)
    with pytest.raises(WrongPassword):
        member.check(tag)

    # Two hosts that know the password, played against each other, are not host and member.
    one, other = seen.host(), seen.host()
    unchecked = other._cpace
    assert unchecked is not None
    unchecked.derive(one.share, b"member")
    with pytest.raises(WrongPassword):
        one.check(other.share, unchecked.tag())


def test_earlier_exchange_cannot_be_played_again() -> None:
    seen = Sight()
    host, member = seen.host(), seen.member()
    share, tag = member.answer(host.share)
    proof = host.check(share, tag)

    with pytest.raises(WrongPassword):
        seen.host().check(share, tag)  # even if the very same hellos came again
    later = seen.member()
    later.answer(host.share)
    with pytest.raises(WrongPassword):
        later.check(proof)


def test_exchange_is_good_for_one_attempt() -> None:
    seen = Sight()
    host, member = seen.host(), seen.member()
    with pytest.raises(InvalidState):
        member.check(bytes(TAG_BYTES))  # before the answer
    share, tag = member.answer(host.share)
    with pytest.raises(InvalidState):
        member.answer(host.share)
    with pytest.raises(WrongPassword):
        host.check(share, bytes(TAG_BYTES))
    with pytest.raises(InvalidState):
        host.check(share, tag)  # the second guess
    with pytest.raises(WrongPassword):
        member.check(bytes(TAG_BYTES))
    with pytest.raises(InvalidState):
        member.check(bytes(TAG_BYTES))


@given(share=st.binary(max_size=80), tag=st.binary(max_size=80))
def test_host_answers_any_bytes_with_wrong_password(share: bytes, tag: bytes) -> None:
    with pytest.raises(WrongPassword):
        Sight().host().check(share, tag)


@given(
    share=st.binary(max_size=80) | st.binary(min_size=32, max_size=32), tag=st.binary(max_size=80)
)
def test_member_answers_any_bytes_with_wrong_password(share: bytes, tag: bytes) -> None:
    member = Sight().member()
    try:
        member.answer(share)
    except WrongPassword:
        with pytest.raises(InvalidState):
            member.check(tag)
    else:
        with pytest.raises(WrongPassword):
            member.check(tag)


@pytest.mark.parametrize("name", ["key", "transcript", "room", "device"])
def test_lengths_are_checked(name: str) -> None:
    with pytest.raises(ValueError, match="bytes"):
        Sight(**{name: b"short"}).host()


# What an observer has.


def test_nothing_that_travels_comes_twice() -> None:
    seen = Sight()
    travelled = []
    for _ in range(20):
        host, member = seen.host(), seen.member()
        share, tag = member.answer(host.share)
        travelled += [host.share, share, tag, host.check(share, tag)]
    assert len(set(travelled)) == len(travelled)


def test_recorded_exchange_is_no_oracle_for_a_dictionary() -> None:
    """An observer who has the right password in the list cannot tell that it is right.

    He knows all that is public, and for each password of the list plays both sides against the
    recorded shares, with the library itself and scalars of his own: no tag that he can make is one
    that travelled, for the right password no more than for the wrong ones. The control shows that
    the list would do if he had the one thing that never travels, the host's scalar. That nobody
    finds K from the shares is the assumption of the proof (AHH21 in the draft), and no test of ours.
    """
    right = password_key("correct horse", ROOM)
    words = [password_key(word, ROOM) for word in ("battery", "staple", "123456")]
    seen = Sight(key=right)
    host, member = seen.host(), seen.member()
    assert host._cpace is not None
    scalar, channel = host._cpace._scalar, b"papo/1 password exchange" + seen.room + seen.device
    member_share, member_tag = member.answer(host.share)
    host_tag = host.check(member_share, member_tag)

    for key in [*words, right]:
        for _ in range(5):
            sight = replace(seen, key=key)
            as_member = sight.member()
            assert as_member.answer(host.share)[1] not in {member_tag, host_tag}
            with pytest.raises(WrongPassword):
                as_member.check(host_tag)
            with pytest.raises(WrongPassword):
                sight.host().check(member_share, member_tag)

    assert scalar is not None
    found = [
        key
        for key in [*words, right]
        if x25519(scalar, cpace._calculate_generator(key, channel, seen.transcript)) == host.share
    ]
    assert found == [right]


def test_active_attacker_tests_one_password_an_exchange() -> None:
    """A false host with one guess gets the member's tag: it confirms that guess or nothing.

    Afterwards his scalar is known to him, and still the tag fits none of the other passwords, the
    right one included: what he would need for them is another share than the one he has sent.
    """
    right, guess = b"\x01" * 32, b"\x02" * 32
    seen = Sight(key=right)
    channel = b"papo/1 password exchange" + seen.room + seen.device

    def fits(sent: bytes, tried: bytes) -> bool:
        """Send the share for one password, then try another on the tag that came back."""
        ours = CPace.start(
            role=CPaceRole.INITIATOR, prs=sent, sid=seen.transcript, ci=channel, ad=b"host"
        )
        share, tag = seen.member().answer(ours.public_share)
        scalar = ours._scalar
        assert scalar is not None
        generator = cpace._calculate_generator(tried, channel, seen.transcript)
        later = CPace(
            role=CPaceRole.INITIATOR,
            sid=seen.transcript,
            ad=b"host",
            scalar=scalar,
            public_share=x25519(scalar, generator),
        )
        later.derive(share, b"member")
        return later.verify(tag)

    assert fits(right, right)
    assert not fits(guess, guess)
    assert not fits(guess, right)


ORDER: Final = 2**252 + 27742317777372353535851937790883648493  # RFC 7748, 4.1
BASE: Final = (9).to_bytes(32, "little")


def clamped(scalar: bytes) -> int:
    """Return the integer that X25519 multiplies by (RFC 7748, 5)."""
    return int.from_bytes(scalar, "little") & (2**255 - 8) & (2**255 - 1) | 2**254


def scalar_for(residue: int) -> bytes | None:
    """Return a scalar of X25519's form that multiplies as ±residue does, if there is one."""
    for start in (residue % ORDER, -residue % ORDER):
        for multiple in range(9):
            scalar = start + multiple * ORDER
            if scalar % 8 == 0 and 2**254 <= scalar < 2**255:
                return scalar.to_bytes(32, "little")
    return None


def test_share_fits_every_password_alike(
    monkeypatch: pytest.MonkeyPatch, scalars: Callable[..., None]
) -> None:
    """A share alone says nothing: under another password, another scalar gives the same share.

    To find that scalar takes discrete logarithms, so the generators are replaced by ones whose
    logarithms are known here. X25519 takes scalars of one form only, which is why one password in
    about eight has none; who could find that out could break the curve anyway.
    """

    def logarithm(key: bytes) -> bytes:
        return hashlib.sha256(key).digest()

    monkeypatch.setattr(
        "cpace._calculate_generator", lambda prs, _ci, _sid: x25519(logarithm(prs), BASE)
    )
    drawn = random.Random(7)
    seen, scalar = Sight(key=b"the right one".ljust(32)), drawn.randbytes(32)
    scalars(scalar)
    share = seen.host().share

    fitting = 0
    for number in range(64):
        other = replace(seen, key=b"password %023d" % number)
        known = clamped(scalar) * clamped(logarithm(seen.key))
        needed = scalar_for(known * pow(clamped(logarithm(other.key)), -1, ORDER))
        if needed is not None:
            scalars(needed)
            assert other.host().share == share
            fitting += 1
    assert fitting >= 48


# The draft.


def test_library_gives_what_the_draft_gives(scalars: Callable[..., None]) -> None:
    prs, ci, sid = vector("PRS"), vector("CI"), vector("sid")
    assert cpace._generator_string(prs, ci, sid) == vector("generator_string")
    assert cpace._calculate_generator(prs, ci, sid) == vector("g")
    assert cpace._scalar_mult_vfy(vector("ya"), vector("Yb")) == vector("K")

    scalars(vector("ya"), vector("yb"))
    one = CPace.start(role=CPaceRole.INITIATOR, prs=prs, sid=sid, ci=ci, ad=vector("ADa"))
    other = CPace.start(role=CPaceRole.RESPONDER, prs=prs, sid=sid, ci=ci, ad=vector("ADb"))
    assert (one.public_share, other.public_share) == (vector("Ya"), vector("Yb"))
    one.derive(other.public_share, vector("ADb"))
    other.derive(one.public_share, vector("ADa"))
    assert one.isk == other.isk == vector("ISK_IR")
    assert one.sid_output == vector("sid_output_ir")


def test_exchange_is_cpace_with_the_inputs_that_the_docstring_names(
    scalars: Callable[..., None],
) -> None:
    """Draft 7.2 and 10.4 written out, over the generator and the product that were checked above."""

    def lv(*parts: bytes) -> bytes:
        return b"".join(bytes([len(part)]) + part for part in parts)

    seen = Sight(transcript=b"\x03" * 32)
    ya, yb = vector("ya"), vector("yb")
    channel = b"papo/1 password exchange" + seen.room + seen.device
    g = cpace._calculate_generator(seen.key, channel, seen.transcript)
    a, b = lv(x25519(ya, g), b"host"), lv(x25519(yb, g), b"member")
    k = x25519(ya, x25519(yb, g))
    isk = hashlib.sha512(lv(b"CPace255_ISK", seen.transcript, k) + a + b).digest()
    mac_key = hashlib.sha512(b"CPaceMac" + seen.transcript + isk).digest()

    scalars(ya, yb)
    host, member = seen.host(), seen.member()
    assert host.share == x25519(ya, g)
    share, tag = member.answer(host.share)
    assert share == x25519(yb, g)
    assert tag == hmac.digest(mac_key, b, "sha512")
    assert host.check(share, tag) == hmac.digest(mac_key, a, "sha512")


@pytest.mark.parametrize("name", VECTORS["low_order_points"])
def test_low_order_points_are_refused_as_the_draft_says(name: str) -> None:
    point, product = map(bytes.fromhex, VECTORS["low_order_points"][name].values())
    if any(product):  # of low order only to those who forget to clear bit 255
        assert cpace._scalar_mult_vfy(vector("low_order_scalar"), point) == product
        Sight().member().answer(point)
    else:
        with pytest.raises(WrongPassword):
            Sight().member().answer(point)
        with pytest.raises(WrongPassword):
            Sight().host().check(point, bytes(TAG_BYTES))


# The key in place of the password.


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("maçã", "mac\u0327a\u0303"),  # NFC
        ("dois\u00a0três", "dois três"),
        ("\u3000", " "),
        ("\u212b", "å".upper()),
    ],
)
def test_passwords_that_are_the_same_to_a_person_have_one_key(one: str, other: str) -> None:
    assert one != other
    assert password_key(one, ROOM) == password_key(other, ROOM)


@pytest.mark.parametrize("other", ["Segredo", "segredo ", "ｓegredo", "segred0"])
def test_other_passwords_have_other_keys(other: str) -> None:
    assert password_key(other, ROOM) != password_key("segredo", ROOM)


def test_key_is_good_for_one_room() -> None:
    assert password_key("segredo", ROOM) != password_key("segredo", bytes(32))
    with pytest.raises(ValueError, match="32 bytes"):
        password_key("segredo", b"")


def test_key_stays_what_it_was_in_earlier_versions() -> None:
    """Hosts have it on their disks."""
    expected = hashlib.scrypt(
        "maçã verde".encode(), salt=b"papo/1 password key" + ROOM, n=4096, r=8, p=1, dklen=32
    )
    assert password_key("mac\u0327a\u0303\u2003verde", ROOM) == expected


@pytest.mark.parametrize(
    ("password", "problem"),
    [
        ("", PasswordProblem.EMPTY),
        ("x" * (MAX_PASSWORD + 1), PasswordProblem.TOO_LONG),
        ("e\u0301" * (MAX_PASSWORD + 1), PasswordProblem.TOO_LONG),
        ("x" * 1_000_000, PasswordProblem.TOO_LONG),
        ("line\nline", PasswordProblem.NOT_ALLOWED),
        ("\u202esecret", PasswordProblem.NOT_ALLOWED),
        ("\ud800", PasswordProblem.NOT_ALLOWED),
        ("\u0378", PasswordProblem.NOT_ALLOWED),
    ],
)
def test_what_cannot_be_a_password_is_refused(password: str, problem: PasswordProblem) -> None:
    with pytest.raises(PasswordRefused) as refused:
        password_key(password, ROOM)
    assert refused.value.problem is problem


def test_longest_password_may_be_typed_in_decomposed_letters() -> None:
    assert password_key("e\u0301" * MAX_PASSWORD, ROOM) == password_key("é" * MAX_PASSWORD, ROOM)


def test_refusal_does_not_tell_the_password_to_a_log() -> None:
    with pytest.raises(PasswordRefused) as refused:
        password_key("hunter2\n", ROOM)
    assert refused.value.__context__ is None
    assert "hunter2" not in "".join(traceback.format_exception_only(refused.value))


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(), max_size=40))
def test_any_text_is_a_password_or_refused(text: str) -> None:
    try:
        key = password_key(text, ROOM)
    except PasswordRefused:
        return
    assert len(key) == 32
