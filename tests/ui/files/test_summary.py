"""A message with files in a few words."""

from __future__ import annotations

import pytest

from app.protocol.attachments import FileRef
from app.ui.files.summary import shortened_name, summary_of
from tests.ui.files.pictures import file_ref, picture_ref

PICTURE = picture_ref("map.png")
REPORT = file_ref("report.pdf", 10, "application/pdf")
LONG = file_ref("x" * 200 + ".pdf", 10)


@pytest.mark.parametrize(
    ("files", "caption", "expected"),
    [
        ([PICTURE], "", "Picture"),
        ([PICTURE], "the map", "Picture: the map"),
        ([PICTURE, REPORT], "", "map.png and 1 more"),
        ([REPORT], "", "report.pdf"),
        ([REPORT], " \n", "report.pdf"),
        ([REPORT, PICTURE, PICTURE], "", "report.pdf and 2 more"),
        ([REPORT, PICTURE], "as told", "report.pdf and 1 more: as told"),
        ([file_ref("holiday.png.exe", 10, "image/png")], "", "holiday.png.exe"),
    ],
)
def test_files_are_told_in_a_few_words(files: list[FileRef], caption: str, expected: str) -> None:
    assert summary_of(files, caption) == expected


def test_a_long_name_keeps_its_end() -> None:
    assert shortened_name(LONG.name).endswith("x.pdf")
    assert len(shortened_name(LONG.name)) == 48
    assert shortened_name("a.pdf") == "a.pdf"


def test_a_name_from_right_to_left_turns_nothing_around() -> None:
    assert summary_of([file_ref("تقرير.pdf", 1), REPORT]).startswith("\u2068تقرير.pdf\u2069")


def test_several_pictures_are_counted() -> None:
    assert summary_of([PICTURE] * 3).startswith("3 picture")
