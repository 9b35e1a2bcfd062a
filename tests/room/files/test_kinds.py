"""One decision for icon, preview and opening: the bytes and the name have to agree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.room.files.kinds import HEAD, Icon, kind_of, kind_of_told

PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)
JPEG = b"\xff\xd8\xff\xe0" + bytes(100)
WEBP = b"RIFF\x00\x00\x00\x00WEBPVP8 "
ZIP = b"PK\x03\x04" + bytes(50)


@pytest.mark.parametrize(
    ("name", "head", "media", "icon"),
    [
        ("a.png", PNG, "image/png", Icon.PICTURE),
        ("a.JPG", JPEG, "image/jpeg", Icon.PICTURE),
        ("a.gif", b"GIF89a", "image/gif", Icon.PICTURE),
        ("a.webp", WEBP, "image/webp", Icon.PICTURE),
        ("a.pdf", b"%PDF-1.7", "application/pdf", Icon.DOCUMENT),
        ("a.txt", "olá\n".encode(), "text/plain", Icon.TEXT),
        ("a.mp3", b"\xff\xfb\x90\x00", "audio/mpeg", Icon.AUDIO),
        ("a.mp4", b"\x00\x00\x00\x20ftypisom", "video/mp4", Icon.VIDEO),
        ("a.zip", ZIP, "application/zip", Icon.ARCHIVE),
        ("a.tar", bytes(257) + b"ustar" + bytes(10), "application/x-tar", Icon.ARCHIVE),
    ],
)
def test_file_that_is_what_it_says(name: str, head: bytes, media: str, icon: Icon) -> None:
    kind = kind_of(name, head)
    assert (kind.media, kind.icon) == (media, icon)
    assert kind.previewed is (icon is Icon.PICTURE)
    assert kind.opened is (icon is not Icon.ARCHIVE)


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("a.png.exe", PNG),
        ("a.exe", b"MZ\x90\x00"),
        ("holiday.png", b"MZ\x90\x00"),
        ("holiday.jpg", PNG),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("a.html", b"<!doctype html>"),
        ("a.txt", b"#!/bin/sh\n"),
        ("a.txt", b"one\x00two"),
        ("a.docm", ZIP),
        ("a.lnk", b"L\x00\x00\x00"),
        ("a.desktop", b"[Desktop Entry]"),
        ("a", PNG),
        ("a.png", b""),
        ("a.webp", b"RIFF\x00\x00\x00\x00WAVE"),
        ("a.jar", ZIP),
    ],
)
def test_file_that_is_not_is_neither_shown_nor_opened(name: str, head: bytes) -> None:
    kind = kind_of(name, head)
    assert not kind.previewed
    assert not kind.opened
    assert kind.media == "application/octet-stream"


@given(st.text(max_size=40), st.binary(max_size=HEAD))
def test_only_the_four_kinds_of_pictures_are_ever_shown(name: str, head: bytes) -> None:
    kind = kind_of(name, head)
    if kind.previewed:
        assert kind.media in {"image/png", "image/jpeg", "image/gif", "image/webp"}
        assert head.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF"))


@given(st.text("añ漢😀 \n", min_size=400, max_size=600))
def test_text_is_text_wherever_its_head_is_cut(text: str) -> None:
    assert kind_of("a.md", text.encode()[:HEAD]).media == "text/markdown"


@pytest.mark.parametrize(
    ("name", "media", "shown"),
    [
        ("a.png", "image/png", True),
        ("a.exe", "image/png", False),
        ("a.png", "image/jpeg", False),
        ("a.svg", "image/svg+xml", False),
    ],
)
def test_what_a_host_says_does_not_make_a_program_a_picture(
    name: str, media: str, shown: bool
) -> None:
    assert kind_of_told(name, media).previewed is shown
