"""`FileStore`: the files of a room on its host's disk, each under the SHA-256 of what is in it.

A file is there once, however many messages have it and whatever they call it. The folder holds whole
files, named by their hash, beside a picture its thumbnail (`.thumb`), parts of files (`.part`), named by
their upload, and what is on its way out (`.gone`). What belongs to them is in the log's database: who
sent a file, when, how large it is. A file is in its place before its row is written, and out of it
before its row is removed. So a crash leaves a file or a row too many: the one is swept up, the other
is passed over, and `sweep` removes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import BinaryIO

from app.room.files.clearing import Clearing
from app.room.files.disk import Disk
from app.room.files.part import Part, Upload
from app.room.files.problems import FileProblem, FileRefused
from app.room.files.quotas import FilesUse, Quotas, kept_quotas, note_quotas
from app.room.files.thumbnails import Thumbnails
from app.room.files.waiting import AWAITED, NEEDLESS, Waiting
from app.room.log import Log

PART = ".part"

HELPING = 16
"""Files that one step of sweeping looks at, or uploads that it gives up."""

LOOKED_AT = 256
"""Files without a message that are looked at, and removed, at once."""

STALE_AFTER = 24 * 3600 * 1000
"""Milliseconds after its beginning at which an upload that was not finished is given up."""

UNUSED_AFTER = 3600 * 1000
"""Milliseconds for which a file waits for the message that it was sent for.

