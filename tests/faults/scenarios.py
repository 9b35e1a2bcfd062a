"""What happens to a room: each scenario breaks things, drawn from the world's dice, for some rounds.

A scenario waits for events alone: so many acknowledgements, so many bytes. None of them judges: the
history at the end does.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from app import lobby
from tests.faults.disks import Disk, limited_disk, small_disk
from tests.faults.history import History, prove
from tests.faults.proxy import Way, Weather
from tests.faults.world import Person, World

STORMY = Weather(cut=0.02, stall=0.05, delay=0.1, dribble=0.1, refuse=0.1, longest=0.4)

MOST_HELD = 40
"""Helpings of 600 KB after which a reader that takes nothing must be out of the live stream."""


def has_outbox() -> bool:
    """Tell whether members keep what is not acknowledged: whether the lobby gives them a store."""
    return "RoomStore" in inspect.getsource(lobby)


def host_killed(world: World, rounds: int) -> None:
    """Kill the host while everybody writes; it comes back on the same folder and port."""
    for _ in range(rounds):
        _write_until_some_acks(world, 30)
        world.kill_host()
        world.write_all(10)
        world.start_host()


def members_killed(world: World, rounds: int) -> None:
    """Kill members while they write, and start them again on the same folder."""
    for _ in range(rounds):
        _write_until_some_acks(world, 40)
        victims = world.chance.sample(world.members, world.chance.randint(1, 2))
        for victim in victims:
            victim.kill()
        world.write_all(5)
        for victim in victims:
            victim.launch()
        for victim in victims:
            victim.wait_until_joined()
            victim.write(world.chance.randint(1, 10))


def unheard(world: World, rounds: int) -> None:
    """Kill a member whose lines are on its disk and have not reached the host."""
    for _ in range(rounds):
        _kill_with_lines_on_their_way(world, Way.TO_HOST)


def unanswered(world: World, rounds: int) -> None:
    """Kill a member whose lines are in the log and that has not heard of it."""
    for _ in range(rounds):
        _kill_with_lines_on_their_way(world, Way.TO_MEMBER)


def _kill_with_lines_on_their_way(world: World, way: Way) -> None:
    victim = world.chance.choice(world.members)
    proxy = victim.proxy
    assert proxy is not None
    victim.write_and_wait(2)
    proxy.hold(way)
    before = proxy.read(Way.TO_HOST)
    lines = [*victim.write(world.chance.randint(1, 20)), f"{victim.name}'s long line " + "x" * 4000]
    victim.write_lines(lines[-1])
    # A message leaves once it is in the outbox. The last one is so long that so many bytes are
    # some of it, however much is said around the others.
    proxy.wait_until_read(Way.TO_HOST, before + sum(len(line.encode()) for line in lines))
    if way is Way.TO_MEMBER:
        other = next(member for member in world.members if member is not victim)
        other.wait_for_texts(set(lines))
    victim.kill()
    proxy.cut(reset=True)
    proxy.release()
    victim.launch()
    victim.wait_until_joined()
    victim.write(2)
    # Unlike the last words of other deaths, these were on the disk: none of them may be lost.
    for member in world.members:
        member.wait_for_texts(set(lines))


def links_broken(world: World, rounds: int) -> None:
    """Cut, stall, delay, dribble and refuse connections while everybody writes."""
    world.set_weather(STORMY)
    for _ in range(rounds):
        _harm(world, _write_until_some_acks(world, 15))
        world.write_all(10)


def members_leave(world: World, rounds: int) -> None:
    """Let members end in order, over bad links: nothing that they were given may be missing."""
    world.set_weather(STORMY)
    for _ in range(rounds):
        leaver = _write_until_some_acks(world, 10)
        leaver.write(world.chance.randint(1, 10))
        _harm(world, leaver)
        status = leaver.leave()
        assert status == 0, f"{leaver.name} left with {status}: {leaver.papo.complaints}"
        leaver.launch()
        leaver.wait_until_joined()


def host_frozen(world: World, rounds: int) -> None:
    """Stop the host's process while everybody writes and links break, and let it go on."""
    for _ in range(rounds):
        writer = _write_until_some_acks(world, 20)
        assert writer.proxy is not None
        world.host.freeze()
        before = writer.proxy.read(Way.TO_HOST)
        world.write_all(10)
        lines = writer.write(5)
        # The host's kernel takes what it can while the host itself stands still.
        size = sum(len(line.encode()) for line in lines)
        writer.proxy.wait_until_read(Way.TO_HOST, before + size)
        if world.chance.random() < 0.7:
            writer.proxy.cut(reset=world.chance.random() < 0.5)
        world.host.thaw()


def host_frozen_for_long(world: World, _rounds: int) -> None:
    """Stop the host until every member has given it up for dead."""
    _write_until_some_acks(world, 20)
    world.host.freeze()
    world.write_all(20)
    for member in world.members:
        member.wait_for_state("waiting")
    world.write_all(5)
    world.host.thaw()


def everything(world: World, rounds: int) -> None:
    """All of it, in any order and at the same time."""
    world.set_weather(STORMY)
    for _ in range(rounds):
        writer = _write_until_some_acks(world, 15)
        _harm(world, writer)
        world.write_all(10)
        match world.chance.choice(["host", "member", "both", "freeze"]):
            case "host":
                world.kill_host()
                world.write_all(10)
                world.start_host()
            case "member":
                _restart(world, world.chance.choice(world.members))
            case "both":
                victim = world.chance.choice(world.members)
                world.kill_host()
                victim.kill()
                world.write_all(5)
                world.start_host()
                victim.launch()
                victim.wait_until_joined()
            case _:
                world.host.freeze()
                world.network.after(world.chance.uniform(0.1, 1.5), world.host.thaw)


