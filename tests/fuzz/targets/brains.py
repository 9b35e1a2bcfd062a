"""What knows no Qt and no socket: framing, codec, state table, names, invites, proof, TLS, the room."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import msgspec
from hypothesis import strategies as st

from app.protocol import limits
from app.protocol import messages as m
from app.protocol.codec import decode_from_host, decode_from_member, encode
from app.protocol.errors import MalformedMessage, PeerError
from app.protocol.framing import FrameDecoder, encode_frame
from app.protocol.names import (
    NameRefused,
    clean_line,
    clean_nickname,
    clean_room_name,
    nickname_key,
)
from app.protocol.state import FROM_HOST, FROM_MEMBER, Phase
from app.protocol.wire import Side, Wire
from app.room.effects import Announce, Broadcast, Close, Effect, Send
from app.room.log import Log
from app.room.room import Room
from app.room.settings import RoomSettings
from app.security import proof
from app.security.channel import Channel, ChannelError, member_context
from app.security.finding import find_target
from app.security.invite import InvalidTarget, Invite, parse_target
from tests.fuzz.engine import Run, Target
from tests.fuzz.inputs import (
    Case,
    Cases,
    Types,
    allowed,
    bodies,
    frame,
    in_phases,
    led_by,
    one,
    one_byte_wrong,
    streams,
    valid,
)
from tests.helpers import messages as made
from tests.helpers.corpus import own_strings
from tests.helpers.pair import FINGERPRINT, Pair, device


@contextmanager
def _alone(run: Run) -> Iterator[Run]:
    yield run


def _target(name: str, cases: Cases, run: Run, examples: int) -> Target:
    return Target(name, cases, lambda: _alone(run), examples)


# --- bytes to messages ----------------------------------------------------------------------------


def _framing(case: Case) -> None:
    """Cut anywhere, the frames are the same; and no more than one frame is ever held."""
    whole = b"".join(case)
    assert _frames([whole]) == _frames(list(case))


def _frames(chunks: list[bytes]) -> tuple[list[bytes], str]:
    decoder = FrameDecoder(limits.MAX_FRAME)
    found: list[bytes] = []
    try:
        for chunk in chunks:
            decoder.feed(chunk)
            found += decoder.frames()
            assert decoder.held <= limits.MAX_FRAME + 4
    except PeerError as error:
        return [], error.refusal
    return found, ""


def _codec(case: Case) -> None:
    """What decodes is what it says when encoded again; all else is the peer's fault."""
    for decode in (decode_from_member, decode_from_host):
        try:
            message = decode(case[0])
        except MalformedMessage:
            continue
        again = msgspec.msgpack.decode(encode(message), type=type(message))
        assert repr(again) == repr(message)


_PHASES = [f"{side.name} {phase.name}".encode() for side in Side for phase in Phase]


def _of_side(side: Side) -> Callable[[Case], Case]:
    return lambda case: (f"{side.name} {case[0].decode()}".encode(), *case[1:])


def _wire(case: Case) -> None:
    """Only a PeerError, only messages that the table allows."""
    try:
        side_name, phase_name = case[0].decode().split()
        side, phase = Side[side_name], Phase[phase_name]
    except (ValueError, KeyError, UnicodeDecodeError, IndexError):
        return
    pair = Pair().reach(phase)
    wire, table = (pair.host, FROM_MEMBER) if side is Side.HOST else (pair.member, FROM_HOST)
    with contextlib.suppress(PeerError):
        for chunk in case[1:]:
            before = wire.phase
            for message in wire.receive(chunk):
                assert before in table[type(message)].phases
                before = wire.phase


def _tls(case: Case) -> None:
    """Bytes that are no TLS raise a ChannelError, whichever side they come to."""
    member = Channel(member_context(), server_side=False)
    with contextlib.suppress(ChannelError):
        for chunk in case:
            assert member.receive(chunk) == b""
            member.outgoing()


def _prove(case: Case) -> None:
    """A proof that nobody made is none."""
    key, signature = case[0], case[1]
    message = m.Prove(device_key=key, signature=signature)
    assert proof.check(message, b"hello", b"host hello", FINGERPRINT) is None


# --- text -----------------------------------------------------------------------------------------


def _text(case: Case) -> str:
    return case[0].decode("utf-8", "surrogatepass")


