"""Messages travel and come back the same; whatever is no message is the peer's fault, no more."""

from __future__ import annotations

import contextlib
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.protocol import limits
from app.protocol import messages as m
from app.protocol.codec import decode_from_host, decode_from_member, encode, encode_json
from app.protocol.errors import MalformedMessage
from tests.helpers import messages as made

plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats()
    | st.text(max_size=8)
    | st.binary(max_size=40),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(max_size=6) | st.integers(0, 99), inner, max_size=4)
    ),
    max_leaves=12,
)


@made.unhurried
@given(made.any_of(made.FROM_MEMBER))
def test_member_message_comes_back_from_messagepack_and_json(message: m.FromMember) -> None:
    assert decode_from_member(encode(message)) == message
    assert msgspec.json.decode(encode_json(message), type=m.FromMember) == message


@made.unhurried
@given(made.any_of(made.FROM_HOST))
def test_host_message_comes_back_from_messagepack_and_json(message: m.FromHost) -> None:
    assert decode_from_host(encode(message)) == message
    assert msgspec.json.decode(encode_json(message), type=m.FromHost) == message


@pytest.mark.parametrize("kind", made.ALL)
def test_every_message_is_a_map_with_its_own_tag(kind: type[m.Message]) -> None:
    assert made.raw(made.least(kind))["t"] == made.tag_of(kind)
    assert sum(made.tag_of(other) == made.tag_of(kind) for other in made.ALL) == 1


@made.unhurried
@given(st.binary(max_size=400))
def test_random_bytes_raise_only_malformed_message(body: bytes) -> None:
    for decode in (decode_from_member, decode_from_host):
        with contextlib.suppress(MalformedMessage):
            decode(body)


@made.unhurried
@given(made.any_of(), st.data())
def test_damaged_messages_raise_only_malformed_message(
    message: m.AnyMessage, data: st.DataObject
) -> None:
    body = bytearray(encode(message))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(body) - 1))
        match data.draw(st.sampled_from(["change", "insert", "remove", "cut"])):
            case "change":
                body[place] = data.draw(st.integers(0, 255))
            case "insert":
                body[place:place] = data.draw(st.binary(min_size=1, max_size=9))
            case "remove" if len(body) > 1:
                del body[place]
            case _:
                del body[max(1, place) :]
    for decode in (decode_from_member, decode_from_host):
        with contextlib.suppress(MalformedMessage):
            decode(bytes(body))


@made.unhurried
@given(made.any_of(), st.data())
def test_fields_of_other_types_raise_only_malformed_message(
    message: m.AnyMessage, data: st.DataObject
) -> None:
    fields = made.raw(message)
    fields[data.draw(st.sampled_from(sorted(fields)))] = data.draw(plain)
    body = msgspec.msgpack.encode(fields)
    for decode in (decode_from_member, decode_from_host):
        with contextlib.suppress(MalformedMessage):
            decode(body)


@made.unhurried
@given(made.any_of(made.FROM_HOST), st.text(min_size=1, max_size=12), plain)
def test_fields_of_a_newer_peer_are_ignored(message: m.FromHost, name: str, value: Any) -> None:
    known = {field.encode_name for field in msgspec.structs.fields(type(message))} | {"t"}
    fields = made.raw(message) | ({name: value} if name not in known else {})
    assert decode_from_host(msgspec.msgpack.encode(fields)) == message


@pytest.mark.parametrize("kind", sorted(set(made.FROM_HOST) - set(made.FROM_MEMBER), key=str))
def test_what_only_hosts_say_is_malformed_from_a_member(kind: type[m.Message]) -> None:
    with pytest.raises(MalformedMessage):
        decode_from_member(encode(made.least(kind)))


