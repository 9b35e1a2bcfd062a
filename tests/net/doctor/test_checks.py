"""What the doctor finds, with real rooms on loopback and a system that a test makes up."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.host_options import HostOptions
from app.lobby import HostedRoom
from app.net.addresses import LocalAddress
from app.net.doctor.hosting import HostCheck, OwnDoor
from app.net.doctor.joining import JoinCheck
from app.net.doctor.networks import OwnNetwork, Surroundings, Where, where
from app.net.qt_clock import QtClock
from app.security.invite import Address, Invite, parse_target
from app.security.trust import How, KnownRooms
from app.session.checking import Check, Finding, Step, Verdict, works
from app.system.firewalls import FirewallLook, Place
from app.system.programs import Question
from tests.helpers.clock import ManualClock
from tests.net.conftest import MakeLobby
from tests.system.programs import SaidPrograms, said

LAN = OwnNetwork("192.168.1.20", 24, "wifi", "wlan0")
VPN = OwnNetwork("10.8.0.2", 24, "vpn", "tun0")
AT_HOME = Surroundings((LAN,), (LocalAddress("127.0.0.2", "wifi", "wlan0"),))
NOWHERE = Surroundings((), (LocalAddress("127.0.0.1", "other"),))


def at_home() -> Surroundings:
    return AT_HOME


def run(qtbot: QtBot, check: Check) -> dict[Step, Finding]:
    with qtbot.waitSignal(check.finished, timeout=20_000):
        check.start()
    found = {finding.step: finding for finding in check.findings}
    check.deleteLater()
    return found


def join(qtbot: QtBot, tmp_path: Path, target: Address | Invite) -> dict[Step, Finding]:
    known = KnownRooms.load(tmp_path / "known.json").value
    clock = QtClock()
    found = run(qtbot, JoinCheck(target, known, clock, surveyor=at_home))
    clock.deleteLater()
    return found


def host(
    qtbot: QtBot,
    door: OwnDoor,
    surroundings: Surroundings = AT_HOME,
    programs: SaidPrograms | None = None,
) -> dict[Step, Finding]:
    programs = programs or SaidPrograms()
    clock = QtClock()
    look = FirewallLook(programs, Place("linux", Path("/nowhere")))
    check = HostCheck(door, clock, surveyor=lambda: surroundings, look=look)
    check.start()
    qtbot.waitUntil(lambda: bool(programs.asked), timeout=20_000)
    with qtbot.waitSignal(check.finished):
        programs.answer()
    found = {finding.step: finding for finding in check.findings}
    check.deleteLater()
    clock.deleteLater()
    return found


def own_address(hosted: HostedRoom) -> Address:
    return Address("127.0.0.1", hosted.host.port)


def test_open_room_is_found_and_nobody_came_in(
    hosted: HostedRoom, qtbot: QtBot, tmp_path: Path
) -> None:
    found = join(qtbot, tmp_path, own_address(hosted))
    assert [(one.step, one.code) for one in found.values()] == [
        (Step.RESOLVE, "ip"),
        (Step.CONNECT, "connected"),
        (Step.TLS, "room"),
        (Step.TRUST, "new"),
        (Step.VERSION, "fits"),
    ]
    assert hosted.session is not None
    assert len(hosted.session.roster) == 1
    assert not list(tmp_path.glob("known*"))


def test_invite_to_another_room_stops_before_a_word(
    hosted: HostedRoom, qtbot: QtBot, tmp_path: Path
) -> None:
    found = join(qtbot, tmp_path, Invite((own_address(hosted),), bytes(32), ""))
    assert found[Step.TRUST] == Finding(
        Step.TRUST, Verdict.BAD, "not-the-invited", {"address": str(own_address(hosted))}
    )
    assert Step.VERSION not in found


def test_second_address_is_tried_where_the_first_fails(
    hosted: HostedRoom, qtbot: QtBot, tmp_path: Path
) -> None:
    invite = parse_target(hosted.sharing.invite)
    assert isinstance(invite, Invite)
    target = Invite((Address("127.0.0.1", 1), own_address(hosted)), invite.fingerprint, "")
    known = KnownRooms.load(tmp_path / "known.json").value
    clock = QtClock()
    check = JoinCheck(target, known, clock, surveyor=at_home)
    with qtbot.waitSignal(check.finished, timeout=20_000):
        check.start()
    verdicts = [(one.step, one.verdict) for one in check.findings]
    assert (Step.CONNECT, Verdict.DOUBTFUL) in verdicts
    assert (Step.TRUST, Verdict.GOOD) in verdicts
    assert works(check.findings)
    check.deleteLater()
    clock.deleteLater()


def test_another_host_at_one_address_of_an_invite_is_not_the_end(
    hosted: HostedRoom, make_lobby: MakeLobby, qtbot: QtBot, tmp_path: Path
) -> None:
    other = make_lobby().host(HostOptions(name="Other", nickname="Eve", port=0))
    addresses = (own_address(other), own_address(hosted))
    clock = QtClock()
    known = KnownRooms.load(tmp_path / "known.json").value
    target = Invite(addresses, hosted.sharing.fingerprint, "")
    check = JoinCheck(target, known, clock, surveyor=at_home)
    with qtbot.waitSignal(check.finished, timeout=20_000):
        check.start()
    trust = [(one.verdict, one.code) for one in check.findings if one.step is Step.TRUST]
    assert trust == [(Verdict.DOUBTFUL, "not-the-invited"), (Verdict.GOOD, "invited")]
    assert works(check.findings)
    check.deleteLater()
    clock.deleteLater()


def test_known_and_changed_rooms_are_told_apart(
    hosted: HostedRoom, qtbot: QtBot, tmp_path: Path
) -> None:
    address = own_address(hosted)
    known = KnownRooms.load(tmp_path / "known.json").value
    known.remember(address, hosted.sharing.fingerprint, "Lab", How.FIRST_USE, 1.0)
    assert join(qtbot, tmp_path, address)[Step.TRUST].code == "known"
    known.forget(hosted.sharing.fingerprint)
    known.remember(address, bytes(32), "Lab", How.FIRST_USE, 1.0)
    assert join(qtbot, tmp_path, address)[Step.TRUST].code == "changed"


def test_silence_is_told_at_its_deadline(tmp_path: Path) -> None:
    known = KnownRooms.load(tmp_path / "known.json").value
    clock = ManualClock()
    check = JoinCheck(Address("192.168.1.99", 9090), known, clock, surveyor=at_home)
    check.on_resolved(["192.168.1.99"])
    check.on_failed(Step.CONNECT, "no-answer")
    assert check.findings[-1].code == "no-answer-near"
    check.stop()


def test_stopped_check_tells_nothing(hosted: HostedRoom, qtbot: QtBot, tmp_path: Path) -> None:
    known = KnownRooms.load(tmp_path / "known.json").value
    clock = QtClock()
    check = JoinCheck(own_address(hosted), known, clock, surveyor=at_home)
    with qtbot.waitSignal(check.found):
        check.start()
    check.stop()
    told = len(check.findings)
    # Whoever asks after it is through the same event loop, and answered.
    join(qtbot, tmp_path, own_address(hosted))
    assert len(check.findings) == told
    check.deleteLater()
    clock.deleteLater()


def test_hosted_room_answers_at_its_addresses(hosted: HostedRoom, qtbot: QtBot) -> None:
    found = host(qtbot, OwnDoor(hosted.host.port, hosted.sharing.fingerprint))
    assert found[Step.LISTEN].code == "room"
    assert found[Step.REACH].code == "answers"
    assert found[Step.ADDRESS].code == "wifi"
    assert found[Step.ISOLATION].code == "wifi"
    assert found[Step.FIREWALL].code == "none-found"
    assert found[Step.VPN].verdict is Verdict.GOOD


def test_another_room_at_the_port_is_a_problem(hosted: HostedRoom, qtbot: QtBot) -> None:
    found = host(qtbot, OwnDoor(hosted.host.port, bytes(32)))
    assert (found[Step.LISTEN].verdict, found[Step.LISTEN].code) == (Verdict.BAD, "another-room")


def test_port_without_a_room_is_a_problem_only_where_there_should_be_one(qtbot: QtBot) -> None:
    assert host(qtbot, OwnDoor(1))[Step.LISTEN].verdict is Verdict.HINT
    assert host(qtbot, OwnDoor(1, bytes(32)))[Step.LISTEN].verdict is Verdict.BAD


def test_firewall_that_is_shut_is_a_problem_with_its_remedy(qtbot: QtBot) -> None:
    programs = SaidPrograms({Question.UFW_STATUS: said("Status: active\nDefault: deny (incoming)")})
    finding = host(qtbot, OwnDoor(1), programs=programs)[Step.FIREWALL]
    assert (finding.verdict, finding.code) == (Verdict.BAD, "shut")
    assert finding.about["command"] == "sudo ufw allow 1/tcp"


def test_networks_are_told_with_their_troubles(qtbot: QtBot) -> None:
    assert host(qtbot, OwnDoor(1), NOWHERE)[Step.NETWORK].code == "no-network"
    lonely = Surroundings((OwnNetwork("169.254.3.4", 16, "ethernet", "eth0"),), NOWHERE.addresses)
    assert host(qtbot, OwnDoor(1), lonely)[Step.NETWORK].code == "only-link-local"
    wide = Surroundings(
        (LAN, VPN, OwnNetwork("10.0.0.4", 24, "ethernet", "eth0")),
        (
            LocalAddress("192.168.1.20", "wifi", "wlan0"),
            LocalAddress("10.0.0.4", "ethernet", "eth0"),
            LocalAddress("10.8.0.2", "vpn", "tun0"),
        ),
    )
    found = host(qtbot, OwnDoor(1), wide)
    assert found[Step.NETWORK].about == {"interfaces": "wlan0, eth0"}
    assert (found[Step.VPN].verdict, found[Step.VPN].about["interfaces"]) == (
        Verdict.DOUBTFUL,
        "tun0",
    )


def test_room_for_this_computer_alone_is_called_so(make_lobby: MakeLobby, qtbot: QtBot) -> None:
    from app.host_options import HostOptions  # noqa: PLC0415

    room = make_lobby().host(HostOptions(name="Alone", port=0, bind="127.0.0.1"))
    found = host(qtbot, OwnDoor(room.host.port, room.sharing.fingerprint, "127.0.0.1"))
    assert (found[Step.REACH].verdict, found[Step.REACH].code) == (Verdict.BAD, "only-here")


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("127.0.0.1", Where.HERE),
        ("192.168.1.20", Where.HERE),
        ("192.168.1.7", Where.NEAR),
        ("192.168.2.7", Where.FAR),
        ("8.8.8.8", Where.OUTSIDE),
        ("fe80::1%wlan0", Where.FAR),
        ("ana-pc", Where.OUTSIDE),
    ],
)
def test_distance_of_an_address(address: str, place: Where) -> None:
    assert where(address, AT_HOME) is place
