"""What the tutorial's client is sent: nothing that it would break on."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.net import limits
from app.net.plain.pieces import Pieces, piece_size
from tests.helpers.clock import ManualClock

LONG = st.lists(st.sampled_from(["a", "á", "🌷", "€", "\n", "x" * 400, "ã" * 700]), max_size=20)


class Sent:
    """A stream that has taken everything."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []
        self.waiting = 0

    def write(self, data: bytes) -> None:
        self.pieces.append(data)


class Guest:
    """The way out to the tutorial's client, its stream, and its time."""

    def __init__(self) -> None:
        self.clock = ManualClock()
        self.sent = Sent()
        self.written = 0
        self.out = Pieces(self.sent, self.clock, self.count)
        self.out.is_cut = True

    def count(self) -> None:
        self.written += 1


@given(st.lists(LONG.map("".join), max_size=5))
def test_each_piece_is_whole_characters_and_short(texts: list[str]) -> None:
    guest = Guest()
    for text in texts:
        guest.out.write(text.encode())
    while guest.out.waiting:
        guest.clock.advance(limits.PIECE_GAP)
    assert "".join(piece.decode() for piece in guest.sent.pieces) == "".join(texts)
    assert all(len(piece) <= limits.PIECE for piece in guest.sent.pieces)


def test_piece_ends_with_a_line_where_there_is_one() -> None:
    line = b"x" * 300 + b"\n"
    assert piece_size(line * 10) == 3 * len(line)
    assert piece_size(line) == len(line)


def test_pieces_are_apart_and_the_first_is_not_kept_waiting() -> None:
    guest = Guest()
    guest.out.write(b"a")
    guest.out.write(b"b")
    guest.out.write(b"c")
    assert guest.sent.pieces == [b"a"]
    assert guest.out.waiting == 2
    guest.clock.advance(limits.PIECE_GAP)
    assert guest.sent.pieces == [b"a", b"bc"]
    assert (guest.out.waiting, guest.written) == (0, 1)
    guest.clock.advance(limits.PIECE_GAP)
    guest.out.write(b"d")
    assert guest.sent.pieces[-1] == b"d"


def test_last_word_goes_out_at_once() -> None:
    guest = Guest()
    for text in (b"a", b"b" * 3_000, b"bye"):
        guest.out.write(text)
    guest.out.finish()
    assert b"".join(guest.sent.pieces) == b"a" + b"b" * 3_000 + b"bye"
    guest.clock.advance(1)
    assert len(guest.sent.pieces) == 2


def test_what_is_dropped_is_not_sent() -> None:
    guest = Guest()
    guest.out.write(b"a")
    guest.out.write(b"b")
    guest.out.drop()
    guest.clock.advance(1)
    assert guest.sent.pieces == [b"a"]


def test_others_get_everything_at_once() -> None:
    guest = Guest()
    guest.out.is_cut = False
    guest.out.write("á".encode() * 5_000)
    assert len(guest.sent.pieces) == 1
