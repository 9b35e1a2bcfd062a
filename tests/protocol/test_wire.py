"""A link takes each message in its own phase alone, and nothing a peer sends is more than a refusal."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.protocol import limits
from app.protocol import messages as m
from app.protocol.codec import encode
from app.protocol.errors import (
    FrameTooLarge,
    InvalidState,
    MalformedMessage,
    PeerError,
    Refusal,
    UnexpectedMessage,
)
from app.protocol.framing import HEADER, encode_frame
from app.protocol.state import FROM_HOST, FROM_MEMBER, Phase
from app.protocol.wire import Side, Wire
from tests.helpers import messages as made
from tests.helpers.pair import FINGERPRINT, Pair

OPEN = [phase for phase in Phase if phase is not Phase.CLOSED]

wrong_from_member = [
    (phase, kind)
    for kind, rule in FROM_MEMBER.items()
    for phase in Phase
    if phase not in rule.phases
]
wrong_from_host = [
    (phase, kind) for kind, rule in FROM_HOST.items() for phase in Phase if phase not in rule.phases
]


def frame(message: m.AnyMessage) -> bytes:
    return encode_frame(encode(message))


# --- the way in -----------------------------------------------------------------------------


def test_handshake_leads_into_the_room_and_proves_the_device() -> None:
    pair = Pair(nick="ana")
    pair.handshake()
    assert pair.host.phase is Phase.JOINED
    assert pair.member.phase is Phase.JOINED
    assert pair.proved == pair.device.id


def test_both_sides_keep_the_hellos_as_they_travelled() -> None:
    pair = Pair().reach(Phase.PROOF)
    assert pair.host.client_hello == pair.member.client_hello != b""
    assert pair.host.host_hello == pair.member.host_hello != b""


def test_hello_is_kept_byte_by_byte_not_encoded_anew() -> None:
    body = b"\x84\xa1t\xa5hello\xabmin_version\xcd\x00\x01\xabmax_version\x01\xa5later\xc0"
    host = Wire(Side.HOST)
    (hello,) = host.receive(encode_frame(body))
    assert hello == m.ClientHello(min_version=1, max_version=1)
    assert host.client_hello == body


def test_proof_given_to_a_man_in_the_middle_is_worthless_at_the_true_room() -> None:
    pair = Pair()
    pair.certificate_seen = bytes(32)
    assert pair.certificate_seen != FINGERPRINT
    pair.reach(Phase.JOIN)
    assert pair.proved is None


def test_refused_nickname_leaves_the_link_for_another_one() -> None:
    pair = Pair().reach(Phase.JOINING)
    pair.to_member(m.Rejected(code=Refusal.NICKNAME_TAKEN))
    assert pair.host.phase is pair.member.phase is Phase.JOIN
    assert pair.to_host(m.Join(nick="ana2")) == [m.Join(nick="ana2")]
    pair.handshake()


def test_refused_wish_in_the_room_changes_no_phase() -> None:
    pair = Pair().reach(Phase.JOINED)
    pair.to_member(m.Rejected(code=Refusal.TEXT_EMPTY, cid=bytes(16)))
    assert pair.host.phase is pair.member.phase is Phase.JOINED


def test_proof_and_nickname_may_come_in_one_piece() -> None:
    pair = Pair().reach(Phase.PROOF)
    proof = made.least(m.Prove)
    data = pair.member.send(proof) + pair.member.send(m.Join(nick="ana"))
    assert list(pair.host.receive(data)) == [proof, m.Join(nick="ana")]


@pytest.mark.parametrize("phase", [Phase.JOIN, Phase.JOINING, Phase.JOINED])
def test_heartbeats_pass_both_ways_once_the_device_is_known(phase: Phase) -> None:
    pair = Pair().reach(phase)
    for message in (m.Ping(), m.Pong()):
        assert pair.to_host(message) == [message]
        assert pair.to_member(message) == [message]
    assert pair.host.phase is pair.member.phase is phase


# --- the wrong moment -----------------------------------------------------------------------


@pytest.mark.parametrize(("phase", "kind"), wrong_from_member)
def test_message_of_a_member_in_a_wrong_phase_is_refused(
    phase: Phase, kind: type[m.Message]
) -> None:
    pair = Pair().reach(phase)
    with pytest.raises(InvalidState):
        pair.member.send(made.least(kind))
    assert pair.member.phase is phase
    if phase is Phase.CLOSED:
        assert list(pair.host.receive(frame(made.least(kind)))) == []
        return
    with pytest.raises(UnexpectedMessage):
        list(pair.host.receive(frame(made.least(kind))))
    assert pair.host.phase is phase


@pytest.mark.parametrize(("phase", "kind"), wrong_from_host)
def test_message_of_a_host_in_a_wrong_phase_is_refused(phase: Phase, kind: type[m.Message]) -> None:
    pair = Pair().reach(phase)
    with pytest.raises(InvalidState):
        pair.host.send(made.least(kind))
    assert pair.host.phase is phase
    if phase is Phase.CLOSED:
        assert list(pair.member.receive(frame(made.least(kind)))) == []
        return
    with pytest.raises(UnexpectedMessage):
        list(pair.member.receive(frame(made.least(kind))))
    assert pair.member.phase is phase


@pytest.mark.parametrize("phase", OPEN)
def test_last_word_is_taken_in_every_phase_from_either_side(phase: Phase) -> None:
    word = m.Closed(code=Refusal.TIMED_OUT)
    assert Pair().reach(phase).to_member(word) == [word]
    pair = Pair().reach(phase)
    assert pair.to_host(word) == [word]
    assert pair.host.phase is pair.member.phase is Phase.CLOSED


@pytest.mark.parametrize("rest", [frame(m.Ping()), b"\xff\xff\xff\xff", frame(m.Leave())[:3]])
def test_what_comes_after_the_last_word_is_dropped(rest: bytes) -> None:
    pair = Pair().reach(Phase.JOINED)
    word = m.Closed(code=Refusal.TIMED_OUT)
    assert list(pair.host.receive(frame(word) + rest)) == [word]
    assert list(pair.host.receive(rest)) == []


def test_nothing_more_is_read_once_our_own_last_word_is_said() -> None:
    pair = Pair().reach(Phase.JOINED)
    read = []
    for message in pair.host.receive(frame(m.Ping()) + b"\xff\xff\xff\xff"):
        read.append(message)
        pair.host.send(m.Closed(code=Refusal.ROOM_CLOSED))
    assert read == [m.Ping()]


# --- limits ---------------------------------------------------------------------------------


def header(length: int) -> bytes:
    return length.to_bytes(HEADER, "big")


@pytest.mark.parametrize("phase", [p for p in OPEN if p is not Phase.JOINED])
def test_host_takes_one_kib_a_frame_from_whoever_has_not_joined(phase: Phase) -> None:
    host = Pair().reach(phase).host
    assert list(host.receive(header(limits.MAX_FRAME_BEFORE_JOIN))) == []
    host = Pair().reach(phase).host
    with pytest.raises(FrameTooLarge):
        list(host.receive(header(limits.MAX_FRAME_BEFORE_JOIN + 1)))


def test_host_takes_64_kib_a_frame_from_a_member() -> None:
    host = Pair().reach(Phase.JOINED).host
    assert list(host.receive(header(limits.MAX_FRAME))) == []
    host = Pair().reach(Phase.JOINED).host
    with pytest.raises(FrameTooLarge):
        list(host.receive(header(limits.MAX_FRAME + 1)))


@pytest.mark.parametrize("phase", [p for p in OPEN if p not in {Phase.JOINING, Phase.JOINED}])
def test_member_takes_one_kib_a_frame_until_it_asks_to_join(phase: Phase) -> None:
    member = Pair().reach(phase).member
    with pytest.raises(FrameTooLarge):
        list(member.receive(header(limits.MAX_FRAME_BEFORE_JOIN + 1)))


def test_member_that_asked_to_join_takes_what_follows_in_the_same_chunk() -> None:
    pair = Pair().reach(Phase.JOINING)
    joined = m.Joined(
        member=1, room="Room", topic="", role="member", history="all", last_seq=0, members=1
    )
    roster = m.Roster(
        members=tuple(
            m.Member(number=number, nick="n" * 32, device=bytes(32))
            for number in range(limits.ROSTER_PAGE)
        )
    )
    data = pair.host.send(joined) + pair.host.send(roster)
    assert len(data) > 10 * limits.MAX_FRAME_BEFORE_JOIN
    assert list(pair.member.receive(data)) == [joined, roster]


def test_largest_names_fit_the_hellos_before_joining() -> None:
    hello = m.HostHello(
        version=65_535,
        nonce=bytes(32),
        room="\U0001f600" * (limits.MAX_ROOM_NAME_BYTES // 4),
        agent="\U0001f600" * limits.MAX_AGENT,
    )
    assert len(encode(hello)) <= limits.MAX_FRAME_BEFORE_JOIN
    join = m.Join(nick="\U0001f600" * limits.MAX_NICKNAME)
    assert len(encode(join)) <= limits.MAX_FRAME_BEFORE_JOIN


def test_largest_pages_of_members_and_changes_fit_a_frame() -> None:
    member = m.Member(
        number=2**53 - 1,
        nick="\U0001f600" * (limits.MAX_NICKNAME_BYTES // 4),
        device=bytes(32),
        role="moderator",
        away=True,
        slow=True,
    )
    roster = m.Roster(members=(member,) * limits.ROSTER_PAGE, more=True)
    came = m.Came(member=member, at=2**53)
    presence = m.Presence(changes=(came,) * limits.ROSTER_PAGE)
    assert len(encode(roster)) <= limits.MAX_FRAME
    assert len(encode(presence)) <= limits.MAX_FRAME


# --- whatever a peer sends ------------------------------------------------------------------


@made.unhurried
@given(st.sampled_from(list(Phase)), st.sampled_from(list(Side)), st.lists(st.binary(), max_size=5))
def test_any_bytes_in_any_phase_raise_only_a_peer_error(
    phase: Phase, side: Side, chunks: list[bytes]
) -> None:
    pair = Pair().reach(phase)
    wire = pair.host if side is Side.HOST else pair.member
    with contextlib.suppress(PeerError):
        for chunk in chunks:
            list(wire.receive(chunk))


@made.unhurried
@given(
    st.sampled_from(list(Phase)),
    st.sampled_from(list(Side)),
    st.lists(
        made.any_of().map(encode) | st.binary(max_size=60),
        max_size=4,
    ),
)
def test_any_frames_in_any_phase_raise_only_a_peer_error_and_keep_to_the_table(
    phase: Phase, side: Side, bodies: list[bytes]
) -> None:
    pair = Pair().reach(phase)
    wire, table = (pair.host, FROM_MEMBER) if side is Side.HOST else (pair.member, FROM_HOST)
    before = wire.phase
    with contextlib.suppress(PeerError):
        for message in wire.receive(b"".join(map(encode_frame, bodies))):
            assert before in table[type(message)].phases
            before = wire.phase


def test_malformed_message_is_told_from_an_unexpected_one() -> None:
    host = Wire(Side.HOST)
    with pytest.raises(MalformedMessage) as malformed:
        list(host.receive(frame(m.Roster(members=()))))
    assert malformed.value.refusal is Refusal.MALFORMED
    with pytest.raises(UnexpectedMessage) as unexpected:
        list(Wire(Side.HOST).receive(frame(m.Leave())))
    assert unexpected.value.refusal is Refusal.UNEXPECTED
