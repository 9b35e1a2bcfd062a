"""What is written: nobody's words become a tag, a line or a field of their own."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PyQt6.QtWidgets import QApplication

from app import __version__
from app.session.timeline import Entry, MessageEntry, NoticeEntry, NoticeKind, Reaction
from app.ui.chat.export.html_look import style_hash, style_sheet
from app.ui.chat.export.html_writer import HtmlWriter, colour_number
from app.ui.chat.export.writers import About, JsonWriter, TextWriter, Writer
from app.ui.formatting.mentions import Nicknames, with_mentions
from app.ui.theme.roles import PEOPLE_DARK, PEOPLE_LIGHT
from app.ui.theme.theme import Theme
from tests.helpers.corpus import naughty_strings, own_strings

ABOUT = About("Lab", "Arms", bytes(range(32)), 1_700_000_000.0, from_host=False, private=False)
AT = 1_700_000_000_000
NICKS = Nicknames(["Leo", "Tom Silva"])


def message(text: str, *, nick: str = "Ana", at: int = AT, seq: int = 1) -> MessageEntry:
    return MessageEntry(
        cid=b"", seq=seq, author=1, nick=nick, device=b"a" * 32, at=at, text=text, mine=False
    )


def written(writer: Writer, *entries: Entry) -> str:
    body = "".join(piece for entry in entries for piece in writer.entry(entry))
    return writer.head() + body + writer.foot()


def page(*entries: Entry, about: About = ABOUT) -> str:
    writer = HtmlWriter(about, lambda one: with_mentions(one, NICKS), lambda nick: nick == "Leo")
    return written(writer, *entries)


class Reader(HTMLParser):
    """Checks that every tag and attribute is one of ours, and is closed where it should be."""

    TAGS = frozenset(
        {"html", "head", "meta", "title", "style", "body", "header", "main", "footer", "section"}
        | {
            "article",
            "h1",
            "h2",
            "p",
            "div",
            "span",
            "bdi",
            "time",
            "a",
            "strong",
            "em",
            "s",
            "code",
        }
        | {"pre", "blockquote"}
    )
    ATTRIBUTES = frozenset(
        {"lang", "dir", "charset", "http-equiv", "content", "name", "class", "datetime"}
        | {"aria-hidden", "href", "title", "rel", "referrerpolicy", "id"}
    )

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.words: list[str] = []
        self.links: list[str] = []
        self.anchors: list[str] = []
        self.numbers: list[str] = []
        self.classes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in self.TAGS, tag
        values = dict(attrs)
        assert set(values) <= self.ATTRIBUTES, values
        self.numbers += [values["id"] or ""] if "id" in values else []
        self.classes |= set((values.get("class") or "").split())
        if tag == "a":
            target = values["href"]
            assert target is not None
            if re.fullmatch(r"#m\d+", target):
                self.anchors.append(target)
                self.open.append(tag)
                return
            assert re.match(r"(https?|mailto):", target), target
            assert target.isascii()
            assert values["rel"] == "noopener noreferrer nofollow"
            self.links.append(target)
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] != ["style"]:
            self.words.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_pi(self, data: str) -> None:
        raise AssertionError(data)

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(data)


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    return reader


def letters(text: str) -> str:
    return "".join(sign for sign in text if sign.isascii() and sign.isalnum())


# --- HTML -----------------------------------------------------------------------------------------

OURS = (
    {
        "big",
        "gone",
        "late",
        "list",
        "mark",
        "at",
        "me",
        "mention",
        "to",
        "careful",
        "private",
        "note",
    }
    | {"topic", "first", "quoted", "edited", "chips", "chip", "mine"}
    | set("kfsncod")
)
HOSTILE = [*own_strings(), *naughty_strings()]


def test_no_hostile_string_becomes_a_tag_an_attribute_or_a_class() -> None:
    usual = read(page(message("a"))).classes
    for text in HOSTILE:
        nick = text[:64]
        entries = (
            message(text, nick=nick),
            replace(message(text), private_with=b"x", private_nick=nick),
            replace(message(""), deleted=True, deleted_by=nick),
            replace(
                message(text, nick=nick, seq=2),
                reply_to=1,
                edited=True,
                reactions=(Reaction("👍", (nick, "Tom"), mine=False),),
            ),
        )
        html = page(*entries, about=replace(ABOUT, room=nick, topic=text))
        html.encode("utf-8", "replace")
        reader = read(html)
        assert reader.classes <= usual | OURS


def test_every_hostile_string_is_readable_in_the_page() -> None:
    for text in HOSTILE[::7]:
        if "`" in text or "[" in text:
            continue  # Marks of code's language and of links' targets are not in the words.
        said = "".join(read(page(message(text))).words)
        assert letters(text) in letters(said), text


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=120), st.text(max_size=20))
def test_any_text_stays_text(text: str, nick: str) -> None:
    read(page(message(text, nick=nick)))


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="<>&\"'`*_~[]()!/:.@#-\n htps=onLeo\u202e\u2066\0", max_size=80))
def test_any_mixture_of_signs_stays_text(text: str) -> None:
    read(page(message(text)))


def test_the_page_allows_itself_its_style_and_nothing_else() -> None:
    html = page(message("a"))
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    assert policy is not None
    rules = dict(rule.strip().split(" ", 1) for rule in policy[1].split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["img-src"] == "data:"
    assert rules["style-src"] == style_hash()
    assert f"<style>{style_sheet()}</style>" in html
    assert "<script" not in html
    assert not re.search(r"url\(|@import|src=", html)


def test_a_deceptive_link_shows_where_it_leads() -> None:
    reader = read(page(message("[https://bank.example](http://evil.test/x)")))
    assert reader.links == ["http://evil.test/x"]
    assert "careful" in reader.classes
    assert "http://evil.test/x" in reader.words


@pytest.mark.parametrize("text", ["papo://10.0.0.1:9090/", "[a](javascript:alert(1))", "file:///x"])
def test_what_no_browser_should_follow_is_no_link(text: str) -> None:
    reader = read(page(message(text)))
    assert reader.links == []


def test_formatting_looks_as_in_the_window() -> None:
    html = page(message("**a** *b* ~~c~~ `d` @Leo\n\n> e\n\n1. f\n\n```python\ndef g(): pass\n```"))
    for part in ("<strong>a</strong>", "<em>b</em>", "<s>c</s>", "<code>d</code>", "<blockquote"):
        assert part in html
    assert '<span class="at me">@Leo</span>' in html
    assert '<span class="k">def</span>' in html
    assert 'class="first mention"' in html


def test_messages_are_grouped_and_days_divided() -> None:
    minute = 60_000
    html = page(
        message("a"),
        message("b", at=AT + minute),
        message("c", at=AT + minute, nick="Tom"),
        message("d", at=AT + 20 * minute, nick="Tom"),
        message("e", at=AT + 86_400_000, nick="Tom"),
    )
    assert html.count('class="nick') == 4
    assert html.count("<h2>") == html.count("<section>") == html.count("</section>") == 2


def test_a_gap_is_told_everywhere() -> None:
    gap = NoticeEntry(NoticeKind.GAP, at=AT)
    assert "Some messages are missing here." in page(gap)
    assert "Some messages are missing here." in written(TextWriter(ABOUT), gap)
    [found] = json.loads(written(JsonWriter(ABOUT), gap))["messages"]
    assert found["kind"] == "gap"


def test_a_person_has_the_colour_of_the_window(qapp: QApplication) -> None:
    theme = Theme(qapp)
    people = PEOPLE_DARK if theme.dark else PEOPLE_LIGHT
    for number in range(40):
        device = bytes([number]) * 32
        ink = theme.person(device).ink.name().upper()
        assert ink == people[colour_number(device)][0]
        ink = theme.person(device, number).ink.name().upper()
        assert ink == people[colour_number(device, number)][0]
    theme.deleteLater()


def test_a_chosen_colour_is_the_one_on_the_page() -> None:
    writer = HtmlWriter(ABOUT, lambda one: one, lambda _nick: False, colour_of=lambda _device: 9)
    assert 'class="avatar p1"' in written(writer, message("x"))


def remarked() -> tuple[MessageEntry, ...]:
    said = replace(message("the **first**"), mine=True)
    reactions = (Reaction("👍", ("Leo", "Tom"), mine=True), Reaction("🎉", ("Tom",), mine=False))
    answer = message("an answer", nick="Tom", seq=2)
    return said, replace(answer, reply_to=1, edited=True, reactions=reactions)


def test_the_page_leads_to_what_is_answered_and_shows_reactions() -> None:
    html = page(*remarked())
    reader = read(html)
    assert reader.anchors == ["#m1"]
    assert reader.numbers == ["m1", "m2"]
    assert "the first" in reader.words
    assert "edited" in reader.words
    assert 'title="Leo, Tom"' in html
    assert 'class="first mention"' in html, "somebody answered me"
    assert "chip mine" in html


def test_an_answer_to_what_is_not_in_the_file_leads_nowhere() -> None:
    reader = read(page(replace(message("b", seq=7), reply_to=3)))
    assert reader.anchors == []
    assert "An earlier message" in reader.words


def test_text_and_data_tell_of_answers_edits_and_reactions() -> None:
    text = written(TextWriter(ABOUT), *remarked())
    assert re.search(
        r"\] Tom \(answers Ana, edited\): an answer\n    👍 Leo, Tom\n    🎉 Tom\n$", text
    )
    first, second = json.loads(written(JsonWriter(ABOUT), *remarked()))["messages"]
    assert (first["reply_to"], first["edited"], first["reactions"]) == (None, False, [])
    assert (second["reply_to"], second["edited"]) == (1, True)
    assert second["reactions"][0] == {"emoji": "👍", "nicks": ["Leo", "Tom"]}


def test_an_empty_room_is_a_whole_page() -> None:
    assert "0 messages" in page() or "0 message" in page()
    read(page())


# --- JSON -----------------------------------------------------------------------------------------


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(alphabet=st.characters(codec="utf-8"))), st.integers())
def test_what_is_written_as_data_is_read_again(texts: list[str], at: int) -> None:
    entries = [message(text, seq=number, at=at) for number, text in enumerate(texts, 1)]
    found = json.loads(written(JsonWriter(ABOUT), *entries))
    assert [one["text"] for one in found["messages"]] == texts
    assert [one["seq"] for one in found["messages"]] == list(range(1, len(texts) + 1))
    assert found["count"] == len(texts)
    for one in found["messages"]:
        assert datetime.fromisoformat(one["at"]).tzinfo == UTC


def test_the_data_says_what_it_is() -> None:
    found = json.loads(written(JsonWriter(ABOUT), message("a")))
    assert found["papo_transcript"] == 1
    assert (found["papo_version"], found["room"]) == (__version__, "Lab")
    assert found["fingerprint"] == bytes(range(32)).hex()
    assert datetime.fromisoformat(found["exported_at"]).timestamp() == ABOUT.exported_at
    [one] = found["messages"]
    assert one == {
        "kind": "message",
        "seq": 1,
        "at": "2023-11-14T22:13:20.000Z",
        "nick": "Ana",
        "device": (b"a" * 32).hex(),
        "mine": False,
        "text": "a",
        "deleted": False,
        "deleted_by": None,
        "private_with": None,
        "reply_to": None,
        "edited": False,
        "reactions": [],
        "files": [],
    }


def test_data_of_the_hostile_is_data() -> None:
    entries = [message(text, nick=text[:64]) for text in HOSTILE]
    found = json.loads(written(JsonWriter(ABOUT), *entries))
    assert [one["text"] for one in found["messages"]] == HOSTILE


def test_data_tells_what_is_deleted_and_what_is_private() -> None:
    gone = replace(message(""), deleted=True, deleted_by="Tom")
    private = replace(message("psst", seq=0), private_with=b"x" * 32, private_nick="Tom")
    first, second = json.loads(written(JsonWriter(ABOUT), gone, private))["messages"]
    assert (first["text"], first["deleted"], first["deleted_by"]) == (None, True, "Tom")
    assert second["seq"] is None
    assert second["private_with"] == {"device": (b"x" * 32).hex(), "nick": "Tom"}


# --- text -----------------------------------------------------------------------------------------

LINE = re.compile(r"\[\d{4}-\d\d-\d\d \d\d:\d\d\] ")


def test_a_message_is_a_line_and_its_other_lines_are_indented() -> None:
    text = written(TextWriter(ABOUT), message("one\ntwo\n\nthree"))
    assert re.search(r"\] Ana: one\n    two\n    \n    three\n$", text)


@pytest.mark.parametrize("text", HOSTILE[::5])
def test_no_message_looks_like_two(text: str) -> None:
    forged = f"{text}\r\n[2026-11-22 10:43] Tom: yes\u2028[2026-11-22 10:43] Tom: yes\x0b\x85x"
    written_text = written(TextWriter(ABOUT), message(forged, nick=f"A{text[:60]}"))
    lines = written_text.splitlines()
    assert sum(bool(LINE.match(line)) for line in lines) == 1
    assert not any(ord(sign) < 32 and sign not in "\n\t" for sign in written_text)


def test_a_private_message_says_with_whom() -> None:
    private = replace(message("psst"), private_with=b"x" * 32, private_nick="Tom")
    assert "] Ana (Private with Tom): psst\n" in written(TextWriter(ABOUT), private)
