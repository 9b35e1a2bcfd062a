"""The proof of the device key: good for one link to one room, and for nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest

from app.security import proof
from app.security.identity import DeviceKey, load_or_create_device_key

CLIENT, HOST, ROOM = b"client hello", b"host hello with a nonce", b"\x01" * 32


@dataclass(frozen=True)
class Case:
    client: bytes = CLIENT
    host: bytes = HOST
    room: bytes = ROOM


@pytest.fixture
def device(tmp_path: Path) -> DeviceKey:
    return load_or_create_device_key(tmp_path / "device.pem").value


def test_true_proof_names_the_device(device: DeviceKey) -> None:
    made = proof.prove(device, CLIENT, HOST, ROOM)
    assert proof.check(made, CLIENT, HOST, ROOM) == device.id


@pytest.mark.parametrize(
    "other", [Case(client=b"other"), Case(host=b"another nonce"), Case(room=b"\x02" * 32)]
)
def test_proof_for_another_link_or_room_is_worthless(device: DeviceKey, other: Case) -> None:
    made = proof.prove(device, CLIENT, HOST, ROOM)
    assert proof.check(made, other.client, other.host, other.room) is None


def test_proof_of_another_device_is_worthless(device: DeviceKey, tmp_path: Path) -> None:
    thief = load_or_create_device_key(tmp_path / "thief.pem").value
    made = proof.prove(thief, CLIENT, HOST, ROOM)
    stolen = msgspec.structs.replace(made, device_key=device.public)
    assert proof.check(stolen, CLIENT, HOST, ROOM) is None


def test_bytes_cannot_wander_from_one_part_to_the_next() -> None:
    assert proof.transcript(b"ab", b"c", ROOM) != proof.transcript(b"a", b"bc", ROOM)
