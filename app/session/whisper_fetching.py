"""`WhisperFetching`: which private messages have come, and what is to be asked for next.

No Qt, no socket, no clock. Their numbers have holes, so what is missing is known by the host's word
alone: it tells the newest number on joining, and an answer tells which range it covers.
"""

from __future__ import annotations

from collections import deque

from app.protocol.messages import FetchWhispers, Whispered, Whispers

MAX_WAITING = 200
"""Messages kept while they cannot be opened yet, or while those before them are fetched; further
ones are fetched as well."""


class WhisperFetching:
    """Brings messages into `waiting`, each once and in the order of numbers.

    All up to `received` are there, or were taken from there.
    """

    def __init__(self) -> None:
        self.received = 0
        self.waiting: deque[Whispered] = deque()
        self._target = 0
        self._asking = False
        self._ahead: list[Whispered] = []

    def begin(self, at: int) -> None:
        """Know all up to the number `at`; what is on its way will not come."""
        self.received = self._target = at
        self._asking = False
        self.waiting.clear()
        self._ahead.clear()

    def aim(self, newest: int) -> None:
        """Take note that there are messages up to `newest`; answers may have been left out."""
        self._target = max(self._target, newest)
        self._asking = False

    def ask(self) -> FetchWhispers | None:
        """Return what to ask for now, or None."""
        if self.received >= self._target or self._asking or self.waiting:
            return None
        self._asking = True
        return FetchWhispers(after=self.received, until=self._target)

    def take_news(self, message: Whispers) -> None:
        """Take messages that were written just now."""
        for whispered in _in_order(message):
            if self._asking and len(self._ahead) < MAX_WAITING:
                self._ahead.append(whispered)
            elif self.received < self._target or len(self.waiting) >= MAX_WAITING:
                self._target = max(self._target, whispered.number)
            else:
                self._receive(whispered)
                self._target = self.received

    def take_answer(self, message: Whispers) -> None:
        """Take an answer, if it is the one that was asked for."""
        if not self._asking or message.after > self.received:
            return
        before = self.received
        until = min(message.until, self._target)
        for whispered in _in_order(message):
            if whispered.number <= until:
                self._receive(whispered)
        # A host that gives nothing is not asked for ever.
        self.received = max(self.received, until if until > before else self._target)
        self._asking = False
        if self.received >= self._target:
            ahead, self._ahead = self._ahead, []
            for whispered in ahead:
                self._receive(whispered)
            self._target = self.received

    def _receive(self, whispered: Whispered) -> None:
        if whispered.number > self.received:
            self.received = whispered.number
            self.waiting.append(whispered)


def _in_order(message: Whispers) -> list[Whispered]:
    return sorted(message.whispers, key=_number_of)


def _number_of(whispered: Whispered) -> int:
    return whispered.number
