"""The system's high contrast, as far as Qt tells of it (from 6.10, and not on every desktop).

PyQt6 6.11 wraps `contrastPreferenceChanged` as a method, not as a signal: `Theme` asks anew
whenever the application becomes active or the colour scheme changes.
"""

from __future__ import annotations

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QColor, QPalette, QStyleHints

from app.ui.theme.roles import Role

_OF = QPalette.ColorRole

_ROLES: dict[QPalette.ColorRole, tuple[Role, ...]] = {
    _OF.Base: (
        Role.SURFACE_BASE,
        Role.SURFACE_RAISED,
        Role.SURFACE_SIDE,
        Role.SURFACE_SUNKEN,
        Role.ROW_HOVER,
        Role.CONTROL_HOVER,
        Role.CONTROL_PRESSED,
        Role.ACCENT_SOFT,
        Role.ACCENT_SOFT_PRESSED,
        Role.MENTION,
        Role.PRIVATE,
        Role.PRIVATE_HOVER,
        Role.WARN_SOFT,
        Role.DANGER_SOFT,
        Role.ON_DANGER,
    ),
    _OF.Text: (
        Role.TEXT,
        Role.TEXT_SECOND,
        Role.TEXT_FAINT,
        Role.TEXT_DISABLED,
        Role.LINE,
        Role.OUTLINE,
        Role.WARN,
        Role.DANGER,
        Role.HERE,
        Role.AWAY,
        Role.MENTION_TEXT,
        Role.MENTION_BAR,
        Role.PRIVATE_TEXT,
        Role.CODE_KEYWORD,
        Role.CODE_NAME,
        Role.CODE_STRING,
        Role.CODE_NUMBER,
    ),
    _OF.Highlight: (Role.ACCENT, Role.ACCENT_HOVER, Role.ACCENT_PRESSED),
    _OF.HighlightedText: (Role.ON_ACCENT,),
    _OF.Link: (Role.ACCENT_TEXT,),
}


def is_wanted(hints: QStyleHints) -> bool:
    """Tell whether the system asks for high contrast; False where Qt cannot tell."""
    if not hasattr(hints, "accessibility"):
        return False
    accessibility = hints.accessibility()
    return (
        accessibility is not None
        and accessibility.contrastPreference() is Qt.ContrastPreference.HighContrast
    )


def from_palette(system: QPalette) -> dict[Role, QColor]:
    """Return every role in the system's own colours; lines are drawn as outlines."""
    return {role: QColor(system.color(name)) for name, roles in _ROLES.items() for role in roles}
