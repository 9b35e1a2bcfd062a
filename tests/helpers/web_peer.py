"""A browser guest without a browser: HTTP's upgrade, then JSON over WebSocket, on Qt's event loop."""

from __future__ import annotations

import json
from typing import Any

from PyQt6.QtCore import QObject, pyqtSignal, pyqtSlot
from PyQt6.QtNetwork import QTcpSocket
from wsproto import ConnectionType, WSConnection
from wsproto.events import (
    AcceptConnection,
    CloseConnection,
    Event,
    Ping,
    RejectConnection,
    Request,
    TextMessage,
)

Said = dict[str, Any]
SECRET = "c2VjcmV0" * 5 + "c2U="


class WebPeer(QObject):
    """Connects to a port of this computer. `heard` is what the host said, message by message.

    Signals:
        changed(): something came, or the host hung up.
    """

    changed = pyqtSignal()

    def __init__(self, port: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.heard: list[Said] = []
        self.code: int | None = None
        self.is_open = False
        self.pings = 0
        self._text = ""
        self._web = WSConnection(ConnectionType.CLIENT)
        self._host = f"127.0.0.1:{port}"
        self.socket = QTcpSocket(self)
        self.socket.connected.connect(self._on_connected)
        self.socket.readyRead.connect(self._on_ready_read)
        self.socket.disconnected.connect(self.changed)
        self.socket.connectToHost("127.0.0.1", port)

    def say(self, **message: object) -> None:
        """Say one message."""
        self.send(TextMessage(data=json.dumps(message)))

    def send(self, event: Event) -> None:
        """Send something that WebSocket knows."""
        self.socket.write(self._web.send(event))

    def join(self, nick: str, password: str = "", secret: str = SECRET) -> None:
        """Go the whole way in, in one breath."""
        self.say(t="hello", min_version=1, max_version=1)
        self.say(t="identify", secret=secret, password=password)
        self.say(t="join", nick=nick)

    def named(self, tag: str) -> list[Said]:
        """Return the messages of one type, in order."""
        return [said for said in self.heard if said["t"] == tag]

    def texts(self) -> list[str]:
        """Return the texts of what was said live."""
        return [line[4] for said in self.named("live") for line in said["said"]]

    def pause(self) -> None:
        """Take nothing more."""
        self.socket.setReadBufferSize(1)

    def resume(self) -> None:
        """Take everything again."""
        self.socket.setReadBufferSize(0)
        self._on_ready_read()

    @pyqtSlot()
    def _on_connected(self) -> None:
        self.send(Request(host=self._host, target="/room"))

    @pyqtSlot()
    def _on_ready_read(self) -> None:
        if self.socket.readBufferSize() == 1:
            return
        self._web.receive_data(self.socket.readAll().data())
        for event in self._web.events():
            if isinstance(event, AcceptConnection):
                self.is_open = True
            elif isinstance(event, RejectConnection):
                self.code = event.status_code
            elif isinstance(event, TextMessage):
                self._text += event.data
                if event.message_finished:
                    self.heard.append(json.loads(self._text))
                    self._text = ""
            elif isinstance(event, Ping):
                self.pings += 1
                self.send(event.response())
            elif isinstance(event, CloseConnection):
                self.code = event.code
                self.socket.disconnectFromHost()
        self.changed.emit()
