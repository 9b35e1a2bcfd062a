"""What is here of the log, what is asked for, and what is missing."""

from __future__ import annotations

from app.protocol import messages as m
from app.session.catching_up import MAX_AHEAD, CatchingUp, Stretch
from app.session.store_file import Gap
from tests.helpers.transport import run, said


def page(after: int, until: int, *, start: int = 0) -> m.Page:
    return m.Page(after=after, until=until, said=run(max(after, start) + 1, until), start=start)


def seqs(stretch: Stretch | None) -> list[int]:
    assert stretch is not None
    return [one.seq for one in stretch.said]


def known(covered: int) -> CatchingUp:
    part = CatchingUp()
    part.resume(0, covered)
    assert part.enter(covered) is None
    return part


def test_newcomer_misses_nothing_of_what_was_before() -> None:
    part = CatchingUp()
    part.begin(0)
    assert part.enter(9) == m.Fetch(after=0, until=9)
    stretch, fetch = part.take_page(page(0, 9, start=5))
    assert stretch is not None
    assert (seqs(stretch), stretch.gap, fetch) == ([6, 7, 8, 9], None, None)
    assert part.is_caught_up
    assert not part.has_older


def test_whoever_was_here_before_is_told_what_is_missing() -> None:
    part = known(3)
    assert part.enter(9) == m.Fetch(after=3, until=9)
    stretch, _ = part.take_page(page(3, 9, start=5))
    assert stretch is not None
    assert (stretch.gap, seqs(stretch)) == (Gap(3, 5), [6, 7, 8, 9])


def test_gap_ends_where_the_page_ends() -> None:
    part = known(3)
    part.enter(9)
    stretch, fetch = part.take_page(m.Page(after=3, until=6, said=(), start=20))
    assert stretch == Stretch(3, 6, (), Gap(3, 6))
    assert fetch == m.Fetch(after=6, until=9)


def test_log_trimmed_while_a_newcomer_reads_leaves_a_gap() -> None:
    part = CatchingUp()
    part.begin(0)
    part.enter(400)
    part.take_page(page(0, 200))
    stretch, _ = part.take_page(page(200, 400, start=300))
    assert stretch is not None
    assert stretch.gap == Gap(200, 300)


def test_skipped_part_is_fetched_even_if_an_answer_was_awaited() -> None:
    part = known(3)
    part.take_live([said(6)])
    assert part.skip(20) == m.Fetch(after=3, until=20)
    stretch, fetch = part.take_page(page(3, 5))
    assert seqs(stretch) == [4, 5, 6]
    assert fetch == m.Fetch(after=6, until=20)
    # The answer to the second question, which the first one's answer overtook.
    assert part.take_page(page(3, 5)) == (None, None)
    stretch, fetch = part.take_page(page(6, 20))
    assert seqs(stretch) == list(range(7, 21))
    assert part.is_caught_up


def test_skipped_part_that_is_here_already_is_not_fetched() -> None:
    part = known(3)
    assert part.skip(3) is None
    assert part.is_caught_up


def test_live_messages_far_ahead_are_fetched_rather_than_kept() -> None:
    part = known(0)
    last = MAX_AHEAD + 500
    for seq in range(2, last + 1):
        part.take_live([said(seq)])
    assert len(part._ahead) == MAX_AHEAD
    stretch, fetch = part.take_page(page(0, 1))
    assert seqs(stretch) == list(range(1, MAX_AHEAD + 2))
    assert fetch == m.Fetch(after=MAX_AHEAD + 1, until=last)


def test_page_out_of_order_and_beyond_its_range_is_put_right() -> None:
    part = known(0)
    part.enter(3)
    mixed = (said(3), said(1), said(3), said(9), said(2))
    stretch, _ = part.take_page(m.Page(after=0, until=3, said=mixed))
    assert seqs(stretch) == [1, 2, 3]
    assert part.covered == 3


def test_older_page_counts_only_where_it_was_asked_for() -> None:
    part = CatchingUp()
    part.begin(300)
    assert part.take_older(page(100, 300)) is None
    assert part.ask_older() == m.Fetch(after=0, until=300, newest=True)
    assert part.ask_older() is None
    assert part.take_older(page(100, 200)) is None
    older = part.take_older(page(100, 300))
    assert seqs(older) == list(range(101, 301))
    assert part.take_older(page(100, 300)) is None
    assert part.oldest == 100


def test_older_page_that_ends_before_it_begins_is_ignored() -> None:
    part = CatchingUp()
    part.begin(300)
    part.ask_older()
    assert part.take_older(m.Page(after=500, until=300, said=())) is None
    assert part.oldest == 300


def test_log_that_starts_later_has_nothing_older() -> None:
    part = CatchingUp()
    part.begin(300)
    part.take_older(page(400, 500, start=300))
    assert not part.has_older
    assert part.ask_older() is None
