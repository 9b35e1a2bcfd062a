"""The text of a line with files is read back as it was written, and nothing else is read as one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.protocol import limits
from app.protocol.attachments import Attached, FileRef, pack, unpack
from app.protocol.codec import decode_from_host, encode
from app.protocol.errors import MalformedMessage
from app.protocol.file_names import clean_file_name
from app.protocol.messages import Live, Said

refs = st.builds(
    FileRef,
    hash=st.binary(min_size=32, max_size=32).map(bytes.hex),
    name=st.text(max_size=300).map(clean_file_name),
    size=st.integers(0, limits.MAX_FILE),
    media=st.sampled_from(["image/png", "application/octet-stream"]),
)
captions = st.text(st.characters(exclude_categories=["Cs"]), max_size=limits.MAX_CAPTION)


@given(st.lists(refs, min_size=1, max_size=limits.MAX_ATTACHED).map(tuple), captions)
def test_what_was_packed_is_unpacked(files: tuple[FileRef, ...], caption: str) -> None:
    attached = Attached(files=files, caption=caption)
    assert unpack(pack(attached)) == attached


def test_largest_of_all_fits_a_line_and_its_frame() -> None:
    name = clean_file_name("😀" * 300 + ".txt")
    ref = FileRef(hash="f" * 64, name=name, size=limits.MAX_FILE, media="application/" + "x" * 100)
    caption = "\x01" * limits.MAX_CAPTION
    text = pack(Attached(files=(ref,) * limits.MAX_ATTACHED, caption=caption))
    said = Said(seq=1, author=1, at=1, cid=bytes(16), text=text, nick="n" * 32, kind="files")
    body = encode(Live(said=(said,)))
    assert len(body) < limits.MAX_FRAME
    assert decode_from_host(body) == Live(said=(said,))


@given(st.text(max_size=200))
def test_any_text_is_unpacked_or_malformed(text: str) -> None:
    with pytest.raises(MalformedMessage):
        unpack(text)


@pytest.mark.parametrize(
    "text",
    [
        '{"files":[]}',
        '{"files":[{"hash":"00","name":"a","size":1,"media":"a/b"}]}',
        '{"files":[{"hash":"' + "0" * 64 + '","name":"a","size":-1,"media":"a/b"}]}',
        '{"files":[{"hash":"' + "0" * 64 + '","name":"a","size":1,"media":"a/b\\nx: y"}]}',
        '{"files":[{"hash":"' + "0" * 64 + '/../x","name":"a","size":1,"media":"a/b"}]}',
        "[" * 5000,
    ],
)
def test_bad_refs_are_malformed(text: str) -> None:
    with pytest.raises(MalformedMessage):
        unpack(text)


def test_name_that_another_host_left_dirty_is_cleaned() -> None:
    ref = FileRef(hash="0" * 64, name="../../x\u202e.exe", size=1, media="a/b")
    (cleaned,) = unpack(pack(Attached(files=(ref,)))).files
    assert cleaned.name == "x.exe"
