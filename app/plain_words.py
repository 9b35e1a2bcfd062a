"""What guests by plain text are told, in the language of whoever hosts."""

from __future__ import annotations

from collections.abc import Callable

from app.net.plain.words import Word
from app.ui.files.sizes import human_size
from app.ui.sentences import sentence
from app.ui.texts import tr

About = dict[str, object]


def plain_words(word: str, /, **about: object) -> str:
    """Say a `Word`, or the sentence of a refusal, with what is known about it."""
    make = _WORDS.get(word)
    return sentence(word, **about) if make is None else make(about)


def _password(_about: About) -> str:
    return tr(
        "This room asks for its password. Type it on a line of its own. Others on the network "
        "could read it."
    )


def _left(about: About) -> str:
    return _filled(tr("{nick} left the room."), about)


def _removed(about: About) -> str:
    return _filled(tr("{nick} was removed from the room."), about)


def _renamed(about: About) -> str:
    return _filled(tr("{before} is now {nick}."), about)


def _topic(about: About) -> str:
    if not about["topic"]:
        return _filled(tr("{by} took the topic away."), about)
    return _filled(tr("{by} set the topic: {topic}"), about)


def _file(about: About) -> str:
    size = human_size(_number(about["size"]))
    return _filled(tr("{nick} sent a file: {name} ({size})"), {**about, "size": size})


def _edited(about: About) -> str:
    return _filled(tr("{nick} changed a message: {text}"), about)


def _deleted(about: About) -> str:
    if about.get("of", about["nick"]) != about["nick"]:
        return _filled(tr("{nick} deleted a message of {of}."), about)
    return _filled(tr("{nick} deleted a message."), about)


def _reacted(about: About) -> str:
    if about.get("gist"):
        return _filled(tr("{nick} reacted with {emoji} to {of}: “{gist}”"), about)
    return _filled(tr("{nick} reacted: {emoji}"), about)


def _answered(about: About) -> str:
    if about["gist"]:
        return _filled(tr("(answering {of}: “{gist}”)"), about)
    return _filled(tr("(answering {of})"), about)


def _skipped(about: About) -> str:
    return tr(
        "%n message(s) are left out here: this connection took them too slowly.",
        n=_number(about["count"]),
    )


def _slowed(_about: About) -> str:
    return tr("You write faster than this room allows. The rest is sent little by little.")


def _filled(text: str, about: About) -> str:
    return text.format(**about)


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


_WORDS: dict[str, Callable[[About], str]] = {
    Word.PASSWORD: _password,
    Word.LEFT: _left,
    Word.REMOVED: _removed,
    Word.RENAMED: _renamed,
    Word.TOPIC: _topic,
    Word.FILE: _file,
    Word.EDITED: _edited,
    Word.DELETED: _deleted,
    Word.REACTED: _reacted,
    Word.ANSWERED: _answered,
    Word.SKIPPED: _skipped,
    Word.SLOWED: _slowed,
}
