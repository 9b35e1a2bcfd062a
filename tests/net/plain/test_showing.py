"""What guests by plain text are shown of a room."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.net.plain.showing import QUOTED, Showing, came
from app.net.plain.words import Word, bare
from app.plain_words import plain_words
from app.protocol.attachments import Attached, FileRef, pack
from app.protocol.errors import Refusal
from app.protocol.messages import AnyMessage, Live, Presence, Said, SaidKind, TopicChanged, Went
from app.ui.texts import set_language

SHOWING = Showing(bare)


def said(text: str, kind: SaidKind = "text", nick: str = "ana", about: int = 0) -> Said:
    return Said(
        seq=7, author=1, at=0, cid=bytes(16), text=text, nick=nick, kind=kind, about=about
    )  # fmt: skip


def knowing(about: Said) -> Showing:
    """In English, with one line in the log, its third."""
    set_language("en")
    return Showing(plain_words, {3: about}.get)


def shown(showing: Showing, line: Said, floor: int = 0) -> str:
    return showing.said(line).for_reader(floor).decode()


@given(st.text(min_size=1), st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1))
def test_no_line_but_the_first_begins_where_names_do(text: str, nick: str) -> None:
    told = SHOWING.said(said(text, nick=nick)).data
    first, *further = told.decode().split("\n")
    assert told.endswith(b"\n")
    assert first.startswith((f"{nick}: ", f"“{nick}”: "))
    assert all(line.startswith("  ") for line in further[:-1])
    assert not any((ord(c) < 32 and c not in "\t\n") or 127 <= ord(c) < 160 for c in told.decode())


def test_files_are_told_by_name_and_size_and_their_caption_is_said() -> None:
    ref = FileRef(hash="0" * 64, name="foto.png", size=2_048, media="image/png")
    text = pack(Attached(files=(ref,), caption="olha"))
    set_language("en")
    told = shown(Showing(plain_words), said(text, "files"))
    assert told == "* ana sent a file: foto.png (2 KB)\nana: olha\n"


@pytest.mark.parametrize(
    "nick",
    ["Marina: oi", "Marina:", "* Marina saiu.", "Marina\ua789 oi", "Marina\u2236 oi", "∗ x", "“a"],
)
def test_nickname_passes_for_nobody_else_s_line(nick: str) -> None:
    assert shown(SHOWING, said("x", nick=nick)) == f"“{nick}”: x\n"
    assert came(nick).decode() == f"“{nick}” conectou ao servidor!\n"
    assert f"“{nick}” deleted" in shown(knowing(said("x")), said("", "delete", nick=nick))


@pytest.mark.parametrize("nick", ["Marina", "a*b", "दुःख", "ana*", "joão da silva", "“”"[1:]])
def test_other_nicknames_are_shown_as_they_are(nick: str) -> None:
    assert shown(SHOWING, said("x", nick=nick)) == f"{nick}: x\n"


def test_answer_says_which_message_it_answers() -> None:
    showing = knowing(said("oi,\nalguém aí?", nick="Marina"))
    told = shown(showing, said("sim\nsim", about=3))
    assert told == "ana: (answering Marina: “oi, alguém aí?”) sim\n  sim\n"


def test_answer_repeats_the_beginning_alone() -> None:
    told = shown(knowing(said("x" * 5_000, nick="Marina")), said("sim", about=3))
    assert told == f"ana: (answering Marina: “{'x' * (QUOTED - 1)}…”) sim\n"


def test_answer_to_a_file_names_it() -> None:
    ref = FileRef(hash="0" * 64, name="foto.png", size=2_048, media="image/png")
    for caption, gist in (("", "foto.png"), ("olha", "olha")):
        about = said(pack(Attached(files=(ref,), caption=caption)), "files", "Marina")
        assert f"Marina: “{gist}”) sim" in shown(knowing(about), said("sim", about=3))


@pytest.mark.parametrize("kind", ["deleted", "edited"])
def test_answer_repeats_nothing_that_was_taken_back(kind: SaidKind) -> None:
    text = "" if kind == "deleted" else "agora"
    told = shown(knowing(said(text, kind, "Marina")), said("sim", about=3))
    assert told == f"ana: (answering Marina{': “agora”' if text else ''}) sim\n"


def test_whoever_may_not_read_a_message_is_told_nothing_of_it() -> None:
    showing = knowing(said("segredo", nick="Marina"))
    assert shown(showing, said("sim", about=3), floor=3) == "ana: sim\n"
    assert "segredo" in shown(showing, said("sim", about=3), floor=2)
    assert showing.past((said("sim", about=3),), 1_000, floor=3) == b"ana: sim\n"
    for kind in ("react", "edit", "delete"):
        assert shown(showing, said("👍", kind, about=3), floor=3) == ""


def test_acts_say_upon_which_message() -> None:
    showing = knowing(said("oi", nick="Marina"))
    assert shown(showing, said("👍", "react", about=3)) == "* ana reacted with 👍 to Marina: “oi”\n"
    assert shown(showing, said("", "delete", about=3)) == "* ana deleted a message of Marina.\n"
    own = knowing(said("", "deleted"))
    assert shown(own, said("", "delete", about=3)) == "* ana deleted a message.\n"


@given(st.text(), st.text(min_size=1))
def test_no_answer_has_a_line_that_begins_where_names_do(before: str, text: str) -> None:
    told = shown(knowing(said(before, nick="Marina")), said(text, about=3))
    first, *further = told.split("\n")
    assert first.startswith("ana: (answering Marina")
    assert all(line.startswith("  ") for line in further[:-1])
    assert not any((ord(c) < 32 and c not in "\t\n") or 127 <= ord(c) < 160 for c in told)


@pytest.mark.parametrize("kind", ["unreact", "deleted"])
def test_what_was_taken_back_is_not_shown(kind: SaidKind) -> None:
    assert SHOWING.said(said("👍", kind)).data == b""


def test_edit_that_was_overtaken_is_not_shown() -> None:
    assert SHOWING.said(said("", "edit")).data == b""
    assert b"text=novo" in SHOWING.said(said("novo", "edit")).data


def test_batch_is_turned_into_lines_once() -> None:
    batch: list[AnyMessage] = [Live(said=(said("oi"),)), TopicChanged(topic="x", by="ana")]
    first = SHOWING.for_all([*batch])
    assert [each.seq for each in first] == [7, 0]
    same = [*batch]
    assert SHOWING.for_all(same) is SHOWING.for_all(same)


@pytest.mark.parametrize("reason", ["left", "lost", "removed"])
def test_who_went_is_told(reason: str) -> None:
    went = Went(number=1, nick="ana", at=0, reason=reason)  # type: ignore[arg-type]
    (told,) = SHOWING.for_all([Presence(changes=(went,))])
    word = Word.REMOVED if reason == "removed" else Word.LEFT
    assert told.data.decode() == f"* {word} nick=ana\n"


def test_every_word_is_said_in_words() -> None:
    about: dict[str, object] = dict.fromkeys(
        ("nick", "before", "by", "of", "topic", "name", "text", "gist", "emoji"), "{x}"
    )
    set_language("en")
    for word in (*Word, *Refusal):
        told = plain_words(word, size=1, count=2, **about)
        assert told
        assert word not in set(Word) or word not in told
