"""Which firewall is in the way is read from what its own program says, and the remedy is exact."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.system.firewalls import Firewall, FirewallLook, Place, Stand
from app.system.programs import Answer, Question
from tests.system.programs import SaidPrograms, said

PORT = 9090
REFUSED = said("Operation not permitted (you must be root)\n", 1)
UFW_OFF = said("Status: inactive\n")
UFW = """Status: active
Logging: on (low)
Default: deny (incoming), allow (outgoing), disabled (routed)
New profiles: skip

To                         Action      From
--                         ------      ----
22/tcp                     ALLOW IN    Anywhere
{}
"""
NFT = """table ip nat {{
\tchain POSTROUTING {{
\t\ttype nat hook postrouting priority srcnat; policy accept;
\t}}
}}
table inet filter {{
\tchain input {{
\t\ttype filter hook input priority filter; policy {};
\t\tct state established,related accept
\t\t{}
\t}}

\tchain forward {{
\t\ttype filter hook forward priority filter; policy drop;
\t}}
}}
"""


def look(
    answers: dict[Question, Answer], tmp_path: Path, platform: str = "linux", conf: str = ""
) -> list[Firewall]:
    path = tmp_path / "ufw.conf"
    if conf:
        path.write_text(conf)
    programs = SaidPrograms(answers)
    found: list[list[Firewall]] = []
    place = Place(platform, path, str(tmp_path / "registry"))
    FirewallLook(programs, place).begin(PORT, found.append)
    assert found == []
    programs.answer()
    (firewalls,) = found
    return firewalls


@pytest.mark.parametrize(
    ("rule", "stand"),
    [
        ("", Stand.SHUT),
        ("9090/tcp                   ALLOW IN    Anywhere", Stand.OPEN),
        ("9090                       LIMIT IN    Anywhere", Stand.OPEN),
        ("9000:9100/tcp              ALLOW IN    Anywhere", Stand.OPEN),
        ("80,9090/tcp                ALLOW IN    Anywhere", Stand.OPEN),
        ("9090/udp                   ALLOW IN    Anywhere", Stand.SHUT),
        ("9090/tcp                   DENY IN     Anywhere", Stand.SHUT),
        ("9091/tcp                   ALLOW IN    Anywhere", Stand.SHUT),
        ("Anywhere                   ALLOW IN    192.168.0.0/16", Stand.OPEN),
    ],
)
def test_ufw_is_read(rule: str, stand: Stand, tmp_path: Path) -> None:
    (ufw,) = look({Question.UFW_STATUS: said(UFW.format(rule))}, tmp_path)
    assert ufw == Firewall("ufw", stand, "sudo ufw allow 9090/tcp")


def test_ufw_that_only_root_may_ask_is_known_from_its_file(tmp_path: Path) -> None:
    (ufw,) = look({Question.UFW_STATUS: REFUSED}, tmp_path, conf="# on\nENABLED=yes\n")
    assert ufw == Firewall("ufw", Stand.UNREADABLE, "sudo ufw allow 9090/tcp")
    (ufw,) = look({Question.UFW_STATUS: REFUSED}, tmp_path, conf="ENABLED=no\n")
    assert ufw.stand is Stand.OFF


@pytest.mark.parametrize(
    ("ports", "stand"),
    [("9090/tcp", Stand.OPEN), ("1025-65535/udp 1025-65535/tcp", Stand.OPEN), ("", Stand.SHUT)],
)
def test_firewalld_is_read(ports: str, stand: Stand, tmp_path: Path) -> None:
    answers = {Question.FIREWALLD_STATE: said("running\n"), Question.FIREWALLD_PORTS: said(ports)}
    (found,) = look(answers, tmp_path)
    assert (found.name, found.stand) == ("firewalld", stand)
    assert "firewall-cmd --permanent --add-port=9090/tcp" in found.allow


def test_firewalld_that_does_not_run_is_off(tmp_path: Path) -> None:
    answers = {
        Question.FIREWALLD_STATE: said("not running\n", 252),
        Question.FIREWALLD_PORTS: said("", 252),
    }
    (found,) = look(answers, tmp_path)
    assert found.stand is Stand.OFF


@pytest.mark.parametrize(
    ("policy", "rule", "stand"),
    [
        ("accept", "", Stand.OPEN),
        ("accept", "drop", Stand.SHUT),
        ("drop", "", Stand.SHUT),
        ("drop", "tcp dport 9090 accept", Stand.OPEN),
        ("drop", "tcp dport { 22, 9000-9100 } ct state new accept", Stand.OPEN),
        ("drop", "tcp dport 22 accept", Stand.SHUT),
    ],
)
def test_nftables_is_read(policy: str, rule: str, stand: Stand, tmp_path: Path) -> None:
    (found,) = look({Question.NFT_RULES: said(NFT.format(policy, rule))}, tmp_path)
    assert (found.name, found.stand) == ("nftables", stand)
    if stand is Stand.SHUT:
        assert found.allow == "sudo nft insert rule inet filter input tcp dport 9090 accept"


@pytest.mark.parametrize(
    ("rules", "stand"),
    [
        ("-P INPUT ACCEPT\n", Stand.OFF),
        ("-P INPUT DROP\n", Stand.SHUT),
        ("-P INPUT DROP\n-A INPUT -p tcp -m tcp --dport 9090 -j ACCEPT\n", Stand.OPEN),
        ("-P INPUT DROP\n-A INPUT -p tcp -m multiport --dports 22,9090 -j ACCEPT\n", Stand.OPEN),
        ("-P INPUT ACCEPT\n-A INPUT -p tcp -m tcp --dport 22 -j ACCEPT\n-A INPUT -j DROP\n",
         Stand.SHUT),
        ("-P INPUT DROP\n-A INPUT -i lo -j ACCEPT\n", Stand.SHUT),
    ],
)  # fmt: skip
def test_iptables_is_read(rules: str, stand: Stand, tmp_path: Path) -> None:
    (found,) = look({Question.IPTABLES_INPUT: said(rules)}, tmp_path)
    assert (found.name, found.stand) == ("iptables", stand)


def test_rules_that_only_root_may_read_are_called_so(tmp_path: Path) -> None:
    found = look({Question.NFT_RULES: REFUSED, Question.IPTABLES_INPUT: REFUSED}, tmp_path)
    assert [one.stand for one in found] == [Stand.UNREADABLE, Stand.UNREADABLE]
    assert not any(one.allow for one in found)


def test_tables_below_a_firewall_that_is_on_are_not_told_twice(tmp_path: Path) -> None:
    answers = {
        Question.UFW_STATUS: said(UFW.format("")),
        Question.NFT_RULES: said(NFT.format("drop", "")),
        Question.IPTABLES_INPUT: said("-P INPUT DROP\n"),
    }
    assert [one.name for one in look(answers, tmp_path)] == ["ufw"]
    answers[Question.UFW_STATUS] = UFW_OFF
    assert [one.name for one in look(answers, tmp_path)] == ["ufw", "nftables", "iptables"]


def test_system_without_a_firewall_has_none(tmp_path: Path) -> None:
    assert look({}, tmp_path) == []


@pytest.mark.parametrize(
    ("text", "stand"),
    [
        ("Firewall is enabled. (State = 1)", Stand.UNREADABLE),
        ("Firewall is disabled. (State = 0)", Stand.OFF),
        ("?", Stand.UNREADABLE),
    ],
)
def test_macos_is_read(text: str, stand: Stand, tmp_path: Path) -> None:
    (found,) = look({Question.MACOS_FIREWALL: said(text)}, tmp_path, "darwin")
    assert found == Firewall("macos", stand)


def test_windows_is_read_from_its_registry(tmp_path: Path) -> None:
    (found,) = look({}, tmp_path, "win32")
    assert found.stand is Stand.UNREADABLE
    assert "netsh advfirewall firewall add rule" in found.allow
    assert "localport=9090" in found.allow
    (tmp_path / "registry").write_text("[General]\nEnableFirewall=0\n")
    (found,) = look({}, tmp_path, "win32")
    assert found.stand is Stand.OFF


def test_look_that_was_stopped_tells_nothing(tmp_path: Path) -> None:
    programs = SaidPrograms()
    found: list[list[Firewall]] = []
    looking = FirewallLook(programs, Place("linux", tmp_path / "none"))
    looking.begin(PORT, found.append)
    looking.stop()
    programs.answer()
    assert programs.stopped
    assert found == []


@given(st.dictionaries(st.sampled_from(list(Question)), st.tuples(st.text(), st.integers(0, 2))))
def test_whatever_programs_say_is_read(answers: dict[Question, tuple[str, int]]) -> None:
    known = {question: said(*answer) for question, answer in answers.items()}
    programs = SaidPrograms(known)
    found: list[list[Firewall]] = []
    looking = FirewallLook(programs, Place("linux", Path("/nowhere")))
    looking.begin(PORT, found.append)
    programs.answer()
    assert len(found) == 1
