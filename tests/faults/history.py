"""The checker: what a host's log and its members' words must agree on, whatever happened to them.

A history is the log as it is on the disk at the end, and for each life of each process what was
written to it and what it printed. `complaints` says in sentences, with the evidence, what cannot be
if nothing was lost, doubled, altered or put in another order.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

Event = dict[str, Any]

_SHOWN = 20
"""Complaints that are shown: one lost message makes many."""


class End(Enum):
    """How a life of a process ended."""

    STAYED = "stayed"
    """It was there to the end: it saw everything, and all that it was given is in the log."""
    LEFT = "left"
    """It was asked to end, and said that it was done: all that it was given is in the log."""
    DIED = "died"
    """It was killed: the last lines that it was given may have died with it, unread."""


@dataclass(frozen=True)
class Row:
    """A message of the log."""

    seq: int
    nick: str
    cid: str
    text: str

    def __str__(self) -> str:
        text = self.text if len(self.text) <= 40 else f"{self.text[:40]}… ({len(self.text)})"
        return f"number {self.seq}: {text!r} by {self.nick}, cid {self.cid[:8]}"


@dataclass
class Life:
    """One run of a process: the lines that were written to it, and what it printed."""

    end: End = End.DIED
    written: list[str] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def said(self) -> Iterator[Row]:
        """Yield the messages that it printed, in order."""
        for event in self.events:
            if event["event"] == "said":
                yield Row(event["seq"], event["from"], event["cid"], event["text"])

    def acked(self) -> Iterator[tuple[str, int]]:
        """Yield cid and number of what it printed as acknowledged."""
        for event in self.events:
            if event["event"] == "acked":
                yield event["cid"], event["seq"]

    def rejected(self) -> Iterator[str]:
        """Yield the cids that it printed as refused."""
        for event in self.events:
            if event["event"] == "rejected":
                yield event["cid"]

    def joined(self) -> int:
        """Return how often it came into the room."""
        return sum(event["event"] == "joined" for event in self.events)


@dataclass
class Witness:
    """All lives of one process, one after the other on the same folder; `name` is its nickname."""

    name: str
    lives: list[Life] = field(default_factory=list)
    kept: Kept | None = None


@dataclass
class Kept:
    """What a member's folder holds at the end: its replica of the log, and its outbox.

    `whole`: it ended in order, so that all is there that it saw.
    """

    replica: list[Row]
    waiting: list[str]
    """The texts of its own that were neither acknowledged nor refused."""
    whole: bool = False


@dataclass
class History:
    """What is left after a run: the log, the members, and the lives of the host."""

    log: list[Row]
    members: list[Witness]
    host: list[Life] = field(default_factory=list)


def read_log(data: Path) -> list[Row]:
    """Read the log out of the folder of a host that has ended, whichever way."""
    (path,) = data.glob("rooms/*/log.db")
    with _opened(path) as database:
        return _rows(database, "messages")


def read_kept(data: Path, *, whole: bool) -> Kept | None:
    """Read what a member keeps of the one room it was in; None where it keeps nothing."""
    paths = list(data.glob("replicas/*.db"))
    if not paths:
        return None
    (path,) = paths
    with _opened(path) as database:
        waiting = database.execute(
            "SELECT text FROM outbox WHERE NOT failed AND seq = 0"
        ).fetchall()
        return Kept(_rows(database, "said"), [text for (text,) in waiting], whole)


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path)) as database:
        (verdict,) = database.execute("PRAGMA integrity_check").fetchone()
        if verdict != "ok":
            raise AssertionError(f"{path} is damaged: {verdict}")
        yield database


def _rows(database: sqlite3.Connection, table: str) -> list[Row]:
    rows = database.execute(f"SELECT seq, nick, cid, text FROM {table} ORDER BY seq").fetchall()  # noqa: S608
    return [Row(seq, nick, cid.hex(), text) for seq, nick, cid, text in rows]


def prove(history: History) -> None:
    """Raise AssertionError with everything that is wrong."""
    found = complaints(history)
    if found:
        more = [f"… and {len(found) - _SHOWN} more"] if len(found) > _SHOWN else []
        raise AssertionError("\n".join(["the history cannot be:", *found[:_SHOWN], *more]))


def complaints(history: History) -> list[str]:
    """Return what is wrong, a sentence each; nothing where the history holds."""
    found = list(_numbers(history.log))
    by_seq: dict[int, Row] = {}
    for row in history.log:
        by_seq.setdefault(row.seq, row)
    names = {member.name for member in history.members}
    found += [
        f"The log has {row}, whom nobody knows." for row in history.log if row.nick not in names
    ]
    for number, life in enumerate(history.host, start=1):
        found += _telling(f"The host (life {number})", life, by_seq)
    for member in history.members:
        for number, life in enumerate(member.lives, start=1):
            who = f"{member.name} (life {number})"
            found += _telling(who, life, by_seq)
            found += _acknowledging(who, member, life, history.log, by_seq)
        found += _seeing(member, by_seq)
        found += _writing(member, history.log)
        found += _refusing(member, history.log)
        found += _keeping(member, by_seq)
    return found


def _numbers(log: list[Row]) -> Iterator[str]:
    """The log counts from 1 without holes, each number and each cid of an author once."""
    for expected, row in enumerate(log, start=1):
        if row.seq != expected:
            yield f"The log has a hole or a number twice: where {expected} should be, it has {row}."
            break
    names: dict[tuple[str, str], Row] = {}
    for row in log:
        first = names.setdefault((row.nick, row.cid), row)
        if first is not row:
            yield f"The log has one message twice: {first}; and {row}."


def _telling(who: str, life: Life, by_seq: dict[int, Row]) -> Iterator[str]:
    """What a life printed is the log, in order, without holes from its first number to its last."""
    before: int | None = None
    for row in life.said():
        if before is not None and row.seq <= before:
            yield f"{who} printed {row}, after it had printed number {before}."
        elif before is not None and row.seq != before + 1:
            yield f"{who} left out what is between number {before} and {row}."
        before = row.seq
        kept = by_seq.get(row.seq)
        if kept is None:
            yield f"{who} printed {row}, but the log has no such number."
        elif kept != row:
            yield f"{who} printed {row}, but the log has {kept}."


def _acknowledging(
    who: str, member: Witness, life: Life, log: list[Row], by_seq: dict[int, Row]
) -> Iterator[str]:
    """What was acknowledged is in the log, once, under that number, as that member wrote it."""
    written = {line for one in member.lives for line in one.written}
    places: dict[str, list[int]] = defaultdict(list)
    for row in log:
        if row.nick == member.name:
            places[row.cid].append(row.seq)
    for cid, seq in life.acked():
        name = f"{who} was told that its message {cid[:8]} is number {seq}"
        if not places[cid]:
            yield f"{name}, but the log has no such message; its number {seq} is {by_seq.get(seq)}."
        elif places[cid] != [seq]:
            yield f"{name}, but the log has it as {places[cid]}."
        elif by_seq[seq].text not in written:
            yield f"{name}, but nobody wrote this to it: {by_seq[seq]}."


def _seeing(member: Witness, by_seq: dict[int, Row]) -> Iterator[str]:
    """Who is there at the end has seen everything, in one life or another."""
    if not member.lives or member.lives[-1].end is not End.STAYED:
        return
    seen = {row.seq for life in member.lives for row in life.said()}
    last = max(by_seq, default=0)
    if by_seq and last not in {row.seq for row in member.lives[-1].said()}:
        yield f"{member.name} was there to the end and did not see the last message, {by_seq[last]}."
    unseen = sorted(by_seq.keys() - seen)
    if unseen:
        yield (
            f"{member.name} never saw {len(unseen)} messages of the log, "
            f"the first of them {by_seq[unseen[0]]}."
        )


def _writing(member: Witness, log: list[Row]) -> Iterator[str]:
    """The log has the lines of an author in the order of writing, none too often, none lost."""
    rows = [row for row in log if row.nick == member.name]
    written = Counter(line for life in member.lives for line in life.written)
    logged = Counter(row.text for row in rows)
    for text, count in logged.items():
        if text not in written:
            row = next(row for row in rows if row.text == text)
            yield f"Nobody wrote this to {member.name}: {row}."
        elif count > written[text]:
            places = [row.seq for row in rows if row.text == text]
            yield (
                f"{member.name} was given {text[:40]!r} {written[text]} times; "
                f"the log has it {count} times, as {places}."
            )
    yield from _order(member, [row for row in rows if row.text in written])
    yield from _losses(member, logged)


def _order(member: Witness, rows: list[Row]) -> Iterator[str]:
    lines = iter([line for life in member.lives for line in life.written])
    before: Row | None = None
    for row in rows:
        if all(line != row.text for line in lines):
            yield f"{member.name} did not write in this order: {before}; then {row}."
            return
        before = row


def _losses(member: Witness, logged: Counter[str]) -> Iterator[str]:
    """Lines may be missing for two reasons: refused, or not read before a death."""
    left = logged.copy()
    refused = len(set(_refused(member)))
    missing: list[tuple[int, str]] = []
    for number, life in enumerate(member.lives, start=1):
        lost: list[str] = []
        for line in life.written:
            if left[line]:
                left[line] -= 1
                # What was written later was read, so this was read too.
                missing += [(number, one) for one in lost]
                lost = []
            else:
                lost.append(line)
        if life.end is not End.DIED:
            missing += [(number, one) for one in lost]
    if len(missing) > refused:
        number, line = missing[0]
        yield (
            f"{len(missing)} lines of {member.name} are not in the log, and {refused} were refused; "
            f"the first is {line[:60]!r} of life {number}, which {member.lives[number - 1].end.value}."
        )


def _refusing(member: Witness, log: list[Row]) -> Iterator[str]:
    """What was refused is in no log."""
    by_cid = {row.cid: row for row in log if row.nick == member.name}
    for cid in dict.fromkeys(_refused(member)):
        if cid in by_cid:
            yield f"{member.name} was told that {by_cid[cid]} was refused, and yet it is there."


def _keeping(member: Witness, by_seq: dict[int, Row]) -> Iterator[str]:
    """What a member keeps is the log, and what waits to be sent is not in it."""
    if member.kept is None:
        return
    before = 0
    for row in member.kept.replica:
        if row != by_seq.get(row.seq):
            yield f"{member.name} keeps {row}, but the log has {by_seq.get(row.seq)}."
        if before and row.seq != before + 1:
            yield f"{member.name} keeps nothing between number {before} and {row}."
        before = row.seq
    last = max(by_seq, default=0)
    if member.kept.whole and before < last:
        yield f"{member.name} ended in order and keeps nothing after {before}; {last} is the last."
    if member.kept.whole and member.kept.waiting:
        yield f"{member.name} ended in order, and yet {member.kept.waiting} wait to be sent."


def _refused(member: Witness) -> Iterable[str]:
    """Return the cids that were refused and not acknowledged afterwards."""
    acked = {cid for life in member.lives for cid, _ in life.acked()}
    return [cid for life in member.lives for cid in life.rejected() if cid not in acked]


def summary(history: History) -> str:
    """Return in a few words how much happened."""
    lives: Sequence[Life] = [life for member in history.members for life in member.lives]
    joins = sum(life.joined() for life in lives)
    acks = len({cid for life in lives for cid, _ in life.acked()})
    return (
        f"{len(history.log)} messages, {acks} acknowledged, {len(history.members)} members in "
        f"{len(lives)} lives and {joins} joins, {max(1, len(history.host))} lives of the host"
    )
