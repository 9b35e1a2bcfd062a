"""`PictureLoader`: brings whole pictures of a room, fetched to this computer and decoded elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, QSize, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QImage

from app.session.files.transfer import Purpose, Stage, Transfer
from app.ui.files.sentences import LocalProblem
from app.ui.files.viewer.decoding import Decoding

if TYPE_CHECKING:
    from app.protocol.attachments import FileRef
    from app.session.files.transfers import Transfers
    from app.ui.files.actions import FileActions
    from app.ui.files.viewer.decoding import Decoder, Job


class Phase(Enum):
    """How far a picture is."""

    FETCHING = "fetching"
    DECODING = "decoding"
    SHOWN = "shown"
    FAILED = "failed"


@dataclass(slots=True)
class _Picture:
    ref: FileRef
    phase: Phase
    wanted: QSize
    """Pixels of the box that it is to be decoded for."""
    box: QSize
    """Of the one that it was decoded for, or is."""
    image: QImage | None = None
    job: Job | None = None
    fraction: float = 0.0
    failure: str = ""


class PictureLoader(QObject):
    """Keeps what is looked at, and what may be looked at next, until `keep` says otherwise.

    Signals:
        changed(str): the picture of that hash is there, or larger, or further, or failed.
    """

    changed = pyqtSignal(str)

    def __init__(
        self,
        transfers: Transfers,
        actions: FileActions,
        parent: QObject,
        decoder: Decoder | None = None,
    ) -> None:
        super().__init__(parent)
        self._transfers = transfers
        self._actions = actions
        self._decoder = decoder
        self._pictures: dict[str, _Picture] = {}
        transfers.changed.connect(self._on_changed)
        transfers.removed.connect(self._on_removed)

    def want(self, ref: FileRef, box: QSize) -> None:
        """Bring a picture with as many pixels as fill `box`, or all that it has."""
        one = self._pictures.get(ref.hash)
        if one is None:
            one = self._pictures[ref.hash] = _Picture(ref, Phase.FETCHING, box, QSize())
            self._fetch(one)
            return
        one.wanted = one.wanted.expandedTo(box)
        if one.phase is Phase.SHOWN and self._is_short(one):
            self._fetch(one)

    def retry(self, ref: FileRef) -> None:
        """Try once more to bring a picture that failed."""
        one = self._pictures.get(ref.hash)
        if one is not None and one.phase is Phase.FAILED:
            one.failure = ""
            self._fetch(one)

    def image(self, digest: str) -> QImage | None:
        """Return a picture as far as it is decoded, or None."""
        one = self._pictures.get(digest)
        return one.image if one is not None else None

    def phase(self, digest: str) -> Phase | None:
        """Return how far a picture is; None for one that nobody wanted."""
        one = self._pictures.get(digest)
        return one.phase if one is not None else None

    def is_coming(self, digest: str) -> bool:
        """Tell whether a picture, or more pixels of it, is still on its way."""
        one = self._pictures.get(digest)
        return one is not None and (one.job is not None or one.phase is Phase.FETCHING)

    def fraction(self, digest: str) -> float:
        """Return how much of a picture is fetched, from 0 to 1."""
        one = self._pictures.get(digest)
        return one.fraction if one is not None else 0.0

    def failure(self, digest: str) -> str:
        """Return the code of what went wrong, or nothing."""
        one = self._pictures.get(digest)
        return one.failure if one is not None else ""

    def path(self, digest: str) -> Path | None:
        """Return where a picture is on this computer, as far as it is."""
        saved = self._transfers.of_file(digest)
        for transfer in (saved, self._transfers.viewed(digest)):
            if transfer is not None and _is_whole(transfer):
                here = self._actions.looked_at(transfer.path, transfer.size)
                if here is not None:
                    return here.path
        return None

    def keep(self, digests: Iterable[str]) -> None:
        """Forget all other pictures."""
        kept = set(digests)
        for digest in [one for one in self._pictures if one not in kept]:
            one = self._pictures.pop(digest)
            if one.job is not None:
                one.job.cancel()
            viewed = self._transfers.viewed(digest)
            if viewed is not None and not viewed.is_over:
                self._transfers.cancel(viewed.id)

    # --- parts ----------------------------------------------------------------------------------

    def _is_short(self, one: _Picture) -> bool:
        """Tell whether a picture should have more pixels than it was decoded with, and can."""
        if one.image is None:
            return True
        whole = QSize(one.ref.width, one.ref.height)
        now = one.image.size()
        if now.width() >= whole.width() or now.height() >= whole.height():
            return False
        wider = one.wanted.width() > one.box.width()
        return wider or one.wanted.height() > one.box.height()

    def _fetch(self, one: _Picture) -> None:
        path = self.path(one.ref.hash)
        if path is not None:
            self._decode(one, path)
            return
        one.phase = Phase.FETCHING
        transfer = self._transfers.view(one.ref)
        if transfer.stage is Stage.FAILED:
            self._fail(one, transfer.failure)
        self.changed.emit(one.ref.hash)

    def _decode(self, one: _Picture, path: Path) -> None:
        decoder = self._decoder or Decoding.of_application().decoder
        if decoder is None:
            self._fail(one, LocalProblem.NO_PICTURE)
            return
        if one.job is not None:
            one.job.cancel()
        if one.image is None:
            one.phase = Phase.DECODING
        one.box = QSize(one.wanted)
        one.job = decoder.decode(
            path, one.box.width(), one.box.height(), self._on_decoded(one.ref.hash)
        )
        self.changed.emit(one.ref.hash)

    def _on_decoded(self, digest: str) -> Callable[[QImage | None], None]:
        def done(image: QImage | None) -> None:
            one = self._pictures.get(digest)
            if one is None:
                return
            one.job = None
            if image is not None and not image.isNull():
                one.image, one.phase = image, Phase.SHOWN
                if self._is_short(one):
                    self._fetch(one)
            elif one.image is None:
                self._fail(one, LocalProblem.NO_PICTURE)
            self.changed.emit(digest)

        return done

    def _fail(self, one: _Picture, code: str) -> None:
        one.phase, one.failure = Phase.FAILED, code
        self.changed.emit(one.ref.hash)

    @pyqtSlot(bytes)
    def _on_changed(self, number: bytes) -> None:
        transfer = self._transfers.get(number)
        one = self._pictures.get(transfer.hash) if transfer is not None else None
        if transfer is None or one is None or transfer.purpose is not Purpose.VIEW:
            return
        if one.phase is not Phase.FETCHING:
            return
        if transfer.stage is Stage.FAILED:
            self._fail(one, transfer.failure)
        elif transfer.stage is Stage.DONE:
            one.fraction = 1.0
            if self._actions.looked_at(transfer.path, transfer.size, anew=True) is None:
                self._fail(one, LocalProblem.MISSING)
            else:
                self._decode(one, transfer.path)
        else:
            one.fraction = transfer.done / transfer.size if transfer.size else 0.0
            self.changed.emit(one.ref.hash)

    @pyqtSlot(bytes)
    def _on_removed(self, _number: bytes) -> None:
        for one in tuple(self._pictures.values()):
            lost = one.phase is Phase.FETCHING and self._transfers.viewed(one.ref.hash) is None
            if lost and self.path(one.ref.hash) is None:
                self._fail(one, LocalProblem.MISSING)


def _is_whole(transfer: Transfer) -> bool:
    return transfer.stage is Stage.DONE or (transfer.is_upload and not transfer.temporary)
