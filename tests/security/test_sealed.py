"""Sealed private messages: only the recipient reads them, and only the sender can have written them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from app.protocol.limits import MAX_FRAME, MAX_TEXT
from app.security import sealed as module
from app.security.identity import DeviceKey, load_or_create_device_key
from app.security.sealed import (
    MAX_SEALED_BYTES,
    OVERHEAD_BYTES,
    PAD_BYTES,
    NotGenuine,
    open_sealed,
    seal,
)


def device() -> DeviceKey:
    return DeviceKey(ec.generate_private_key(ec.SECP256R1()))


ANA, BIA, EVA = device(), device(), device()
ROOM: Final = b"\x01" * 32
CID: Final = b"\x02" * 16
TEXT: Final = "Encontro às 15h? 🥳"
SEALED: Final = seal(TEXT, CID, room=ROOM, sender=ANA, recipient_key=BIA.public)


def ana_to_bia(text: str) -> bytes:
    return seal(text, CID, room=ROOM, sender=ANA, recipient_key=BIA.public)


def bia_opens(sealed: bytes) -> str:
    return open_sealed(sealed, CID, room=ROOM, recipient=BIA, sender_key=ANA.public)


def encrypted(inside: bytes, *, sender_key: bytes, recipient: DeviceKey) -> bytes:
    """Return what anybody can make, with whatever signature they have: HPKE asks for no secret."""
    context = module._context(CID, ROOM, sender_key, recipient.public)
    return module._SUITE.encrypt(inside, module._public(recipient.public), info=context)


def signed_by(signer: DeviceKey, padded: bytes) -> bytes:
    context = module._context(CID, ROOM, ANA.public, BIA.public)
    signature = signer.sign(context + padded)
    return bytes([len(signature)]) + signature.ljust(72, b"\0") + padded


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ok",
        "olá",
        "👩🏽‍🚀🇧🇷❤️",
        "x\0\0",
        "\u0080",
        "a" * 63,
        "a" * 64,
        "ж" * MAX_TEXT,
        "🥳" * MAX_TEXT,
    ],
    ids=lambda text: f"{len(text)}",
)
def test_recipient_reads_what_the_sender_wrote(text: str) -> None:
    assert bia_opens(ana_to_bia(text)) == text


@given(st.text(max_size=300))
def test_any_text_arrives_as_it_was(text: str) -> None:
    assert bia_opens(ana_to_bia(text)) == text


def test_note_to_oneself_arrives() -> None:
    note = seal(TEXT, CID, room=ROOM, sender=ANA, recipient_key=ANA.public)
    assert open_sealed(note, CID, room=ROOM, recipient=ANA, sender_key=ANA.public) == TEXT


def test_recipient_reads_it_at_a_later_start(tmp_path: Path) -> None:
    first = load_or_create_device_key(tmp_path / "device.pem").value
    message = seal(TEXT, CID, room=ROOM, sender=ANA, recipient_key=first.public)
    later = load_or_create_device_key(tmp_path / "device.pem").value
    assert open_sealed(message, CID, room=ROOM, recipient=later, sender_key=ANA.public) == TEXT


@dataclass(frozen=True)
class Claim:
    cid: bytes = CID
    room: bytes = ROOM
    recipient: DeviceKey = BIA
    sender_key: bytes = ANA.public


@pytest.mark.parametrize(
    "claim",
    [
        Claim(cid=b"\x03" * 16),
        Claim(cid=b""),
        Claim(room=b"\x03" * 32),
        Claim(room=ROOM + CID, cid=b""),
        Claim(recipient=EVA),
        Claim(recipient=ANA),
        Claim(sender_key=EVA.public),
        Claim(sender_key=BIA.public),
        Claim(sender_key=b""),
        Claim(sender_key=bytes(65)),
    ],
)
def test_message_for_another_place_or_person_is_not_genuine(claim: Claim) -> None:
    with pytest.raises(NotGenuine):
        open_sealed(
            SEALED,
            claim.cid,
            room=claim.room,
            recipient=claim.recipient,
            sender_key=claim.sender_key,
        )


@given(at=st.integers(0, len(SEALED) - 1), change=st.integers(1, 255))
def test_any_changed_byte_makes_it_not_genuine(at: int, change: int) -> None:
    changed = bytearray(SEALED)
    changed[at] ^= change
    with pytest.raises(NotGenuine):
        bia_opens(bytes(changed))


@given(length=st.integers(0, len(SEALED) - 1), more=st.binary(min_size=1, max_size=100))
def test_cut_and_lengthened_ones_are_not_genuine(length: int, more: bytes) -> None:
    with pytest.raises(NotGenuine):
        bia_opens(SEALED[:length])
    with pytest.raises(NotGenuine):
        bia_opens(SEALED + more)


@given(st.binary(max_size=400))
def test_random_bytes_are_not_genuine(data: bytes) -> None:
    with pytest.raises(NotGenuine):
        bia_opens(data)


@given(st.binary(max_size=300))
def test_random_bytes_that_were_encrypted_are_not_genuine(inside: bytes) -> None:
    with pytest.raises(NotGenuine):
        bia_opens(encrypted(inside, sender_key=ANA.public, recipient=BIA))


def test_host_cannot_write_as_another_member() -> None:
    padded = module._padded(b"send me the keys")
    forged = encrypted(signed_by(EVA, padded), sender_key=ANA.public, recipient=BIA)
    with pytest.raises(NotGenuine):
        bia_opens(forged)
    true = encrypted(signed_by(ANA, padded), sender_key=ANA.public, recipient=BIA)
    assert bia_opens(true) == "send me the keys"


def test_recipient_cannot_pass_it_on_as_written_to_another() -> None:
    """Bia takes the signed text out and seals it for Eva (Davis 2001, surreptitious forwarding)."""
    context = module._context(CID, ROOM, ANA.public, BIA.public)
    inside = module._SUITE.decrypt(SEALED, BIA._private, info=context)
    passed_on = encrypted(inside, sender_key=ANA.public, recipient=EVA)
    with pytest.raises(NotGenuine):
        open_sealed(passed_on, CID, room=ROOM, recipient=EVA, sender_key=ANA.public)


@pytest.mark.parametrize(
    "padded",
    [
        b"",
        b"text without an end",
        bytes(64),
        module._padded(b"\xff not UTF-8"),
        module._padded(b"\xed\xa0\x80"),
        module._padded(b"x" * (MAX_TEXT + 1)),
    ],
    ids=["empty", "unpadded", "zeros", "not-utf-8", "surrogate", "too-long"],
)
def test_nonsense_is_not_genuine_even_if_the_sender_signed_it(padded: bytes) -> None:
    with pytest.raises(NotGenuine):
        bia_opens(encrypted(signed_by(ANA, padded), sender_key=ANA.public, recipient=BIA))


def test_what_is_too_long_is_not_even_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_SUITE", None)
    with pytest.raises(NotGenuine):
        bia_opens(bytes(MAX_SEALED_BYTES + 1))


def test_all_that_a_message_belongs_to_is_bound_and_no_byte_wanders() -> None:
    contexts = {
        module._context(*parts)
        for parts in [
            (b"cc", b"rr", b"ss", b"pp"),
            (b"c", b"rr", b"ss", b"pp"),
            (b"cc", b"r", b"ss", b"pp"),
            (b"cc", b"rr", b"s", b"pp"),
            (b"cc", b"rr", b"ss", b"p"),
            (b"cc", b"rrs", b"s", b"pp"),
            (b"cc", b"rr", b"ssp", b"p"),
            (b"pcc", b"rr", b"ss", b"p"),
            (b"cc", b"rr", b"pp", b"ss"),
        ]
    }
    assert len(contexts) == 9


def test_length_tells_the_host_little() -> None:
    assert len(ana_to_bia("sim")) == len(ana_to_bia("não, de jeito nenhum"))
    for length in range(0, 200, 7):
        for _ in range(3):  # signatures differ in length, and that must not show
            size = len(ana_to_bia("x" * length)) - OVERHEAD_BYTES
            assert size == (length // PAD_BYTES + 1) * PAD_BYTES


def test_largest_one_fits_a_frame() -> None:
    assert len(ana_to_bia("🥳" * MAX_TEXT)) == MAX_SEALED_BYTES
    assert MAX_SEALED_BYTES < MAX_FRAME // 2


def test_same_text_never_looks_the_same() -> None:
    assert len({ana_to_bia("sim")[:65] for _ in range(10)}) == 10


def test_sender_cannot_open_what_it_sealed() -> None:
    with pytest.raises(NotGenuine):
        open_sealed(SEALED, CID, room=ROOM, recipient=ANA, sender_key=ANA.public)


def compressed(key: DeviceKey) -> bytes:
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), key.public)
    return point.public_bytes(Encoding.X962, PublicFormat.CompressedPoint)


@pytest.mark.parametrize(
    "key", [b"", bytes(65), b"\x04" + b"\xff" * 64, BIA.public[:-1], compressed(BIA)]
)
def test_nothing_is_sealed_for_what_is_no_key(key: bytes) -> None:
    with pytest.raises(NotGenuine):
        seal(TEXT, CID, room=ROOM, sender=ANA, recipient_key=key)


@pytest.mark.parametrize("text", ["x" * (MAX_TEXT + 1), "\ud800"])
def test_text_that_is_no_message_is_our_own_fault(text: str) -> None:
    with pytest.raises(ValueError, match=r"longer|surrogates"):
        ana_to_bia(text)
