"""What a word may become: people, the latest to speak first; emoji; commands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from heapq import heapify, heappop
from itertools import islice

from app.protocol.messages import Member
from app.session.room_session import RoomSession
from app.session.timeline import MessageEntry
from app.session.words import fold
from app.support.settings import Settings
from app.ui.chat.composer.commands import Commands
from app.ui.chat.composer.completion_words import Kind, Word
from app.ui.chat.names import one_line
from app.ui.emoji.data import TONES
from app.ui.emoji.names import emoji_of, reader_names
from app.ui.texts import tr

MOST = 8
"""Rows in sight at once, and people or emoji offered."""

_LATEST = 300
"""Entries of the timeline that are looked through for who spoke."""

_BORDERS = re.compile(r"[\s\-_.]+")


@dataclass(frozen=True, slots=True)
class Offer:
    """One row: what it shows, and what takes the word's place if it is chosen."""

    text: str
    detail: str
    insert: str
    spaced: bool = True
    """Whether a space follows."""
    member: Member | None = None
    emoji: str = ""

    @property
    def spoken(self) -> str:
        """The row for those who hear it."""
        said = f"{self.text}, {self.detail}" if self.detail else self.text
        return f"{self.emoji} {said}" if self.emoji else said


class Offers:
    """Finds what a word may become in one room, by the names and the settings as they are now."""

    def __init__(self, session: RoomSession, commands: Commands, settings: Settings) -> None:
        self._session = session
        self._commands = commands
        self._settings = settings

    def of(self, word: Word) -> list[Offer]:
        """Return what `word` may become, the likeliest first."""
        if word.kind is Kind.COMMAND:
            return self._of_command(word.text)
        if word.kind is Kind.EMOJI:
            return self._of_emoji(word.text)
        nick = word.text.removeprefix("@")
        people = self._people(nick)
        if word.kind is Kind.NICKNAME:
            able = (member for member in people if self._commands.fits(word.command, member))
            return [_of_person(member, "") for member in islice(able, MOST)]
        return [_of_person(member, "@") for member in islice(people, MOST)]

    def _people(self, begun: str) -> Iterator[Member]:
        """Yield the others whose nicknames fit; who spoke last comes first."""
        wanted, me = fold(begun), self._session.member_number
        latest = self._latest()
        last = len(latest)
        found = [
            (latest.get(member.device, last), ways[0], member.number)
            for member in self._session.roster
            if _fits(ways := _ways(member.nick), wanted) and member.number != me
        ]
        # Mostly the first few are all that is asked for.
        heapify(found)
        while found:
            member = self._session.roster.get(heappop(found)[2])
            if member is not None:
                yield member

    def _latest(self) -> dict[bytes, int]:
        """Return how many others have spoken since each device did."""
        timeline = self._session.timeline
        found: dict[bytes, int] = {}
        for row in range(len(timeline) - 1, max(-1, len(timeline) - 1 - _LATEST), -1):
            entry = timeline[row]
            if isinstance(entry, MessageEntry) and entry.device:
                found.setdefault(entry.device, len(found))
        return found

    def _of_emoji(self, code: str) -> list[Offer]:
        names, tone = reader_names(), self._settings.emoji_tone
        tone = tone if 0 <= tone < len(TONES) else 0
        if code.endswith(":"):
            # Nothing but the very emoji can be meant.
            meant = emoji_of(code)
            place = names.complete(code, 1, tone=tone) if meant else []
            return [_of_emoji(one.emoji, one.name, names.name(one.emoji)) for one in place]
        found = names.complete(code, MOST, recents=self._settings.emoji_recents, tone=tone)
        return [_of_emoji(one.emoji, one.name, names.name(one.emoji)) for one in found]

    def _of_command(self, begun: str) -> list[Offer]:
        return [
            Offer(one.usage, one.hint, f"/{one.name}", spaced=one.takes_more)
            for one in self._commands.offered()
            if f"/{one.name}".startswith(begun.lower())
        ]


def _of_person(member: Member, sign: str) -> Offer:
    nick = one_line(member.nick)
    return Offer(nick, tr("Away") if member.away else "", f"{sign}{nick}", member=member)


def _of_emoji(emoji: str, code: str, name: str) -> Offer:
    return Offer(f":{code}:", name, emoji, spaced=False, emoji=emoji)


@lru_cache(maxsize=8_192)
def _ways(nick: str) -> tuple[str, ...]:
    """Return what may be begun to mean that nickname: all of it, then its words; folded."""
    folded = fold(nick)
    return (folded, *_BORDERS.split(folded)[1:])


def _fits(ways: tuple[str, ...], wanted: str) -> bool:
    # With a space, a whole nickname may stand there, and the sentence goes on.
    if " " in wanted:
        return ways[0].startswith(wanted) and ways[0] != wanted
    for way in ways:  # noqa: SIM110 - half as slow again, at each key and for each member
        if way.startswith(wanted):
            return True
    return False
