"""The parts that the emoji are shown in, and what they and the skin tones are called."""

from __future__ import annotations

from enum import IntEnum

from app.ui.texts import tr


class Section(IntEnum):
    """A part of the panel; those from 0 are the groups of `Emoji.group`."""

    FOUND = -2
    RECENT = -1
    SMILEYS = 0
    PEOPLE = 1
    ANIMALS = 2
    FOOD = 3
    TRAVEL = 4
    ACTIVITIES = 5
    OBJECTS = 6
    SYMBOLS = 7
    FLAGS = 8


GROUPS = tuple(section for section in Section if section >= 0)

SIGNS = {
    Section.SMILEYS: "😀",
    Section.PEOPLE: "👋",
    Section.ANIMALS: "🐶",
    Section.FOOD: "🍎",
    Section.TRAVEL: "🚗",
    Section.ACTIVITIES: "⚽",
    Section.OBJECTS: "💡",
    Section.SYMBOLS: "❤️",
    Section.FLAGS: "🚩",
}
"""An emoji that stands for the whole group."""


def section_name(section: Section) -> str:
    """Return what a part is called."""
    return {
        Section.FOUND: tr("Found"),
        Section.RECENT: tr("Used lately"),
        Section.SMILEYS: tr("Smileys and feelings"),
        Section.PEOPLE: tr("People"),
        Section.ANIMALS: tr("Animals and nature"),
        Section.FOOD: tr("Food and drink"),
        Section.TRAVEL: tr("Travel and places"),
        Section.ACTIVITIES: tr("Activities"),
        Section.OBJECTS: tr("Objects"),
        Section.SYMBOLS: tr("Symbols"),
        Section.FLAGS: tr("Flags"),
    }[section]


def tone_name(tone: int) -> str:
    """Return what a skin tone is called; `tone` is an index into `TONES`."""
    return (
        tr("No skin tone"),
        tr("Light skin tone"),
        tr("Medium-light skin tone"),
        tr("Medium skin tone"),
        tr("Medium-dark skin tone"),
        tr("Dark skin tone"),
    )[tone]
