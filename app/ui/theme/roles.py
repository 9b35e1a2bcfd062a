"""What colours are for, and their values; the only file that holds any."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a colour is for. Widgets and delegates ask for roles."""

    SURFACE_BASE = "surface.base"
    SURFACE_SIDE = "surface.side"
    SURFACE_RAISED = "surface.raised"
    SURFACE_SUNKEN = "surface.sunken"
    ROW_HOVER = "row.hover"
    CONTROL_HOVER = "control.hover"
    CONTROL_PRESSED = "control.pressed"
    LINE = "line"
    OUTLINE = "outline"
    TEXT = "text"
    TEXT_SECOND = "text.second"
    TEXT_FAINT = "text.faint"
    """Not to be used on `CONTROL_PRESSED`."""
    TEXT_DISABLED = "text.disabled"
    ACCENT = "accent"
    ACCENT_HOVER = "accent.hover"
    ACCENT_PRESSED = "accent.pressed"
    ON_ACCENT = "on.accent"
    ACCENT_TEXT = "accent.text"
    ACCENT_SOFT = "accent.soft"
    ACCENT_SOFT_PRESSED = "accent.soft.pressed"
    MENTION = "mention"
    MENTION_BAR = "mention.bar"
    MENTION_TEXT = "mention.text"
    PRIVATE = "private"
    """Behind what two people alone can read."""
    PRIVATE_HOVER = "private.hover"
    PRIVATE_TEXT = "private.text"
    """Its words, icons and bar."""
    CODE_KEYWORD = "code.keyword"
    """This and the next three on `SURFACE_SUNKEN`; what is a comment there is `TEXT_FAINT`."""
    CODE_NAME = "code.name"
    CODE_STRING = "code.string"
    CODE_NUMBER = "code.number"
    WARN = "warn"
    WARN_SOFT = "warn.soft"
    DANGER = "danger"
    DANGER_SOFT = "danger.soft"
    ON_DANGER = "on.danger"
    HERE = "here"
    AWAY = "away"


LIGHT: dict[Role, str] = {
    Role.SURFACE_BASE: "#FFFFFF",
    Role.SURFACE_SIDE: "#F4F6F5",
    Role.SURFACE_RAISED: "#FFFFFF",
    Role.SURFACE_SUNKEN: "#F3F5F4",
    Role.ROW_HOVER: "#F7F9F8",
    Role.CONTROL_HOVER: "#EBEFED",
    Role.CONTROL_PRESSED: "#DFE5E2",
    Role.LINE: "#E1E6E3",
    Role.OUTLINE: "#7F8883",
    Role.TEXT: "#17201C",
    Role.TEXT_SECOND: "#525C57",
    Role.TEXT_FAINT: "#626C67",
    Role.TEXT_DISABLED: "#9AA39E",
    Role.ACCENT: "#0B7A63",
    Role.ACCENT_HOVER: "#096852",
    Role.ACCENT_PRESSED: "#075645",
    Role.ON_ACCENT: "#FFFFFF",
    Role.ACCENT_TEXT: "#0A6B57",
    Role.ACCENT_SOFT: "#DDEFE9",
    Role.ACCENT_SOFT_PRESSED: "#CBE5DC",
    Role.MENTION: "#FFF3D1",
    Role.MENTION_BAR: "#B0760F",
    Role.MENTION_TEXT: "#7A4B00",
    Role.PRIVATE: "#F4F1FC",
    Role.PRIVATE_HOVER: "#EEEAF9",
    Role.PRIVATE_TEXT: "#5B3DB0",
    Role.CODE_KEYWORD: "#6746C3",
    Role.CODE_NAME: "#1B5FB8",
    Role.CODE_STRING: "#2E7020",
    Role.CODE_NUMBER: "#A04400",
    Role.WARN: "#8F3F00",
    Role.WARN_SOFT: "#FFEBDD",
    Role.DANGER: "#B3261E",
    Role.DANGER_SOFT: "#FCE8E6",
    Role.ON_DANGER: "#FFFFFF",
    Role.HERE: "#178A5B",
    Role.AWAY: "#B0760F",
}

DARK: dict[Role, str] = {
    Role.SURFACE_BASE: "#151918",
    Role.SURFACE_SIDE: "#0F1312",
    Role.SURFACE_RAISED: "#1E2422",
    Role.SURFACE_SUNKEN: "#1B201E",
    Role.ROW_HOVER: "#191E1C",
    Role.CONTROL_HOVER: "#202725",
    Role.CONTROL_PRESSED: "#2A3230",
    Role.LINE: "#29312E",
    Role.OUTLINE: "#6C7772",
    Role.TEXT: "#E7ECE9",
    Role.TEXT_SECOND: "#ACB6B1",
    Role.TEXT_FAINT: "#939E99",
    Role.TEXT_DISABLED: "#5E6863",
    Role.ACCENT: "#3DBF9F",
    Role.ACCENT_HOVER: "#56CDB0",
    Role.ACCENT_PRESSED: "#2FA88B",
    Role.ON_ACCENT: "#04211A",
    Role.ACCENT_TEXT: "#57CDB0",
    Role.ACCENT_SOFT: "#16362D",
    Role.ACCENT_SOFT_PRESSED: "#1C453A",
    Role.MENTION: "#30280F",
    Role.MENTION_BAR: "#D39B2F",
    Role.MENTION_TEXT: "#F0C56B",
    Role.PRIVATE: "#1E1A2C",
    Role.PRIVATE_HOVER: "#241F35",
    Role.PRIVATE_TEXT: "#BBA2FF",
    Role.CODE_KEYWORD: "#BBA2FF",
    Role.CODE_NAME: "#82B6FF",
    Role.CODE_STRING: "#8ACB70",
    Role.CODE_NUMBER: "#F5A25D",
    Role.WARN: "#FFB37F",
    Role.WARN_SOFT: "#38220F",
    Role.DANGER: "#FF8F85",
    Role.DANGER_SOFT: "#3B1D1A",
    Role.ON_DANGER: "#2B0805",
    Role.HERE: "#35B57E",
    Role.AWAY: "#D39B2F",
}

# Ink and tint of the eight colours that mark people and rooms: red, orange, ochre, green, teal,
# blue, violet, pink.
PEOPLE_LIGHT: tuple[tuple[str, str], ...] = (
    ("#B4232F", "#F5E2E4"),
    ("#A04400", "#F3E7DE"),
    ("#7A5B00", "#EEEADE"),
    ("#2E7020", "#E4ECE2"),
    ("#006E63", "#DEECEB"),
    ("#1B5FB8", "#E1EAF6"),
    ("#6746C3", "#EBE7F7"),
    ("#A12C79", "#F3E4EE"),
)

PEOPLE_DARK: tuple[tuple[str, str], ...] = (
    ("#FF8C8C", "#483232"),
    ("#F5A25D", "#463727"),
    ("#DCBB52", "#413D25"),
    ("#8ACB70", "#2F402B"),
    ("#52CCB9", "#22403B"),
    ("#82B6FF", "#2D3C4B"),
    ("#BBA2FF", "#3A374B"),
    ("#F48FC8", "#46333F"),
)
