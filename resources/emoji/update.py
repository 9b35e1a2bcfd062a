"""Make the files of emoji and their names from the package `emojibase-data`, unpacked.

    python -m resources.emoji.update FOLDER

It holds Unicode's emoji and CLDR's annotations as JSON. What is made: `emoji.json`, a line for each
emoji without a skin tone (`app.ui.emoji.data.Emoji`), and beside it, in the same order, a file for each
language (`Names`). `LICENSE` says whose data it is.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.ui.emoji.data import TONES, code_of

HERE = Path(__file__).resolve().parent

CODES = {
    "en": ("github", "emojibase", "iamcal", "joypixels", "cldr"),
    "pt": ("cldr",),
}
"""The sets of short codes for each language, the one that people know best first."""

EVERYDAY = {
    "pt": {
        "👍": "joinha",
        "👎": "descurti",
        "❤️": "coração",
        "👏": "palmas",
        "😂": "kkk",
        "🤣": "rindo",
        "😭": "chorando",
        "😊": "sorrindo",
        "😉": "piscadinha",
        "😘": "beijo",
        "😡": "bravo",
        "🤔": "pensando",
        "🤷": "sei_lá",
        "🙏": "amém",
        "🎉": "festa",
        "🥥": "coco_fruta",  # without accents it would be 💩
        "🤦": "que_vergonha",
        "✅": "feito",
    }
}
"""What people call them every day, where CLDR is stiff."""

_COMPONENT = 2
_FLAGS = 9
_LETTERS = 2
_DRAWN = 15.1
"""Newer tones of older emoji fall apart in most fonts, the reader's and everybody else's."""

_TEXT = 0


def _form(emoji: dict[str, Any]) -> str:
    """Return the fully qualified form: the package puts a selector behind more than need one."""
    text: str = emoji["emoji"]
    needless = emoji["type"] != _TEXT and len(text) == 2 and text[1] == "\ufe0f"
    return text[0] if needless else text


def _light(emoji: dict[str, Any]) -> str:
    tones = {
        skin["tone"]: skin["emoji"]
        for skin in emoji.get("skins", ())
        if isinstance(skin["tone"], int) and skin["version"] <= _DRAWN
    }
    if not tones:
        return ""
    light: str = tones[1]
    for number, tone in enumerate(TONES[1:], 1):
        if tones[number] != light.replace(TONES[1], tone):
            raise ValueError(f"{emoji['label']}: the tones differ by more than the modifier")
    return light


def _listed(codes: str | list[str]) -> list[str]:
    return [codes] if isinstance(codes, str) else codes


def _codes(folder: Path, language: str, emoji: list[dict[str, Any]]) -> list[list[str]]:
    """Return the short codes of each emoji; one that several have is of whom it fits best."""
    sets = [
        json.loads((folder / language / "shortcodes" / f"{name}.json").read_text("utf-8"))
        for name in CODES[language]
    ]
    everyday = EVERYDAY.get(language, {})
    rows = []
    best: dict[str, tuple[int, int]] = {}
    for row, one in enumerate(emoji):
        first, *more = (list(map(code_of, _listed(s.get(one["hexcode"], [])))) for s in sets)
        further = [code for codes in more for code in codes]
        if one["group"] == _FLAGS:
            # Two letters begin so many words that a flag would always come first.
            further = [code for code in further if len(code) > _LETTERS]
        own = [code_of(everyday[_form(one)])] if _form(one) in everyday else []
        codes = list(dict.fromkeys(filter(None, (*first, *own, *further))))
        rows.append(codes)
        for place, code in enumerate(codes):
            best[code] = min(best.get(code, (place, row)), (place, row))
    return [[code for code in codes if best[code][1] == row] for row, codes in enumerate(rows)]


def _names(folder: Path, language: str, emoji: list[dict[str, Any]]) -> Iterator[list[str]]:
    labels = {
        one["hexcode"]: one
        for one in json.loads((folder / language / "data.json").read_text("utf-8"))
    }
    for one, codes in zip(emoji, _codes(folder, language, emoji), strict=True):
        label, tags = labels[one["hexcode"]]["label"], labels[one["hexcode"]].get("tags", ())
        words = {word for text in (label, *tags) for word in code_of(text).split("_")}
        words -= {"", *(word for code in codes for word in code.split("_"))}
        if not codes:
            raise ValueError(f"{label}: no short code is its own; give it one in EVERYDAY")
        yield [label, " ".join(codes), " ".join(sorted(words))]


def _write(path: Path, rows: list[list[Any]]) -> None:
    lines = (json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    path.write_text("[\n" + ",\n".join(lines) + "\n]\n", "utf-8")


def main() -> int:
    """Make all files anew."""
    parser = argparse.ArgumentParser(description="Make the files of emoji and their names.")
    parser.add_argument("folder", type=Path, help="the unpacked package emojibase-data")
    folder: Path = parser.parse_args().folder
    english = json.loads((folder / "en" / "data.json").read_text("utf-8"))
    emoji = [one for one in english if one.get("group", _COMPONENT) != _COMPONENT]
    emoji.sort(key=lambda one: one["order"])
    rows = []
    for one in emoji:
        group = one["group"] - (one["group"] > _COMPONENT)
        light = _light(one)
        rows.append([_form(one), group, one["version"], *([light] if light else [])])
    _write(HERE / "emoji.json", rows)
    for language in CODES:
        _write(HERE / f"{language}.json", list(_names(folder, language, emoji)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
