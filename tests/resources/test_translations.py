"""Every text goes through translation, and every translation is whole."""

from __future__ import annotations

import importlib.util
import re
import string
import xml.etree.ElementTree as ET
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from app.ui.texts import LANGUAGES, set_language, tr

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "resources" / "translations"
OTHERS = [language for language in LANGUAGES if language != "en"]


def _update() -> ModuleType:
    spec = importlib.util.spec_from_file_location("translations_update", FOLDER / "update.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # The dataclass in it looks its own module up by name.
    import sys  # noqa: PLC0415

    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


TEXTS = sorted(_update().texts_in(ROOT / "app"))


def _messages(language: str) -> dict[str, ET.Element]:
    tree = ET.parse(FOLDER / f"papo_{language}.ts")
    return {m.findtext("source", ""): m for m in tree.iter("message")}


def _forms(message: ET.Element) -> list[str]:
    translation = message.find("translation")
    assert translation is not None
    assert translation.get("type") != "unfinished", message.findtext("source")
    if message.get("numerus") == "yes":
        return [form.text or "" for form in translation.findall("numerusform")]
    return [translation.text or ""]


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_and_keeps_its_fields(language: str) -> None:
    messages = _messages(language)
    wanted = [text for text in TEXTS if text.plural or language != "en"]
    assert set(messages) == {text.source for text in wanted}, "run resources/translations/update.py"
    for text in wanted:
        forms = _forms(messages[text.source])
        assert len(forms) == (2 if text.plural else 1)
        for form in forms:
            assert form.strip(), text.source
            assert _fields(form) == _fields(text.source), text.source
        if text.plural:
            assert "%n" in forms[-1], text.source


@pytest.mark.parametrize("language", OTHERS)
def test_compiled_file_holds_every_translation(language: str) -> None:
    set_language(language)
    messages = _messages(language)
    for text in TEXTS:
        forms = _forms(messages[text.source])
        values: dict[str, Any] = {name: f"<{name}>" for name in _fields(text.source)}
        for number, form in zip((1, 2), forms, strict=False):
            shown = (
                tr(text.source, n=number, **values) if text.plural else tr(text.source, **values)
            )
            expected = form.replace("%n", str(number)) if text.plural else form
            assert shown == (expected.format(**values) if values else expected)


def test_english_plural_forms_are_compiled() -> None:
    set_language("en")
    for text in TEXTS:
        if text.plural:
            values = dict.fromkeys(_fields(text.source), "x")
            assert not re.search(r"\(\w+\)", tr(text.source, n=2, **values)), text.source
