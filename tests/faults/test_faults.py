"""Real processes whose host, members, links and disk fail: the history at the end must hold.

Longer, and with dice of its own: `python -m tests.faults --minutes 10`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.disks import Unavailable
from tests.faults.scenarios import DISKS, SCENARIOS, Scenario, has_outbox, run, run_on_full_disk

pytestmark = pytest.mark.e2e

SEED = 20_240_901


@pytest.mark.parametrize(
    "scenario", [one for one in SCENARIOS if not one.long], ids=lambda one: one.name
)
def test_history_holds_when(scenario: Scenario, tmp_path: Path) -> None:
    if scenario.outbox and not has_outbox():
        pytest.skip("members keep no outbox yet: app/lobby.py gives them no RoomStore")
    run(scenario, SEED, tmp_path)


@pytest.mark.parametrize("kind", DISKS)
def test_history_holds_on_a_full_disk_by(kind: str, tmp_path: Path) -> None:
    try:
        run_on_full_disk(kind, SEED, tmp_path)
    except Unavailable as reason:
        pytest.skip(str(reason))
