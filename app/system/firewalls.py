"""Which firewall of this computer may keep others out, as far as can be read without more rights.

Sources: the manuals of ufw(8), firewall-cmd(1), nft(8) and iptables(8); Windows keeps its profiles in
the registry; macOS tells by `socketfilterfw`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from PyQt6.QtCore import QSettings

from app.system.programs import Answer, Programs, Question

_UFW_CONF = Path("/etc/ufw/ufw.conf")
_WINDOWS_KEY = (
    r"HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services\SharedAccess"
    r"\Parameters\FirewallPolicy\StandardProfile"
)
_MAX_CONF = 16 * 1024


class Stand(StrEnum):
    """What a firewall does with the port."""

    OPEN = "open"
    """It is on, and lets the port in."""
    SHUT = "shut"
    """It is on, and nothing lets the port in."""
    UNREADABLE = "unreadable"
    """It is on, or may be, and only an administrator can read what it does."""
    OFF = "off"


@dataclass(frozen=True)
class Firewall:
    """One firewall. `allow` is the exact command, empty where there is none that is sure to work."""

    name: str
    stand: Stand
    allow: str = ""


Found = Callable[[list[Firewall]], None]


@dataclass(frozen=True)
class Place:
    """The system that is looked at: this one, unless a test says otherwise."""

    platform: str = sys.platform
    ufw_conf: Path = _UFW_CONF
    windows_key: str = _WINDOWS_KEY


class FirewallLook:
    """Looks at every firewall that this system may have, and tells them all at once."""

    def __init__(self, programs: Programs, place: Place | None = None) -> None:
        self._programs = programs
        self._place = place or Place()
        self._answers: dict[Question, Answer] = {}
        self._open: set[Question] = set()
        self._found: Found | None = None
        self._port = 0

    def begin(self, port: int, found: Found) -> None:
        """Look whether `port` is let in; `found` is called once, later."""
        self._port, self._found = port, found
        self._answers = {}
        platform = self._place.platform
        if platform == "darwin":
            self._open = {Question.MACOS_FIREWALL}
        elif platform == "win32":
            # Asked all the same, so that the answer never comes from within this call.
            self._open = {Question.UFW_STATUS}
        else:
            self._open = {
                Question.UFW_STATUS,
                Question.FIREWALLD_STATE,
                Question.FIREWALLD_PORTS,
                Question.NFT_RULES,
                Question.IPTABLES_INPUT,
            }
        for question in tuple(self._open):
            self._programs.ask(question, _Teller(self, question))

    def stop(self) -> None:
        """Tell nothing more."""
        self._found = None
        self._programs.stop()

    def note(self, question: Question, answer: Answer) -> None:
        """Take one program's answer; with the last one all is told."""
        self._open.discard(question)
        self._answers[question] = answer
        if self._open or self._found is None:
            return
        found, self._found = self._found, None
        found(self._read())

    def _read(self) -> list[Firewall]:
        if self._place.platform == "win32":
            return [_windows(self._place.windows_key, self._port)]
        if self._place.platform == "darwin":
            return [_macos(self._answers[Question.MACOS_FIREWALL])]
        port, answers = self._port, self._answers
        ufw = _ufw(answers[Question.UFW_STATUS], self._place.ufw_conf, port)
        firewalld = _firewalld(
            answers[Question.FIREWALLD_STATE], answers[Question.FIREWALLD_PORTS], port
        )
        # Both write their rules into the tables below, which then say nothing new.
        above = [one for one in (ufw, firewalld) if one is not None]
        if any(one.stand is not Stand.OFF for one in above):
            return above
        below = [
            one
            for one in (
                _nftables(answers[Question.NFT_RULES], port),
                _iptables(answers[Question.IPTABLES_INPUT], port),
            )
            if one is not None
        ]
        if any(one.stand in {Stand.OPEN, Stand.SHUT} for one in below):
            below = [one for one in below if one.stand is not Stand.UNREADABLE]
        return [*above, *below]


class _Teller:
    """Brings an answer to the look that asked for it."""

    def __init__(self, look: FirewallLook, question: Question) -> None:
        self._look = look
        self._question = question

    def __call__(self, answer: Answer) -> None:
        self._look.note(self._question, answer)


def _ufw(answer: Answer, conf: Path, port: int) -> Firewall | None:
    allow = f"sudo ufw allow {port}/tcp"
    if answer.well:
        if "Status: active" not in answer.said:
            return Firewall("ufw", Stand.OFF)
        if re.search(r"^Default: allow \(incoming\)", answer.said, re.MULTILINE):
            return Firewall("ufw", Stand.OPEN)
        return Firewall("ufw", _ufw_stand(answer.said, port), allow)
    try:
        with conf.open("rb") as file:
            text = file.read(_MAX_CONF).decode("utf-8", "replace")
    except OSError:
        return None
    if re.search(r"^\s*ENABLED\s*=\s*[\"']?yes", text, re.MULTILINE | re.IGNORECASE):
        return Firewall("ufw", Stand.UNREADABLE, allow)
    return Firewall("ufw", Stand.OFF)


