"""A room's fingerprint, and the two forms in which people compare it."""

from __future__ import annotations

import functools
import hashlib
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from mnemonic import Mnemonic

FINGERPRINT_BYTES: Final = 32

WORDS: Final = 8
"""Words that are read aloud: 88 bits, past the 80 that a forger could search for."""

_BITS_PER_WORD: Final = 11
_WORD_BYTES: Final = WORDS * _BITS_PER_WORD // 8
_LANGUAGES: Final = frozenset({"english", "portuguese", "spanish"})


def fingerprint_of(certificate_der: bytes) -> bytes:
    """Return the SHA-256 of a certificate's DER, 32 bytes: the room's id."""
    return hashlib.sha256(certificate_der).digest()


def key_pin(certificate_der: bytes) -> bytes:
    """Return the SHA-256 of a certificate's public key: what other programs pin (RFC 7469, 2.4)."""
    key = x509.load_der_x509_certificate(certificate_der).public_key()
    return hashlib.sha256(
        key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    ).digest()


def as_hex(fingerprint: bytes) -> str:
    """Return all of the fingerprint as upper-case hexadecimal in groups of four digits."""
    return fingerprint.hex(" ", 2).upper()


def as_words(fingerprint: bytes, language: str = "english") -> tuple[str, ...]:
    """Return eight words for the first 88 bits, 11 bits a word, from a list of BIP-39.

    Lists: english, portuguese, spanish; any other language is answered in English. The same
    fingerprint has other words in another language, so people compare within one language.

    Raises:
        ValueError: The fingerprint is not 32 bytes long (a bug of ours).
    """
    if len(fingerprint) != FINGERPRINT_BYTES:
        raise ValueError("a fingerprint has 32 bytes")
    words = _word_list(language if language in _LANGUAGES else "english")
    bits = int.from_bytes(fingerprint[:_WORD_BYTES], "big")
    shifts = range((WORDS - 1) * _BITS_PER_WORD, -1, -_BITS_PER_WORD)
    return tuple(words[(bits >> shift) % len(words)] for shift in shifts)


@functools.cache
def _word_list(language: str) -> tuple[str, ...]:
    return tuple(Mnemonic(language).wordlist)
