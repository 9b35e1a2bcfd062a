"""TLS in memory: what stands between two ends, and what does not."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.protocol.version import ALPN
from app.security.certificate import load_or_create_room_key
from app.security.channel import (
    MANY_RECORDS,
    RECORD,
    Channel,
    ChannelError,
    host_context,
    member_context,
)
from app.security.fingerprint import fingerprint_of


@pytest.fixture(scope="module")
def room_pem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("room") / "room.pem"
    load_or_create_room_key(path, datetime.now(UTC))
    return path


@pytest.fixture
def ends(room_pem: Path) -> tuple[Channel, Channel]:
    return _shake(
        Channel(host_context(room_pem), server_side=True),
        Channel(member_context(), server_side=False),
    )


def _shake(host: Channel, member: Channel) -> tuple[Channel, Channel]:
    for _ in range(4):
        host.receive(member.outgoing())
        member.receive(host.outgoing())
    return host, member


def test_bytes_cross_both_ways(ends: tuple[Channel, Channel]) -> None:
    host, member = ends
    assert host.ready
    assert member.ready
    large = bytes(range(256)) * 1000
    member.send(large)
    assert host.receive(member.outgoing()) == large
    host.send(b"back")
    assert member.receive(host.outgoing()) == b"back"


@pytest.mark.parametrize("size", [0, 1, RECORD, 3 * RECORD + 7, MANY_RECORDS, MANY_RECORDS + 1])
@pytest.mark.parametrize("at_once", [RECORD, MANY_RECORDS])
def test_however_much_is_sealed_at_once_it_is_the_same_text(
    ends: tuple[Channel, Channel], size: int, at_once: int
) -> None:
    host, member = ends
    text = (bytes(range(251)) * (size // 251 + 1))[:size]
    # What was said before it comes before it.
    host.send(b"first")
    sealed = host.seal(memoryview(text), at_once)
    assert member.receive(sealed) == b"first" + text
    assert not host.outgoing()


def test_any_chunking_of_the_ciphertext_gives_the_same_text(ends: tuple[Channel, Channel]) -> None:
    host, member = ends
    member.send(b"x" * (3 * RECORD + 7))
    data = member.outgoing()
    got = b"".join(host.receive(data[i : i + 1013]) for i in range(0, len(data), 1013))
    assert got == b"x" * (3 * RECORD + 7)


def test_member_sees_the_rooms_certificate(ends: tuple[Channel, Channel], room_pem: Path) -> None:
    key = load_or_create_room_key(room_pem, datetime.now(UTC)).value
    assert fingerprint_of(ends[1].peer_certificate) == key.fingerprint
    assert ends[0].peer_certificate == b""


def test_closing_is_noticed(ends: tuple[Channel, Channel]) -> None:
    host, member = ends
    member.send(b"last")
    member.end()
    assert host.receive(member.outgoing()) == b"last"
    assert host.ended


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2])
def test_older_tls_is_refused(room_pem: Path, version: ssl.TLSVersion) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.maximum_version = version
    context.set_alpn_protocols([ALPN])
    with pytest.raises(ChannelError):
        _shake(
            Channel(host_context(room_pem), server_side=True), Channel(context, server_side=False)
        )


@pytest.mark.parametrize("protocols", [[], ["http/1.1"], ["papo/2"]])
def test_peer_that_does_not_ask_for_papo_is_refused(room_pem: Path, protocols: list[str]) -> None:
    context = member_context()
    context.set_alpn_protocols(protocols or ["h2"])
    host = Channel(host_context(room_pem), server_side=True)
    member = Channel(context, server_side=False)
    with pytest.raises(ChannelError):
        _shake(host, member)


def test_altered_ciphertext_is_refused(ends: tuple[Channel, Channel]) -> None:
    host, member = ends
    member.send(b"secret")
    data = bytearray(member.outgoing())
    data[-1] ^= 1
    with pytest.raises(ChannelError):
        host.receive(bytes(data))


@given(st.binary(max_size=2000))
def test_any_bytes_end_in_a_channel_error_or_in_waiting(room_pem: Path, data: bytes) -> None:
    host = Channel(host_context(room_pem), server_side=True)
    try:
        assert host.receive(data) == b""
    except ChannelError:
        return
    assert not host.ready
