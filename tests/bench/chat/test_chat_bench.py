"""What the bench measures is there, and a large room costs about what a small one does.

No time is asserted; the ratios have room for a machine that does other things as well.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from app.session.store import RoomStore
from tests.bench.chat import rooms
from tests.bench.chat.__main__ import PROMISES, measure


def test_a_filled_replica_holds_what_it_says(tmp_path: Path) -> None:
    rooms.fill(tmp_path / "room.db", 450)
    store = RoomStore(tmp_path / "room.db")
    assert store.facts.covered == 450
    assert [one.seq for one in store.before(450, 200)] == list(range(251, 451))
    store.close()


@pytest.mark.parametrize(("figure", "size"), [("scroll", 100), ("burst", 1), ("resize", 100)])
def test_each_figure_tells_what_is_promised(figure: str, size: int) -> None:
    found = measure(figure, size)
    assert {one.value for one in PROMISES if one.figure == figure} <= found.keys()
    assert all(value >= 0 for value in found.values())


def test_a_room_of_many_opens_like_one_of_few() -> None:
    few = [measure("open", 200)["opened"] for _ in range(3)]
    many = [measure("open", 50_000)["opened"] for _ in range(3)]
    assert min(many) < min(few) * 2
