"""Every text that a person reads goes through `tr()`."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QLocale, QTranslator

from app.support.resources import resource

CONTEXT = b"papo"

LANGUAGES = ("en", "pt_BR")
"""The languages that there are, by the names of their files in `resources/translations`."""

_MOST = 2**31 - 1

# The command line speaks before there is an application to install a translator in, so the
# translator is asked directly.
_translator = QTranslator()
_locale = QLocale(QLocale.Language.English)


def system_language() -> str:
    """Return the first of the person's languages that Papo speaks, else English."""
    for wanted in QLocale.system().uiLanguages():
        tag = wanted.replace("-", "_")
        for language in LANGUAGES:
            if tag == language or tag.split("_")[0] == language.split("_")[0]:
                return language
    return "en"


def set_language(language: str) -> None:
    """Speak `language`, one of `LANGUAGES`, from now on."""
    global _translator, _locale  # noqa: PLW0603 - the one language of the process
    translator = QTranslator()
    translator.load(str(resource("translations", f"papo_{language}.qm")))
    _translator = translator
    _locale = QLocale(language)


def locale() -> QLocale:
    """Return the locale to show dates and numbers in: the system's, in the language spoken."""
    system = QLocale.system()
    return system if system.language() == _locale.language() else _locale


def word_list() -> str:
    """Return the name of the list that fingerprint words are taken from: the same for everybody.

    Two people compare the words by reading them aloud, each in a window of their own language.
    """
    return "english"


def tr(source: str, /, *, n: int | None = None, **values: object) -> str:
    """Return `source` in the reader's language, with `{name}` filled in from `values`.

    With `n`, the plural form for that number is chosen and `%n` stands for it.
    """
    # As bytes: PyQt takes a str for ASCII here, where the texts are UTF-8.
    translate: Callable[..., str] = _translator.translate
    if n is not None:
        # A peer may have chosen it, and Qt counts with 32 bits.
        n = max(-_MOST, min(n, _MOST))
    text = translate(CONTEXT, source.encode(), b"", -1 if n is None else n) or source
    if n is not None:
        text = text.replace("%n", locale().toString(n))
    return text.format(**values) if values else text
