"""When something happened, as a person says it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from app.ui.chat.times import day_name
from app.ui.texts import set_language


@pytest.fixture(autouse=True)
def _back_to_english() -> Iterator[None]:
    yield
    set_language("en")


def at(year: int, month: int, day: int) -> int:
    return int(datetime(year, month, day, 12).astimezone().timestamp() * 1000)


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ("Today", "Yesterday", "Tuesday, 3 March", "Friday, 5 December 2025")),
        (
            "pt_BR",
            ("Hoje", "Ontem", "Terça-feira, 3 de março", "Sexta-feira, 5 de dezembro de 2025"),
        ),
    ],
)
def test_a_day_stands_alone_and_begins_large(language: str, names: tuple[str, ...]) -> None:
    set_language(language)
    now = at(2026, 3, 12)
    days = (now, at(2026, 3, 11), at(2026, 3, 3), at(2025, 12, 5))
    assert tuple(day_name(day, now) for day in days) == names
