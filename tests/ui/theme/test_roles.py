"""The colours keep the contrast that the design promises: 4.5 for text, 3.0 for parts."""

from __future__ import annotations

import pytest

from app.ui.chat.timeline.text_look import CODE_ROLES
from app.ui.formatting.highlighting import TokenKind
from app.ui.theme.roles import DARK, LIGHT, PEOPLE_DARK, PEOPLE_LIGHT, Role

_SURFACES = (
    Role.SURFACE_BASE,
    Role.SURFACE_SIDE,
    Role.SURFACE_RAISED,
    Role.SURFACE_SUNKEN,
    Role.ROW_HOVER,
    Role.CONTROL_HOVER,
)
_PRIVATE = (Role.PRIVATE, Role.PRIVATE_HOVER)
_TINTED = (Role.MENTION, Role.ACCENT_SOFT, *_PRIVATE)
_SOFT = (*_SURFACES, *_TINTED)

_TEXTS: dict[Role, tuple[Role, ...]] = {
    Role.TEXT: (*_SOFT, Role.CONTROL_PRESSED, Role.WARN_SOFT, Role.DANGER_SOFT),
    Role.TEXT_SECOND: (*_SOFT, Role.CONTROL_PRESSED, Role.WARN_SOFT),
    Role.TEXT_FAINT: (*_SURFACES, Role.MENTION, *_PRIVATE),
    Role.ACCENT_TEXT: (*_SURFACES, *_TINTED, Role.ACCENT_SOFT_PRESSED),
    Role.ON_ACCENT: (Role.ACCENT, Role.ACCENT_HOVER, Role.ACCENT_PRESSED),
    Role.MENTION_TEXT: (Role.MENTION,),
    Role.CODE_KEYWORD: (Role.SURFACE_SUNKEN,),
    Role.CODE_NAME: (Role.SURFACE_SUNKEN,),
    Role.CODE_STRING: (Role.SURFACE_SUNKEN,),
    Role.CODE_NUMBER: (Role.SURFACE_SUNKEN,),
    Role.PRIVATE_TEXT: (*_PRIVATE, Role.SURFACE_BASE, Role.SURFACE_RAISED, Role.ACCENT_SOFT),
    Role.WARN: (Role.SURFACE_BASE, Role.SURFACE_SIDE, Role.SURFACE_RAISED, Role.WARN_SOFT),
    Role.DANGER: (
        Role.SURFACE_BASE,
        Role.SURFACE_SIDE,
        Role.SURFACE_RAISED,
        Role.SURFACE_SUNKEN,
        Role.DANGER_SOFT,
        Role.ACCENT_SOFT,
        Role.ROW_HOVER,
        *_PRIVATE,
    ),
    Role.ON_DANGER: (Role.DANGER,),
}
_PARTS: dict[Role, tuple[Role, ...]] = {
    Role.OUTLINE: (Role.SURFACE_BASE, Role.SURFACE_SIDE, Role.SURFACE_RAISED),
    Role.ACCENT: _SURFACES,
    Role.MENTION_BAR: (Role.MENTION, Role.SURFACE_BASE),
    Role.HERE: (Role.SURFACE_RAISED, Role.SURFACE_SIDE),
    Role.AWAY: (Role.SURFACE_SIDE, Role.SURFACE_BASE),
}
_TABLES = [pytest.param(LIGHT, id="light"), pytest.param(DARK, id="dark")]


def luminance(colour: str) -> float:
    def linear(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[i : i + 2], 16)) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def too_low(
    table: dict[Role, str], pairs: dict[Role, tuple[Role, ...]], least: float
) -> list[tuple[str, str, float]]:
    return [
        (role.value, surface.value, round(ratio, 2))
        for role, surfaces in pairs.items()
        for surface in surfaces
        if (ratio := contrast(table[role], table[surface])) < least
    ]


@pytest.mark.parametrize("table", _TABLES)
def test_every_role_has_a_colour(table: dict[Role, str]) -> None:
    assert set(table) == set(Role)


@pytest.mark.parametrize("table", _TABLES)
def test_text_can_be_read_on_every_surface_it_is_used_on(table: dict[Role, str]) -> None:
    assert too_low(table, _TEXTS, 4.5) == []


@pytest.mark.parametrize("table", _TABLES)
def test_parts_stand_out_from_every_surface_they_are_used_on(table: dict[Role, str]) -> None:
    assert too_low(table, _PARTS, 3.0) == []


@pytest.mark.parametrize("table", _TABLES)
def test_every_kind_of_code_can_be_read_on_its_ground(table: dict[Role, str]) -> None:
    assert set(CODE_ROLES) == set(TokenKind)
    ground = table[Role.SURFACE_SUNKEN]
    assert all(contrast(table[role], ground) >= 4.5 for role in CODE_ROLES.values())


@pytest.mark.parametrize(
    ("table", "people"),
    [pytest.param(LIGHT, PEOPLE_LIGHT, id="light"), pytest.param(DARK, PEOPLE_DARK, id="dark")],
)
def test_nicknames_can_be_read_in_every_colour(
    table: dict[Role, str], people: tuple[tuple[str, str], ...]
) -> None:
    assert len(people) == 8
    for ink, tint in people:
        assert contrast(ink, tint) >= 4.5
        assert all(contrast(ink, table[surface]) >= 4.5 for surface in _SOFT)