While its sender has others on their way, which may go with the same message, it waits longer.
"""

SPACE_EVERY = 16 * 1024 * 1024
"""Bytes after which it is looked again how much of the disk is free."""

_INSERT = """INSERT OR REPLACE INTO uploads (id, device, nick, name, size, hash, at)
    VALUES (?, ?, ?, ?, ?, ?, ?)"""


@dataclass(frozen=True)
class StoredFile:
    """A whole file. `name` is the one that it was sent under first; `senders` are devices."""

    hash: bytes
    size: int
    name: str
    senders: set[bytes]


class FileStore:
    """The files of one room. Owns their folder; the log is the room's.

    What is noted in the log is on the disk with the log's next commit.
    """

    def __init__(
        self, folder: Path, log: Log, quotas: Quotas | None = None, disk: Disk | None = None
    ) -> None:
        """Open the folder, made where there is none; raises OSError.

        Without `quotas`, those hold that were chosen the last time.
        """
        self.quotas = quotas or kept_quotas(log)
        self._folder = folder
        self._log = log
        self._disk = disk or Disk()
        self._clearing = Clearing(self._disk)
        self._disk.make_folder(folder)
        self._files: dict[bytes, StoredFile] = {}
        self._parts: dict[bytes, Part] = {}
        self._waiting = Waiting()
        self._since_look = 0
        self._looking: Iterator[Path] | None = None
        self.thumbnails = Thumbnails(folder, log, self._disk)
        self._read()
        self.used = sum(file.size for file in self._files.values())
        """Bytes of all files, parts and thumbnails."""
        self.used += sum(part.offset for part in self._parts.values())
        self.used += self.thumbnails.load(self._files)

    def _read(self) -> None:
        for digest, size, name in self._log.read("SELECT hash, size, name FROM files"):
            if self._path(digest).exists():
                self._files[digest] = StoredFile(digest, size, name, set())
        sent = "SELECT hash, device, used FROM senders JOIN files USING (hash)"
        for digest, device, used in self._log.read(sent):
            if digest in self._files:
                self._files[digest].senders.add(device)
                if not used:
                    self._waiting.add(digest, device)
        rows = self._log.read("SELECT id, device, nick, name, size, hash, at FROM uploads")
        for upload in [Upload(*row) for row in rows]:
            path = self._part_path(upload.id)
            try:
                offset = min(path.stat().st_size, upload.size)
            except OSError:
                offset = 0
            self._parts[upload.id] = Part(upload, path, self._disk, offset)

    # --- how much ---------------------------------------------------------------------------------

    def set_quotas(self, quotas: Quotas) -> None:
        """Take as much from now on; what is there stays, were it more."""
        self.quotas = quotas
        note_quotas(self._log, quotas)

    @property
    def use(self) -> FilesUse:
        """What is there now; raises OSError where the disk does not tell."""
        return FilesUse(len(self._files), self.used, self._disk.free(self._folder))

    # --- uploads ----------------------------------------------------------------------------------

    def part(self, number: bytes, device: bytes) -> Part | None:
        """Return the unfinished upload of that id, if it is that device's."""
        part = self._parts.get(number)
        return part if part is not None and part.upload.device == device else None

    def begin(self, upload: Upload) -> Part:
        """Return the part for an upload, a new one or the one that there is; raises FileRefused."""
        if not self.quotas.takes_files:
            raise FileRefused(FileProblem.NO_FILES)
        known = self._parts.get(upload.id)
        if known is not None:
            theirs = known.upload
            same = theirs.device == upload.device and theirs.size == upload.size
            if same and theirs.hash in {upload.hash, b""}:
                if theirs.hash != upload.hash:
                    known.upload = upload
                    self._note(upload)
                return known
            if same and not upload.hash:
                return known
            raise FileRefused(FileProblem.ANOTHER)
        self._may_begin(upload)
        part = Part(upload, self._part_path(upload.id), self._disk, 0)
        self._parts[upload.id] = part
        self._note(upload)
        return part

    def _note(self, upload: Upload) -> None:
        self._log.note(_INSERT, astuple(upload))

    def _may_begin(self, upload: Upload) -> None:
        if upload.size > self.quotas.file:
            raise FileRefused(FileProblem.TOO_LARGE)
        if self.used + upload.size > self.quotas.room:
            raise FileRefused(FileProblem.ROOM_FULL)
        device = upload.device
        mine = sum(part.upload.device == device for part in self._parts.values())
        if mine >= self.quotas.uploads or self._waiting.count(device) >= self.quotas.waiting:
            raise FileRefused(FileProblem.TOO_MANY)
        self._look_at_space(upload.size)

    def _look_at_space(self, wanted: int) -> None:
        self._since_look = 0
        try:
            free = self._disk.free(self._folder)
        except OSError as error:
            raise FileRefused(FileProblem.DISK) from error
        if free - wanted < self.quotas.keep_free:
            raise FileRefused(FileProblem.NO_SPACE)

    def open(self, part: Part) -> bool:
        """Make a part ready to be written to, a step at a time; return whether more is to do.

        Raises FileRefused.
        """
        before = part.offset
        try:
            more = part.step()
        except OSError as error:
            part.close()
            raise FileRefused(FileProblem.DISK) from error
        self.used += part.offset - before
        return more

    def restart(self, part: Part) -> None:
        """Let an upload begin again with its first byte; raises FileRefused."""
        self.used -= part.offset
        part.close()
        self._remove(part.path)
        try:
            part.restart()
        except OSError as error:
            part.offset = 0
            raise FileRefused(FileProblem.DISK) from error

    def write(self, part: Part, data: bytes | bytearray) -> None:
        """Add to the end of an open part; raises FileRefused, and what is there stays."""
        if part.offset + len(data) > part.upload.size:
            raise FileRefused(FileProblem.ANOTHER)
        if self.used + len(data) > self.quotas.room:
            raise FileRefused(FileProblem.ROOM_FULL)
        self._since_look += len(data)
        if self._since_look >= SPACE_EVERY:
            self._look_at_space(len(data))
        before = part.offset
        try:
            part.write(data)
        except OSError as error:
            part.close()
            raise FileRefused(FileProblem.DISK) from error
        finally:
            self.used += part.offset - before

    def finish(self, part: Part, now: int = 0) -> StoredFile:
        """Put a complete, open part into its place, `now` in Unix milliseconds; raises FileRefused.

        Where it is not what was announced, nothing of it is kept.
        """
        assert part.is_complete
        upload, digest = part.upload, part.digest()
        if upload.hash not in {digest, b""}:
            self.discard(part)
            raise FileRefused(FileProblem.HASH_WRONG)
        known = self.stored(digest)
        if known is not None:
            # It is there already: what came is not needed twice.
            self.discard(part)
            self._note_sender(known, upload.device)
            self.await_message(known, now)
            return known
        try:
            part.settle()
            self._disk.rename(part.path, self._path(digest))
        except OSError as error:
            part.close()
            raise FileRefused(FileProblem.DISK) from error
        stored = StoredFile(digest, upload.size, upload.name, set())
        self._files[digest] = stored
        del self._parts[upload.id]
        self._log.note(
            "INSERT OR REPLACE INTO files (hash, size, name, nick, at) VALUES (?, ?, ?, ?, ?)",
            # It may have been days on its way: its message has an hour from now on.
            (digest, upload.size, upload.name, upload.nick, max(upload.at, now)),
        )
        self._log.note("DELETE FROM uploads WHERE id = ?", (upload.id,))
        self._note_sender(stored, upload.device)
        return stored

    def await_message(self, file: StoredFile, now: int) -> None:
        """Keep a file that was sent again for the message that it was sent for."""
        self._log.note(AWAITED, (now, file.hash))

    def _note_sender(self, file: StoredFile, device: bytes) -> None:
        file.senders.add(device)
        self._waiting.add(file.hash, device)
        insert = "INSERT OR IGNORE INTO senders (hash, device) VALUES (?, ?)"
        self._log.note(insert, (file.hash, device))

    def discard(self, part: Part) -> None:
        """Give an upload up; nothing of it is kept."""
        part.close()
        if self._parts.pop(part.upload.id, None) is None:
            return
        self.used -= part.offset
        self._log.note("DELETE FROM uploads WHERE id = ?", (part.upload.id,))
        self._remove(part.path)

    # --- whole files ------------------------------------------------------------------------------

    def stored(self, digest: bytes) -> StoredFile | None:
        """Return the file of that hash, or None where there is none, or none any more."""
        file = self._files.get(digest)
        return file if file is not None and self._path(digest).exists() else None

    def read(self, digest: bytes) -> BinaryIO:
        """Open a file to read it, unbuffered; the caller closes it. Raises OSError."""
        if digest not in self._files:
            raise FileNotFoundError(digest.hex())
        return self._path(digest).open("rb", buffering=0)

    def head(self, digest: bytes, size: int) -> bytes:
        """Return the first bytes of a file; empty where it cannot be read."""
        try:
            with self.read(digest) as file:
                return file.read(size) or b""
        except OSError:
            return b""

    def mark_used(self, digest: bytes) -> None:
        """Note, with the message that is being said, that one had the file."""
        self._log.bind("UPDATE files SET used = 1 WHERE hash = ?", (digest,))
        if digest in self._files:
            self._waiting.remove(digest, self._files[digest].senders)

    def path(self, digest: bytes) -> Path:
        """Return where a whole file is, for whoever makes its thumbnail."""
        return self._path(digest)

    def keep_thumbnail(self, digest: bytes, width: int, height: int, media: str) -> bool:
        """Keep what was made where `thumbnails.begin` said, of a picture of that size.

        Returns False where it cannot be kept: then there is none, and nothing is lost but that.
        """
        size = self.thumbnails.size_of_new(digest)
        kept = False
        if size and digest in self._files and self.used + size <= self.quotas.room:
            with suppress(OSError, ValueError, FileRefused):
                self._look_at_space(size)
                self.thumbnails.keep(digest, width, height, media)
                self.used += size
                kept = True
        if not kept:
            self.thumbnails.give_up(digest)
        return kept

    # --- what goes --------------------------------------------------------------------------------

    def sweep(self, now: int) -> bool:
        """Remove a few files that nobody needs any more; return whether more is to do.

        To be called when the log has nothing to commit: what is being said counts.
        """
        # First what went by an earlier sweep: that nobody has it any more is on the disk by now.
        self._clearing.step()
        return self._let_go(now) or self._look_through() or self._clearing.is_busy

    def _let_go(self, now: int) -> bool:
        """Remove files without a message, and uploads that were given up."""
        gone = self._log.read(NEEDLESS, (now - UNUSED_AFTER, LOOKED_AT))
        for (digest,) in gone:
            if self._log.has_file(digest) or not self._remove_whole(digest):
                continue
            file = self._files.pop(digest, None)
            if file is not None:
                self.used -= file.size
                self._waiting.remove(digest, file.senders)
            self._log.note("DELETE FROM files WHERE hash = ?", (digest,))
            self._log.note("DELETE FROM senders WHERE hash = ?", (digest,))
        stale = [p for p in self._parts.values() if p.upload.at < now - STALE_AFTER]
        for part in stale[:HELPING]:
            self.discard(part)
        return len(stale) > HELPING

    def _look_through(self) -> bool:
        """Look at some of what is in the folder, once from end to end, and remove what nobody knows."""
        if self._looking is None:
            try:
                self._looking = self._folder.iterdir()
            except OSError:
                return False
        for _ in range(HELPING):
            path = next(self._looking, None)
            if path is None:
                self._looking = iter(())
                return False
            if not self._knows(path):
                self._remove(path)
        return True

    def _knows(self, path: Path) -> bool:
        try:
            number = bytes.fromhex(path.stem)
        except ValueError:
            return False
        if path.suffix == PART:
            return number in self._parts
        return number in (self.thumbnails.known(path.suffix) if path.suffix else self._files)

    def close(self) -> None:
        """Let go of all files; what is there stays."""
        for part in self._parts.values():
            part.close()
        self._looking = iter(())

    def _remove_whole(self, digest: bytes) -> bool:
        try:
            self.used -= self.thumbnails.remove(digest)
        except OSError:
            return False
        return self._remove(self._path(digest))

    def _remove(self, path: Path) -> bool:
        try:
            self._clearing.remove(path)
        except OSError:
            # Somebody reads it, on a system where it then stays; it goes with a later sweep.
            return False
        return True

    def _path(self, digest: bytes) -> Path:
        return self._folder / digest.hex()

    def _part_path(self, number: bytes) -> Path:
        return self._folder / f"{number.hex()}{PART}"
