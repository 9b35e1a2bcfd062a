"""`Forgotten`: what a log that keeps nothing still knows of its newest lines: wishes are about them."""

from __future__ import annotations

from app.protocol.attachments import unpack
from app.protocol.messages import MESSAGES, Said, SaidKind

FORGETFUL = 10_000
"""Lines that are remembered, without their texts."""


class Forgotten:
    """Who said the newest lines, under which cid, and what became of them. In memory alone."""

    def __init__(self) -> None:
        self._seqs: dict[tuple[bytes, bytes], int] = {}
        self._lines: dict[int, tuple[bytes, SaidKind]] = {}
        self._deletes: dict[int, int] = {}
        self._files: dict[int, frozenset[bytes]] = {}

    def add(self, device: bytes, said: Said) -> None:
        """Remember a line, and let go of the oldest one where there are too many."""
        self._seqs[device, said.cid] = said.seq
        self._lines[said.seq] = device, said.kind
        if said.kind == "files":
            refs = unpack(said.text).files
            self._files[said.seq] = frozenset(bytes.fromhex(ref.hash) for ref in refs)
        if said.kind == "delete":
            self._deletes[said.about] = said.seq
            self._files.pop(said.about, None)
            self._become(said.about, "deleted")
        elif said.kind == "edit":
            self._become(said.about, "edited")
        while len(self._seqs) > FORGETFUL:
            seq = self._seqs.pop(next(iter(self._seqs)))
            self._lines.pop(seq, None)
            self._deletes.pop(seq, None)
            self._files.pop(seq, None)

    def shows_file(self, digest: bytes, floor: int) -> bool:
        """Tell whether a line after `floor` that is not deleted has a file of that hash."""
        return any(seq > floor and digest in files for seq, files in self._files.items())

    def seq_of(self, device: bytes, cid: bytes) -> int | None:
        """Return the number of the line of that cid, or None."""
        return self._seqs.get((device, cid))

    def line(self, seq: int) -> tuple[bytes, SaidKind] | None:
        """Return whose device said the line of that number, and what it is, or None."""
        return self._lines.get(seq)

    def deletion_of(self, seq: int) -> int:
        """Return the number of the line that deleted another; or 0."""
        return self._deletes.get(seq, 0)

    def _become(self, seq: int, kind: SaidKind) -> None:
        line = self._lines.get(seq)
        if line is not None and line[1] in MESSAGES:
            self._lines[seq] = line[0], kind