@pytest.mark.parametrize("kind", sorted(set(made.FROM_MEMBER) - set(made.FROM_HOST), key=str))
def test_what_only_members_say_is_malformed_from_a_host(kind: type[m.Message]) -> None:
    with pytest.raises(MalformedMessage):
        decode_from_host(encode(made.least(kind)))


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"t": "no-such-message"},
        {"t": 1},
        {"t": None},
        {"t": "said"},
        {"t": "SAY", "cid": bytes(16), "text": "x"},
        {"cid": bytes(16), "text": "x"},
        {"t": "say", "cid": bytes(15), "text": "x"},
        {"t": "say", "cid": bytes(17), "text": "x"},
        {"t": "say", "cid": "a" * 16, "text": "x"},
        {"t": "say", "cid": bytes(16), "text": b"x"},
        {"t": "say", "cid": bytes(16)},
        {"t": "fetch", "after": -1, "until": 1},
        {"t": "fetch", "after": 0, "until": 2**53},
        {"t": "fetch", "after": 0, "until": 1, "limit": 0},
        {"t": "fetch", "after": 0, "until": 1, "limit": limits.MAX_PAGE + 1},
        {"t": "fetch", "after": 0.5, "until": 1},
        {"t": "hello", "min_version": 1, "max_version": 65_536},
        {"t": "search", "query": "x" * (limits.MAX_QUERY + 1)},
        {"t": "search", "query": "x", "limit": 0},
        {"t": "search", "query": "x", "limit": limits.MAX_FOUND + 1},
        {"t": "search", "query": "x", "before": -1},
        {"t": "typing", "active": 1},
        {"t": "set-away"},
        {"t": "set-colour", "colour": -2},
        {"t": "set-colour", "colour": 64},
        {"t": "join", "nick": "x", "colour": 1.5},
        {"t": "set-history", "history": "some"},
        {"t": "set-history", "history": "last", "count": -1},
        {"t": "set-history", "history": "last", "count": limits.MAX_HISTORY + 1},
    ],
    ids=str,
)
def test_wrong_tags_fields_and_bounds_are_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(MalformedMessage):
        decode_from_member(msgspec.msgpack.encode(fields))


@pytest.mark.parametrize("body", [b"", b"\xc0", b"\x90", b"\xa3say", b"\xc1", b"\x80\x80"])
def test_what_is_no_map_is_refused(body: bytes) -> None:
    with pytest.raises(MalformedMessage):
        decode_from_member(body)


def test_bytes_after_the_message_are_refused() -> None:
    with pytest.raises(MalformedMessage):
        decode_from_member(encode(m.Leave()) + b"\xc0")


def test_text_that_is_no_utf8_is_refused() -> None:
    body = encode(m.Say(cid=bytes(16), text="abc")).replace(b"abc", b"\xed\xa0\x80")
    with pytest.raises(MalformedMessage):
        decode_from_member(body)


@pytest.mark.parametrize("opening", [b"\x91", b"\x81\xa1x", b"\x81"])
@pytest.mark.parametrize("inside", [b"", b"\x82\xa1t\xa5leave\xa1x"])
def test_nesting_as_deep_as_a_frame_allows_is_refused(opening: bytes, inside: bytes) -> None:
    body = inside + opening * ((limits.MAX_FRAME - len(inside)) // len(opening))
    for decode in (decode_from_member, decode_from_host):
        with pytest.raises(MalformedMessage):
            decode(body)


def test_array_that_announces_more_than_there_is_costs_nothing() -> None:
    body = b"\x82\xa1t\xa6roster\xa7members\xdd\xff\xff\xff\xff"
    with pytest.raises(MalformedMessage):
        decode_from_host(body)


def test_seconds_may_come_as_a_whole_number() -> None:
    body = msgspec.msgpack.encode({"t": "slowed", "seconds": 2})
    assert decode_from_host(body) == m.Slowed(seconds=2.0)


def test_what_an_older_peer_leaves_out_has_its_default() -> None:
    member = {"number": 1, "nick": "ana", "device": bytes(32), "role": "member"}
    body = msgspec.msgpack.encode({"t": "roster", "members": [member]})
    ana = m.Member(number=1, nick="ana", device=bytes(32), away=False, slow=False)
    assert decode_from_host(body) == m.Roster(members=(ana,))


def test_bytes_travel_as_base64_in_json() -> None:
    assert encode_json(m.Acked(cid=b"\xff" * 16, seq=1)) == (
        b'{"t":"acked","cid":"/////////////////////w==","seq":1}'
    )


def test_roster_that_is_told_again_is_the_same_bytes_and_another_one_is_not() -> None:
    rosters = [
        m.Roster(members=(m.Member(number=number, nick="x", device=bytes(32)),))
        for number in range(200)
    ]
    for roster in (*rosters, *rosters):
        assert encode(roster) == msgspec.msgpack.encode(roster)
