"""Which characters of which messages are selected: the arithmetic."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.session.timeline import MessageEntry
from app.ui.chat.timeline.shown_text import Leaf, ShownText, shown_text
from app.ui.chat.timeline.text_selection import Extent, Stretch

texts = st.text(alphabet="ab \n👍é\u05d0", min_size=1, max_size=8)
rooms = st.lists(texts, min_size=1, max_size=6)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@st.composite
def places(draw: st.DrawFn) -> tuple[list[str], Stretch, Stretch]:
    said = draw(rooms)
    ends = []
    for _ in range(2):
        row = draw(st.integers(0, len(said) - 1))
        # Between two characters, never within one.
        before = said[row][: draw(st.integers(0, len(said[row])))]
        ends.append(Stretch(row, units(before), units(before)))
    return said, ends[0], ends[1]


@given(places())
def test_what_lies_within_each_row_is_what_lies_between_the_ends_of_it_all(
    case: tuple[list[str], Stretch, Stretch],
) -> None:
    said, one, other = case
    extent = Extent.over(one, other)
    assert extent == Extent.over(other, one)
    parts = []
    for row, text in enumerate(said):
        start, end = extent.within(row, units(text))
        assert 0 <= start <= end <= units(text)
        parts.append(ShownText((Leaf(text),)).cut(start, end))
    # The same from one long text, without any rows.
    whole = "".join(said)
    first, last = sorted(
        sum(units(text) for text in said[: place.row]) + place.start for place in (one, other)
    )
    bare = whole.encode("utf-16-le")[2 * first : 2 * last].decode("utf-16-le")
    assert "".join(parts) == bare
    assert extent.empty is ((one.row, one.start) == (other.row, other.start))


@given(rooms, st.data())
def test_a_text_of_several_leaves_is_cut_as_the_leaves_with_line_feeds(
    leaves: list[str], data: st.DataObject
) -> None:
    shown = ShownText(tuple(Leaf(text) for text in leaves))
    text = "\n".join(leaves)
    assert shown.text == text
    assert shown.length == units(text)
    cuts = st.integers(0, len(text))
    first, last = sorted((data.draw(cuts), data.draw(cuts)))
    assert shown.cut(units(text[:first]), units(text[:last])) == text[first:last]


@given(texts, st.integers(-3, 30))
def test_a_word_holds_the_place_where_it_was_asked_for(text: str, place: int) -> None:
    shown = ShownText((Leaf(text),))
    start, end = shown.word_at(place)
    assert 0 <= start <= end <= shown.length
    assert start <= max(0, min(place, shown.length)) <= end
    assert end > start or place >= shown.length


def test_the_marks_of_a_list_come_with_the_items_that_are_taken_from_their_start() -> None:
    shown = shown_text(_entry("1. one\n2. two\n   - three"), as_typed=False)
    assert shown.text == "one\ntwo\nthree"
    assert shown.cut(0, shown.length) == "1. one\n2. two\n• three"
    assert shown.cut(1, shown.length) == "ne\n2. two\n• three"
    assert shown.cut(0, 3) == "one"


def test_carriage_returns_are_line_feeds_as_in_the_row() -> None:
    assert shown_text(_entry("a\r\nb\rc"), as_typed=True).text == "a\nb\nc"


def _entry(text: str) -> MessageEntry:
    return MessageEntry(
        cid=b"c", seq=1, author=1, nick="Priya", device=b"d", at=0, text=text, mine=False
    )
