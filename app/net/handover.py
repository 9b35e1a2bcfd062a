"""A second start of the same data folder hands its invite to the window that is open already.

One line each way over a local socket in the data folder, which is private to its owner: `papo1 raise` or
`papo1 join TARGET`, answered with `ok`. Nothing but a target is taken, and it is only shown: the person
decides. Who may listen is whoever has the lock; it goes with its process, however that ends, so a socket
that was left behind belongs to nobody. Where the socket cannot lie in the folder, its name is a secret
that does: whoever else uses this computer cannot listen under it first, and take the invites.
"""

from __future__ import annotations

import re
import secrets
import sys
from typing import TYPE_CHECKING, Final

from PyQt6.QtCore import QObject, pyqtSignal, pyqtSlot
from PyQt6.QtNetwork import QLocalServer, QLocalSocket

from app.security.invite import MAX_TARGET_TEXT, Address, InvalidTarget, Invite, parse_target
from app.support.files import write_atomically
from app.support.locking import Lock

if TYPE_CHECKING:
    from app.support.clock import Clock, Timer
    from app.support.folder import DataFolder

MAX_LINE: Final = 4 * MAX_TARGET_TEXT + 64
"""Bytes of a line: the longest target, in UTF-8."""

MAX_CALLERS: Final = 8
"""Second starts that are listened to at a time: nobody clicks faster."""

CALLER_DEADLINE: Final = 3.0
"""Seconds that a second start has to say its line."""

ANSWER_DEADLINE: Final = 4.0
"""Seconds that the window may take to answer: it may be in the middle of its own start."""

AGAIN: Final = 0.1
"""Seconds until a second start tries again to reach a window that does not listen yet."""

_HELLO: Final = b"papo1"
_OK: Final = b"ok\n"
_LONGEST_PATH: Final = 90
"""Bytes of a socket's path: macOS has room for 104 (`sun_path`), and Qt needs a few."""


_NAME: Final = re.compile(r"papo-[0-9a-f]{32}")


def socket_name(folder: DataFolder) -> str:
    """Return how a folder's window is reached: a path in it, or a name of its own.

    The name is for Windows, where it names a pipe, which is in no folder, and for paths that are too
    long; empty where no window has taken one yet.
    """
    path = str(folder.window_socket)
    if sys.platform != "win32" and len(path.encode("utf-8", "surrogateescape")) <= _LONGEST_PATH:
        return path
    try:
        name = folder.window_name.read_text("ascii")
    except (OSError, UnicodeDecodeError):
        return ""
    return name if _NAME.fullmatch(name) else ""


def _new_socket_name(folder: DataFolder) -> str:
    """Return what to listen on: what is left there belongs to a run that is gone."""
    name = socket_name(folder)
    if name:
        QLocalServer.removeServer(name)
    if name == str(folder.window_socket):
        return name
    name = f"papo-{secrets.token_hex(16)}"
    write_atomically(folder.window_name, name.encode(), private=True)
    return name


