"""What is thrown at a target: valid messages, messages that are wrong in one field, and plain bytes.

A case is a tuple of byte strings, whatever the target: so every failure can be shown, kept in a file
and replayed. Conversations are mostly valid, since what refuses the first byte is never looked into.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec
from hypothesis import strategies as st

from app.protocol import limits
from app.protocol import messages as m
from app.protocol.codec import encode
from app.protocol.framing import HEADER
from app.protocol.state import Phase, Rule
from tests.helpers import messages as made
from tests.helpers.corpus import own_strings

Case = tuple[bytes, ...]
Cases = st.SearchStrategy[Case]

_DEEP = 400
"""Containers in containers: more than any decoder's recursion should follow."""

EXTREMES: st.SearchStrategy[Any] = st.sampled_from(
    [
        *(0, 1, -1, 255, 256, 2**31 - 1, 2**31, -(2**31) - 1, 2**53 - 1, 2**53, 2**63 - 1, 2**63),
        *(2**64 - 1, -(2**63), 8_640_000_000_000_001),
        *(0.0, -0.0, 1e308, float("inf"), float("-inf"), float("nan")),
        *("", " ", "\0", "\n", "a" * 600, "\U0001f600" * 400, "a" * 20_000, "\u0301" * 900),
        *(b"", bytes(15), bytes(16), bytes(17), bytes(32), bytes(65), bytes(5000)),
        *(None, True, False, [], {}, [[]], {"t": "say"}, {1: 2}),
    ]
) | st.sampled_from(own_strings())

_HOSTILE_BODIES = st.sampled_from(
    [
        b"",
        b"\xc1",
        b"\x91" * _DEEP + b"\xc0",
        b"\x91" * 1000,
        b"\x81\xa1a" * _DEEP + b"\xc0",
        b"\xdf\xff\xff\xff\xff",  # a map of four thousand million entries
        b"\xdd\xff\xff\xff\xff",  # an array
        b"\xc6\xff\xff\xff\xff",  # bytes
        b"\xdb\xff\xff\xff\xff",  # a string
        b"\x81\xa1t\xdb\xff\xff\xff\xff",
        b"\xd6\xff\x00\x00\x00\x00",  # a time stamp
        b"\xc7\x0c\xff" + bytes(12),
        b"\x81\xa1t\xa4ping" * 2,
        b"\x82\xa1t\xa4ping\xa1t\xa4pong",
    ]
)


def frame(body: bytes) -> bytes:
    """Return `body` as a frame, whatever its length."""
    return len(body).to_bytes(HEADER, "big") + body


@st.composite
def altered(draw: st.DrawFn, value: Any) -> Any:
    """Return `value` with one part of it, anywhere in it, replaced, dropped, doubled or added."""
    if value and draw(st.integers(0, 4)):
        if isinstance(value, dict):
            return draw(_altered_map(value))
        if isinstance(value, list):
            return draw(_altered_list(value))
        if isinstance(value, str | bytes) and draw(st.booleans()):
            return value[: draw(st.integers(0, len(value)))]
    return draw(EXTREMES)


@st.composite
def _altered_map(draw: st.DrawFn, value: dict[Any, Any]) -> dict[Any, Any]:
    chosen = draw(st.sampled_from(sorted(value, key=str)))
    how = draw(st.sampled_from(["within", "within", "drop", "add", "key"]))
    if how == "within":
        return {**value, chosen: draw(altered(value[chosen]))}
    if how == "add":
        return {**value, "later": draw(EXTREMES)}
    rest = {key: one for key, one in value.items() if key != chosen}
    return rest if how == "drop" else {**rest, draw(EXTREMES_AS_KEYS): value[chosen]}


@st.composite
def _altered_list(draw: st.DrawFn, value: list[Any]) -> list[Any]:
    place = draw(st.integers(0, len(value) - 1))
    how = draw(st.sampled_from(["within", "within", "drop", "double"]))
    if how == "double":
        return [*value, value[place]]
    within = [draw(altered(value[place]))] if how == "within" else []
    return [*value[:place], *within, *value[place + 1 :]]


EXTREMES_AS_KEYS = st.sampled_from(["", "t", "\0", "x" * 300, 0, 2**63])


