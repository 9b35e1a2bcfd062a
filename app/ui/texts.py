"""Every text that a person reads goes through `tr()`."""

from __future__ import annotations

from PyQt6.QtCore import QCoreApplication

CONTEXT = "papo"


def tr(source: str, /, *, n: int | None = None, **values: object) -> str:
    """Return `source` in the reader's language, with `{name}` filled in from `values`.

    With `n`, the plural form for that number is chosen and `%n` stands for it."""
    text = QCoreApplication.translate(CONTEXT, source, None, -1 if n is None else n)
    return text.format(**values) if values else text
