"""Pages of the log and of a search: what a member may read, as much as a frame holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.protocol import limits
from app.protocol.codec import encode
from app.protocol.messages import Fetch, Member, Said, Search
from app.room.log import Log
from app.room.pages import RosterPages, found, page, roster_pages
from tests.helpers.messages import unhurried

LARGEST = "word " + "\U0001f600" * (limits.MAX_TEXT - 5)
LARGEST_NICK = "\U0001f600" * (limits.MAX_NICKNAME_BYTES // 4)


def log_of(texts: list[str], *, keeps: bool = True) -> Log:
    log = Log.open(None, keeps=keeps).value
    for seq, text in enumerate(texts, 1):
        log.append(
            b"a" * 32,
            Said(
                seq=seq,
                author=2**53 - 1,
                nick=LARGEST_NICK,
                at=2**42,
                cid=seq.to_bytes(16, "big"),
                text=text,
            ),
        )
    log.commit()
    return log


def seqs(said: tuple[Said, ...]) -> list[int]:
    return [one.seq for one in said]


# --- pages of the log -----------------------------------------------------------------------


def test_page_begins_after_the_floor_and_covers_what_was_asked_for() -> None:
    told = page(log_of(["x"] * 5), 3, Fetch(after=1, until=9))
    assert (told.after, told.until, told.start, seqs(told.said)) == (1, 5, 3, [4, 5])


def test_page_below_the_floor_is_empty_and_whole() -> None:
    told = page(log_of(["x"] * 5), 3, Fetch(after=0, until=2))
    assert (told.after, told.until, told.start, told.said) == (0, 2, 3, ())


def test_page_of_a_log_that_keeps_nothing_is_empty_up_to_its_newest() -> None:
    told = page(log_of(["x"] * 5, keeps=False), 0, Fetch(after=0, until=9))
    assert (told.after, told.until, told.start, told.said) == (0, 5, 5, ())


def test_page_has_nothing_of_this_turn() -> None:
    log = log_of(["x"])
    log.append(b"a" * 32, Said(seq=2, author=1, nick="", at=0, cid=bytes(16), text="x"))
    told = page(log, 0, Fetch(after=0, until=9))
    assert (told.until, seqs(told.said)) == (1, [1])


@pytest.mark.parametrize("newest", [False, True])
def test_page_of_the_largest_messages_fits_a_frame_and_is_shorter_at_its_far_end(
    newest: bool,
) -> None:
    told = page(log_of([LARGEST] * 10), 0, Fetch(after=0, until=10, newest=newest))
    assert len(encode(told)) <= limits.MAX_FRAME
    assert 0 < len(told.said) < 10
    assert seqs(told.said) == list(range(told.after + 1, told.until + 1))
    assert (told.until if newest else told.after) == (10 if newest else 0)


def test_page_of_many_small_messages_fits_a_frame() -> None:
    told = page(log_of(["x"] * limits.MAX_PAGE), 0, Fetch(after=0, until=limits.MAX_PAGE))
    assert len(encode(told)) <= limits.MAX_FRAME
    assert told.after == 0
    assert seqs(told.said) == list(range(1, told.until + 1))


@unhurried
@given(
    st.lists(st.sampled_from(["x", LARGEST]), max_size=12),
    st.integers(0, 14),
    st.integers(1, 5),
    st.booleans(),
)
def test_page_after_page_is_the_whole_log_once(
    texts: list[str], floor: int, limit: int, newest: bool
) -> None:
    log = log_of(texts)
    low, high, seen = 0, len(texts), list[int]()
    while low < high:
        told = page(log, floor, Fetch(after=low, until=high, newest=newest, limit=limit))
        assert low <= told.after < told.until <= high
        seen += seqs(told.said)
        low, high = (low, told.after) if newest else (told.until, high)
    assert sorted(seen) == list(range(floor + 1, len(texts) + 1))


# --- pages of a search ----------------------------------------------------------------------


def test_found_are_the_newest_first_and_it_says_whether_there_are_more() -> None:
    log = log_of(["word"] * 5)
    some = found(log, 0, Search(query="word", limit=3))
    assert (seqs(some.said), some.more, some.query) == ([5, 4, 3], True, "word")
    rest = found(log, 0, Search(query="word", before=3, limit=2))
    assert (seqs(rest.said), rest.more) == ([2, 1], False)


def test_nothing_at_or_below_the_floor_is_found_or_hinted_at() -> None:
    told = found(log_of(["word"] * 5), 3, Search(query="word", limit=2))
    assert (seqs(told.said), told.more) == ([5, 4], False)


def test_nothing_is_found_where_nothing_is_kept_or_nothing_is_asked() -> None:
    assert found(log_of(["word"], keeps=False), 0, Search(query="word")).said == ()
    assert found(log_of(["word"]), 0, Search(query=" \t")).said == ()


def test_found_of_the_largest_messages_fit_a_frame_and_go_on_page_by_page() -> None:
    log, before, seen = log_of([LARGEST] * 10), 0, list[int]()
    while True:
        told = found(log, 0, Search(query="word", before=before))
        assert len(encode(told)) <= limits.MAX_FRAME
        seen += seqs(told.said)
        if not told.more:
            break
        before = seen[-1]
    assert seen == list(range(10, 0, -1))


def test_found_of_the_largest_query_fits_a_frame() -> None:
    told = found(log_of([LARGEST] * 5), 0, Search(query="word" + "\U0001f600" * 196))
    assert seqs(told.said) == [5, 4]
    assert len(encode(told)) <= limits.MAX_FRAME


def test_page_of_the_roster_that_is_as_it_was_is_the_same_object() -> None:
    def member(number: int, *, away: bool = False) -> Member:
        return Member(number=number, nick=f"m{number}", device=bytes(32), away=away)

    pages = RosterPages()
    here = [member(number) for number in range(450)]
    first = pages.of(tuple(here))
    assert first == roster_pages(tuple(here))
    here.append(member(450))
    second = pages.of(tuple(here))
    assert second == roster_pages(tuple(here))
    assert [one is other for one, other in zip(first, second, strict=True)] == [True, True, False]
    here[0] = member(0, away=True)
    third = pages.of(tuple(here))
    assert third == roster_pages(tuple(here))
    assert [one is other for one, other in zip(second, third, strict=True)] == [False, True, True]
    assert pages.of(tuple(here[:10])) == roster_pages(tuple(here[:10]))