def _names(case: Case) -> None:
    """Refused, or clean; what is clean stays as it is."""
    try:
        text = _text(case)
    except UnicodeDecodeError:
        return
    for clean in (clean_nickname, clean_room_name):
        with contextlib.suppress(NameRefused):
            shown = clean(text)
            assert clean(shown) == shown
            assert 0 < len(shown) <= max(limits.MAX_NICKNAME, limits.MAX_ROOM_NAME)
            assert shown.isprintable() or any(ord(char) > 0x7F for char in shown)
    with contextlib.suppress(NameRefused):
        assert nickname_key(text) == nickname_key(clean_nickname(text))
    with contextlib.suppress(NameRefused):
        line = clean_line(text, limits.MAX_TOPIC)
        assert clean_line(line, limits.MAX_TOPIC) == line
        line.encode()


def _invite(case: Case) -> None:
    """An address, an invite that says the same once more, or InvalidTarget."""
    try:
        text = _text(case)
    except UnicodeDecodeError:
        return
    with contextlib.suppress(InvalidTarget):
        found = find_target(text)
        assert find_target(found.link() if isinstance(found, Invite) else str(found)) == found
    try:
        target = parse_target(text)
    except InvalidTarget:
        return
    if isinstance(target, Invite):
        again = parse_target(target.link())
        assert isinstance(again, Invite)
        assert again.fingerprint == target.fingerprint
        assert again.addresses[0] == target.addresses[0]
        assert again.room == target.room
    else:
        assert parse_target(str(target)) == target


_LINK = (
    b"papo://192.168.1.20:9090/?room=Hack+Night&fp=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
    b"&also=10.0.0.4:9090&also=[fe80::1%25eth0]:9091"
)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


_ANY_TEXT = st.text(st.characters(), max_size=80).map(_encoded)
_HOSTILE_TEXT = st.sampled_from(own_strings()).map(_encoded)
_TWO_TEXTS = st.builds(lambda a, b: a + b, _HOSTILE_TEXT, _ANY_TEXT)
_TEXTS = _ANY_TEXT | _HOSTILE_TEXT | _TWO_TEXTS
_TARGETS = st.one_of(
    one_byte_wrong(st.just(_LINK)),
    one_byte_wrong(one_byte_wrong(st.just(_LINK))),
    st.builds(lambda text: _LINK.replace(b"Hack+Night", text), _TEXTS),
    st.builds(lambda text: _LINK.replace(b"192.168.1.20:9090", text), _TEXTS),
    one_byte_wrong(st.sampled_from([b"[fe80::1%eth0]:9090", b"m\xc3\xbcller.local:80", b"0x7f.1"])),
    _TEXTS,
    st.integers(1, 5000).map(lambda size: b"papo://" + b"a." * size),
)


# --- the room -------------------------------------------------------------------------------------

_LINKS = 4
_OPS = ["say", "drop", "behind", "caught up", "tick", "settle", "settle", "come"]


class _Hosting:
    """A host without a network: a room, and the wires of a few links."""

    def __init__(self) -> None:
        self.room = Room(RoomSettings(name="Room", max_members=3), Log.open(None).value)
        self.wires: dict[int, Wire] = {}
        self.now = 1_700_000_000_000
        self._next = 0
        for number in range(_LINKS):
            self.come(number, local=number == 0)

    def come(self, number: int, *, local: bool = False) -> None:
        """Let a link come as far as its proof."""
        if number not in self.wires:
            pair = Pair().reach(Phase.JOIN)
            self.wires[number] = pair.host
            self.room.admit(number, device(f"device {number % 3}").id, "10.0.0.1", local=local)
            if number < 2:
                self.hear(number, encode_frame(encode(m.Join(nick=f"member {number}"))))

    def hear(self, number: int, data: bytes) -> None:
        wire = self.wires.get(number)
        if wire is None:
            return
        try:
            for message in wire.receive(data):
                if not isinstance(message, m.Ping | m.Pong):
                    self.carry_out(self.room.handle(number, message, self.now))
        except PeerError:
            self.drop(number)
            return
        if wire.phase is Phase.CLOSED:
            self.drop(number)

    def drop(self, number: int) -> None:
        if self.wires.pop(number, None) is not None:
            self.carry_out(self.room.drop(number, self.now))

    def carry_out(self, effects: list[Effect]) -> None:
        """Say it on the wires, which refuse what may not be said, or is too long for a frame."""
        for effect in effects:
            if isinstance(effect, Send):
                if (wire := self.wires.get(effect.link)) and wire.phase is not Phase.CLOSED:
                    wire.send(effect.message)
            elif isinstance(effect, Broadcast):
                self._tell_all(effect.message)
            elif isinstance(effect, Announce):
                self._tell_all(m.Presence(changes=(effect.change,)))
            elif isinstance(effect, Close) and (wire := self.wires.pop(effect.link, None)):
                wire.send(m.Closed(code=effect.refusal))

    def _tell_all(self, message: m.AnyMessage) -> None:
        for number, wire in self.wires.items():
            if self.room.member_on(number) is not None:
                wire.send(message)

    def do(self, op: str, number: int, data: bytes) -> None:
        self.now += 700
        room = self.room
        if op == "say":
            self.hear(number, data)
        elif op == "drop":
            self.drop(number)
        elif op == "behind":
            self.carry_out(room.fall_behind(number))
        elif op == "caught up":
            self.carry_out(room.catch_up(number))
        elif op == "tick":
            self.carry_out(room.tick(self.now))
        elif op == "settle":
            self.carry_out(room.settle(self.now))
        else:
            self.come(number)


