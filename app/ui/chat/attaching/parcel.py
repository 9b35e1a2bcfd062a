"""All that is chosen to be sent to a room, with its caption, until it is sent or put away."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from PyQt6.QtCore import QObject, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QImage

from app.pictures.results import Look, Resized
from app.protocol import limits
from app.protocol.file_names import clean_file_name, extension_of
from app.room.files import kinds
from app.session.files.transfer import FileFailure, LocalFile
from app.ui.chat.attaching.archive import Contents, Unreadable, count
from app.ui.chat.attaching.item import (
    LONGEST_SIDE,
    Item,
    Smaller,
    Trouble,
    Try,
    item_of,
    trouble_now,
)
from app.ui.chat.attaching.picture_work import Handle, PictureWork
from app.ui.chat.attaching.steps import Steps

MOST_ITEMS = 100
"""That are chosen at once: ten messages. Whoever has more means a folder."""

TILE = 48
"""Device-independent pixels of a small picture's longer side; four times as many are decoded."""


class Parcel(QObject):
    """The items, in the order in which they were chosen, and what is to be done with them.

    Owns the files that were made for it, until `LocalFile`s are handed on.

    Signals:
        changed(): items came, went, or more is known of them.
        pictured(int): `image` has the small picture of that item now.
    """

    changed = pyqtSignal()
    pictured = pyqtSignal(int)

    def __init__(self, outgoing: Path, pictures: PictureWork | None, parent: QObject) -> None:
        """`outgoing`: where files may be made, which is made itself when it is needed."""
        super().__init__(parent)
        self.outgoing = outgoing
        self.pictures = pictures
        self.caption = ""
        self.most = 0
        """Bytes of the largest file that the room takes; 0 while that is not known."""
        self.left_out = 0
        """Files that were chosen beyond `MOST_ITEMS`."""
        self.shrinks = False
        self.keeps_location = False
        self.is_text = False
        """It has a text that was too long for a message."""
        self._items: dict[int, Item] = {}
        self._images: dict[int, QImage] = {}
        self._counts: dict[int, Counting] = {}
        self._handles: dict[int, list[Handle]] = {}
        self._next = 1

    # --- what is in it ----------------------------------------------------------------------------

    @property
    def items(self) -> tuple[Item, ...]:
        """Everything, in the order in which it was chosen."""
        return tuple(self._items.values())

    def get(self, number: int) -> Item | None:
        """Return an item as it stands now."""
        return self._items.get(number)

    def image(self, number: int) -> QImage | None:
        """Return the small picture of an item, or None: none yet, or there is none."""
        return self._images.get(number)

    @property
    def is_settled(self) -> bool:
        """Whether all is known that must be known before it is sent."""
        return all(item.is_settled and item.tried is not Try.RUNNING for item in self.items)

    @property
    def is_sendable(self) -> bool:
        """Whether there is something, and nothing in it that keeps it from being sent."""
        return bool(self._items) and not any(self.trouble_of(item) for item in self.items)

    @property
    def size(self) -> int:
        """Bytes of all that is known by now."""
        return sum(size_of(item, shrinks=self.shrinks) for item in self.items)

    @property
    def messages(self) -> int:
        """As how many messages it is sent."""
        return -(-len(self._items) // limits.MAX_ATTACHED)

    def trouble_of(self, item: Item) -> str:
        """Return the value of a `FileFailure` or `Trouble` that keeps an item from being sent."""
        if item.trouble:
            return item.trouble
        if self.most and not item.is_folder and size_of(item, shrinks=self.shrinks) > self.most:
            return FileFailure.TOO_LARGE.value
        return ""

    # --- choosing ---------------------------------------------------------------------------------

    def add(self, paths: Iterable[Path]) -> None:
        """Take files and folders; what is in it already is not taken again."""
        known = {item.path for item in self.items}
        for path in paths:
            if path not in known:
                known.add(path)
                self._take(path)
        self.changed.emit()

    def add_made(self, path: Path, name: str) -> None:
        """Take a file that was made to be sent."""
        self._take(path, temporary=True, name=name)
        self.changed.emit()

    def remove(self, number: int) -> None:
        """Put an item away."""
        item = self._forget(number)
        if item is not None:
            _delete_made(item)
            self.changed.emit()

    def rename(self, number: int, name: str) -> None:
        """Send an item under another name; an extension stays what it was."""
        item = self._items.get(number)
        if item is None or not name.strip():
            return
        extension = extension_of(item.name)
        if extension and extension_of(clean_file_name(name)) != extension:
            name = f"{name}.{extension}"
        self._put(replace(item, name=clean_file_name(name)))

    def set_shrinks(self, shrinks: bool) -> None:
        """Make large pictures smaller, or send them as they are; it is tried at once."""
        self.shrinks = shrinks
        if shrinks:
            for item in self.items:
                self._shrink(item)
        self.changed.emit()

    def set_keeps_location(self, keeps: bool) -> None:
        """Let pictures say where they were made, or take that out of them."""
        self.keeps_location = keeps
        self.changed.emit()

    def note_text(self) -> None:
        """Take note that it has a text that was too long for a message."""
        self.is_text = True
        self.changed.emit()

    def fail(self, number: int, trouble: str) -> None:
        """Say of an item that it cannot be sent."""
        item = self._items.get(number)
        if item is not None:
            self._put(replace(item, trouble=trouble))

    def check(self) -> bool:
        """Look at every item once more; return whether all of it can be sent."""
        for item in self.items:
            most = 0 if self.shrinks and item.smaller is not None else self.most
            trouble = trouble_now(item, most)
            # What went wrong may be right by now; of a folder that was empty that is not known.
            if item.trouble not in {trouble, Trouble.EMPTY_FOLDER.value}:
                self._put(replace(item, trouble=trouble))
        return self.is_sendable

    # --- the end ----------------------------------------------------------------------------------

    def hand_over(self, numbers: Iterable[int], sent: Iterable[LocalFile]) -> None:
        """Forget items that were sent as these files; of theirs, what was not sent is deleted."""
        kept = {file.path for file in sent}
        for number in numbers:
            item = self._forget(number)
            if item is not None:
                _delete_made(item, kept)
        self.changed.emit()

    def discard(self) -> None:
        """Put everything away, with the files that were made for it."""
        for number in tuple(self._items):
            item = self._forget(number)
            if item is not None:
                _delete_made(item)

    def new_path(self, name: str = "") -> Path:
        """Return a path for a file that is to be made, in a folder that is there; raises OSError."""
        self.outgoing.mkdir(mode=0o700, parents=True, exist_ok=True)
        extension = extension_of(name)
        end = f".{extension}" if extension.isascii() and extension.isalnum() else ""
        return self.outgoing / f"{secrets.token_hex(12)}{end}"

    # --- parts ------------------------------------------------------------------------------------

    def _take(self, path: Path, *, temporary: bool = False, name: str = "") -> None:
        if len(self._items) >= MOST_ITEMS:
            self.left_out += 1
            if temporary:
                _delete(path)
            return
        number = self._next
        self._next += 1
        item = item_of(number, path, temporary=temporary, name=name)
        self._items[number] = item
        if item.is_folder:
            self._count(item)
        elif item.kind is kinds.Icon.PICTURE and self.pictures is not None:
            self._items[number] = replace(item, looking=True)
            self._keep_handle(number, self.pictures.look(path, partial(self._on_looked, number)))

    def _put(self, item: Item) -> None:
        if item.number in self._items:
            self._items[item.number] = item
            self.changed.emit()

    def _forget(self, number: int) -> Item | None:
        for handle in self._handles.pop(number, []):
            handle.cancel()
        counting = self._counts.pop(number, None)
        if counting is not None:
            counting.stop()
            counting.deleteLater()
        self._images.pop(number, None)
        return self._items.pop(number, None)

    def _keep_handle(self, number: int, handle: Handle) -> None:
        self._handles.setdefault(number, []).append(handle)

    def _count(self, item: Item) -> None:
        contents = Contents()
        counting = Counting(item.number, item.path, contents, self)
        self._counts[item.number] = counting
        counting.counted.connect(self._on_counted)
        counting.start()

    @pyqtSlot(int, object, str)
    def _on_counted(self, number: int, contents: Contents, trouble: str) -> None:
        counting = self._counts.pop(number, None)
        if counting is not None:
            counting.deleteLater()
        item = self._items.get(number)
        if item is not None:
            if not trouble and not contents.files:
                trouble = Trouble.EMPTY_FOLDER.value
            self._put(replace(item, contents=contents, size=contents.size, trouble=trouble))

    def _on_looked(self, number: int, look: Look | None) -> None:
        item = self._items.get(number)
        if item is None:
            return
        self._put(replace(item, looking=False, look=look, unseen=look is None))
        if look is None or self.pictures is None:
            return
        side = 4 * TILE
        done: Callable[[QImage | None], None] = partial(self._on_decoded, number)
        self._keep_handle(number, self.pictures.decode(item.path, side, side, done))
        if self.shrinks:
            self._shrink(self._items[number])

    def _on_decoded(self, number: int, image: QImage | None) -> None:
        if image is not None and number in self._items:
            self._images[number] = image
            self.pictured.emit(number)

    def _shrink(self, item: Item) -> None:
        if not item.is_large_picture or item.tried is not Try.NOT_TRIED or self.pictures is None:
            return
        try:
            target = self.new_path(item.name)
        except OSError:
            self._put(replace(item, tried=Try.IN_VAIN))
            return
        self._put(replace(item, tried=Try.RUNNING))
        done: Callable[[Resized | None], None] = partial(self._on_shrunk, item.number, target)
        self._keep_handle(item.number, self.pictures.resize(item.path, target, LONGEST_SIDE, done))

    def _on_shrunk(self, number: int, target: Path, made: Resized | None) -> None:
        item = self._items.get(number)
        if item is None or made is None or made.size >= item.size:
            _delete(target)
            if item is not None:
                self._put(replace(item, tried=Try.IN_VAIN))
            return
        name = item.name
        if made.media == "image/png" and extension_of(name) == "gif":
            name = f"{name[:-4]}.png"
        smaller = Smaller(target, made.size, made.width, made.height, name)
        self._put(replace(item, tried=Try.SMALLER, smaller=smaller))


class Counting(QObject):
    """Counts what is in one folder.

    Signals:
        counted(int, object, str): of that item, these `Contents`; or why not.
    """

    counted = pyqtSignal(int, object, str)

    def __init__(self, number: int, path: Path, contents: Contents, parent: QObject) -> None:
        super().__init__(parent)
        self._number = number
        self._contents = contents
        self._steps = Steps(count(path, contents), self)
        self._steps.ended.connect(self._on_ended)

    def start(self) -> None:
        """Begin in the next turn."""
        self._steps.start()

    def stop(self) -> None:
        """Count no further."""
        self._steps.stop()

    @pyqtSlot(object)
    def _on_ended(self, error: Exception | None) -> None:
        if error is not None and not isinstance(error, Unreadable | OSError):
            raise error
        trouble = "" if error is None else FileFailure.UNREADABLE.value
        self.counted.emit(self._number, self._contents, trouble)


def size_of(item: Item, *, shrinks: bool) -> int:
    """Return how many bytes an item has, made smaller where that is wanted and done."""
    if shrinks and item.smaller is not None:
        return item.smaller.size
    return item.size


def _delete_made(item: Item, kept: Iterable[Path] = ()) -> None:
    if item.temporary and item.path not in kept:
        _delete(item.path)
    if item.smaller is not None and item.smaller.path not in kept:
        _delete(item.smaller.path)


def _delete(path: Path) -> None:
    # It lies in a folder of ours that is swept at the next start.
    with suppress(OSError):
        path.unlink(missing_ok=True)
