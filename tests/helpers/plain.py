"""Plain-text programs: the tutorial's client as it is described, and a line at a time."""

from __future__ import annotations

import contextlib
import socket
import threading

from PyQt6.QtCore import QObject, pyqtSignal, pyqtSlot
from PyQt6.QtNetwork import QTcpSocket


class TutorialClient:
    """The client of the tutorial: two threads, `recv(1024)`, no newline, the nickname in front.

    `printed` is what it would have written on its terminal, a piece for each `recv`.
    """

    def __init__(self, nickname: str, port: int) -> None:
        self.nickname = nickname
        self.printed: list[str] = []
        self._told = threading.Condition()
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=20)
        self._thread = threading.Thread(target=self._receive, daemon=True)
        self._thread.start()

    @property
    def terminal(self) -> str:
        """All that was printed."""
        return "".join(self.printed)

    def type(self, text: str) -> None:
        """Type a line at its prompt."""
        self._socket.send(f"{self.nickname}: {text}".encode())

    def say_raw(self, data: bytes) -> None:
        """Send what it never would."""
        self._socket.send(data)

    def wait_for(self, text: str, timeout: float = 20) -> None:
        """Wait until it has printed that; not where Qt's events have to go on meanwhile."""
        with self._told:
            assert self._told.wait_for(lambda: text in self.terminal, timeout), self.terminal

    def wait_for_end(self, timeout: float = 20) -> None:
        """Wait until the server hung up; likewise."""
        self._thread.join(timeout)
        assert not self._thread.is_alive()

    def close(self) -> None:
        """End the program."""
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._thread.join(10)
        self._socket.close()

    def _receive(self) -> None:
        while True:
            try:
                message = self._socket.recv(1024).decode("utf-8")
            except (OSError, UnicodeDecodeError) as error:
                self._print(f"!{type(error).__name__}")
                return
            if not message:
                return
            if message == "NICK":
                self._socket.send(self.nickname.encode())
            else:
                self._print(message)

    def _print(self, text: str) -> None:
        with self._told:
            self.printed.append(text)
            self._told.notify_all()


class Netcat(QObject):
    """A connection that says and hears bytes.

    Signals:
        heard_more(): `heard` grew, or the other side hung up (`is_over`).
    """

    heard_more = pyqtSignal()

    def __init__(self, port: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.heard = b""
        self.is_over = False
        self._unsent = b""
        self._ends = False
        self.socket = QTcpSocket(self)
        self.socket.connected.connect(self._on_connected)
        self.socket.readyRead.connect(self._on_ready_read)
        self.socket.disconnected.connect(self._on_disconnected)
        self.socket.connectToHost("127.0.0.1", port)

    @property
    def text(self) -> str:
        """What was heard, without the question for the nickname."""
        return self.heard.removeprefix(b"NICK").decode(errors="replace")

    def say(self, data: str | bytes) -> None:
        """Send it as it is."""
        self._unsent += data.encode() if isinstance(data, str) else data
        if self.socket.state() is QTcpSocket.SocketState.ConnectedState:
            self._on_connected()

    def hang_up(self) -> None:
        """End the connection, once all was sent."""
        self._ends = True
        if self.socket.state() is QTcpSocket.SocketState.ConnectedState:
            self.socket.disconnectFromHost()

    @pyqtSlot()
    def _on_connected(self) -> None:
        data, self._unsent = self._unsent, b""
        self.socket.write(data)
        self.socket.flush()
        if self._ends:
            self.socket.disconnectFromHost()

    def read_on(self) -> None:
        """Take what came while there was no room for it."""
        self._on_ready_read()

    @pyqtSlot()
    def _on_ready_read(self) -> None:
        self.heard += self.socket.readAll().data()
        self.heard_more.emit()

    @pyqtSlot()
    def _on_disconnected(self) -> None:
        self.is_over = True
        self.heard_more.emit()
