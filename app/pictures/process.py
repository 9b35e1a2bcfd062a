"""`WorkerProcess`: one worker, as its owner sees it: lines in, lines out, or it is over."""

from __future__ import annotations

from PyQt6.QtCore import QObject, QProcess, QProcessEnvironment, pyqtSignal, pyqtSlot

from app.pictures import limits
from app.pictures.command import Command

_REAPED_MS = 500


class WorkerProcess(QObject):
    """Owns its process, and deletes itself once that has ended.

    Signals:
        answered(bytes): a line, without its end.
        ended(): it has ended, or never began, or said what it must not; nothing follows.
    """

    answered = pyqtSignal(bytes)
    ended = pyqtSignal()

    def __init__(self, command: Command, parent: QObject) -> None:
        super().__init__(parent)
        self._heard = b""
        self._over = False
        self._process = QProcess(self)
        self._process.setProgram(command.program)
        self._process.setArguments(command.arguments)
        environment = QProcessEnvironment.systemEnvironment()
        for name, value in command.environment:
            environment.insert(name, value)
        self._process.setProcessEnvironment(environment)
        self._process.setStandardErrorFile(QProcess.nullDevice())
        _keep_apart(self._process)
        self._process.readyReadStandardOutput.connect(self._on_readable)
        self._process.finished.connect(self._on_finished)
        self._process.errorOccurred.connect(self._on_error)

    def start(self) -> None:
        """Start it; `ended` follows at once where that is refused."""
        self._process.start()

    def send(self, line: bytes) -> None:
        """Give it a job."""
        self._process.write(line + b"\n")

    def let_go(self) -> None:
        """Let it end by itself: nothing more is to do."""
        self._over = True
        self._process.closeWriteChannel()

    def kill(self) -> None:
        """End it at once; nothing is told of it any more."""
        self._over = True
        if self._process.state() is QProcess.ProcessState.NotRunning:
            self.deleteLater()
        else:
            self._process.kill()

    def reap(self) -> None:
        """Kill it, and return once it is gone: at the end of a run, where no event would tell."""
        self.kill()
        if self._process.state() is not QProcess.ProcessState.NotRunning:
            self._process.waitForFinished(_REAPED_MS)

    @pyqtSlot()
    def _on_readable(self) -> None:
        heard = self._process.readAllStandardOutput().data()
        if self._over:
            return
        lines = (self._heard + heard).split(b"\n")
        self._heard = lines.pop()
        if len(self._heard) > limits.MAX_LINE or len(lines) > 1:
            self._end()
        elif lines:
            self.answered.emit(lines[0])

    @pyqtSlot(int, QProcess.ExitStatus)
    def _on_finished(self, _code: int, _status: QProcess.ExitStatus) -> None:
        self._end()
        self.deleteLater()

    @pyqtSlot(QProcess.ProcessError)
    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._end()
            self.deleteLater()

    def _end(self) -> None:
        if not self._over:
            self.kill()
            self.ended.emit()


def _keep_apart(process: QProcess) -> None:
    """Let the process inherit no descriptor: no socket, no database."""
    if hasattr(process, "setUnixProcessParameters"):
        process.setUnixProcessParameters(QProcess.UnixProcessFlag.CloseFileDescriptors)
