"""How the parts of a formatted text look: fonts, colours, and Qt's ranges for spans."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PyQt6.QtGui import QColor, QFont, QFontMetricsF, QTextCharFormat, QTextLayout

from app.ui.chat.timeline.text_block import line_height
from app.ui.formatting.blocks import CodeBlock, Span, Style
from app.ui.formatting.highlighting import LANGUAGES, TokenKind, highlight
from app.ui.theme.roles import Role
from app.ui.theme.theme import Theme
from app.ui.theme.type import Step

BIG = 2.4
"""How many times larger than text emoji are that stand alone."""

CODE_ROLES = {
    TokenKind.KEYWORD: Role.CODE_KEYWORD,
    TokenKind.NAME: Role.CODE_NAME,
    TokenKind.STRING: Role.CODE_STRING,
    TokenKind.NUMBER: Role.CODE_NUMBER,
    TokenKind.COMMENT: Role.TEXT_FAINT,
    TokenKind.OPERATOR: Role.TEXT_SECOND,
    TokenKind.INSERTED: Role.CODE_STRING,
    TokenKind.DELETED: Role.DANGER,
}


class TextLook:
    """The theme's fonts and colours for what is said, as they were when this was made."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self.font = theme.font(Step.MESSAGE)
        self.line = line_height(self.font)
        self.code = theme.font(Step.CODE)
        self.code_line = line_height(self.code)
        self.big = QFont(self.font)
        self.big.setPointSizeF(self.font.pointSizeF() * BIG)
        self.big_line = line_height(self.big)
        self.metrics = QFontMetricsF(self.font)
        self._styles: dict[tuple[object, ...], QTextCharFormat] = {}
        self._languages: set[str] = set()

    def colour(self, role: Role) -> QColor:
        """Return the theme's colour."""
        return self._theme.colour(role)

    def ranges(
        self, spans: Sequence[Span], is_me: Callable[[str], bool]
    ) -> list[QTextLayout.FormatRange]:
        """Return how the spans look; `is_me` tells oneself among the nicknames mentioned."""
        return [_range(span.start, span.length, self._style_of(span, is_me)) for span in spans]

    def learn(self, language: str) -> bool:
        """Load what colours that language; return whether it was new, which takes up to 50 ms."""
        if not language or language in self._languages:
            return False
        self._languages.add(language)
        highlight(" ", language)
        return language.lower() in LANGUAGES

    def code_ranges(self, block: CodeBlock) -> list[QTextLayout.FormatRange]:
        """Return the colours of code in a language that is known."""
        return [
            _range(start, length, self._ink(CODE_ROLES[kind]))
            for start, length, kind in highlight(block.text, block.language)
        ]

    def _style_of(self, span: Span, is_me: Callable[[str], bool]) -> QTextCharFormat:
        me = bool(span.mention) and is_me(span.mention)
        key = (int(span.style), span.link is not None, bool(span.mention), me)
        found = self._styles.get(key)
        if found is None:
            found = self._styles[key] = self._made(span, me=me)
        return found

    def _made(self, span: Span, *, me: bool) -> QTextCharFormat:
        style = QTextCharFormat()
        if span.style & Style.CODE:
            style.setFont(self.code)
            style.setBackground(self.colour(Role.CONTROL_HOVER))
            style.setForeground(self.colour(Role.TEXT))
        if span.style & Style.BOLD:
            style.setFontWeight(QFont.Weight.Bold)
        if span.style & Style.ITALIC:
            style.setFontItalic(True)
        if span.style & Style.STRIKE:
            style.setFontStrikeOut(True)
        if span.link is not None:
            # Never by colour alone.
            style.setFontUnderline(True)
            style.setForeground(self.colour(Role.ACCENT_TEXT))
        elif me:
            # Nothing that changes the width: who is in the room changes, and heights are kept.
            style.setForeground(self.colour(Role.MENTION_TEXT))
            style.setBackground(self.colour(Role.MENTION))
        elif span.mention:
            style.setForeground(self.colour(Role.ACCENT_TEXT))
            style.setBackground(self.colour(Role.ACCENT_SOFT))
        return style

    def _ink(self, role: Role) -> QTextCharFormat:
        found = self._styles.get((role,))
        if found is None:
            found = self._styles[role,] = QTextCharFormat()
            found.setForeground(self.colour(role))
        return found


def _range(start: int, length: int, style: QTextCharFormat) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length, made.format = start, length, style
    return made
