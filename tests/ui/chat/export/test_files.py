"""Files in a transcript: told in every format, their pictures in the page, and nothing of them live."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.protocol.attachments import FileRef, clean_ref
from app.protocol.limits import MAX_THUMBNAIL
from app.session.files.previews import Previews
from app.session.timeline import MessageEntry
from app.ui.chat.export import files_html
from app.ui.chat.export.html_writer import HtmlWriter
from app.ui.chat.export.writers import JsonWriter, TextWriter
from tests.helpers.corpus import naughty_strings, own_strings
from tests.ui.chat.export.test_writers import ABOUT, LINE, message, written

PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)
JPEG = b"\xff\xd8\xff\xe0" + bytes(200)
HASH = "ab" * 32
HOSTILE = [*own_strings(), *naughty_strings()]


def ref(name: str = "plan.pdf", media: str = "application/pdf") -> FileRef:
    return FileRef(hash=HASH, name=name, size=2 * 1024 * 1024, media=media)


def picture(digest: str = HASH, *, name: str = "map.png") -> FileRef:
    size = 2 * 1024 * 1024
    return FileRef(hash=digest, name=name, size=size, media="image/png", width=40, height=30)


def with_files(*files: FileRef, caption: str = "", seq: int = 1) -> MessageEntry:
    return replace(message(caption, seq=seq), files=files)


def page(
    *entries: MessageEntry, preview: Callable[[FileRef], bytes | None] = lambda _: None
) -> str:
    writer = HtmlWriter(ABOUT, lambda one: one, lambda _nick: False, preview=preview)
    return written(writer, *entries)


class Elements(HTMLParser):
    """What a browser would make of a page: its elements, and its words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.found if name == tag]

    @property
    def shape(self) -> list[tuple[str, str | None]]:
        return [(tag, attrs.get("class")) for tag, attrs in self.found]


def test_text_names_each_file_below_the_caption() -> None:
    text = written(TextWriter(ABOUT), with_files(ref(), picture(), caption="look\nhere"))
    assert text.endswith(
        "] Ana: look\n    here\n"
        "    File: plan.pdf (application/pdf, 2 MB)\n    File: map.png (image/png, 2 MB)\n"
    )


def test_text_of_files_without_a_caption_begins_with_the_first() -> None:
    text = written(TextWriter(ABOUT), with_files(ref()))
    assert text.endswith("] Ana: File: plan.pdf (application/pdf, 2 MB)\n")


def test_data_tells_what_a_program_needs_to_know_a_file_again() -> None:
    [one] = json.loads(written(JsonWriter(ABOUT), with_files(ref(), caption="look")))["messages"]
    assert one["text"] == "look"
    assert one["files"] == [
        {"name": "plan.pdf", "size": 2 * 1024 * 1024, "media": "application/pdf", "sha256": HASH}
    ]


def test_a_deleted_message_tells_of_no_files() -> None:
    gone = replace(with_files(ref()), deleted=True)
    [one] = json.loads(written(JsonWriter(ABOUT), gone))["messages"]
    assert one["files"] == []
    assert "plan.pdf" not in written(TextWriter(ABOUT), gone) + page(gone)


def test_page_names_each_file_and_shows_the_pictures_that_are_here() -> None:
    here = {"aa" * 32: JPEG, "bb" * 32: PNG}
    files = [picture(digest) for digest in (*here, "cc" * 32)]
    entries = (with_files(*files, ref(), caption="**look**"),)
    elements = Elements(page(*entries, preview=lambda one: here.get(one.hash)))
    kinds = zip(("jpeg", "png"), here.values(), strict=True)
    assert [one["src"] for one in elements.of("img")] == [
        f"data:image/{kind};base64,{base64.b64encode(data).decode()}" for kind, data in kinds
    ]
    assert [one["alt"] for one in elements.of("img")] == ["map.png", "map.png"]
    assert elements.words.count("map.png") == 3
    assert "plan.pdf" in elements.words
    assert any("2 MB" in words for words in elements.words)
    assert ("strong", None) in elements.shape
    assert any("not in this page" in words for words in elements.words)


def test_page_without_files_says_nothing_of_files() -> None:
    assert "not in this page" not in page(message("a"))


@pytest.mark.parametrize(
    "data",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<script>alert(1)</script>",
        b"GIF89a" + bytes(50),
        b"RIFF\0\0\0\0WEBP" + bytes(50),
        b"",
        PNG + bytes(MAX_THUMBNAIL),
    ],
)
def test_what_is_no_thumbnail_is_not_in_the_page(data: bytes) -> None:
    html = page(with_files(picture()), preview=lambda _: data)
    assert Elements(html).of("img") == []
    assert "map.png" in html


def test_a_file_that_is_no_picture_is_shown_as_none() -> None:
    assert Elements(page(with_files(ref()), preview=lambda _: PNG)).of("img") == []


def test_pictures_of_a_page_have_an_end_and_the_names_go_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(files_html, "MOST_PICTURES", 3 * len(base64.b64encode(PNG)))
    entries = [with_files(picture(), picture(), seq=number) for number in range(1, 4)]
    elements = Elements(page(*entries, preview=lambda _: PNG))
    assert len(elements.of("img")) == 3
    assert elements.words.count("map.png") == 6


def test_nothing_is_fetched_for_a_transcript() -> None:
    previews = Previews()
    wanted: list[bool] = []
    previews.wanted.connect(lambda: wanted.append(True))
    assert previews.here(picture()) is None
    previews.note(HASH, PNG)
    assert previews.here(picture()) == PNG
    assert (wanted, previews.missing) == ([], ())


def test_no_hostile_name_becomes_more_than_a_name() -> None:
    usual = Elements(page(with_files(picture(), caption="x"), preview=lambda _: PNG))
    [image] = usual.of("img")
    without = [one for one in usual.shape if one[0] != "img"]
    for name in HOSTILE:
        for hostile in (picture(name=name), clean_ref(picture(name=name))):
            found = Elements(page(with_files(hostile, caption="x"), preview=lambda _: PNG))
            # Some names are not those of a picture.
            assert found.shape in (usual.shape, without)
            for attrs in found.of("img"):
                assert attrs.keys() == image.keys()
                assert attrs["src"] == image["src"]


@pytest.mark.parametrize("name", HOSTILE[::5])
def test_no_file_looks_like_a_message_in_text(name: str) -> None:
    forged = f"{name}\r\n[2026-11-22 10:43] Tom: yes\u2028[2026-11-22 10:43] Tom: yes\x0b\x85x"
    lines = written(TextWriter(ABOUT), with_files(ref(forged), ref(forged))).splitlines()
    assert sum(bool(LINE.match(line)) for line in lines) == 1


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_any_name_is_read_again_from_data(name: str) -> None:
    [one] = json.loads(written(JsonWriter(ABOUT), with_files(ref(name))))["messages"]
    assert [file["name"] for file in one["files"]] == [name]


def test_the_page_still_lets_nothing_be_loaded() -> None:
    html = page(with_files(picture(), ref()), preview=lambda _: JPEG)
    assert not re.search(r"src=\"(?!data:image/(?:png|jpeg);base64,)", html)
    assert "img-src data:;" in html
    assert "href=" not in html
