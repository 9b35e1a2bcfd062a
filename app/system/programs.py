"""The system's own programs that Papo asks something, each with fixed words and a time limit.

No shell, nothing of a stranger's in an argument, and nothing but what is listed here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from PyQt6.QtCore import QObject, QProcess, QProcessEnvironment, QStandardPaths, QTimer, pyqtSlot

LONGEST_MS = 4_000
"""Milliseconds that a program may take: the firewall's own ones answer within one of them."""

MAX_ANSWER = 512 * 1024
"""Bytes of an answer that are kept: the rules of a busy machine have some ten thousand lines."""

_BESIDES = ["/usr/sbin", "/sbin", "/usr/local/sbin", "/usr/libexec/ApplicationFirewall"]
"""Where administrators' programs lie, which are not in everybody's PATH."""


class Question(Enum):
    """A program with all of its words."""

    UFW_STATUS = ("ufw", "status", "verbose")
    FIREWALLD_STATE = ("firewall-cmd", "--state")
    FIREWALLD_PORTS = ("firewall-cmd", "--list-ports")
    NFT_RULES = ("nft", "list", "ruleset")
    IPTABLES_INPUT = ("iptables", "-S", "INPUT")
    MACOS_FIREWALL = ("socketfilterfw", "--getglobalstate")
    LINKS_HANDLER = ("xdg-mime", "query", "default", "x-scheme-handler/papo")
    TAKE_LINKS = ("xdg-mime", "default", "papo-links.desktop", "x-scheme-handler/papo")


@dataclass(frozen=True)
class Answer:
    """What a program said. `there`: it is installed; `status`: -1 where it did not end by itself."""

    there: bool = False
    status: int = -1
    said: str = ""

    @property
    def well(self) -> bool:
        """Whether it did what it was asked."""
        return self.there and self.status == 0


Told = Callable[[Answer], None]


class Programs(Protocol):
    """Who asks the system's programs."""

    def ask(self, question: Question, told: Told) -> None:
        """Ask, and tell the answer once, never from within this call."""

    def stop(self) -> None:
        """Ask nothing more, and tell nothing more."""


class SystemPrograms(QObject):
    """Asks this computer's programs, several at a time. Owns their processes."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asked: set[_Asked] = set()

    def ask(self, question: Question, told: Told) -> None:
        """Ask, and tell the answer once, never from within this call."""
        asked = _Asked(question, told, self._asked, self)
        self._asked.add(asked)
        asked.start()

    def stop(self) -> None:
        """End what still runs, and tell nothing more."""
        for asked in tuple(self._asked):
            asked.drop()


class _Asked(QObject):
    """One process, from its start until its answer was told."""

    def __init__(self, question: Question, told: Told, among: set[_Asked], parent: QObject) -> None:
        super().__init__(parent)
        self._told: Told | None = told
        self._among = among
        self._said = b""
        name, *self._arguments = question.value
        self._program = QStandardPaths.findExecutable(name) or QStandardPaths.findExecutable(
            name, _BESIDES
        )
        self._process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        # Their words are read by a program.
        environment.insert("LC_ALL", "C")
        self._process.setProcessEnvironment(environment)
        self._process.setProcessChannelMode(QProcess.ProcessChannelMode.MergedChannels)
        self._process.setStandardInputFile(QProcess.nullDevice())
        self._process.readyReadStandardOutput.connect(self._on_said)
        self._process.finished.connect(self._on_finished)
        self._process.errorOccurred.connect(self._on_error)
        self._limit = QTimer(self)
        self._limit.setSingleShot(True)
        self._limit.timeout.connect(self._on_too_long)

    def start(self) -> None:
        if not self._program:
            QTimer.singleShot(0, self._on_not_there)
            return
        self._limit.start(LONGEST_MS)
        self._process.setProgram(self._program)
        self._process.setArguments(self._arguments)
        self._process.start()

    def drop(self) -> None:
        self._told = None
        self._tell(Answer())

    def _tell(self, answer: Answer) -> None:
        told, self._told = self._told, None
        self._among.discard(self)
        self._limit.stop()
        self._process.blockSignals(True)
        if self._process.state() is not QProcess.ProcessState.NotRunning:
            self._process.kill()
            # Deleted while it runs, it would be waited for.
            self._process.blockSignals(False)
            self._process.finished.disconnect(self._on_finished)
            self._process.finished.connect(self.deleteLater)
        else:
            self.deleteLater()
        if told is not None:
            told(answer)

    @pyqtSlot()
    def _on_said(self) -> None:
        heard = self._process.readAllStandardOutput().data()
        self._said = (self._said + heard)[:MAX_ANSWER]

    @pyqtSlot(int, QProcess.ExitStatus)
    def _on_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        self._on_said()
        by_itself = status is QProcess.ExitStatus.NormalExit
        said = self._said.decode("utf-8", "replace")
        self._tell(Answer(there=True, status=code if by_itself else -1, said=said))

    @pyqtSlot(QProcess.ProcessError)
    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._tell(Answer(there=True))

    @pyqtSlot()
    def _on_too_long(self) -> None:
        self._tell(Answer(there=True))

    @pyqtSlot()
    def _on_not_there(self) -> None:
        if self._told is not None:
            self._tell(Answer())
