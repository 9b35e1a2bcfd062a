"""TLS 1.3 in memory: ciphertext in, plaintext out, and the other way round. No socket.

Python's `ssl.SSLObject` over two `ssl.MemoryBIO`s, so that Papo speaks the one OpenSSL that Python
carries on every system. Sources: RFC 8446, RFC 7301 (ALPN).
"""

from __future__ import annotations

import ssl
from pathlib import Path

from app.protocol.version import ALPN

RECORD = 8 * 1024
"""Plaintext bytes a record: half of what RFC 8446, 5.1 allows, since the memory that OpenSSL once
needed for a record stays with the connection, and a room has thousands."""

FULL_RECORD = 16 * 1024
"""The same for connections that are few and carry much: files."""

MANY_RECORDS = 128 * 1024
"""The same where a host sends files: OpenSSL makes full records of it, in one call."""

HTTP = "http/1.1"
"""What a client asks for in the TLS handshake that speaks HTTP (RFC 7301, 6)."""


class ChannelError(Exception):
    """The other side does not speak TLS as Papo does; the link is of no use."""


def host_context(pem: Path) -> ssl.SSLContext:
    """Return the TLS settings of a room, with the key and certificate in `pem`."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    _tighten(context)
    context.set_alpn_protocols([ALPN, HTTP])
    context.load_cert_chain(pem)
    # A ticket would let a later link skip the certificate; nobody resumes TLS sessions here.
    context.num_tickets = 0
    return context


def member_context(protocol: str = ALPN) -> ssl.SSLContext:
    """Return the TLS settings of a member who wants to speak `protocol`: Papo, or HTTP.

    OpenSSL verifies nothing: rooms sign their own certificates. The caller compares the
    fingerprint of `Channel.peer_certificate` before it sends anything.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    _tighten(context)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.set_alpn_protocols([protocol])
    return context


def _tighten(context: ssl.SSLContext) -> None:
    context.minimum_version = ssl.TLSVersion.TLSv1_3


class Channel:
    """One end of a TLS connection.

    Feed `receive()` with what the socket brings, send what `outgoing()` gives. `ready` turns true
    once the handshake is done; `ended` once the peer said that it sends no more. `is_papo` tells, on
    the host's side and once `ready`, whether the peer asked for Papo: if not, it speaks HTTP or nothing
    that is known here. On the member's side `protocol` is what the host has to speak.
    """

    def __init__(self, context: ssl.SSLContext, *, server_side: bool, protocol: str = ALPN) -> None:
        self._incoming = ssl.MemoryBIO()
        self._outgoing = ssl.MemoryBIO()
        self._tls = context.wrap_bio(self._incoming, self._outgoing, server_side=server_side)
        self._sealed: list[bytes] = []
        self._server_side = server_side
        self._protocol = protocol
        self.ready = False
        self.ended = False
        self.is_papo = True
        if not server_side:
            self._shake_hands()

    def receive(self, data: bytes) -> bytes:
        """Return the plaintext that these bytes complete; may leave bytes in `outgoing()`.

        Raises ChannelError for what is not TLS, and for a host that does not speak Papo.
        """
        self._incoming.write(data)
        if not self.ready:
            self._shake_hands()
            if not self.ready:
                return b""
        chunks = []
        try:
            # No call returns more than a record: room for more would be allocated for nothing.
            while chunk := self._tls.read(FULL_RECORD):
                chunks.append(chunk)
            self.ended = True
        except ssl.SSLWantReadError:
            pass
        except ssl.SSLZeroReturnError:
            self.ended = True
        except ssl.SSLError as error:
            raise ChannelError(str(error)) from error
        return b"".join(chunks)

    def send(self, data: bytes | bytearray | memoryview) -> None:
        """Encrypt `data`; `outgoing()` has it then. Only once `ready`."""
        sealed = self.seal(data)
        self._sealed.append(sealed)

    def seal(self, data: bytes | bytearray | memoryview, at_once: int = RECORD) -> bytes:
        """Encrypt `data` and return it, with all else that waits: `send` and `outgoing` in one.

        The hot path of a host, which does this for every member at every turn. `at_once`: bytes that
        OpenSSL gets in one call; it keeps memory for as many.
        """
        if len(data) <= at_once and not self._sealed:
            self._tls.write(data)
            return self._outgoing.read()
        write, read = self._tls.write, self._outgoing.read
        sealed, self._sealed = self._sealed, []
        view = memoryview(data)
        for start in range(0, len(view), at_once):
            write(view[start : start + at_once])
            # Taken out at once: what the memory grew to would stay with each member.
            sealed.append(read())
        return b"".join(sealed)

    def outgoing(self) -> bytes:
        """Return, and forget, what is to be sent to the peer now."""
        if not self._sealed:
            return self._outgoing.read()
        sealed = b"".join([*self._sealed, self._outgoing.read()])
        self._sealed.clear()
        return sealed

    def end(self) -> None:
        """Say that nothing more will be sent (close_notify); `outgoing()` has the words."""
        if not self.ready:
            return
        try:
            self._tls.unwrap()
        except ssl.SSLError:
            # The peer has not said its own good-bye yet, which is no concern of ours.
            return

    @property
    def peer_certificate(self) -> bytes:
        """The certificate that the host showed, in DER; empty before `ready` and on the host."""
        return (self._tls.getpeercert(binary_form=True) if self.ready else None) or b""

    def _shake_hands(self) -> None:
        try:
            self._tls.do_handshake()
        except ssl.SSLWantReadError:
            return
        except ssl.SSLError as error:
            raise ChannelError(str(error)) from error
        selected = self._tls.selected_alpn_protocol()
        self.is_papo = selected == ALPN
        if selected != self._protocol and not self._server_side:
            raise ChannelError(f"the other side does not speak {self._protocol}")
        self.ready = True
