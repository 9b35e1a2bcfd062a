"""Uploads for tests."""

from __future__ import annotations

from app.room.files.part import Upload


def upload(
    number: int, size: int, *, device: bytes = b"d" * 32, digest: bytes = b"", at: int = 0
) -> Upload:
    return Upload(bytes([number]) * 16, device, "Ana", f"file-{number}.bin", size, digest, at)
