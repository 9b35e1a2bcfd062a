"""What the Autobahn test suite asks of a WebSocket server, category by category.

Autobahn has its server echo whatever comes; a room does not, so what was understood is looked at
instead: the message of a text, the pongs, the good-bye. Its categories 12 and 13 are about
compression, which is not spoken, and 9 about sizes that are refused here (`test_wire.py`). Each case is
sent in one piece, frame by frame, and byte by byte.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable

import pytest
from wsproto.frame_protocol import CloseReason

from app.net.web.wire import WebWire
from app.protocol import limits
from app.protocol import messages as m
from app.protocol.errors import PeerError
from tests.net.web.test_wire import MASK, frame, joined, said_by

Frames = list[bytes]
Cut = Callable[[Frames], Iterable[bytes]]

TEXT, BYTES, CLOSE, PING, PONG = 1, 2, 8, 9, 10
MORE = 0

_HEAD = b'{"t":"say","cid":"AAAAAAAAAAAAAAAAAAAAAA==","text":"'
_TAIL = b'"}'


@pytest.fixture(
    params=[
        lambda frames: [b"".join(frames)],
        lambda frames: frames,
        lambda frames: [bytes((byte,)) for byte in b"".join(frames)],
    ],
    ids=["whole", "by frame", "by byte"],
)
def cut(request: pytest.FixtureRequest) -> Cut:
    """How the frames are cut on their way."""
    made: Cut = request.param
    return made


class Heard:
    """What a host made of some frames: texts, pongs in their order, and how it ended.

    `code` is the WebSocket's own number for it; None where the link goes on.
    """

    def __init__(self, wire: WebWire, pieces: Iterable[bytes]) -> None:
        self.texts: list[str] = []
        self.pongs: list[bytes] = []
        self.code: int | None = None
        self.wire = wire
        for piece in pieces:
            if not self._goes_on(piece):
                return

    def _goes_on(self, piece: bytes) -> bool:
        try:
            for message in self.wire.receive(piece):
                assert isinstance(message, m.Say)
                self.texts.append(message.text)
        except PeerError as error:
            _, end, _ = said_by(self.wire.send(m.Closed(code=error.refusal)))
            assert end is not None
            self.code = end.code
            return False
        replies, self.wire.replies = bytes(self.wire.replies), bytearray()
        _, end, pongs = said_by(replies)
        self.pongs += pongs
        if end is not None:
            self.code = end.code
        return end is None


def hear(cut: Cut, *frames: bytes) -> Heard:
    return Heard(joined(), cut(list(frames)))


def say(text: str | bytes) -> bytes:
    """Return a message that says it, as JSON."""
    return _HEAD + (text.encode() if isinstance(text, str) else text) + _TAIL


def close(code: int, reason: bytes = b"") -> bytes:
    return frame(code.to_bytes(2, "big") + reason, CLOSE)


# --- 1: texts and bytes


@pytest.mark.parametrize("size", [1, 125 - len(say("")), 126 - len(say("")), 127, 4_900])
def test_text_of_any_size_is_understood(cut: Cut, size: int) -> None:
    assert hear(cut, frame(say("*" * size))).texts == ["*" * size]


@pytest.mark.parametrize("size", [0, 1, 125, 126, 1_000])
def test_bytes_are_not_spoken(cut: Cut, size: int) -> None:
    assert hear(cut, frame(b"\xfe" * size, BYTES)).code == 1003


# --- 2: pings and pongs


@pytest.mark.parametrize(
    "payload", [b"", b"Hello, world!", b"\x00\xff\xfe\xfd\xfc\xfb\x00\xff", b"\xfe" * 125]
)
def test_ping_is_answered_with_what_it_says(cut: Cut, payload: bytes) -> None:
    heard = hear(cut, frame(payload, PING))
    assert heard.pongs == [payload]
    assert heard.code is None


def test_ping_that_says_too_much_is_refused(cut: Cut) -> None:
    heard = hear(cut, frame(b"\xfe" * 126, PING))
    assert heard.pongs == []
    assert heard.code == 1002


@pytest.mark.parametrize("payload", [b"", b"unsolicited pong payload"])
def test_pong_that_nobody_asked_for_is_nothing(cut: Cut, payload: bytes) -> None:
    heard = hear(cut, frame(payload, PONG), frame(b"ping", PING), frame(say("on")))
    assert (heard.pongs, heard.texts, heard.code) == ([b"ping"], ["on"], None)


def test_pings_one_by_one_are_all_answered_in_their_order() -> None:
    payloads = [f"payload-{number}".encode() for number in range(10)]
    assert hear(lambda frames: frames, *[frame(one, PING) for one in payloads]).pongs == payloads


# --- 3 and 4: reserved bits and opcodes


@pytest.mark.parametrize("reserved", range(1, 8))
@pytest.mark.parametrize("opcode", [TEXT, BYTES, CLOSE, PING, PONG])
def test_reserved_bit_ends_it_behind_what_came_before(cut: Cut, reserved: int, opcode: int) -> None:
    payload = b"" if opcode == CLOSE else say("no")[:100]
    bad = frame(payload, opcode, reserved=reserved)
    heard = hear(cut, frame(say("before")), bad, frame(b"", PING))
    assert (heard.texts, heard.pongs, heard.code) == (["before"], [], 1002)


@pytest.mark.parametrize("payload", [b"", b"reserved opcode payload"])
@pytest.mark.parametrize("opcode", [3, 4, 5, 6, 7, 11, 12, 13, 14, 15])
def test_reserved_opcode_ends_it_behind_what_came_before(
    cut: Cut, opcode: int, payload: bytes
) -> None:
    heard = hear(cut, frame(say("before")), frame(payload, opcode), frame(b"", PING))
    assert (heard.texts, heard.pongs, heard.code) == (["before"], [], 1002)


def test_frame_that_is_not_masked_ends_it(cut: Cut) -> None:
    assert hear(cut, frame(say("no"), masked=False)).code == 1002


# --- 5: fragments


@pytest.mark.parametrize("opcode", [CLOSE, PING, PONG])
def test_control_frame_in_fragments_is_refused(cut: Cut, opcode: int) -> None:
    assert hear(cut, frame(b"", opcode, fin=False), frame(b"", MORE)).code == 1002


@pytest.mark.parametrize("pieces", [1, 2, 3, 5, 20])
@pytest.mark.parametrize("pinged", [False, True])
def test_text_in_fragments_is_one_text_whatever_comes_between(
    cut: Cut, pieces: int, pinged: bool
) -> None:
    body = say("fragmented")
    size = -(-len(body) // pieces)
    parts = [body[at : at + size] for at in range(0, len(body), size)]
    frames: Frames = []
    for at, part in enumerate(parts):
        frames.append(frame(part, MORE if at else TEXT, fin=at == len(parts) - 1))
        if pinged and at < len(parts) - 1:
            frames += [frame(f"{at}".encode(), PING), frame(b"", PONG)]
    heard = hear(cut, *frames)
    assert (heard.texts, heard.code) == (["fragmented"], None)
    if pinged and pieces > 1:
        assert heard.pongs[-1] == f"{len(parts) - 2}".encode()


@pytest.mark.parametrize("fin", [True, False])
def test_fragment_of_nothing_is_refused(cut: Cut, fin: bool) -> None:
    stray = frame(b"non-continuation payload", MORE, fin=fin)
    assert hear(cut, stray, frame(say("after"))).code == 1002
    begun = frame(say("one")[:9], fin=False)
    rest = frame(say("one")[9:], MORE)
    heard = hear(cut, begun, rest, stray, frame(say("after")))
    assert (heard.texts, heard.code) == (["one"], 1002)


@pytest.mark.parametrize("opcode", [TEXT, BYTES])
def test_another_text_within_one_is_refused(cut: Cut, opcode: int) -> None:
    heard = hear(cut, frame(say("a")[:9], fin=False), frame(say("b"), opcode))
    assert (heard.texts, heard.code) == ([], 1002)


# --- 6: UTF-8

_GREEK = "κόσμε"
_VALID = [
    _GREEK,
    "Hello-µ@ßöäüàá-UTF-8!!",
    "\x7f", "\x80", "\u07ff", "\u0800", "\uffff", "\U00010000", "\U0010ffff",
    "\ud7ff", "\ue000", "\ufffd", "\ufffe", "\U0001fffe", "\U0010fffe",
]  # fmt: skip
_NEVER = [
    b"\x80", b"\xbf", b"\x80\xbf\x80\xbf\x80\xbf\x80",  # continuations of nothing
    b"\xc0 ", b"\xc3 ", b"\xdf ", b"\xe0 ", b"\xef ", b"\xf0 ", b"\xf7 ", b"\xf8 ", b"\xfd ",
    b"\xe0\x80 ", b"\xf0\x80\x80 ", b"\xef\xbf ", b"\xf7\xbf\xbf ", b"\xfb\xbf\xbf\xbf ",
    b"\xfe", b"\xff", b"\xfe\xfe\xff\xff",  # impossible
    b"\xc0\xaf", b"\xe0\x80\xaf", b"\xf0\x80\x80\xaf", b"\xf8\x80\x80\x80\xaf",  # overlong
    b"\xc1\xbf", b"\xe0\x9f\xbf", b"\xf0\x8f\xbf\xbf", b"\xc0\x80", b"\xe0\x80\x80",
    b"\xed\xa0\x80", b"\xed\xad\xbf", b"\xed\xae\x80", b"\xed\xbf\xbf",  # surrogates
    b"\xed\xa0\x80\xed\xb0\x80", b"\xed\xaf\xbf\xed\xbf\xbf",
    b"\xf4\x90\x80\x80", b"\xf5\x80\x80\x80", b"\xf7\xbf\xbf\xbf",  # beyond the last
    b"\xf8\x88\x80\x80\x80", b"\xfc\x84\x80\x80\x80\x80",
]  # fmt: skip


@pytest.mark.parametrize("text", _VALID)
def test_any_text_is_understood_however_it_is_fragmented(cut: Cut, text: str) -> None:
    escaped = json.dumps(text, ensure_ascii=False)[1:-1]
    body = say(escaped)
    assert hear(cut, frame(body)).texts == [text]
    bytewise = [
        frame(body[at : at + 1], MORE if at else TEXT, fin=at == len(body) - 1)
        for at in range(len(body))
    ]
    assert hear(cut, *bytewise).texts == [text]


def test_empty_fragments_are_nothing(cut: Cut) -> None:
    empty = frame(b"", MORE, fin=False)
    body = say(_GREEK)
    frames = [frame(b"", fin=False), empty, frame(body, MORE, fin=False), empty, frame(b"", MORE)]
    assert hear(cut, *frames).texts == [_GREEK]


@pytest.mark.parametrize("data", _NEVER, ids=lambda data: data.hex())
def test_what_is_no_utf_8_ends_it(cut: Cut, data: bytes) -> None:
    body = say(data)
    assert hear(cut, frame(body)).code == 1007
    bytewise = [
        frame(body[at : at + 1], MORE if at else TEXT, fin=False) for at in range(len(body))
    ]
    assert hear(cut, *bytewise).code == 1007, "at once, not at the end of the text"


@pytest.mark.parametrize("text", ["é", "κ", "€", "𐍈", "😀"])
def test_character_that_is_not_whole_at_the_end_of_a_text_ends_it(cut: Cut, text: str) -> None:
    data = text.encode()
    for size in range(1, len(data)):
        assert hear(cut, frame(_HEAD + data[:size])).code == 1007


def test_what_is_wrong_is_noticed_before_the_frame_is_whole() -> None:
    whole = frame(say(b"\xed\xa0\x80" + b"x" * 1_000))
    assert Heard(joined(), [whole[: len(whole) - 900]]).code == 1007


# --- 7: good-byes


def test_good_bye_behind_a_message_is_answered(cut: Cut) -> None:
    heard = hear(cut, frame(say("last")), close(1000))
    assert (heard.texts, heard.code) == (["last"], 1000)
    assert heard.wire.peer_closed


@pytest.mark.parametrize(
    "behind",
    [close(1000), frame(b"", PING), frame(say("late")), frame(b"", MORE), b"\xff" * 50],
    ids=["another", "a ping", "a text", "a fragment", "garbage"],
)
def test_nothing_behind_a_good_bye_is_heard_or_answered(cut: Cut, behind: bytes) -> None:
    wire = joined()
    assert Heard(wire, cut([close(1000)])).code == 1000
    later = Heard(wire, cut([behind]))
    assert (later.texts, later.pongs, later.code) == ([], [], None)
    assert Heard(joined(), [close(1000) + behind]).texts == []


def test_good_bye_within_a_text_ends_it_without_the_text(cut: Cut) -> None:
    heard = hear(cut, frame(say("half")[:20], fin=False), close(1000), frame(say("half")[20:], 0))
    assert (heard.texts, heard.code) == ([], 1000)


@pytest.mark.parametrize("reason", [b"", b"Hello World!", "\u03ba".encode() * 61, b"*" * 123])
@pytest.mark.parametrize(
    "code", [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999]
)
def test_good_bye_with_a_good_code_is_answered_with_it(cut: Cut, code: int, reason: bytes) -> None:
    assert hear(cut, close(code, reason)).code == code


def test_good_bye_without_a_code_is_answered_without_one(cut: Cut) -> None:
    assert hear(cut, frame(b"", CLOSE)).code == CloseReason.NO_STATUS_RCVD


@pytest.mark.parametrize("code", [0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999])
@pytest.mark.parametrize("reason", [b"", b"reason"])
def test_good_bye_with_a_code_that_may_not_be_said_is_refused(
    cut: Cut, code: int, reason: bytes
) -> None:
    assert hear(cut, close(code, reason)).code == 1002


@pytest.mark.parametrize("code", [5000, 65535])
def test_good_bye_with_a_code_that_nobody_has_defined_ends_it(cut: Cut, code: int) -> None:
    assert hear(cut, close(code)).code is not None


@pytest.mark.parametrize("payload", [b"\x03", b"\x03\xe8" + b"*" * 124])
def test_good_bye_of_no_possible_length_is_refused(cut: Cut, payload: bytes) -> None:
    assert hear(cut, frame(payload, CLOSE)).code == 1002


@pytest.mark.parametrize("data", _NEVER, ids=lambda data: data.hex())
def test_good_bye_whose_reason_is_no_utf_8_is_refused(cut: Cut, data: bytes) -> None:
    assert hear(cut, close(1000, data)).code in {1002, 1007}


# --- 9 and 10: lengths


def test_the_longest_message_is_understood_in_many_fragments() -> None:
    text = "*" * 5_000
    body = say(text) + b" " * (limits.MAX_FRAME - len(say(text)))
    parts = [body[at : at + 1_300] for at in range(0, len(body), 1_300)]
    frames = [
        frame(part, MORE if at else TEXT, fin=at == len(parts) - 1) for at, part in enumerate(parts)
    ]
    assert hear(lambda given: given, *frames).texts == [text]
    assert hear(lambda given: given, frame(body)).texts == [text]
    assert hear(lambda given: given, frame(body + b" ")).code == 1009


@pytest.mark.parametrize(
    "head",
    [
        b"\x81\xfe\x00\x05" + MASK,
        b"\x81\xff" + (5).to_bytes(8, "big") + MASK,
        b"\x81\xff" + (65_535).to_bytes(8, "big") + MASK,
        b"\x81\xff\xff" + bytes(7) + MASK,
    ],
    ids=["5 in two", "5 in eight", "65535 in eight", "a negative one"],
)
def test_length_that_is_not_told_as_shortly_as_can_be_is_refused(cut: Cut, head: bytes) -> None:
    assert hear(cut, head).code == 1002
