"""What the bench of files promises it measures, and what it moves arrives. No time is asserted."""

from __future__ import annotations

import pytest

from tests.bench.files.__main__ import PROMISES, Promise, missing, run
from tests.bench.files.transfers import MIB


@pytest.mark.e2e
@pytest.mark.skipif(bool(missing()), reason=missing())
def test_every_promise_is_measured() -> None:
    figures = run(2 * MIB, 1)
    assert {promise.figure for promise in PROMISES} <= figures.kept.keys()
    assert all(value >= 0 for values in figures.kept.values() for value in values)


def test_promise_of_at_least_is_kept_from_above() -> None:
    promise = Promise("ratio", 0.7, "", "so much", at_least=True)
    assert promise.kept(0.8)
    assert not promise.kept(0.6)
    assert not Promise("p99", 100, "ms", "so long").kept(101)
