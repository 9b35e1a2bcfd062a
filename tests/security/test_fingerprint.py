"""Fingerprints are shown in full as digits and by 88 bits as words."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mnemonic import Mnemonic

from app.security.fingerprint import as_hex, as_words, fingerprint_of

fingerprints = st.binary(min_size=32, max_size=32)


def test_fingerprint_is_sha256() -> None:
    assert fingerprint_of(b"der") == hashlib.sha256(b"der").digest()


def test_hex_form_is_sixteen_groups_of_four_capitals() -> None:
    shown = as_hex(bytes(range(0xA0, 0xC0)))
    assert shown.startswith("A0A1 A2A3 A4A5 ")
    assert [len(group) for group in shown.split(" ")] == [4] * 16


@given(fingerprints)
def test_hex_form_tells_the_whole_fingerprint(fingerprint: bytes) -> None:
    assert bytes.fromhex(as_hex(fingerprint)) == fingerprint


def test_words_are_known_for_known_bits() -> None:
    assert as_words(bytes(32)) == ("abandon",) * 8
    assert as_words(b"\xff" * 32) == ("zoo",) * 8
    # 00000000001 00000000010 ... : word 1, word 2, then word 0.
    assert as_words(bytes([0, 0x20, 0x08]) + bytes(29))[:3] == ("ability", "able", "abandon")


@pytest.mark.parametrize("language", ["english", "portuguese", "spanish"])
@given(fingerprint=fingerprints)
def test_words_tell_the_first_88_bits(language: str, fingerprint: bytes) -> None:
    numbers = Mnemonic(language).wordlist
    bits = 0
    for word in as_words(fingerprint, language):
        bits = bits << 11 | numbers.index(word)
    assert bits.to_bytes(11, "big") == fingerprint[:11]


def test_unknown_language_is_answered_in_english() -> None:
    fingerprint = fingerprint_of(b"der")
    assert as_words(fingerprint, "klingon") == as_words(fingerprint)
    assert as_words(fingerprint, "../english") == as_words(fingerprint)


def test_fingerprint_of_another_length_is_our_bug() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        as_words(b"short")
