"""`Stream`: one TCP connection as bytes, written to its descriptor at once.

A plain non-blocking socket and a `QSocketNotifier`: what Qt's event loop needs, and no more. A
`QTcpSocket` copies every write into a buffer of its own and waits for a notifier to send it, which
costs several times as much; `QTcpServer` still accepts and `QTcpSocket` still connects.
"""

from __future__ import annotations

import socket
from typing import Protocol

from PyQt6 import sip
from PyQt6.QtCore import QCoreApplication, QSocketNotifier, QTimer

from app.net import limits

_READ = QSocketNotifier.Type.Read
_WRITE = QSocketNotifier.Type.Write


class StreamListener(Protocol):
    """Who is told what happens on a stream."""

    def on_readable(self) -> None:
        """There is something to `read()`, if only the end."""

    def on_written(self) -> None:
        """Some of what waited has gone out."""

    def on_broken(self) -> None:
        """Nothing more can be read or written."""


class Stream:
    """One connection. Owns the socket; tells its `listener`, never from within a call of its own.

    `ended` turns true once the other side sends no more.
    """

    __slots__ = (
        "__weakref__",
        "_backlog",
        "_broken",
        "_finishing",
        "_reader",
        "_socket",
        "_writer",
        "ended",
        "listener",
    )

    def __init__(self, connected: socket.socket) -> None:
        self.listener: StreamListener | None = None
        self.ended = False
        self._socket = connected
        self._backlog = bytearray()
        self._broken = True
        self._finishing = False
        self._writer: QSocketNotifier | None = None
        connected.setblocking(False)
        _set(connected, socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        _set(connected, socket.SOL_SOCKET, socket.SO_SNDBUF, limits.SEND_BUFFER)
        self._reader = _notifier(connected, _READ)
        self._reader.activated.connect(self._on_readable)
        self._broken = False

    def __del__(self) -> None:
        # Whoever lets go of a stream without ending it must not leave a notifier on a descriptor
        # that is closed, and soon another connection's.
        self._close()

    @property
    def waiting(self) -> int:
        """Bytes that the system has not taken from us yet."""
        return len(self._backlog)

    @property
    def is_open(self) -> bool:
        """Whether anything can still be read or written."""
        return not self._broken

    def peek(self) -> bytes:
        """Return the first byte that can be read, without taking it; empty where there is none."""
        try:
            return self._socket.recv(1, socket.MSG_PEEK)
        except OSError:
            return b""

    def read(self, most: int = limits.READ_BUFFER) -> bytes:
        """Return what has come, at most so many bytes; empty where there is nothing now."""
        if self._broken:
            return b""
        try:
            data = self._socket.recv(most)
        except BlockingIOError:
            return b""
        except OSError:
            data = b""
        if not data:
            self.ended = True
            self._reader.setEnabled(False)
        return data

    def set_reading(self, reading: bool) -> None:
        """Listen for more to read, or leave it in the system's buffers and so with the sender."""
        if not self._broken and not self.ended:
            self._reader.setEnabled(reading)

    def write(self, data: bytes) -> None:
        """Send `data`; what the system does not take at once waits here."""
        if self._broken:
            return
        if self._backlog:
            self._backlog += data
            return
        try:
            sent = self._socket.send(data)
        except BlockingIOError:
            sent = 0
        except OSError:
            # Whoever walks the members must not lose one of them in mid-step.
            QTimer.singleShot(0, self._break)
            return
        if sent < len(data):
            self._backlog += memoryview(data)[sent:]
            self._await_writing()

    def widen(self) -> None:
        """Let the system hold as much as a file's reader may be behind, FILE_BUFFER bytes."""
        if not self._broken:
            _set(self._socket, socket.SOL_SOCKET, socket.SO_SNDBUF, limits.FILE_BUFFER)

    def keep_alive(self, seconds: int) -> None:
        """Let the system ask whether the other end is there, and break after so long without a word."""
        if self._broken:
            return
        _set(self._socket, socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        asks = max(1, seconds // 4)
        for name, value in (
            ("TCP_KEEPIDLE", 2 * asks),
            ("TCP_KEEPINTVL", asks),
            ("TCP_KEEPCNT", 2),
            # Milliseconds, and for what is on its way, of which keep-alive knows nothing (RFC 5482).
            ("TCP_USER_TIMEOUT", seconds * 1000),
        ):
            if hasattr(socket, name):
                _set(self._socket, socket.IPPROTO_TCP, getattr(socket, name), value)

    def finish(self) -> None:
        """Send what waits, then the end; whoever listens goes on reading until the other ends too."""
        self._finishing = True
        if not self._backlog:
            self._shut()

    def abort(self) -> None:
        """Close at once. The listener is not told: it is the one who asked."""
        self.listener = None
        self._close()

    def _await_writing(self) -> None:
        if self._writer is None:
            self._writer = _notifier(self._socket, _WRITE)
            self._writer.activated.connect(self._on_writable)
        self._writer.setEnabled(True)

    def _on_readable(self) -> None:
        if self.listener is not None:
            self.listener.on_readable()

    def _on_writable(self) -> None:
        if self._broken:
            return
        try:
            with memoryview(self._backlog) as view, view[: limits.SEND_BUFFER] as part:
                sent = self._socket.send(part)
        except BlockingIOError:
            return
        except OSError:
            self._break()
            return
        del self._backlog[:sent]
        if not self._backlog:
            # The memory of a backlog is given back: most members never have one again.
            self._backlog = bytearray()
            if self._writer is not None:
                self._writer.setEnabled(False)
            if self._finishing:
                self._shut()
        if self.listener is not None:
            self.listener.on_written()

    def _shut(self) -> None:
        try:
            self._socket.shutdown(socket.SHUT_WR)
        except OSError:
            QTimer.singleShot(0, self._break)

    def _break(self) -> None:
        if self._broken:
            return
        listener = self.listener
        self._close()
        if listener is not None:
            listener.on_broken()

    def _close(self) -> None:
        if self._broken:
            return
        self._broken = True
        self._backlog = bytearray()
        for notifier in (self._reader, self._writer):
            if notifier is not None:
                notifier.setEnabled(False)
                notifier.deleteLater()
        self._writer = None
        self._socket.close()


def _notifier(watched: socket.socket, kind: QSocketNotifier.Type) -> QSocketNotifier:
    # With a parent it is deleted by `deleteLater` alone: Python, which lets go of it in the middle
    # of its own signal, would otherwise delete it there and then.
    return QSocketNotifier(sip.voidptr(watched.fileno()), kind, QCoreApplication.instance())


def adopt(descriptor: int) -> tuple[Stream, str]:
    """Return a stream that owns an accepted socket, and from which address it comes.

    An IPv4 address that came over an IPv6 socket is told as IPv4. Raises OSError for a connection
    that is gone already.
    """
    accepted = socket.socket(fileno=descriptor)
    try:
        host: str = accepted.getpeername()[0]
    except OSError:
        accepted.close()
        raise
    return Stream(accepted), host.removeprefix("::ffff:")


def borrow(descriptor: int) -> Stream:
    """Return a stream over another descriptor of the same connection; the owner closes its own."""
    borrowed = socket.socket(fileno=descriptor)
    try:
        return Stream(borrowed.dup())
    finally:
        borrowed.detach()


def _set(connected: socket.socket, level: int, option: int, value: int) -> None:
    try:
        connected.setsockopt(level, option, value)
    except OSError:
        # A connection without the option is slower, and works.
        return
