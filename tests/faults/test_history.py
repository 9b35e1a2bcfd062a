"""The checker believes an honest history, and no other: each lie that it must find, planted."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.faults.history import End, Event, History, Kept, Life, Row, Witness, complaints, prove

Lie = Callable[[History], object]


def _said(row: Row) -> Event:
    return {
        "event": "said", "seq": row.seq, "from": row.nick, "cid": row.cid, "text": row.text,
    }  # fmt: skip


def _acked(row: Row) -> Event:
    return {"event": "acked", "cid": row.cid, "seq": row.seq}


def _history(authors: list[str]) -> History:
    """Return what is left after these wrote in turn; the first of them died in between."""
    log = [
        Row(seq, nick, f"{seq:032x}", f"{nick} writes {seq}")
        for seq, nick in enumerate(authors, start=1)
    ]
    members = []
    for nick in dict.fromkeys(authors):
        events: list[Event] = [{"event": "joined"}]
        for row in log:
            events += [_acked(row)] if row.nick == nick else []
            events.append(_said(row))
        lines = [row.text for row in log if row.nick == nick]
        members.append(Witness(nick, [Life(End.STAYED, lines, events)], Kept(list(log), [], True)))
    first = members[0]
    whole = first.lives[0]
    own = len(whole.written)
    # It died having seen half, with a line that it never read.
    early = Life(End.DIED, [*whole.written[: own // 2], "never read"], whole.events[: len(log)])
    first.lives = [early, replace(whole, written=whole.written[own // 2 :])]
    host = [Life(End.STAYED, [], [_said(row) for row in log])]
    return History(log, members, host)


HONEST = _history(["ana", "tom", "ana", "ana", "tom", "kim", "tom", "ana", "tom", "ana"])


def _planted(lie: Lie) -> list[str]:
    history = copy.deepcopy(HONEST)
    lie(history)
    found = complaints(history)
    with pytest.raises(AssertionError, match="cannot be"):
        prove(history)
    return found


def _everywhere(history: History, change: Callable[[Row], Row | None]) -> None:
    """Change the log, and what everybody saw and keeps of it, alike: only the writing tells."""
    history.log[:] = [new for row in history.log if (new := change(row)) is not None]
    witnesses = [*(life for m in history.members for life in m.lives), *history.host]
    for life in witnesses:
        events = []
        for event in life.events:
            if event["event"] != "said":
                events.append(event)
                continue
            new = change(Row(event["seq"], event["from"], event["cid"], event["text"]))
            events += [] if new is None else [_said(new)]
        life.events = events
    for member in history.members:
        member.kept = Kept(list(history.log), [], True)


@given(
    st.lists(st.sampled_from(["ana", "tom", "kim", "דנה"]), max_size=30).map(lambda a: ["ana", *a])
)
def test_honest_history_is_believed(authors: list[str]) -> None:
    assert complaints(_history(authors)) == []


def test_empty_history_is_believed() -> None:
    assert complaints(History([], [Witness("ana", [Life(End.STAYED)])])) == []


def test_lost_acknowledged_message_is_found() -> None:
    def lie(history: History) -> None:
        """Lose number 5, and count on as if it had never been."""
        _everywhere(
            history,
            lambda r: None if r.seq == 5 else r if r.seq < 5 else replace(r, seq=r.seq - 1),
        )

    found = _planted(lie)
    assert any("its message 00000000 is number 5, but the log has no such" in one for one in found)
    assert any("1 lines of tom are not in the log, and 0 were refused" in one for one in found)


def test_lost_message_that_was_never_acknowledged_is_found() -> None:
    def lie(history: History) -> None:
        history.members[1].lives[0].written.insert(1, "given and gone")

    (found,) = _planted(lie)
    assert "'given and gone' of life 1, which stayed" in found


def test_line_that_died_before_one_that_was_read_is_found() -> None:
    def lie(history: History) -> None:
        history.members[0].lives[0].written.insert(0, "overtaken")

    (found,) = _planted(lie)
    assert "'overtaken' of life 1, which died" in found


def test_doubled_message_is_found() -> None:
    def lie(history: History) -> None:
        """Say number 4 once more, as number 11 and under a new name, for everyone to see."""
        again = replace(history.log[3], seq=11, cid="f" * 32)
        history.log.append(again)
        for life in [*(m.lives[-1] for m in history.members), *history.host]:
            life.events.append(_said(again))
        for member in history.members:
            member.kept = None

    (found,) = [one for one in _planted(lie) if "times" in one]
    assert "ana was given 'ana writes 4' 1 times; the log has it 2 times, as [4, 11]" in found


def test_doubled_message_under_its_own_name_is_found() -> None:
    found = _planted(lambda history: history.log.append(replace(history.log[3], seq=11)))
    assert any("The log has one message twice: number 4" in one for one in found)
    assert any("but the log has it as [4, 11]" in one for one in found)


def test_swapped_messages_are_found() -> None:
    def lie(history: History) -> None:
        """Let everybody agree on tom's lines in an order in which he never wrote them."""
        texts = {5: history.log[6].text, 7: history.log[4].text}
        _everywhere(history, lambda row: replace(row, text=texts.get(row.seq, row.text)))

    (found,) = _planted(lie)
    assert "tom did not write in this order: number 5: 'tom writes 7'" in found
    assert "then number 7: 'tom writes 5'" in found


