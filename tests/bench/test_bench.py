"""The bench itself: its generator loses nothing, and its statistics say what they should.

No time is asserted anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.bench.generator import CannotBuild, Generator, GeneratorFailed, build
from tests.bench.machine import allow_many_files, choose_cores
from tests.bench.peers.base import Peer
from tests.bench.peers.registry import OURS, PEERS
from tests.bench.picture import draw
from tests.bench.plan import QUICK, Plan
from tests.bench.report import write_report
from tests.bench.samples import Sample, Samples
from tests.bench.server import Server
from tests.bench.targets import judge

MEMBERS, MESSAGES = 10, 200


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    try:
        return build(tmp_path_factory.mktemp("load"))
    except CannotBuild as reason:
        pytest.skip(str(reason))


@pytest.fixture(autouse=True)
def _files() -> None:
    allow_many_files()


def _room(program: Path, peer: Peer) -> Iterator[Generator]:
    cores = choose_cores()
    with (
        Server(peer, MEMBERS + 1, cores) as server,
        Generator(program, peer.protocol, server.port, server.pid, cores) as generator,
    ):
        generator.join(MEMBERS, peer.parallel)
        yield generator


@pytest.fixture
def papo(program: Path) -> Iterator[Generator]:
    yield from _room(program, PEERS[OURS])


@pytest.mark.e2e
def test_papo_delivers_every_message_to_everyone_once(papo: Generator) -> None:
    answer = papo.closed(20.0, warm=0.0, messages=MESSAGES)
    assert answer["sent"] == MESSAGES
    assert answer["delivered"] == MESSAGES * MEMBERS
    assert answer["fewest"] == answer["most"] == MESSAGES
    assert (answer["lost"], answer["stray"], answer["deaths"]) == (0, 0, 0)


@pytest.mark.e2e
def test_open_loop_of_papo_loses_nothing(papo: Generator) -> None:
    answer = papo.open(200.0, 0.5, warm=0.0)
    assert answer["delivered"] == answer["sent"] * MEMBERS
    assert answer["fewest"] == answer["most"] == answer["sent"]


@pytest.mark.e2e
def test_reader_who_never_reads_keeps_no_message_from_others(papo: Generator) -> None:
    papo.stall()
    answer = papo.closed(20.0, warm=0.0, messages=MESSAGES)
    assert answer["fewest"] == answer["most"] == MESSAGES
    assert papo.release(1.0)["cut"] is False


@pytest.mark.e2e
def test_second_room_of_members_that_no_room_has_is_an_error(papo: Generator) -> None:
    with pytest.raises(GeneratorFailed):
        papo.join(2, 1, timeout=5.0)


@pytest.mark.e2e
@pytest.mark.parametrize("name", [name for name in PEERS if name != OURS])
def test_generator_speaks_with_peer(program: Path, name: str) -> None:
    peer = PEERS[name]
    if peer.missing:
        pytest.skip(peer.missing)
    for generator in _room(program, peer):
        window = MEMBERS if peer.one_at_a_time else 100
        answer = generator.closed(
            20.0,
            warm=0.0,
            window=window,
            senders=window if peer.one_at_a_time else 4,
            messages=MESSAGES,
            apart=peer.one_at_a_time,
        )
        # In IRC nobody hears itself.
        heard = MEMBERS - (peer.protocol == "irc")
        assert answer["delivered"] == MESSAGES * heard
        assert answer["lost"] == 0


# --- statistics -------------------------------------------------------------------------------

ABOUT = "saturated/100"


def _samples(*rows: tuple[int, str, float]) -> Samples:
    samples = Samples()
    for number, peer, value in rows:
        samples.add(Sample(number, peer, ABOUT, {"cpu_us": value}))
    return samples


def test_ratio_is_the_median_of_ratios_within_a_round() -> None:
    # The machine is ten times slower in the second round; medians first would give 0.5.
    samples = _samples(
        (1, "papo", 1.0),
        (1, "ngircd", 2.0),
        (2, "papo", 10.0),
        (2, "ngircd", 40.0),
        (3, "papo", 1.0),
        (3, "ngircd", 5.0),
    )
    ratio = samples.ratio("papo", "ngircd", ABOUT, "cpu_us")
    assert ratio is not None
    assert ratio.values == (0.5, 0.25, 0.2)
    assert ratio.median == 0.25


def test_rounds_that_lack_one_of_both_do_not_count() -> None:
    samples = _samples((1, "papo", 1.0), (2, "papo", 1.0), (2, "ngircd", 4.0))
    ratio = samples.ratio("papo", "ngircd", ABOUT, "cpu_us")
    assert ratio is not None
    assert ratio.values == (0.25,)
    assert samples.ratio("papo", "redis", ABOUT, "cpu_us") is None


def test_median_and_worst_of_nothing_are_nothing() -> None:
    samples = _samples((1, "papo", 1.0), (2, "papo", 5.0), (3, "papo", 2.0))
    assert samples.median("papo", ABOUT, "cpu_us") == 2.0
    assert samples.worst("papo", ABOUT, "cpu_us") == 5.0
    assert samples.median("papo", ABOUT, "p99_ms") is None
    assert samples.worst("redis", ABOUT, "cpu_us") is None


def test_server_that_idles_was_not_the_limit() -> None:
    samples = Samples([Sample(1, "papo", ABOUT, {"busy": 0.5})])
    assert not samples.host_was_limit("papo", ABOUT)
    assert Samples([Sample(1, "papo", ABOUT, {"busy": 0.99})]).host_was_limit("papo", ABOUT)


def test_targets_say_by_how_much_they_were_missed() -> None:
    samples = _samples((1, "papo", 3.0), (1, "ngircd", 2.0))
    verdicts = judge(samples, Plan())
    fan_out = verdicts[0]
    assert (fan_out.measured, fan_out.met) == (1.5, False)
    assert fan_out.outcome == "missed: 1.50 times the target"
    assert all(verdict.met is None for verdict in verdicts[1:])


def test_target_of_at_least_is_met_from_above() -> None:
    samples = Samples([
        Sample(1, "papo", "joined/500", {"per_cpu_second": 900.0}),
        Sample(1, "ngircd", "joined/500", {"per_cpu_second": 500.0}),
    ])  # fmt: skip
    joins = next(v for v in judge(samples, Plan()) if v.what.startswith("joins a CPU-second, no"))
    assert joins.measured == pytest.approx(1.8)
    assert joins.outcome == "met"


def test_report_and_picture_are_made_of_whatever_there_is() -> None:
    samples = _samples((1, "papo", 0.4), (1, "ngircd", 0.8), (1, "mosquitto", 13.0))
    report = write_report(samples, QUICK, ["a machine"])
    assert "| papo | – | 0.40 |" in report
    assert "0.50" in report
    picture = ET.fromstring(draw(samples, QUICK))
    assert picture.tag.endswith("svg")
    assert write_report(Samples(), QUICK, []).startswith("# ")
    assert ET.fromstring(draw(Samples(), QUICK)).tag.endswith("svg")
