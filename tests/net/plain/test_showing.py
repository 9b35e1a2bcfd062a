"""What guests by plain text are shown of a room."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.net.plain.showing import Showing
from app.net.plain.words import Word, bare
from app.plain_words import plain_words
from app.protocol.attachments import Attached, FileRef, pack
from app.protocol.errors import Refusal
from app.protocol.messages import AnyMessage, Live, Presence, Said, SaidKind, TopicChanged, Went
from app.ui.texts import set_language

SHOWING = Showing(bare)


def said(text: str, kind: SaidKind = "text", nick: str = "ana") -> Said:
    return Said(seq=7, author=1, at=0, cid=bytes(16), text=text, nick=nick, kind=kind)


@given(st.text(min_size=1), st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1))
def test_no_line_but_the_first_begins_where_names_do(text: str, nick: str) -> None:
    shown = SHOWING.said(said(text, nick=nick)).data
    first, *further = shown.decode().split("\n")
    assert shown.endswith(b"\n")
    assert first.startswith(f"{nick}: ")
    assert all(line.startswith("  ") for line in further[:-1])
    assert not any((ord(c) < 32 and c not in "\t\n") or 127 <= ord(c) < 160 for c in shown.decode())


def test_files_are_told_by_name_and_size_and_their_caption_is_said() -> None:
    ref = FileRef(hash="0" * 64, name="foto.png", size=2_048, media="image/png")
    text = pack(Attached(files=(ref,), caption="olha"))
    set_language("en")
    shown = Showing(plain_words).said(said(text, "files")).data.decode()
    assert shown == "* ana sent a file: foto.png (2 KB)\nana: olha\n"


@pytest.mark.parametrize("kind", ["unreact", "deleted"])
def test_what_was_taken_back_is_not_shown(kind: SaidKind) -> None:
    assert SHOWING.said(said("👍", kind)).data == b""


def test_edit_that_was_overtaken_is_not_shown() -> None:
    assert SHOWING.said(said("", "edit")).data == b""
    assert b"text=novo" in SHOWING.said(said("novo", "edit")).data


def test_batch_is_turned_into_lines_once() -> None:
    batch: list[AnyMessage] = [Live(said=(said("oi"),)), TopicChanged(topic="x", by="ana")]
    first = SHOWING.for_all([*batch])
    assert [shown.seq for shown in first] == [7, 0]
    same = [*batch]
    assert SHOWING.for_all(same) is SHOWING.for_all(same)


@pytest.mark.parametrize("reason", ["left", "lost", "removed"])
def test_who_went_is_told(reason: str) -> None:
    went = Went(number=1, nick="ana", at=0, reason=reason)  # type: ignore[arg-type]
    (shown,) = SHOWING.for_all([Presence(changes=(went,))])
    word = Word.REMOVED if reason == "removed" else Word.LEFT
    assert shown.data.decode() == f"* {word} nick=ana\n"


def test_every_word_is_said_in_words() -> None:
    about: dict[str, object] = dict.fromkeys(
        ("nick", "before", "by", "topic", "name", "text", "emoji"), "{x}"
    )
    set_language("en")
    for word in (*Word, *Refusal):
        told = plain_words(word, size=1, count=2, **about)
        assert told
        assert word not in set(Word) or word not in told