class Reception(QObject):
    """Listens for second starts, in the run whose window is open. `is_first`: this run is that one.

    Signals:
        target_came(object): a second start was given this Address or Invite.
        raise_asked(): a second start wants the window to be seen.
    """

    target_came = pyqtSignal(object)
    raise_asked = pyqtSignal()

    def __init__(self, folder: DataFolder, clock: Clock, parent: QObject | None = None) -> None:
        """Take the lock, if nobody has it; the folder is there already."""
        super().__init__(parent)
        self._folder = folder
        self._clock = clock
        self._lock = Lock(folder.window)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.setMaxPendingConnections(MAX_CALLERS)
        self._server.newConnection.connect(self._on_called)
        self._callers: set[_Caller] = set()

    @property
    def is_first(self) -> bool:
        """Whether no other window of this folder is open."""
        return self._lock.is_held

    def open(self) -> bool:
        """Listen; return whether that worked. Only for the first."""
        if not self.is_first:
            return False
        try:
            return self._server.listen(_new_socket_name(self._folder))
        except OSError:
            return False

    def close(self) -> None:
        """Listen no longer, and let another run be the first."""
        self._server.close()
        for caller in tuple(self._callers):
            caller.hang_up()
        self._lock.release()

    def forget(self, caller: _Caller) -> None:
        """Let go of a caller that is over."""
        self._callers.discard(caller)

    def take(self, line: bytes) -> bool:
        """Do what a line says; return whether it says anything."""
        words = line.split(b" ", 2)
        if words[0] != _HELLO or len(words) < 2:
            return False
        if words[1:] == [b"raise"]:
            self.raise_asked.emit()
            return True
        if words[1] != b"join" or len(words) != 3:
            return False
        try:
            target = parse_target(words[2].decode("utf-8"))
        except (UnicodeDecodeError, InvalidTarget):
            return False
        self.target_came.emit(target)
        return True

    @pyqtSlot()
    def _on_called(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            if len(self._callers) >= MAX_CALLERS:
                socket.abort()
                socket.deleteLater()
                continue
            caller = _Caller(socket, self._clock, self)
            self._callers.add(caller)
            caller.start()


class _Caller(QObject):
    """One second start at the door."""

    def __init__(self, socket: QLocalSocket, clock: Clock, reception: Reception) -> None:
        super().__init__(reception)
        self._reception = reception
        self._socket = socket
        socket.setParent(self)
        socket.setReadBufferSize(MAX_LINE + 1)
        socket.readyRead.connect(self._on_readable)
        socket.disconnected.connect(self.hang_up)
        self._timer = clock.call_later(CALLER_DEADLINE, self.hang_up)

    def start(self) -> None:
        """Take what came before anybody listened."""
        if self._socket.bytesAvailable():
            self._on_readable()

    @pyqtSlot()
    def hang_up(self) -> None:
        """End it; harmless a second time."""
        self._timer.cancel()
        self._socket.blockSignals(True)
        self._socket.abort()
        self._reception.forget(self)
        self.deleteLater()

    @pyqtSlot()
    def _on_readable(self) -> None:
        if not self._socket.canReadLine():
            if self._socket.bytesAvailable() > MAX_LINE:
                self.hang_up()
            return
        line = self._socket.readLine(MAX_LINE + 1)
        self._socket.readyRead.disconnect(self._on_readable)
        if len(line) > MAX_LINE or not self._reception.take(line.removesuffix(b"\n")):
            self.hang_up()
            return
        self._socket.write(_OK)
        self._socket.disconnectFromServer()


class Handover(QObject):
    """Brings a target to the window that is open, in the second run.

    Signals:
        ended(bool): whether the window took it; told once.
    """

    ended = pyqtSignal(bool)

    def __init__(
        self,
        folder: DataFolder,
        target: Address | Invite | None,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        """`target`: None to have the window seen."""
        super().__init__(parent)
        said = target.link() if isinstance(target, Invite) else str(target or "")
        what = b"join " + said.encode() if target is not None else b"raise"
        self._line = b"%s %s\n" % (_HELLO, what)
        self._folder = folder
        self._clock = clock
        self._timer: Timer | None = None
        self._over = False
        self._socket = QLocalSocket(self)
        self._socket.connected.connect(self._on_connected)
        self._socket.readyRead.connect(self._on_readable)
        self._socket.errorOccurred.connect(self._on_error)

    def start(self) -> None:
        """Go there; nothing is told from within this call."""
        self._timer = self._clock.call_later(ANSWER_DEADLINE, self._on_deadline)
        self._clock.call_later(0, self._connect)

    def _connect(self) -> None:
        if self._over:
            return
        name = socket_name(self._folder)
        if name:
            self._socket.connectToServer(name)
        else:
            self._clock.call_later(AGAIN, self._connect)

    @pyqtSlot()
    def _on_connected(self) -> None:
        self._socket.write(self._line)

    @pyqtSlot()
    def _on_readable(self) -> None:
        if self._socket.canReadLine():
            self._end(taken=self._socket.readLine(len(_OK) + 1) == _OK)

    @pyqtSlot(QLocalSocket.LocalSocketError)
    def _on_error(self, error: QLocalSocket.LocalSocketError) -> None:
        if error is QLocalSocket.LocalSocketError.PeerClosedError:
            self._on_readable()
            self._end(taken=False)
        elif not self._over:
            # The first run may have the lock already, and listen in a moment.
            self._clock.call_later(AGAIN, self._connect)

    def _on_deadline(self) -> None:
        self._end(taken=False)

    def _end(self, *, taken: bool) -> None:
        if self._over:
            return
        self._over = True
        if self._timer is not None:
            self._timer.cancel()
        self._socket.blockSignals(True)
        self._socket.abort()
        self.ended.emit(taken)
