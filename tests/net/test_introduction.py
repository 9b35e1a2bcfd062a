"""Whatever an unknown host says, in any order: it hears the nickname only once it proved itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.net.introduction import Identity, Introduction, Stop
from app.protocol import messages as m
from app.protocol.codec import encode
from app.protocol.errors import PeerError
from app.protocol.framing import encode_frame
from app.protocol.wire import Side, Wire
from app.security import proof
from app.security.invite import Address
from app.security.password import HostExchange, password_key
from app.security.trust import KnownRooms
from app.session.connection import Phase, Problem, Verified
from tests.helpers.pair import FINGERPRINT, NONCE, device

PASSWORD = "uma senha só nossa"  # noqa: S105 - of a test
HERE = Address("127.0.0.1", 9090)

_POINTS = st.just((9).to_bytes(32, "little")) | st.binary(min_size=32, max_size=32)
_STEPS = st.one_of(
    st.builds(
        m.HostHello,
        version=st.sampled_from([1, 1, 1, 0, 2]),
        nonce=st.just(NONCE),
        room=st.just("Lab"),
        password=st.booleans(),
    ),
    st.just(m.Trusted()),
    st.builds(m.Challenge, share=_POINTS),
    st.builds(m.Confirmed, confirmation=st.binary(min_size=64, max_size=64)),
)


def introduction(*, accept_new: bool = True) -> Introduction:
    """Return one that knows no room, and a password."""
    known = KnownRooms(Path("never-written"))
    made = Introduction(HERE, Identity(device("tom"), known), accept_new=accept_new, can_ask=False)
    made.password.give(PASSWORD)
    return made


def greeted() -> Wire:
    wire = Wire(Side.MEMBER)
    wire.send(m.ClientHello(min_version=1, max_version=1))
    return wire


def hear(made: Introduction, wire: Wire, message: m.AnyMessage) -> list[m.AnyMessage] | Stop:
    """Let it hear a message as it travels; return what it says to that."""
    (heard,) = wire.receive(encode_frame(encode(message)))
    assert isinstance(heard, m.HostHello | m.Trusted | m.Challenge | m.Confirmed)
    step = made.take(heard, wire, m.Join(nick="Tom"))
    if not isinstance(step, Stop):
        for said in step:
            wire.send(said)
    return step


@settings(max_examples=150, deadline=None)
@given(st.lists(_STEPS, max_size=5))
def test_unknown_host_that_does_not_know_the_password_never_hears_the_nickname(
    messages: list[m.AnyMessage],
) -> None:
    made, wire = introduction(), greeted()
    assert made.look(HERE, FINGERPRINT) is None
    for message in messages:
        try:
            step = hear(made, wire, message)
        except PeerError:
            return
        if isinstance(step, Stop):
            return
        assert not any(isinstance(said, m.Join) for said in step)
        assert made.vouching.verified is Verified.NOT_YET


def test_host_that_knows_the_password_hears_the_nickname_last() -> None:
    made, wire = introduction(), greeted()
    assert made.look(HERE, FINGERPRINT) is None
    hello = m.HostHello(version=1, nonce=NONCE, room="Lab", password=True)
    said = hear(made, wire, hello)
    assert isinstance(said, list)
    assert [type(message) for message in said] == [m.Prove]
    host = HostExchange(
        password_key(PASSWORD, FINGERPRINT),
        transcript=proof.transcript(wire.client_hello, wire.host_hello, FINGERPRINT),
        room=FINGERPRINT,
        device=device("tom").public,
    )
    said = hear(made, wire, m.Challenge(share=host.share))
    assert isinstance(said, list)
    (response,) = said
    assert isinstance(response, m.Response)
    tag = host.check(response.share, response.confirmation)
    assert hear(made, wire, m.Confirmed(confirmation=tag)) == [m.Join(nick="Tom")]
    assert made.vouching.verified is Verified.PASSWORD


@pytest.mark.parametrize("accept_new", [True, False])
def test_without_a_password_an_unknown_host_is_taken_only_where_that_was_said(
    accept_new: bool,
) -> None:
    made = introduction(accept_new=accept_new)
    made.password.forget()
    stop = None if accept_new else Stop(Phase.STOPPED, Problem.UNKNOWN_HOST)
    assert made.look(HERE, FINGERPRINT) == stop


def test_once_something_vouches_for_a_host_no_other_is_taken() -> None:
    made = introduction()
    made.look(HERE, FINGERPRINT)
    made.vouching.accept()
    stop = made.look(HERE, bytes(32))
    assert stop == Stop(Phase.CHANGED, Problem.WRONG_HOST, expected=FINGERPRINT)
    assert made.look(HERE, FINGERPRINT) is None
