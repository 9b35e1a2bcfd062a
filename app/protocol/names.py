"""What a nickname, a room's name and a topic may be. Both ends apply it; the host decides.

A nickname follows RFC 8266 (PRECIS Nickname), with emoji besides, which that profile refuses when
they are joined. Two nicknames are the same if `nickname_key` gives the same for both.

These functions take any str, lone surrogates included, and raise nothing but `NameRefused`.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from enum import StrEnum
from importlib import resources
from typing import Final, Literal

import msgspec
from precis_i18n import get_profile
from precis_i18n.context import context_rule_error
from precis_i18n.unicode import UnicodeData

from app.protocol.limits import (
    MAX_NICKNAME,
    MAX_NICKNAME_BYTES,
    MAX_ROOM_NAME,
    MAX_ROOM_NAME_BYTES,
)

_MAX_TYPED: Final = 1_024  # code points looked at: white space may be many, but not this many
_MAX_MARKS: Final = 3  # in a row: what Greek, Hebrew, Vietnamese and Tibetan names need

_PRESERVED: Final = get_profile("NicknameCasePreserved")
_FOLDED: Final = get_profile("NicknameCaseMapped:CaseFold")
_UCD: Final = UnicodeData()

# Extended_Pictographic of UTS #51, somewhat widened. What is unassigned within the last range is
# reserved for emoji to come: a newer system's emoji must not depend on this Python's Unicode.
_PICTOGRAPH: Final = (
    "[©®‼⁉™ℹ↔-↙↩↪⌚⌛⌨⏏⏩-⏳⏸-⏺Ⓜ▪▫▶◀◻-◾\u2600-\u27bf⤴⤵⬅-⬇⬛⬜⭐⭕〰〽㊗㊙\U0001f000-\U0001faff]"
)
_STYLED: Final = f"{_PICTOGRAPH}[\ufe0e\ufe0f]?[\U0001f3fb-\U0001f3ff]?"
_EMOJI: Final = re.compile(
    # Keycaps; the flags of England, Scotland and Wales (the only tag sequences in use); the rest.
    "([0-9#*]\ufe0f?\u20e3"
    "|\U0001f3f4\U000e0067\U000e0062"
    "(?:\U000e0065\U000e006e\U000e0067|\U000e0073\U000e0063\U000e0074|\U000e0077\U000e006c\U000e0073)"
    "\U000e007f"
    f"|{_STYLED}(?:\u200d{_STYLED})*)"
)
_STAND_IN: Final = "☺"  # visible, plain, and decomposed by no normal form
_GLUE: Final = re.compile("[\u200c\u200d\ufe0e\ufe0f\U000e0020-\U000e007f]")

_SPACES: Final = re.compile("[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_REFUSED_CATEGORIES: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_JOINERS: Final = frozenset("\u200c\u200d")
# Default_Ignorable_Code_Point beyond those categories, and two glyphs that are blank by design.
_INVISIBLE: Final = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\U0001d159\U000e0100-\U000e01ef]"
)

_LEFT_TO_RIGHT_MARK: Final = "\u200e"  # confusables.txt puts it around right-to-left characters
_MAX_PASSES: Final = 8


_PLAIN: Final = re.compile("[!-~]+(?: [!-~]+)*")
"""ASCII that every rule leaves as it is: in a storm of joins it need not go through them all."""


class NameProblem(StrEnum):
    """Why a name was refused."""

    EMPTY = "empty"
    TOO_LONG = "too-long"
    NOT_ALLOWED = "not-allowed"
    """It holds a character that is invisible, reorders text, or is not text at all."""


class NameRefused(ValueError):
    """A name or line that breaks the rules; whoever chose it has to choose another."""

    def __init__(self, problem: NameProblem) -> None:
        super().__init__(problem.value)
        self.problem: Final = problem


def clean_nickname(text: str) -> str:
    """Return the nickname in the form to show: trimmed, NFKC, emoji as they were typed.

    Raises:
        NameRefused: It is empty, longer than MAX_NICKNAME code points or MAX_NICKNAME_BYTES of
            UTF-8, or not allowed.
    """
    if _PLAIN.fullmatch(text) and len(text) <= MAX_NICKNAME:
        return text
    return _clean_by_rules(text)


def _clean_by_rules(text: str) -> str:
    shown = _settled(text, "NFKC", MAX_NICKNAME)
    plain = _checked(shown)
    try:
        _PRESERVED.enforce(plain)
    except UnicodeError as error:
        raise NameRefused(NameProblem.NOT_ALLOWED) from error
    return _within(shown, MAX_NICKNAME_BYTES)


@functools.lru_cache(maxsize=1024)
def nickname_key(nickname: str) -> str:
    """Return what uniqueness is decided on; never shown, and not stable between versions.

    Nicknames that RFC 8266 compares as equal share a key, and so do nicknames that look alike
    (UTS #39), in capitals or in small letters; so `i`, `l`, `1` and `I` are one. In a nickname
    with Latin letters, letters of other scripts count as what they look like, whatever their case.

    Raises:
        NameRefused: As `clean_nickname`.
    """
    shown = clean_nickname(nickname)
    return "".join(map(_key_of_ascii, shown)) if shown.isascii() else _key_by_rules(shown)


@functools.lru_cache(maxsize=1024)
def look_of(name: str) -> str:
    """Return what two names share that a person may take for each other; never shown.

    As `nickname_key`, for any line, as rooms are called: nothing is refused.
    """
    return _key_by_rules(" ".join(unicodedata.normalize("NFKC", name).split()))


@functools.lru_cache(maxsize=128)
def _key_of_ascii(char: str) -> str:
    """Return a character's part of the key: in ASCII none depends on another."""
    return char if char == " " else _key_by_rules(char)


def _key_by_rules(shown: str) -> str:
    bare = _GLUE.sub("", shown)
    if re.search("[A-Za-z]", bare):
        # Before the case is folded: a Greek Ν among Latin letters is an N, a ν is a v.
        bare = "".join(map(_look_beside_latin, bare))
    # Twice, as RFC 8266 section 2 asks of rules that are not idempotent.
    folded = _FOLDED.apply_five_rules(_FOLDED.apply_five_rules(bare))
    capitals = "".join(_look_of_capital(char) for char in unicodedata.normalize("NFD", folded))
    # I looks like l and is the capital of i, so the three cannot be told apart; and a dot above
    # disappears in the dot that i and j have anyway.
    return re.sub("([lj])\u0307", r"\1", _look(capitals).replace("i", "l"))


def clean_room_name(text: str) -> str:
    """Return the room's name in the form to show: trimmed, NFC. Room names are not unique.

    Raises:
        NameRefused: It is empty, longer than MAX_ROOM_NAME code points or MAX_ROOM_NAME_BYTES of
            UTF-8, or not allowed.
    """
    shown = _settled(text, "NFC", MAX_ROOM_NAME)
    _checked(shown)
    return _within(shown, MAX_ROOM_NAME_BYTES)


def clean_line(text: str, limit: int) -> str:
    """Return text for one line, perhaps empty: white space collapsed, controls removed.

    Removed are control, format (bidi) and surrogate characters; joiners and emoji stay.

    Raises:
        NameRefused: What is left has more than `limit` code points; it is never cut.
    """
    pieces = _EMOJI.split(" ".join(text.split()))
    pieces[::2] = ["".join(filter(_may_stand_in_line, piece)) for piece in pieces[::2]]
    line = " ".join("".join(pieces).split())
    if len(line) > limit:
        raise NameRefused(NameProblem.TOO_LONG)
    return line


def _may_stand_in_line(char: str) -> bool:
    return char in _JOINERS or unicodedata.category(char) not in {"Cc", "Cf", "Cs"}


def _settled(text: str, form: Literal["NFC", "NFKC"], limit: int) -> str:
    """Normalize all but the emoji and collapse white space, until nothing changes any more."""
    if len(text) > _MAX_TYPED:
        raise NameRefused(NameProblem.TOO_LONG)
    for _ in range(4):  # RFC 8266, 2.1: three times, and a last one that changes nothing
        pieces = _EMOJI.split(text)
        pieces[::2] = [unicodedata.normalize(form, piece) for piece in pieces[::2]]
        settled = _SPACES.sub(" ", "".join(pieces)).strip(" ")
        if not settled:
            raise NameRefused(NameProblem.EMPTY)
        if settled == text:
            break
        text = settled
    else:
        raise NameRefused(NameProblem.NOT_ALLOWED)
    if len(settled) > limit:
        raise NameRefused(NameProblem.TOO_LONG)
    return settled


def _checked(shown: str) -> str:
    """Refuse what hides, reorders or piles up; return the text with a stand-in for each emoji."""
    plain = _EMOJI.sub(_STAND_IN, shown)
    marks = 0
    for offset, char in enumerate(plain):
        # Persian, Sinhala and others need joiners within words (RFC 5892, A.1 and A.2).
        joins = char in _JOINERS and not context_rule_error(plain, offset, _UCD)
        if unicodedata.category(char) in _REFUSED_CATEGORIES and not joins:
            raise NameRefused(NameProblem.NOT_ALLOWED)
    for char in unicodedata.normalize("NFD", plain):
        marks = marks + 1 if unicodedata.category(char) in {"Mn", "Me"} else 0
        if marks > _MAX_MARKS:
            raise NameRefused(NameProblem.NOT_ALLOWED)
    # A mark at the start would sit on whatever the window shows before the name.
    if _INVISIBLE.search(plain) or unicodedata.category(plain[0]).startswith("M"):
        raise NameRefused(NameProblem.NOT_ALLOWED)
    return plain


def _within(shown: str, limit: int) -> str:
    if len(shown.encode()) > limit:
        raise NameRefused(NameProblem.TOO_LONG)
    return shown


@functools.lru_cache(maxsize=4096)
def _look_beside_latin(char: str) -> str:
    """Return the Latin letter or digit that a character of another script looks like."""
    seen = _look(char)
    other_script = not unicodedata.name(char, "").startswith("LATIN")
    return seen if other_script and seen.isascii() else char


@functools.lru_cache(maxsize=4096)
def _look_of_capital(char: str) -> str:
    """Return what the capital looks like if that is Latin, else what the letter looks like.

    The text is folded, so this stays the same for letters that differ in case alone.
    """
    capital = _look(char.upper())
    return capital.casefold() if capital.isascii() else _look(char).casefold()


class _Homoglyph(msgspec.Struct, frozen=True):
    """One entry of the package's file; its other fields are not read."""

    c: str


@functools.cache
def _prototypes() -> dict[str, str]:
    """Return the prototype of each character that has one other than itself.

    The file lists each pair under both characters, the source before its prototype; a source has
    one prototype only, and a prototype is never a source. From this the direction follows. The
    package's own functions do not tell it, and importing them costs twice the time.
    """
    file = resources.files("confusable_homoglyphs").joinpath("confusables.json")
    table = msgspec.json.decode(file.read_bytes(), type=dict[str, list[_Homoglyph]])
    found: dict[str, str] = {}
    for marked, alike in table.items():
        char = marked.strip(_LEFT_TO_RIGHT_MARK)
        other = alike[0].c.strip(_LEFT_TO_RIGHT_MARK)
        if len(alike) == 1 and other not in found:
            found[char] = other
    return found


def _look(text: str) -> str:
    """Return the skeleton: texts that look alike, as far as the data goes, share it. Keeps case."""
    table = _prototypes()
    for _ in range(_MAX_PASSES):
        decomposed = unicodedata.normalize("NFD", text)
        seen = unicodedata.normalize("NFD", "".join(table.get(char, char) for char in decomposed))
        if seen == text:
            break
        text = seen
    return text
