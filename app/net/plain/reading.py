"""Bytes of a plain-text program to lines, sans-IO.

A line ends with LF, CR, CR LF or telnet's CR NUL (RFC 854), whose NUL is no text. Where nothing marks
the end, the caller takes silence for it, and calls `end_line`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.protocol.limits import MAX_NICKNAME_BYTES, MAX_TEXT

MAX_LINE = 4 * MAX_TEXT + MAX_NICKNAME_BYTES + 2
"""Bytes in a line: the longest message in any script, and the nickname that stands before it."""

_MAX_OPTION = 256
"""Bytes of a telnet option that are swallowed: who forgets to end it is heard again after them."""

_IAC, _DONT, _DO, _WONT, _WILL, _SB, _SE = 255, 254, 253, 252, 251, 250, 240

_END = re.compile(rb"[\r\n]+")
_CONTROL = re.compile("[\0-\x08\x0a-\x1f\x7f-\x9f]")
_RUB_OUT = "\b\x7f"


@dataclass(frozen=True)
class Line:
    """One line as it was meant, without its end. `too_long`: it was not kept."""

    text: str = ""
    too_long: bool = False


class LineReader:
    """The lines of one connection. Whatever the bytes are, they are lines, some of them empty.

    Keeps bytes and not lines: a flood of short ones costs no more memory than it has bytes.
    """

    def __init__(self) -> None:
        self._telnet = _Telnet()
        self._waiting = bytearray()
        self._too_long = False

    @property
    def has_part(self) -> bool:
        """Whether something has come that belongs to a line not taken yet."""
        return bool(self._waiting) or self._too_long

    @property
    def has_line(self) -> bool:
        """Whether `take` has a line to give, be it an empty one."""
        return _END.search(self._waiting) is not None

    @property
    def is_within_character(self) -> bool:
        """Whether what came ends in the middle of a character of UTF-8 (RFC 3629, 3)."""
        tail = self._waiting[-3:]
        for place in range(1, len(tail) + 1):
            lead = tail[-place]
            if lead & 0xC0 != 0x80:
                return place < _size_after(lead)
        return False

    def feed(self, data: bytes) -> None:
        """Take what came."""
        self._waiting += self._telnet.feed(data)

    def end_line(self) -> None:
        """Take for whole what no line end has followed."""
        if self.has_part:
            self._waiting += b"\n"

    def take(self) -> Line | None:
        """Return the next line that is whole, and let go of it; None where there is none."""
        if end := _END.search(self._waiting):
            start = end.start()
            piece = bytes(self._waiting[: min(start, MAX_LINE + 1)])
            del self._waiting[: end.end()]
            too_long, self._too_long = self._too_long or start > MAX_LINE, False
            if too_long:
                return Line(too_long=True)
            return Line(harmless(_rubbed_out(piece.decode("utf-8", "replace"))))
        if len(self._waiting) > MAX_LINE:
            self._too_long = True
            self._waiting.clear()
        return None

    def answers(self) -> bytes:
        """Return, and forget, what telnet is to be answered."""
        return self._telnet.take_answers()


def _size_after(lead: int) -> int:
    """Return of how many bytes a character of UTF-8 is that begins with this one; 1 for no beginning."""
    if 0xF0 <= lead <= 0xF4:
        return 4
    return 3 if 0xE0 <= lead < 0xF0 else 2 if 0xC2 <= lead < 0xE0 else 1


def _rubbed_out(text: str) -> str:
    """Return what is left once the backspaces of who types a character at a time have done theirs."""
    if not any(each in text for each in _RUB_OUT):
        return text
    left: list[str] = []
    for each in text:
        if each not in _RUB_OUT:
            left.append(each)
        elif left:
            left.pop()
    return "".join(left)


def harmless(text: str) -> str:
    """Return a text without the characters that command a terminal; tabs stay."""
    return _CONTROL.sub("", text)


class _Telnet:
    """Takes the commands out of what a telnet sends, and declines every option (RFC 854, 855)."""

    def __init__(self) -> None:
        self._answers = bytearray()
        self._command = bytearray()
        """What came of a command that is not whole."""

    def feed(self, data: bytes) -> bytes:
        """Return the text in what came."""
        if not self._command and _IAC not in data:
            return data
        text = bytearray()
        for byte in data:
            if self._command:
                self._go_on(byte, text)
            elif byte == _IAC:
                self._command.append(byte)
            else:
                text.append(byte)
        return bytes(text)

    def take_answers(self) -> bytes:
        """Return, and forget, what is to be said back."""
        answers = bytes(self._answers)
        self._answers.clear()
        return answers

    def _go_on(self, byte: int, text: bytearray) -> None:
        command = self._command
        command.append(byte)
        verb = command[1]
        if verb == _SB:
            whole = command[-2:] == bytes((_IAC, _SE)) or len(command) > _MAX_OPTION
        elif verb in {_WILL, _WONT, _DO, _DONT}:
            whole = len(command) == 3
            if whole and verb in {_WILL, _DO}:
                # An answer is never asked for by an answer, so nobody answers for ever.
                self._answers += bytes((_IAC, _DONT if verb == _WILL else _WONT, byte))
        else:
            whole = True
            if verb == _IAC:
                text.append(_IAC)
        if whole:
            command.clear()
