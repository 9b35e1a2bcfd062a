"""A sealer opens what was sealed to its device, and its own copies only as what they were."""

from __future__ import annotations

import pytest

from app.security.sealed import MAX_SEALED_BYTES, NotGenuine
from app.security.sealer import Sealer, device_of
from tests.helpers.pair import FINGERPRINT, device

ANA, TOM, KIM = device("ana"), device("tom"), device("kim")
CID, OTHER = b"c" * 16, b"o" * 16


@pytest.fixture
def sealed() -> tuple[bytes, bytes]:
    return Sealer(ANA, FINGERPRINT).seal("secret", CID, TOM.public)


def test_recipient_and_author_open_each_their_own(sealed: tuple[bytes, bytes]) -> None:
    ana, tom = Sealer(ANA, FINGERPRINT), Sealer(TOM, FINGERPRINT)
    assert tom.open(sealed[0], CID, ANA.public) == "secret"
    assert ana.open_copy(sealed[1], CID, TOM.id) == "secret"
    assert device_of(ANA.public) == ana.device == ANA.id


def test_copy_cannot_be_passed_off_as_written_to_another(sealed: tuple[bytes, bytes]) -> None:
    ana = Sealer(ANA, FINGERPRINT)
    for cid, to in ((CID, KIM.id), (OTHER, TOM.id), (CID, b"")):
        with pytest.raises(NotGenuine):
            ana.open_copy(sealed[1], cid, to)


def test_copy_is_no_message_of_another_kind(sealed: tuple[bytes, bytes]) -> None:
    ana, tom = Sealer(ANA, FINGERPRINT), Sealer(TOM, FINGERPRINT)
    for own, text in ((ana, sealed[1]), (tom, sealed[1]), (ana, sealed[0])):
        with pytest.raises(NotGenuine):
            own.open(text, CID, ANA.public)
    with pytest.raises(NotGenuine):
        Sealer(ANA, bytes(32)).open_copy(sealed[1], CID, TOM.id)


def test_key_that_is_none_is_refused() -> None:
    for key in (b"", b"\x04" + bytes(64), TOM.public[:-1]):
        with pytest.raises(NotGenuine):
            Sealer(ANA, FINGERPRINT).seal("secret", CID, key)


def test_longest_text_and_its_copy_are_within_bounds() -> None:
    sealed = Sealer(ANA, FINGERPRINT).seal("\U0001f600" * 5000, CID, TOM.public)
    assert max(map(len, sealed)) <= MAX_SEALED_BYTES
