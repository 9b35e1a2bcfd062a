"""Whatever a file was called: its name can be written everywhere, and says what it is."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.protocol.file_names import NAMELESS, clean_file_name, extension_of
from app.protocol.limits import MAX_FILE_NAME_BYTES

hostile = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            '/\\:*?"<>|. \t\n\r\x00\x1f\x7fCONPRNaux0\u202e\u2066\u200b\ufeff\u0301é漢😀\ud800'
        ),
        st.characters(),
    ),
    max_size=400,
)


@given(hostile)
def test_clean_name_is_one_that_every_system_writes(text: str) -> None:
    name = clean_file_name(text)
    assert name
    assert 0 < len(name.encode()) <= MAX_FILE_NAME_BYTES
    assert not set(name) & set('<>:"/\\|?*')
    assert name == name.strip()
    assert not name.startswith(".")
    assert not name.endswith(".")
    hidden = {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert not hidden & {unicodedata.category(char) for char in name}
    assert not set(name) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")
    assert name.split(".", maxsplit=1)[0].rstrip().upper() not in {
        "CON",
        "PRN",
        "AUX",
        "NUL",
        "COM1",
        "LPT9",
    }


@given(hostile)
def test_clean_name_is_clean(text: str) -> None:
    name = clean_file_name(text)
    assert clean_file_name(name) == name


@given(st.from_regex(r"[A-Za-z0-9_ñç漢]{1,20}\.[a-z]{1,5}", fullmatch=True))
def test_ordinary_name_stays_as_it_is(name: str) -> None:
    stem = name.split(".", maxsplit=1)[0].upper()
    if not stem.startswith(("CON", "PRN", "AUX", "NUL", "COM", "LPT", "CLOCK")):
        assert clean_file_name(name) == unicodedata.normalize("NFC", name)


@given(st.text(min_size=200, max_size=600), st.sampled_from(["pdf", "tar", "jpeg", "漢"]))
def test_long_name_keeps_its_extension(stem: str, extension: str) -> None:
    name = clean_file_name(f"x{stem}x.{extension}")
    assert extension_of(name) == extension


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Ana\\thesis.pdf", "thesis.pdf"),
        ("..\\..\\autorun.inf", "autorun.inf"),
        ("folder/", "folder"),
        ("/", NAMELESS),
        ("", NAMELESS),
        ("...", NAMELESS),
        ("\u202e\u2066", NAMELESS),
        ("con", "_con"),
        ("NUL.txt", "_NUL.txt"),
        ("Lpt1 .log", "_Lpt1 .log"),
        ("COM¹.x", "_COM¹.x"),
        ("console.txt", "console.txt"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("picture.jpg          .exe", "picture.jpg .exe"),
        ("a:b.txt", "a_b.txt"),
        ("file.txt::$DATA", "file.txt__$DATA"),
        (".bashrc", "bashrc"),
        ("name. . .", "name"),
        ("e\u0301.txt", "é.txt"),
        ("line\nbreak.txt", "line break.txt"),
        ("-rf", "-rf"),
    ],
)
def test_known_tricks_come_to_nothing(text: str, name: str) -> None:
    assert clean_file_name(text) == name


def test_three_hundred_bytes_become_a_name_of_255() -> None:
    name = clean_file_name("ã" * 300 + ".docx")
    assert len(name.encode()) in {254, 255}
    assert name.endswith("ã.docx")
