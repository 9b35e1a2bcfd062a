"""The log numbers without holes, finds any range, and forgets only what it may."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.protocol.messages import Said
from app.room.log import Log
from tests.helpers.messages import unhurried

ANA, TOM = b"a" * 32, b"t" * 32


def said(seq: int, *, device: bytes = ANA, text: str = "x") -> Said:
    cid = seq.to_bytes(16, "big")
    return Said(seq=seq, author=1, nick="ana", device=device, at=0, cid=cid, text=text)


def log_of(count: int, *, keep: int = 100_000, remember: int = 100_000) -> Log:
    log = Log(keep=keep, remember=remember)
    for seq in range(1, count + 1):
        log.append(said(seq))
    return log


def seqs(found: list[Said]) -> list[int]:
    return [one.seq for one in found]


def test_empty_log_starts_before_the_first_message() -> None:
    log = Log()
    assert (log.last_seq, log.start) == (0, 0)
    assert log.between(0, 100, 10, newest=False) == []


def test_message_is_found_by_device_and_cid_together() -> None:
    log = log_of(2)
    assert log.seq_of(ANA, (2).to_bytes(16, "big")) == 2
    assert log.seq_of(TOM, (2).to_bytes(16, "big")) is None
    assert log.seq_of(ANA, (3).to_bytes(16, "big")) is None


def test_oldest_or_newest_of_a_range_are_given_in_order() -> None:
    log = log_of(10)
    assert seqs(log.between(2, 9, 3, newest=False)) == [3, 4, 5]
    assert seqs(log.between(2, 9, 3, newest=True)) == [7, 8, 9]
    assert seqs(log.between(2, 4, 200, newest=True)) == [3, 4]


@unhurried
@given(
    st.integers(0, 300),
    st.integers(0, 60),
    st.integers(0, 320),
    st.integers(0, 320),
    st.integers(1, 50),
    st.booleans(),
)
def test_any_range_of_a_trimmed_log_is_exact(
    count: int, keep: int, after: int, until: int, limit: int, newest: bool
) -> None:
    log = log_of(count, keep=keep)
    assert log.last_seq == count
    held = [seq for seq in range(log.start + 1, count + 1) if after < seq <= until]
    expected = held[-limit:] if newest else held[:limit]
    assert seqs(log.between(after, until, limit, newest=newest)) == expected


def test_log_keeps_as_many_as_it_should_and_at_most_twice_that() -> None:
    log = Log(keep=50)
    for seq in range(1, 1_000):
        log.append(said(seq))
        held = log.last_seq - log.start
        assert min(seq, 50) <= held <= 100


def test_log_that_keeps_nothing_still_numbers_and_knows_what_was_said() -> None:
    log = log_of(500, keep=0)
    assert log.last_seq == 500
    assert log.last_seq - log.start <= 64
    # Sent again after its acknowledgement was lost, a message is still the same message.
    assert log.seq_of(ANA, (1).to_bytes(16, "big")) == 1


def test_numbers_of_the_oldest_messages_are_forgotten_in_the_end() -> None:
    log = log_of(100, keep=0, remember=20)
    known = [seq for seq in range(1, 101) if log.seq_of(ANA, seq.to_bytes(16, "big"))]
    assert known == list(range(101 - len(known), 101))
    assert 20 <= len(known) <= 40