def reader_behind(world: World, rounds: int) -> None:
    """Let one member take nothing until the host leaves it out: it costs the others nothing."""
    for _ in range(rounds):
        _write_until_some_acks(world, 5)
        idle = world.chance.choice(world.members)
        assert idle.proxy is not None
        idle.proxy.hold(Way.TO_MEMBER)
        left_out = world.host_notes("left out of the live stream")
        others = [member for member in world.members if member is not idle]
        # What the proxy holds and what the kernel takes comes on top of what the host holds.
        for _ in range(MOST_HELD):
            for member in others:
                member.write_lines(*(member.new_line("文" * 4900) for _ in range(20)))
            for member in others:
                member.wait_for_texts({member.life.written[-1]})
            if world.host_notes("left out of the live stream") > left_out:
                break
        else:
            raise AssertionError(f"{idle.name} takes nothing, and is not left out")
        idle.write(3)
        idle.proxy.release()
        world.write_all(5)


def disk_full(world: World, disk: Disk, rounds: int) -> None:
    """Fill the host's disk: senders are told, nothing that was acknowledged is lost, it goes on."""
    for _ in range(rounds):
        _write_until_some_acks(world, 10)
        for member in world.members:
            # Everything of theirs is in: what follows meets the full disk.
            member.wait_for_texts(set(member.write(1)))
        disk.fill(world.host.pid)
        for member in world.members:
            known = member.papo.counts["rejected"]
            count = len(member.write(world.chance.randint(1, 20)))
            member.wait_for_refusals(known + count)
        disk.free(world.host.pid)
        for member in world.members:
            member.write_and_wait(3)


@dataclass(frozen=True)
class Scenario:
    """A scenario and what it stands on. `rounds` of it take some seconds."""

    name: str
    run: Callable[[World, int], None]
    rounds: int = 2
    proxied: bool = True
    outbox: bool = False
    long: bool = False


SCENARIOS = [
    Scenario("the host is killed", host_killed, proxied=False),
    Scenario("members are killed", members_killed, rounds=1, proxied=False),
    Scenario("lines are unheard", unheard, rounds=1, outbox=True),
    Scenario("lines are unanswered", unanswered, rounds=1, outbox=True),
    Scenario("links break", links_broken),
    Scenario("members leave", members_leave, rounds=1),
    Scenario("the host is frozen", host_frozen),
    Scenario("a reader is behind", reader_behind, rounds=1),
    Scenario("everything", everything),
    Scenario("the host is frozen for long", host_frozen_for_long, long=True),
]

DISKS = {"a small tmpfs": small_disk, "a limit on file sizes": limited_disk}


def run(scenario: Scenario, seed: int, folder: Path, factor: int = 1) -> History:
    """Run a scenario and prove its history; `factor` times its rounds."""
    with World(folder, seed, proxied=scenario.proxied) as world:
        scenario.run(world, scenario.rounds * factor)
        world.settle()
        history = world.end()
    prove(history)
    return history


def run_on_full_disk(kind: str, seed: int, folder: Path, factor: int = 1) -> History:
    """Run `disk_full`; raises Unavailable where this machine has no such disk."""
    with ExitStack() as stack:
        disk = stack.enter_context(DISKS[kind](folder))
        with World(folder, seed, host_data=disk.data) as world:
            disk_full(world, disk, factor)
            world.settle()
            history = world.end()
    for member in history.members:
        codes = {e["code"] for life in member.lives for e in life.events if "code" in e}
        assert codes == {"not-saved"}, f"{member.name} was refused with {codes}"
    prove(history)
    return history


# --- steps of scenarios -----------------------------------------------------------------------------


def _write_until_some_acks(world: World, most: int) -> Person:
    """Let everybody write, and return once one of them has some of it acknowledged."""
    for member in world.alive:
        if not member.acks:
            member.write_and_wait(1)
    writer = world.chance.choice(world.alive)
    before = writer.acks
    counts = {
        member.name: len(member.write(world.chance.randint(1, most))) for member in world.alive
    }
    writer.wait_for_acks(before + world.chance.randint(1, counts[writer.name]))
    return writer


def _harm(world: World, person: Person) -> None:
    proxy = person.proxy
    assert proxy is not None
    match world.chance.choice(["cut", "reset", "stall", "dribble", "delay", "refuse"]):
        case "cut":
            proxy.cut(reset=False)
        case "reset":
            proxy.cut(reset=True)
        case "stall":
            proxy.stall(world.chance.uniform(0.1, 1.0))
        case "dribble":
            proxy.dribble(world.chance.randint(1, 30))
        case "delay":
            proxy.delay(world.chance.uniform(0.01, 0.1))
        case _:
            proxy.refuse(True)
            proxy.cut(reset=True)
            # Until another one got something through, then the door is open again.
            other = next(member for member in world.alive if member is not person)
            other.write_and_wait(1)
            proxy.refuse(False)


def _restart(world: World, victim: Person) -> None:
    victim.kill()
    world.write_all(5)
    victim.launch()
    victim.wait_until_joined()
