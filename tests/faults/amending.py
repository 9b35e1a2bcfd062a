"""Edits and reactions while hosts, members and links die: each once, and the last one everywhere."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from sqlite3 import connect
from typing import Any

from tests.faults.world import Person, World

AMENDED = "messages are edited and reacted to"
EMOJI = ["👍", "🎉", "❤️", "1️⃣"]

Line = tuple[int, str, bytes, int, int, str]
"""Number, nickname, cid, kind, what it is about, text."""


@dataclass
class Wishes:
    """What the members were given, in order, by the number of the message that it is about."""

    edits: dict[int, list[str]] = field(default_factory=dict)
    reactions: dict[tuple[int, str, str], bool] = field(default_factory=dict)
    count: int = 0

    def give(self, world: World, member: Person, seqs: dict[str, int], times: int) -> None:
        """Let a member edit its own message, and react to anybody's."""
        chance = world.chance
        for _ in range(times):
            self.count += 1
            if chance.random() < 0.5:
                text = f"{member.name} edit {self.count}"
                self.edits.setdefault(seqs[member.name], []).append(text)
                self._write(member, {"edit": seqs[member.name], "text": text})
            else:
                seq, emoji = chance.choice(list(seqs.values())), chance.choice(EMOJI)
                on = not self.reactions.get((seq, member.name, emoji), False)
                self.reactions[seq, member.name, emoji] = on
                self._write(member, {"react": seq, "emoji": emoji, "on": on})

    def _write(self, member: Person, wish: dict[str, Any]) -> None:
        member.papo.say(json.dumps(wish))


def run_amended(seed: int, folder: Path, factor: int = 1) -> str:
    """Run it, prove what is left, and return in a few words how much happened."""
    with World(folder, seed, proxied=True, json=True) as world:
        return amended(world, factor)


def amended(world: World, rounds: int) -> str:
    """Edit and react over links that break and a host that is killed; members die at rest."""
    wishes = Wishes()
    seqs: dict[str, int] = {}
    for member in world.members:
        member.papo.say(json.dumps({"say": f"{member.name}'s message"}))
        member.wait_for_acks(1)
        seqs[member.name] = next(e["seq"] for e in member.papo.events if e["event"] == "acked")
    for member in world.members:
        member.wait_for_texts({f"{one.name}'s message" for one in world.members})
    for _ in range(rounds * 3):
        counts = {member.name: member.acks for member in world.members}
        given = {member.name: world.chance.randint(1, 15) for member in world.members}
        for member in world.members:
            wishes.give(world, member, seqs, given[member.name])
            if member.proxy is not None and world.chance.random() < 0.5:
                member.proxy.cut(reset=world.chance.random() < 0.5)
        if world.chance.random() < 0.5:
            world.kill_host()
            world.start_host()
        for member in world.members:
            member.wait_for_acks(counts[member.name] + given[member.name])
        victim = world.chance.choice(world.members)
        victim.kill()
        victim.launch()
        victim.wait_until_joined()
    for member in world.members:
        member.papo.say(json.dumps({"say": f"{member.name} is done", "reply_to": 1}))
    for member in world.members:
        member.wait_for_texts({f"{one.name} is done" for one in world.members})
    assert world.host.terminate() == 0
    for member in world.members:
        assert member.papo.wait_for_end() == 0
    (path,) = world.host_data.glob("rooms/*/log.db")
    log = _lines(path, "messages")
    _prove(log, wishes, seqs)
    for member in world.members:
        (path,) = member.data.glob("replicas/*.db")
        assert _lines(path, "said") == log, f"{member.name} keeps something else than the log"
    return f"{len(log)} lines for {wishes.count} wishes"


def _prove(log: list[Line], wishes: Wishes, seqs: dict[str, int]) -> None:
    assert [line[0] for line in log] == list(range(1, len(log) + 1))
    assert len({line[1:3] for line in log}) == len(log), "a wish is in the log twice"
    texts = {seq: text for seq, _, _, kind, _, text in log if kind in {0, 3}}
    for seq, edits in wishes.edits.items():
        assert texts[seq] == edits[-1]
        made = sum(kind == 4 and about == seq for _, _, _, kind, about, _ in log)
        assert made == len(edits), f"{len(edits)} edits of {seq} are {made} lines"
    assert all(not text for *_, kind, _, text in log if kind == 4)
    standing: dict[tuple[int, str, str], bool] = {}
    for _, nick, _, kind, about, text in log:
        if kind in {5, 6}:
            assert standing.get((about, nick, text), False) != (kind == 5), "nothing changed by it"
            standing[about, nick, text] = kind == 5
    assert standing == wishes.reactions
    answers = [about for _, _, _, kind, about, text in log if text.endswith("is done")]
    assert answers == [1] * len(seqs)


def _lines(path: Path, table: str) -> list[Line]:
    with closing(connect(path)) as database:
        return database.execute(
            f"SELECT seq, nick, cid, kind, about, text FROM {table} ORDER BY seq"  # noqa: S608
        ).fetchall()
