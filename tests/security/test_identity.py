"""The device key stays the same, stays private, and verifies only what it signed."""

from __future__ import annotations

import functools
import hashlib
import os
import stat
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from hypothesis import given
from hypothesis import strategies as st

from app.security.identity import (
    DeviceKey,
    load_or_create_device_key,
    renew_device_key,
    verify,
)
from app.support.files import write_atomically

if TYPE_CHECKING:
    from pathlib import Path

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no mode bits")


@functools.cache
def some_key() -> DeviceKey:
    return DeviceKey(ec.generate_private_key(ec.SECP256R1()))


def pem(key: ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def test_key_is_made_once_and_then_stays_the_same(tmp_path: Path) -> None:
    made = load_or_create_device_key(tmp_path / "device.pem")
    loaded = load_or_create_device_key(tmp_path / "device.pem")
    assert made.set_aside is None
    assert loaded.set_aside is None
    assert loaded.value.public == made.value.public
    assert verify(made.value.public, loaded.value.sign(b"data"), b"data")


def test_two_installations_have_two_keys(tmp_path: Path) -> None:
    one = load_or_create_device_key(tmp_path / "one.pem").value
    other = load_or_create_device_key(tmp_path / "other.pem").value
    assert one.id != other.id


def test_public_key_is_an_uncompressed_point_and_the_id_its_hash() -> None:
    key = some_key()
    assert len(key.public) == 65
    assert key.public[0] == 4
    assert key.id == hashlib.sha256(key.public).digest()


def test_file_is_unencrypted_pkcs8(tmp_path: Path) -> None:
    load_or_create_device_key(tmp_path / "device.pem")
    assert (tmp_path / "device.pem").read_bytes().startswith(b"-----BEGIN PRIVATE KEY-----")


@posix
def test_new_file_is_private(tmp_path: Path) -> None:
    load_or_create_device_key(tmp_path / "device.pem")
    assert stat.S_IMODE((tmp_path / "device.pem").stat().st_mode) == 0o600


@posix
def test_file_that_others_may_read_is_made_private(tmp_path: Path) -> None:
    path = tmp_path / "device.pem"
    made = load_or_create_device_key(path).value
    path.chmod(0o644)
    assert load_or_create_device_key(path).value.id == made.id
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff garbage",
        b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
        pem(ec.generate_private_key(ec.SECP384R1())),
        pem(ed25519.Ed25519PrivateKey.generate()),
        ec.generate_private_key(ec.SECP256R1()).private_bytes(
            Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"secret")
        ),
        pem(ec.generate_private_key(ec.SECP256R1()))[:-40],
    ],
    ids=["empty", "garbage", "no key", "P-384", "Ed25519", "encrypted", "cut short"],
)
def test_broken_file_is_set_aside_and_said(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "device.pem"
    path.write_bytes(content)
    loaded = load_or_create_device_key(path)
    assert loaded.set_aside == tmp_path / "device.pem.broken-1"
    assert loaded.set_aside.read_bytes() == content
    assert load_or_create_device_key(path).value.id == loaded.value.id


@posix
def test_renewed_key_is_another_and_the_old_one_is_kept_private(tmp_path: Path) -> None:
    path = tmp_path / "device.pem"
    first = load_or_create_device_key(path).value
    second = renew_device_key(path)
    third = renew_device_key(path)
    assert len({first.id, second.value.id, third.value.id}) == 3
    assert load_or_create_device_key(path).value.id == third.value.id
    for renewed, before in ((second, first), (third, second.value)):
        assert renewed.set_aside is not None
        assert load_or_create_device_key(renewed.set_aside).value.id == before.id
    assert {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()} == {0o600}
    assert len(list(tmp_path.iterdir())) == 3


def test_key_that_cannot_be_renewed_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "device.pem"
    first = load_or_create_device_key(path).value

    def full_disk(target: Path, data: bytes, *, private: bool = False) -> None:
        if target == path:
            raise OSError(28, "No space left on device")
        write_atomically(target, data, private=private)

    monkeypatch.setattr("app.security.identity.write_atomically", full_disk)
    with pytest.raises(OSError, match="No space"):
        renew_device_key(path)
    assert load_or_create_device_key(path).value.id == first.id
    assert [file.name for file in tmp_path.iterdir()] == ["device.pem"]


def test_folder_in_the_place_of_the_key_is_the_environments_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="device"):
        load_or_create_device_key(tmp_path / "device" / "device.pem")


@given(st.binary())
def test_signature_verifies_for_its_key_and_data_alone(data: bytes) -> None:
    key = some_key()
    signature = key.sign(data)
    other = DeviceKey(ec.generate_private_key(ec.SECP256R1()))
    assert verify(key.public, signature, data)
    assert not verify(key.public, signature, data + b"\x00")
    assert not verify(other.public, signature, data)


@given(st.binary(max_size=80), st.binary(max_size=80))
def test_random_bytes_never_verify_and_never_raise(public: bytes, signature: bytes) -> None:
    key = some_key()
    assert not verify(public, signature, b"data")
    assert not verify(public, key.sign(b"data"), b"data")
    assert not verify(key.public, signature, b"data")


@given(st.integers(0, 64), st.integers(1, 255))
def test_changed_public_key_never_verifies_and_never_raises(at: int, change: int) -> None:
    key = some_key()
    public = bytearray(key.public)
    public[at] ^= change
    assert not verify(bytes(public), key.sign(b"data"), b"data")


def test_other_encodings_of_the_same_key_are_refused() -> None:
    private = ec.generate_private_key(ec.SECP256R1())
    key = DeviceKey(private)
    signature = key.sign(b"data")
    compressed = private.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    hybrid = bytes([6 + (key.public[-1] & 1)]) + key.public[1:]
    assert verify(key.public, signature, b"data")
    for public in (compressed, hybrid, b"\x00", b"\x04" + bytes(64), key.public + b"\x00"):
        assert not verify(public, signature, b"data")


def test_signature_with_bytes_behind_it_is_refused() -> None:
    key = some_key()
    signature = key.sign(b"data")
    assert not verify(key.public, signature + b"\x00", b"data")
    assert not verify(key.public, signature + bytes(100_000), b"data")
