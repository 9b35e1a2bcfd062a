"""Real processes whose host, members, links and disk fail: the history at the end must hold.

Longer, and with dice of its own: `python -m tests.faults --minutes 10`.
"""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from app.headless import MAX_UNACKNOWLEDGED
from tests.faults.amending import run_amended
from tests.faults.disks import Disk, Unavailable
from tests.faults.scenarios import DISKS, SCENARIOS, Scenario, has_outbox, run, run_on_full_disk
from tests.faults.world import World

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(
        not sys.platform.startswith("linux"), reason="stopping, limiting and ports are Linux's"
    ),
]

SEED = 20_240_901


@pytest.mark.parametrize(
    "scenario", [one for one in SCENARIOS if not one.long], ids=lambda one: one.name
)
def test_history_holds_when(scenario: Scenario, tmp_path: Path) -> None:
    if scenario.outbox and not has_outbox():
        pytest.skip("members keep no outbox yet: app/lobby.py gives them no RoomStore")
    run(scenario, SEED, tmp_path)


def test_every_edit_and_reaction_is_there_once_and_the_last_one_everywhere(tmp_path: Path) -> None:
    run_amended(SEED, tmp_path)


@pytest.mark.parametrize("kind", DISKS)
def test_history_holds_on_a_full_disk_by(kind: str, tmp_path: Path) -> None:
    try:
        run_on_full_disk(kind, SEED, tmp_path)
    except Unavailable as reason:
        pytest.skip(str(reason))


def test_member_reads_on_after_more_refusals_than_may_be_on_their_way(tmp_path: Path) -> None:
    many = MAX_UNACKNOWLEDGED + 1
    with ExitStack() as stack:
        disk = _disk("a limit on file sizes", tmp_path, stack)
        with World(tmp_path, SEED, members=1, host_data=disk.data) as world:
            (member,) = world.members
            member.write_and_wait(1)
            disk.fill(world.host.pid)
            member.write(many)
            member.wait_for_refusals(many)
            disk.free(world.host.pid)
            member.write_lines("after")
            # It is there in milliseconds, or never.
            assert member.papo.wait_until(lambda: member.acks == 2, timeout=5)


def test_host_on_a_full_disk_complains_in_single_lines(tmp_path: Path) -> None:
    with ExitStack() as stack:
        disk = _disk("a small tmpfs", tmp_path, stack)
        with World(tmp_path, SEED, members=1, host_data=disk.data) as world:
            (member,) = world.members
            member.write_and_wait(1)
            disk.fill(world.host.pid)
            member.write(1)
            member.wait_for_refusals(1)
            disk.free(world.host.pid)
            assert world.host.terminate() == 0
            lines = world.host.complaints.splitlines()
    assert lines
    assert [line for line in lines if not line.startswith("papo: ")] == []


def _disk(kind: str, folder: Path, stack: ExitStack) -> Disk:
    try:
        return stack.enter_context(DISKS[kind](folder))
    except Unavailable as reason:
        pytest.skip(str(reason))
