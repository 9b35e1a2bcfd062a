"""What is done between the wish to send and the sending: archives are made, locations taken out."""

from __future__ import annotations

import errno
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from PyQt6.QtCore import QObject, QTimer, pyqtSignal, pyqtSlot

from app.pictures.results import Cleaned
from app.session.files.transfer import FileFailure, LocalFile
from app.ui.chat.attaching.archive import Contents, TooLarge, Unreadable, pack
from app.ui.chat.attaching.item import Item, Trouble
from app.ui.chat.attaching.parcel import Parcel
from app.ui.chat.attaching.picture_work import Handle
from app.ui.chat.attaching.steps import Steps


@dataclass(frozen=True)
class Ready:
    """An item, and the file as which it is sent."""

    number: int
    file: LocalFile
    contents: Contents | None = None
    """Of an archive: what went in."""


class Preparing(QObject):
    """Makes files of the items of a parcel, one after the other. Owned by the parcel.

    Signals:
        progressed(): `part` and `name` are others.
        ready(list): all is there, as `Ready`, in the order of the parcel; the files that were made
            belong to whoever hears it.
        failed(): one item cannot be sent; the parcel knows which and why. Nothing is left behind.
    """

    progressed = pyqtSignal()
    ready = pyqtSignal(list)
    failed = pyqtSignal()

    def __init__(self, parcel: Parcel) -> None:
        super().__init__(parcel)
        self._parcel = parcel
        self.name = ""
        """The archive that is being made; empty while none is."""
        self._ready: list[Ready] = []
        self._made: list[Path] = []
        self._steps: Steps | None = None
        self._handle: Handle | None = None
        self._item: Item | None = None
        self._contents = Contents()
        self._before = 0
        self._over = False
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._on_turn)
        parcel.changed.connect(self._on_changed)

    @property
    def part(self) -> float:
        """How much of what is packed is packed, from 0 to 1."""
        whole = sum(item.size for item in self._parcel.items if item.is_folder)
        done = self._before + self._contents.size
        return min(1.0, done / whole) if whole else 1.0

    def start(self) -> None:
        """Begin in the next turn, or as soon as all is known of the parcel."""
        self._turn.start()

    def cancel(self) -> None:
        """Stop, and leave nothing behind."""
        self._over = True
        self._turn.stop()
        if self._steps is not None:
            self._steps.stop()
        if self._handle is not None:
            self._handle.cancel()
        for path in self._made:
            with suppress(OSError):
                path.unlink(missing_ok=True)
        self._made.clear()

    # --- one after the other ------------------------------------------------------------------------

    @pyqtSlot()
    def _on_changed(self) -> None:
        if self._item is None and not self._over:
            self._turn.start()

    @pyqtSlot()
    def _on_turn(self) -> None:
        if self._over or self._item is not None or not self._parcel.is_settled:
            return
        items = self._parcel.items
        if not self._ready and not self._parcel.check():
            self._fail()
            return
        if len(self._ready) == len(items):
            self._over = True
            self._made.clear()
            self.ready.emit(self._ready)
            return
        self._begin(items[len(self._ready)])

    def _begin(self, item: Item) -> None:
        parcel = self._parcel
        smaller = item.smaller if parcel.shrinks else None
        cleans = item.is_located and not parcel.keeps_location and smaller is None
        try:
            if item.is_folder:
                self._pack(item, parcel.new_path(item.name))
            elif cleans:
                self._clean(item, parcel.new_path(item.name))
            elif smaller is not None:
                self._add(item, LocalFile(smaller.path, smaller.name, temporary=True))
            else:
                self._add(item, LocalFile(item.path, item.name, temporary=item.temporary))
        except OSError as error:
            self._fail(item, _failure_of(error))

    def _add(self, item: Item, file: LocalFile, contents: Contents | None = None) -> None:
        self._item = None
        self._ready.append(Ready(item.number, file, contents))
        self._turn.start()

    def _fail(self, item: Item | None = None, trouble: str = "") -> None:
        self.cancel()
        if item is not None:
            self._parcel.fail(item.number, trouble)
        self.failed.emit()

    # --- archives -----------------------------------------------------------------------------------

    def _pack(self, item: Item, target: Path) -> None:
        self._item = item
        self._contents = Contents()
        self.name = item.name
        self._made.append(target)
        work = pack(item.path, target, self._contents, most=self._parcel.most)
        self._steps = Steps(work, self)
        self._steps.turned.connect(self._on_packed_some)
        self._steps.ended.connect(self._on_packed)
        self._steps.start()
        self.progressed.emit()

    @pyqtSlot()
    def _on_packed_some(self) -> None:
        self.progressed.emit()

    @pyqtSlot(object)
    def _on_packed(self, error: Exception | None) -> None:
        item = self._item
        if item is None or self._over:
            return
        if error is not None:
            self._fail(item, _failure_of(error))
            return
        self._before += item.size
        contents, self._contents = self._contents, Contents()
        self.name = ""
        self._add(item, LocalFile(self._made[-1], item.name, temporary=True), contents)

    # --- locations ----------------------------------------------------------------------------------

    def _clean(self, item: Item, target: Path) -> None:
        pictures = self._parcel.pictures
        assert pictures is not None
        self._item = item
        self._made.append(target)
        done: Callable[[Cleaned | None], None] = self._on_cleaned
        self._handle = pictures.clean(item.path, target, done)

    def _on_cleaned(self, made: Cleaned | None) -> None:
        item = self._item
        self._handle = None
        if item is None or self._over:
            return
        if made is None:
            self._fail(item, Trouble.LOCATION_STAYS.value)
            return
        self._add(item, LocalFile(self._made[-1], item.name, temporary=True))


def _failure_of(error: Exception) -> str:
    if isinstance(error, TooLarge):
        return FileFailure.TOO_LARGE.value
    if isinstance(error, Unreadable):
        return FileFailure.UNREADABLE.value
    if isinstance(error, OSError):
        full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        return (FileFailure.NO_SPACE if full else FileFailure.UNWRITABLE).value
    raise error
