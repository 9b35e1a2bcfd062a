"""The application's style sheet, built from roles.

Dynamic properties that widgets may set: `kind` on buttons (main, tonal, plain, text, danger,
icon, tab, private), `small` on a main button that stands among others, `role` on labels (a `Role`'s
value), `barred` on the frame in place of what one may not write,
`surface` on plain widgets and frames (a `Role`'s value), `card` on frames, `invalid` on fields,
`joined` on fields that hold a button inside.
"""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING

from app.ui.theme.roles import Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from PyQt6.QtGui import QColor

_RULES = Template("""
QToolTip {
    background: $surface_raised; color: $text; border: 1px solid $outline; padding: 5px 7px;
}

QLineEdit, QPlainTextEdit[field="true"], QTextEdit[field="true"] {
    background: $surface_base; color: $text;
    border: 1px solid $outline; border-radius: 8px;
    padding: 0 9px; min-height: 34px;
    selection-background-color: $accent; selection-color: $on_accent;
    placeholder-text-color: $text_faint;
}
QPlainTextEdit[field="true"], QTextEdit[field="true"] { padding: 6px 7px; }
QLineEdit[invalid="true"] { border: 1px solid $danger; }
QLineEdit:focus { border: 2px solid $accent; padding: 0 8px; min-height: 32px; }
QPlainTextEdit[field="true"]:focus, QTextEdit[field="true"]:focus {
    border: 2px solid $accent; padding: 5px 6px;
}
QLineEdit[invalid="true"]:focus { border: 2px solid $danger; }
QLineEdit:read-only { background: $surface_sunken; }
QLineEdit:disabled {
    background: $surface_sunken; color: $text_disabled; border-color: $line;
}

QPushButton, QToolButton {
    border: none; border-radius: 8px; padding: 0 14px; min-height: 32px;
    background: transparent; color: $text; outline: none;
}
QPushButton { font-weight: 600; }
QPushButton::menu-indicator, QToolButton::menu-indicator { image: none; width: 0; }

*[kind="main"] { background: $accent; color: $on_accent; min-height: 40px; padding: 0 21px; }
*[kind="main"][small="true"] { min-height: 32px; padding: 0 14px; }
*[kind="main"]:hover { background: $accent_hover; }
*[kind="main"]:pressed { background: $accent_pressed; }

*[kind="tonal"] { background: $accent_soft; color: $accent_text; }
*[kind="tonal"]:hover, *[kind="tonal"]:pressed { background: $accent_soft_pressed; }

*[kind="plain"] {
    background: $surface_raised; color: $text; border: 1px solid $outline; min-height: 30px;
}
*[kind="plain"]:hover { background: $control_hover; }
*[kind="plain"]:pressed { background: $control_pressed; }

*[kind="text"] { color: $accent_text; padding: 0 10px; }
*[kind="text"]:hover { background: $control_hover; }
*[kind="text"]:pressed { background: $control_pressed; }

*[kind="danger"] {
    background: $surface_raised; color: $danger; border: 1px solid $danger; min-height: 30px;
}
*[kind="danger"]:hover, *[kind="danger"]:pressed { background: $danger_soft; }

*[kind="tab"] { color: $text_second; padding: 0 12px; }
*[kind="tab"]:hover { background: $control_hover; }
*[kind="tab"]:checked { background: $accent_soft; color: $accent_text; }

*[kind="private"] { background: $private_text; color: $private; }
*[kind="private"]:hover, *[kind="private"]:pressed { background: $private_text; }

*[kind="icon"] { padding: 0; min-width: 32px; min-height: 32px; }
*[kind="icon"]:hover { background: $control_hover; }
*[kind="icon"]:pressed { background: $control_pressed; }
*[kind="icon"]:checked { background: $accent_soft; }
*[kind="icon"]:checked:hover { background: $accent_soft_pressed; }

*[kind="disclosure"] {
    color: $text_second; font-weight: 400; padding: 0 8px 0 0; text-align: left;
}
*[kind="disclosure"]:hover { background: $control_hover; }

QPushButton:disabled, QToolButton:disabled { color: $text_disabled; }
*[kind="main"]:disabled, *[kind="tonal"]:disabled, *[kind="plain"]:disabled,
*[kind="danger"]:disabled, *[kind="private"]:disabled {
    background: $surface_sunken; color: $text_disabled;
}

QRadioButton, QCheckBox { color: $text; spacing: 8px; min-height: 24px; outline: none; }
QRadioButton::indicator, QCheckBox::indicator {
    width: 14px; height: 14px; border: 1px solid $outline; background: $surface_base;
}
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator { border-radius: 4px; }
QRadioButton::indicator:hover, QCheckBox::indicator:hover { background: $control_hover; }
QRadioButton::indicator:checked {
    width: 6px; height: 6px; border: 5px solid $accent; background: $on_accent;
}
QCheckBox::indicator:checked { background: $accent; border-color: $accent; }

QMenu {
    background: $surface_raised; color: $text; border: 1px solid $line; padding: 4px;
}
QMenu::item { padding: 7px 24px 7px 12px; border-radius: 6px; min-width: 120px; }
QMenu::item:selected { background: $control_pressed; }
QMenu::item:disabled { color: $text_disabled; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }

QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $text_disabled; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $text_faint; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QScrollArea { border: none; background: transparent; }
QAbstractItemView { border: none; outline: none; background: transparent; }

*[card="true"] {
    background: $surface_raised; border: 1px solid $line; border-radius: 12px;
}
*[barred="true"] { background: $surface_sunken; border: none; border-radius: 12px; }
*[badge="true"] { background: $accent_soft; border-radius: 10px; }

*[chip="neutral"] { background: $control_hover; border-radius: 6px; }
*[chip="soft"] { background: $accent_soft; border-radius: 6px; }
*[chip="warn"] { background: $warn_soft; border-radius: 6px; }
*[chip="danger"] { background: $danger_soft; border-radius: 6px; }

*[bar="warn"] { background: $warn_soft; border: none; border-bottom: 1px solid $line; }
*[bar="danger"] { background: $danger_soft; border: none; border-bottom: 1px solid $line; }
*[bar="neutral"] { background: $control_hover; border: none; border-bottom: 1px solid $line; }
*[bar="info"] { background: $accent_soft; border: none; border-bottom: 1px solid $line; }
""")


def stylesheet(colour: Callable[[Role], QColor]) -> str:
    """Return the style sheet in the colours that `colour` gives."""
    names = {role.value.replace(".", "_"): colour(role).name() for role in Role}
    rules = [_RULES.substitute(names)]
    for role in Role:
        value = colour(role).name()
        rules.append(f'QLabel[role="{role.value}"] {{ color: {value}; }}')
        rules.append(f'*[surface="{role.value}"] {{ background: {value}; }}')
    return "\n".join(rules)
