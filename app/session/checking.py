"""The words in which a check of the connection tells what it found, step by step.

`app/net/doctor` finds, `app/ui/doctor` says it. No finding holds a secret: no password, no
nickname, no room's name, no invite.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal

if TYPE_CHECKING:
    from collections.abc import Mapping


class Step(StrEnum):
    """What is looked at; those of who joins first, then those of who hosts."""

    RESOLVE = "resolve"
    """From the name to an address."""
    CONNECT = "connect"
    TLS = "tls"
    """Whether what answers speaks Papo, encrypted."""
    TRUST = "trust"
    """Whether the host is the one that is known, or that the invite names."""
    VERSION = "version"
    NETWORK = "network"
    """Which networks this computer is in."""
    ADDRESS = "address"
    """One address that others may join by; several, the best first."""
    LISTEN = "listen"
    """Whether a room answers at the port."""
    REACH = "reach"
    """Whether it answers at one of the addresses, from this computer."""
    FIREWALL = "firewall"
    VPN = "vpn"
    ISOLATION = "isolation"
    """Whether the Wi-Fi keeps its devices apart."""


class Verdict(StrEnum):
    """What to make of a step."""

    GOOD = "good"
    HINT = "hint"
    """Nothing is wrong as far as can be known from here; worth knowing where it does not work."""
    DOUBTFUL = "doubtful"
    """It may well be the reason."""
    BAD = "bad"
    """It cannot work like this."""


@dataclass(frozen=True)
class Finding:
    """One step's result. `code` says which one, `about` fills in what is known of it.

    `ui/doctor/words.py` lists the codes. The values of `about` are plain text, some of it a stranger's.
    """

    step: Step
    verdict: Verdict
    code: str
    about: Mapping[str, str] = field(default_factory=dict)


def works(findings: list[Finding]) -> bool:
    """Tell whether nothing that was found keeps people from joining for certain."""
    return all(finding.verdict is not Verdict.BAD for finding in findings)


class Check(QObject):
    """One check of the connection. Owns all that it opens.

    Signals:
        found(Finding): one step's result, in the order of the steps.
        finished(): there is nothing more to find; not told after `stop()`.
    """

    found = pyqtSignal(Finding)
    finished = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.findings: list[Finding] = []

    def start(self) -> None:
        """Begin; nothing is told from within this call. For a subclass to do."""
        raise NotImplementedError

    def stop(self) -> None:
        """End it, and tell nothing more. For a subclass to do."""
        raise NotImplementedError

    def tell(self, step: Step, verdict: Verdict, code: str, **about: str) -> None:
        """Note and tell one finding."""
        finding = Finding(step, verdict, code, about)
        self.findings.append(finding)
        self.found.emit(finding)