def _room(case: Case) -> None:
    """Whatever members say: only messages that the table allows go out, each within a frame."""
    host = _Hosting()
    for part in case:
        if len(part) >= 2:
            host.do(_OPS[part[0] % len(_OPS)], part[1] % _LINKS, part[2:])
    host.carry_out(host.room.settle(host.now))
    host.carry_out(host.room.close())
    host.room.log.close()


_WISHES: Types = (m.Join, *allowed(FROM_MEMBER, Phase.JOINED), m.Leave, m.Closed)


def _steps(
    ops: list[int], links: list[int], said: st.SearchStrategy[bytes]
) -> st.SearchStrategy[bytes]:
    return st.builds(
        lambda op, link, body: bytes([op, link]) + frame(body),
        st.sampled_from(ops),
        st.sampled_from(links),
        said,
    )


_SAY = [_OPS.index("say")]
_EVERY_OP = list(range(len(_OPS)))
_STEPS = st.one_of(
    # Those who are in speak, those at the door ask to come in, and anything may happen.
    _steps(_SAY, [0, 1], valid(allowed(FROM_MEMBER, Phase.JOINED))),
    _steps(_SAY, [0, 1], valid(allowed(FROM_MEMBER, Phase.JOINED))),
    _steps(_SAY, [2, 3], valid((m.Join,))),
    _steps(_EVERY_OP, [0, 1, 2, 3], st.just(b"")),
    _steps(_SAY, [0, 1, 2, 3], bodies(_WISHES)),
)

_TALK = st.one_of(
    [
        in_phases(table, [phase]).map(_of_side(side))
        for side, table in ((Side.HOST, FROM_MEMBER), (Side.MEMBER, FROM_HOST))
        for phase in Phase
    ]
)

_KEYS = st.binary(min_size=65, max_size=65) | st.binary(min_size=64, max_size=64).map(
    lambda point: b"\x04" + point
)


def _record(kind: bytes, data: bytes) -> bytes:
    """Return a TLS record (RFC 8446, 5.1)."""
    return kind + b"\x03\x03" + len(data).to_bytes(2, "big") + data


_TLS = st.one_of(
    st.binary(max_size=200),
    st.builds(
        _record, st.sampled_from([b"\x14", b"\x15", b"\x16", b"\x17"]), st.binary(max_size=300)
    ),
    # A ServerHello of some kind.
    st.binary(max_size=200).map(
        lambda data: _record(b"\x16", b"\x02" + len(data).to_bytes(3, "big") + data)
    ),
)

TARGETS = (
    _target("framing", streams(made.ALL).map(tuple), _framing, 150),
    _target("codec", one(bodies(made.ALL)), _codec, 400),
    _target("wire", led_by(st.sampled_from(_PHASES), streams(made.ALL)), _wire, 80),
    _target("talk", _TALK, _wire, 80),
    _target("tls", st.lists(_TLS, max_size=4).map(tuple), _tls, 100),
    _target(
        "proof",
        st.tuples(_KEYS | st.just(device("ana").public), st.binary(max_size=128)),
        _prove,
        100,
    ),
    _target("names", one(_TEXTS), _names, 250),
    _target("invite", one(_TARGETS), _invite, 300),
    _target("room", st.lists(_STEPS, max_size=24).map(tuple), _room, 60),
)
