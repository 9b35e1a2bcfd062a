"""A member without an event loop, for hosts that run in a process of their own."""

from __future__ import annotations

import base64
import os
import socket
import ssl
from collections import deque
from types import TracebackType
from typing import Self, TypeVar

from app.protocol import messages as m
from app.protocol.version import ALPN
from app.protocol.wire import Side, Wire
from app.security import proof
from app.security.fingerprint import fingerprint_of
from app.security.identity import DeviceKey
from tests.helpers.pair import device

M = TypeVar("M", bound=m.Message)


def tls() -> ssl.SSLContext:
    """Return TLS 1.3 that takes any certificate, as a test of a host on this computer may."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


class BlockingMember:
    """Joins on opening; says what it is told to; waits for what it is asked for."""

    def __init__(self, port: int, nick: str, *, key: DeviceKey | None = None) -> None:
        context = tls()
        context.set_alpn_protocols([ALPN])
        self.key = key or device(nick)
        self._wire = Wire(Side.MEMBER)
        self._heard: deque[m.AnyMessage] = deque()
        raw = socket.create_connection(("127.0.0.1", port), timeout=20)
        self._socket = context.wrap_socket(raw)
        self.certificate = self._socket.getpeercert(binary_form=True) or b""
        self.send(m.ClientHello(min_version=1, max_version=1))
        self.wait_for(m.HostHello)
        fingerprint = fingerprint_of(self.certificate)
        hellos = self._wire.client_hello, self._wire.host_hello
        self.send(proof.prove(self.key, *hellos, fingerprint))
        self.send(m.Join(nick=nick))
        self.joined = self.wait_for(m.Joined)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._socket.close()

    def send(self, message: m.AnyMessage) -> None:
        self._socket.sendall(self._wire.send(message))

    def wait_for(self, kind: type[M]) -> M:
        """Return the next message of that type; those before it are forgotten."""
        while True:
            while self._heard:
                message = self._heard.popleft()
                if isinstance(message, kind):
                    return message
            data = self._socket.recv(65536)
            assert data, f"hung up on without {kind.__name__}"
            self._heard += self._wire.receive(data)

    def token(self) -> str:
        """Return a new token, as it is written in HTTP."""
        self.send(m.AskToken())
        return base64.urlsafe_b64encode(self.wait_for(m.Token).token).decode().rstrip("=")

    def say(self, text: str = "", *files: m.Attach) -> m.Acked | m.Rejected:
        """Say something, and return the answer."""
        cid = os.urandom(16)
        self.send(m.Say(cid=cid, text=text, files=files))
        while True:
            answer = self.wait_for(m.Message)
            if isinstance(answer, m.Acked | m.Rejected) and answer.cid == cid:
                return answer

    def leave(self) -> None:
        self.send(m.Leave())
        self._socket.close()