def _ufw_stand(said: str, port: int) -> Stand:
    for line in said.splitlines():
        rule = re.match(r"(\S+)(?: \(v6\))?\s+(ALLOW|LIMIT|DENY|REJECT)(?: IN)?\s", line)
        if rule is not None and _ufw_covers(rule.group(1), port):
            return Stand.OPEN if rule.group(2) in {"ALLOW", "LIMIT"} else Stand.SHUT
    return Stand.SHUT


def _ufw_covers(to: str, port: int) -> bool:
    ports, _, protocol = to.partition("/")
    if protocol not in {"", "tcp"}:
        return False
    if to == "Anywhere":
        return True
    return any(_within(one, port, ":") for one in ports.split(","))


def _firewalld(state: Answer, ports: Answer, port: int) -> Firewall | None:
    if not state.there:
        return None
    if "not running" in state.said or not state.well:
        return Firewall("firewalld", Stand.OFF)
    allow = f"sudo firewall-cmd --permanent --add-port={port}/tcp && sudo firewall-cmd --reload"
    if not ports.well:
        return Firewall("firewalld", Stand.UNREADABLE, allow)
    for entry in ports.said.split():
        span, _, protocol = entry.partition("/")
        if protocol == "tcp" and _within(span, port, "-"):
            return Firewall("firewalld", Stand.OPEN, allow)
    return Firewall("firewalld", Stand.SHUT, allow)


def _nftables(answer: Answer, port: int) -> Firewall | None:
    if not answer.there:
        return None
    if not answer.well:
        return Firewall("nftables", Stand.UNREADABLE)
    chains = re.finditer(
        r"^table (\w+) (\S+) \{|^\s+chain (\S+) \{\n(\s+type filter hook input [^\n]*\n.*?)^\s+\}",
        answer.said,
        re.MULTILINE | re.DOTALL,
    )
    table, seen = ("", ""), False
    for chain in chains:
        if chain.group(1):
            table = (chain.group(1), chain.group(2))
            continue
        seen = True
        rules = chain.group(4)
        drops = "policy drop" in rules or re.search(
            r"^\s*(counter [^\n]*)?(drop|reject)\b", rules, re.MULTILINE
        )
        if drops and not _nft_lets_in(rules, port):
            allow = (
                f"sudo nft insert rule {table[0]} {table[1]} {chain.group(3)} "
                f"tcp dport {port} accept"
            )
            return Firewall("nftables", Stand.SHUT, allow)
    return Firewall("nftables", Stand.OPEN if seen else Stand.OFF)


def _nft_lets_in(rules: str, port: int) -> bool:
    for rule in re.finditer(r"tcp dport (\{[^}]*\}|\S+)[^\n]*\baccept\b", rules):
        if any(_within(one.strip(), port, "-") for one in rule.group(1).strip("{}").split(",")):
            return True
    return False


def _iptables(answer: Answer, port: int) -> Firewall | None:
    if not answer.there:
        return None
    if not answer.well:
        return Firewall("iptables", Stand.UNREADABLE)
    allow = f"sudo iptables -I INPUT -p tcp --dport {port} -j ACCEPT"
    for line in answer.said.splitlines():
        rule = re.match(r"-A INPUT (.*)-j (ACCEPT|DROP|REJECT)\b", line)
        if rule is None:
            continue
        named = re.search(r"--dports? (\S+)", rule.group(1))
        covers = named is not None and any(
            _within(one, port, ":") for one in named.group(1).split(",")
        )
        if (covers and "-p tcp" in rule.group(1)) or not rule.group(1).strip():
            open_ = rule.group(2) == "ACCEPT"
            return Firewall("iptables", Stand.OPEN if open_ else Stand.SHUT, allow)
    if re.search(r"^-P INPUT (DROP|REJECT)", answer.said, re.MULTILINE):
        return Firewall("iptables", Stand.SHUT, allow)
    filters = "-A INPUT" in answer.said
    return Firewall("iptables", Stand.OPEN if filters else Stand.OFF)


def _macos(answer: Answer) -> Firewall:
    state = re.search(r"State = (\d)", answer.said)
    if state is None:
        return Firewall("macos", Stand.UNREADABLE)
    return Firewall("macos", Stand.OFF if state.group(1) == "0" else Stand.UNREADABLE)


def _windows(key: str, port: int) -> Firewall:
    allow = (
        'netsh advfirewall firewall add rule name="Papo" dir=in action=allow '
        f"protocol=TCP localport={port}"
    )
    enabled = QSettings(key, QSettings.Format.NativeFormat).value("EnableFirewall")
    if str(enabled) == "0":
        return Firewall("windows", Stand.OFF)
    return Firewall("windows", Stand.UNREADABLE, allow)


def _within(span: str, port: int, dash: str) -> bool:
    first, _, last = span.partition(dash)
    if not (first.isdecimal() and (not last or last.isdecimal())):
        return False
    return int(first) <= port <= int(last or first)