def test_message_seen_in_another_order_is_found() -> None:
    def lie(history: History) -> None:
        events = history.members[2].lives[0].events
        events[3], events[4] = events[4], events[3]

    found = _planted(lie)
    assert any("kim (life 1) left out what is between" in one for one in found)
    assert any("after it had printed number 4" in one for one in found)


def test_hole_in_the_log_is_found() -> None:
    found = _planted(lambda history: history.log.pop(4))
    assert any("where 5 should be, it has number 6" in one for one in found)


def test_hole_in_what_was_seen_is_found() -> None:
    def lie(history: History) -> None:
        events = history.members[1].lives[0].events
        events[:] = [event for event in events if event != _said(history.log[5])]

    found = _planted(lie)
    assert any("tom (life 1) left out what is between number 5 and number 7" in o for o in found)
    assert any("tom never saw 1 messages of the log" in one for one in found)


def test_end_that_was_not_seen_is_found() -> None:
    found = _planted(lambda history: history.members[1].lives[0].events.pop())
    assert any("tom was there to the end and did not see the last message" in one for one in found)


def test_beginning_that_was_not_seen_is_found() -> None:
    def lie(history: History) -> None:
        events = history.members[2].lives[0].events
        events.remove(_said(history.log[0]))

    (found,) = _planted(lie)
    assert "kim never saw 1 messages" in found


def test_altered_text_is_found() -> None:
    def lie(history: History) -> None:
        history.log[4] = replace(history.log[4], text="tom writes nonsense")

    found = _planted(lie)
    assert any("kim (life 1) printed number 5: 'tom writes 5'" in one for one in found)
    assert any("Nobody wrote this to tom: number 5: 'tom writes nonsense'" in one for one in found)


def test_altered_author_is_found() -> None:
    found = _planted(
        lambda h: _everywhere(h, lambda r: replace(r, nick="kim") if r.seq == 5 else r)
    )
    assert any("Nobody wrote this to kim" in one for one in found)


def test_message_that_nobody_wrote_is_found() -> None:
    def lie(history: History) -> None:
        forged = Row(11, "tom", "f" * 32, "I never said this")
        history.log.append(forged)
        for life in [*(m.lives[-1] for m in history.members), *history.host]:
            life.events.append(_said(forged))
        for member in history.members:
            member.kept = None

    (found,) = _planted(lie)
    assert "Nobody wrote this to tom: number 11: 'I never said this'" in found


def test_message_by_a_stranger_is_found() -> None:
    found = _planted(lambda h: h.log.append(Row(11, "eve", "e" * 32, "hello")))
    assert any("whom nobody knows" in one for one in found)


def test_acknowledgement_of_another_number_is_found() -> None:
    def lie(history: History) -> None:
        history.members[1].lives[0].events.append({**_acked(history.log[4]), "seq": 6})

    (found,) = _planted(lie)
    assert "is number 6, but the log has it as [5]" in found


def test_host_that_says_what_is_not_on_its_disk_is_found() -> None:
    row = Row(11, "tom", "f" * 32, "too early")
    (found,) = _planted(lambda history: history.host[0].events.append(_said(row)))
    assert "The host (life 1) printed number 11" in found


def test_refused_message_that_is_in_the_log_is_found() -> None:
    def lie(history: History) -> None:
        refused = {"event": "rejected", "cid": history.log[4].cid, "code": "not-saved"}
        events = history.members[1].lives[0].events
        events[:] = [refused, *(e for e in events if e != _acked(history.log[4]))]

    (found,) = _planted(lie)
    assert "tom was told that number 5" in found


def test_refused_line_may_be_missing() -> None:
    history = copy.deepcopy(HONEST)
    life = history.members[1].lives[0]
    life.written.insert(1, "too much")
    life.events.append({"event": "rejected", "cid": "d" * 32, "code": "not-saved"})
    assert complaints(history) == []


@pytest.mark.parametrize(
    ("lie", "complaint"),
    [
        (lambda kept: kept.replica.pop(4), "tom keeps nothing between number 4 and number 6"),
        (lambda kept: kept.replica.pop(), "keeps nothing after 9; 10 is the last"),
        (lambda kept: kept.replica.append(kept.replica[0]), "tom keeps nothing between number 10"),
        (lambda kept: kept.waiting.append("left over"), "['left over'] wait to be sent"),
    ],
)
def test_what_a_member_keeps_is_compared(lie: Callable[[Kept], object], complaint: str) -> None:
    def plant(history: History) -> None:
        kept = history.members[1].kept
        assert kept is not None
        lie(kept)

    assert any(complaint in one for one in _planted(plant))
