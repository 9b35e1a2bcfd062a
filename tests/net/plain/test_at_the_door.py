"""Any bytes at the door, in any pieces and at any pace: somebody takes them, or nobody is left there."""

from __future__ import annotations

from typing import cast

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PyQt6.QtCore import QObject, pyqtSlot

from app.net import limits
from app.net.door import Caller, Door, Knock
from app.net.stream import Stream
from tests.helpers.clock import ManualClock

_METHODS = (b"GET ", b"PUT ", b"HEAD ", b"POST ", b"DELETE ", b"OPTIONS ")

_PIECE = st.sampled_from(
    [b"\x16", b"\x16\x03\x01", *_METHODS, b"G", b"GE", b"P", b"O", b"OPTIONS", b" ", b"ana\n",
     b"\xff\xfb\x18", b"\r\n", b"x" * 20_000]
) | st.binary(min_size=1, max_size=6)  # fmt: skip
_PAUSE, _END = None, b""
_DOINGS = st.lists(_PIECE | st.just(_PAUSE), max_size=6)


class Came:
    """A connection's bytes: what came and was not read, and how it ended."""

    def __init__(self) -> None:
        self.listener: object = None
        self.incoming = b""
        self.is_closing = self.ended = self.is_aborted = False

    @property
    def is_open(self) -> bool:
        return not self.is_aborted

    def peek(self) -> bytes:
        return self.incoming[:1]

    def read(self, most: int = limits.READ_BUFFER) -> bytes:
        data, self.incoming = self.incoming[:most], self.incoming[most:]
        self.ended = not data and self.is_closing
        return data

    def abort(self) -> None:
        self.is_aborted = True


class House(QObject):
    """Who takes callers over."""

    def __init__(self, welcomes: bool) -> None:
        super().__init__()
        self.clock = ManualClock()
        self.door = Door(self.clock, welcomes_text=lambda: welcomes, parent=self)
        self.taken: list[tuple[Knock, Caller]] = []
        self.door.rung.connect(self._on_rung)
        self.door.requested.connect(self._on_requested)
        self.door.stood_by.connect(self._on_stood_by)
        self.stream = Came()
        self.caller = Caller(cast("Stream", self.stream), "192.168.1.9", 0, self.door)
        self.door._callers.add(self.caller)
        self.door._half_open[self.caller] = None
        self.door._per_address[self.caller.address] += 1
        if welcomes:
            self.caller.wait_for_text(self.clock)

    @property
    def is_settled(self) -> bool:
        return bool(self.taken) or self.stream.is_aborted

    def hear(self, piece: bytes) -> None:
        """Let something come, or the end; whoever took the connection over reads by itself."""
        self.stream.incoming += piece
        self.stream.is_closing = self.stream.is_closing or not piece
        while not self.is_settled and (self.stream.incoming or self.stream.is_closing):
            self.caller.on_readable()

    @pyqtSlot(object)
    def _on_rung(self, caller: Caller) -> None:
        self.taken.append((Knock.TLS, caller))

    @pyqtSlot(object)
    def _on_requested(self, caller: Caller) -> None:
        self.taken.append((Knock.HTTP, caller))

    @pyqtSlot(object)
    def _on_stood_by(self, caller: Caller) -> None:
        self.taken.append((Knock.TEXT, caller))


@pytest.mark.usefixtures("qapp")
@example(doings=[None, b"\x16"], ends=False, welcomes=True)
@given(_DOINGS, st.booleans(), st.booleans())
def test_whoever_knocks_is_taken_over_once_or_shown_out_and_nothing_is_lost(
    doings: list[bytes | None], ends: bool, welcomes: bool
) -> None:
    house = House(welcomes)
    sent = b""
    for doing in doings:
        if doing is _PAUSE:
            house.clock.advance(limits.TEXT_SILENCE + 0.1)
        elif not house.stream.is_aborted:
            sent += doing
            house.hear(doing)
    if ends:
        house.hear(_END)
    else:
        house.clock.advance(limits.TLS_DEADLINE + 1)
        house.door.sweep()
    assert house.is_settled
    assert len(house.taken) <= 1
    for who, caller in house.taken:
        assert caller is house.caller
        assert caller.handed_on
        assert not house.stream.is_aborted
        assert caller.said + house.stream.incoming == sent
        is_request = caller.said.startswith(_METHODS)
        # Who was silent for too long was greeted by then, whatever came afterwards.
        at_once = not caller.silent
        assert (who is Knock.TLS) == (at_once and not caller.said and sent[:1] == b"\x16")
        assert (who is Knock.HTTP) == is_request
        assert who is not Knock.TEXT or welcomes
        assert caller.silent == (who is Knock.TEXT and not caller.said)
    if not house.taken:
        assert house.door.half_open == 0
        assert not sent.startswith((b"\x16", *_METHODS))
    house.deleteLater()
