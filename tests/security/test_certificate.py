"""The room key stays the same and serves TLS; a broken one is replaced and said."""

from __future__ import annotations

import hashlib
import os
import ssl
import stat
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from app.security.certificate import load_or_create_room_key

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
KEY_END = b"-----END PRIVATE KEY-----\n"


def test_key_is_made_once_and_then_stays_the_same(tmp_path: Path) -> None:
    path = tmp_path / "room.pem"
    made = load_or_create_room_key(path, NOW)
    loaded = load_or_create_room_key(path, NOW + timedelta(days=400))
    assert made.set_aside is None
    assert loaded == made
    assert loaded.value.path == path


def test_two_rooms_have_two_fingerprints(tmp_path: Path) -> None:
    one = load_or_create_room_key(tmp_path / "one.pem", NOW).value
    other = load_or_create_room_key(tmp_path / "other.pem", NOW).value
    assert one.fingerprint != other.fingerprint


def test_fingerprint_is_the_hash_of_the_certificate(tmp_path: Path) -> None:
    key = load_or_create_room_key(tmp_path / "room.pem", NOW).value
    assert key.fingerprint == hashlib.sha256(key.certificate_der).digest()


def test_certificate_says_what_was_agreed(tmp_path: Path) -> None:
    key = load_or_create_room_key(tmp_path / "room.pem", NOW).value
    certificate = x509.load_der_x509_certificate(key.certificate_der)
    public = certificate.public_key()
    assert isinstance(public, ec.EllipticCurvePublicKey)
    assert isinstance(public.curve, ec.SECP256R1)
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    assert [name.value for name in names] == ["Papo room"]
    assert certificate.issuer == certificate.subject
    assert certificate.not_valid_before_utc == NOW - timedelta(days=1)
    assert certificate.not_valid_after_utc > NOW + timedelta(days=36_000)
    constraints = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value
    assert not constraints.ca
    usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert list(usage) == [ExtendedKeyUsageOID.SERVER_AUTH]
    certificate.verify_directly_issued_by(certificate)


def test_serial_numbers_are_random(tmp_path: Path) -> None:
    keys = [load_or_create_room_key(tmp_path / name, NOW).value for name in ("one", "other")]
    serials = {x509.load_der_x509_certificate(key.certificate_der).serial_number for key in keys}
    assert len(serials) == 2


def test_file_serves_tls_and_the_client_sees_the_same_certificate(tmp_path: Path) -> None:
    key = load_or_create_room_key(tmp_path / "room.pem", NOW).value
    host_context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    host_context.load_cert_chain(key.path)
    member_context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    member_context.check_hostname = False
    member_context.verify_mode = ssl.CERT_NONE
    to_host, to_member = ssl.MemoryBIO(), ssl.MemoryBIO()
    host = host_context.wrap_bio(to_host, to_member, server_side=True)
    member = member_context.wrap_bio(to_member, to_host)
    with pytest.raises(ssl.SSLWantReadError):
        member.do_handshake()
    with pytest.raises(ssl.SSLWantReadError):
        host.do_handshake()
    member.do_handshake()
    assert member.getpeercert(binary_form=True) == key.certificate_der


@pytest.mark.skipif(os.name == "nt", reason="Windows has no mode bits")
def test_file_is_private_and_made_so_again(tmp_path: Path) -> None:
    path = tmp_path / "room.pem"
    load_or_create_room_key(path, NOW)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o644)
    load_or_create_room_key(path, NOW)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("broken", ["empty", "garbage", "key only", "certificate only", "cut"])
def test_broken_file_is_set_aside_and_said(tmp_path: Path, broken: str) -> None:
    path = tmp_path / "room.pem"
    old = load_or_create_room_key(path, NOW).value
    whole = path.read_bytes()
    key, mark, certificate = whole.partition(KEY_END)
    content = {
        "empty": b"",
        "garbage": b"\x00\xff garbage",
        "key only": key + mark,
        "certificate only": certificate,
        "cut": whole[:-60],
    }[broken]
    path.write_bytes(content)
    loaded = load_or_create_room_key(path, NOW)
    assert loaded.set_aside == tmp_path / "room.pem.broken-1"
    assert loaded.set_aside.read_bytes() == content
    assert loaded.value.fingerprint != old.fingerprint
    assert load_or_create_room_key(path, NOW).value == loaded.value


def test_key_of_another_certificate_counts_as_broken(tmp_path: Path) -> None:
    one, other = tmp_path / "one.pem", tmp_path / "other.pem"
    load_or_create_room_key(one, NOW)
    load_or_create_room_key(other, NOW)
    key, mark, _ = one.read_bytes().partition(KEY_END)
    certificate = other.read_bytes().partition(KEY_END)[2]
    one.write_bytes(key + mark + certificate)
    assert load_or_create_room_key(one, NOW).set_aside == tmp_path / "one.pem.broken-1"