def narrowed(value: Any) -> Any:
    """Return `value` with its numbers and ids small, so that messages speak of the same things."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return value % 12
    if isinstance(value, bytes) and len(value) in {16, 32}:
        return bytes(len(value) - 1) + bytes([value[-1] % 4])
    if isinstance(value, dict):
        return {narrowed(key): narrowed(one) for key, one in value.items()}
    if isinstance(value, list):
        return [narrowed(one) for one in value]
    return value


def _narrow(message: m.AnyMessage) -> bytes:
    body = msgspec.msgpack.encode(narrowed(made.raw(message)))
    try:
        msgspec.msgpack.decode(body, type=type(message))
    except msgspec.ValidationError:
        return encode(message)
    return body


@st.composite
def _one_field_wrong(draw: st.DrawFn, types: tuple[type[m.Message], ...]) -> bytes:
    value = narrowed(made.raw(draw(made.any_of(types))))
    return _packed(draw(altered(value)))


def _packed(value: Any) -> bytes:
    """Return `value` as MessagePack, half surrogate pairs as the bytes that no UTF-8 may hold."""
    try:
        return msgspec.msgpack.encode(value)
    except UnicodeEncodeError:
        body = msgspec.msgpack.encode(_with_stand_ins(value))
        return body.replace(_STAND_IN.encode(), b"\xed\xa0\x80")


_STAND_IN = "\ufffc"


def _with_stand_ins(value: Any) -> Any:
    if isinstance(value, str):
        return re.sub("[\ud800-\udfff]", _STAND_IN, value)
    if isinstance(value, dict):
        return {_with_stand_ins(key): _with_stand_ins(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_with_stand_ins(one) for one in value]
    return value


@st.composite
def one_byte_wrong(draw: st.DrawFn, whole: st.SearchStrategy[bytes]) -> bytes:
    """Return something of `whole` with a stretch of it replaced."""
    data = draw(whole)
    start = draw(st.integers(0, len(data)))
    end = min(len(data), start + draw(st.integers(0, 4)))
    return data[:start] + draw(st.binary(max_size=6)) + data[end:]


def valid(types: tuple[type[m.Message], ...]) -> st.SearchStrategy[bytes]:
    """Return bodies that are messages of these types."""
    return made.any_of(types).map(_narrow) | made.any_of(types).map(encode)


def bodies(types: tuple[type[m.Message], ...]) -> st.SearchStrategy[bytes]:
    """Return bodies of frames: half of them valid messages of these types."""
    return st.one_of(
        valid(types),
        valid(types),
        _one_field_wrong(types),
        one_byte_wrong(valid(types)),
        made.any_of().map(encode),
        _HOSTILE_BODIES,
        st.binary(max_size=60),
    )


Types = tuple[type[m.Message], ...]


def allowed(table: dict[type[m.Message], Rule], phase: Phase) -> Types:
    """Return what may be said in a phase and leaves the link as it is."""
    kinds = {kind for kind, rule in table.items() if phase in rule.phases}
    return tuple(sorted(kinds - {m.Leave, m.Closed}, key=lambda kind: kind.__name__))


def conversations(
    table: dict[type[m.Message], Rule], phase: Phase
) -> st.SearchStrategy[list[bytes]]:
    """Return what somebody says in that phase: all is well for a while, and then it is not."""
    kinds = allowed(table, phase)
    if not kinds:
        return streams(tuple(table))
    said = valid(kinds).map(frame)
    # Left to itself, a list is short: a long talk is as likely as a word.
    well = st.integers(0, 12).flatmap(lambda size: st.lists(said, min_size=size, max_size=size))
    return st.builds(lambda first, then: first + then, well, st.just([]) | streams(tuple(table)))


def readable(types: tuple[type[m.Message], ...]) -> st.SearchStrategy[bytes]:
    """Return bodies that mostly decode: for what stands behind the codec."""
    return valid(types) | valid(types) | valid(types) | _one_field_wrong(types)


def streams(types: tuple[type[m.Message], ...]) -> st.SearchStrategy[list[bytes]]:
    """Return what comes out of a socket: frames, whole or cut, with lying lengths, and garbage."""
    whole = bodies(types).map(frame)
    lying = st.builds(
        lambda length, body: length.to_bytes(HEADER, "big") + body,
        st.sampled_from(
            [
                0,
                1,
                limits.MAX_FRAME_BEFORE_JOIN + 1,
                limits.MAX_FRAME,
                limits.MAX_FRAME + 1,
                2**32 - 1,
            ]
        ),
        st.binary(max_size=20),
    )
    several = st.lists(whole, min_size=2, max_size=4).map(b"".join)
    pieces = st.one_of(whole, whole, whole, several, lying, st.binary(max_size=60))
    cut = st.builds(
        lambda data, place: [data[: place % (len(data) + 1)], data[place % (len(data) + 1) :]],
        pieces,
        st.integers(0, 5000),
    )
    parts = st.lists(pieces.map(lambda data: [data]) | cut, max_size=8)
    return parts.map(lambda lists: [data for part in lists for data in part])


def in_phases(table: dict[type[m.Message], Rule], phases: list[Phase]) -> Cases:
    """Return conversations, each led by the name of the phase that it is for."""
    return st.one_of(
        [led_by(st.just(phase.name.encode()), conversations(table, phase)) for phase in phases]
    )


def led_by(first: st.SearchStrategy[bytes], rest: st.SearchStrategy[list[bytes]]) -> Cases:
    """Return cases whose first part says where the others go."""
    return st.builds(lambda head, tail: (head, *tail), first, rest)


def one(parts: st.SearchStrategy[bytes]) -> Cases:
    """Return cases of a single part."""
    return parts.map(lambda data: (data,))
