"""What a host tells of a room's files, and small pictures of them, for tests and the gallery."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from PyQt6.QtCore import QObject, QPoint, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QPainter, QPixmap, QPolygon
from PyQt6.QtWidgets import QMenu

from app.protocol import messages as m
from app.protocol.attachments import Attached, FileRef, pack
from app.session.room_session import RoomSession
from tests.ui.chat.rooms import NOON, Room, device

MEDIA = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "webp": "image/webp",
    "pdf": "application/pdf",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "zip": "application/zip",
    "mp4": "video/mp4",
    "mp3": "audio/mpeg",
    "txt": "text/plain",
}
NAMES = (
    "track at dusk.jpg",
    "run-2.ods",
    "Minutes of the second meeting of the robotics lab, with all decisions (final, signed).pdf",
    "sensor.png",
    "slides.odp",
    "board-photo-1.jpg",
    "board-photo-2.jpg",
    "firmware.zip",
    "setup.exe",
    "التقرير الأسبوعي.pdf",
    "first lap.mp4",
    "chime.mp3",
    "notes.txt",
    "夏の写真.webp",
    "wheel.png",
    "arm.png",
    "old data",
)
_SENDERS = ("Marina", "Leo", "Priya", "صالح", "Zoë Ångström-Castellanos")
_DAY = 86_400


def ref(name: str, size: int = 12_345) -> FileRef:
    media = MEDIA.get(name.rpartition(".")[2], "application/octet-stream")
    return FileRef(hash=sha256(name.encode()).hexdigest(), name=name, size=size, media=media)


def line(seq: int, *names: str, days: float = 0, nick: str = "Marina") -> m.FileLine:
    """Return one message's files, sent that many days ago."""
    at = int((NOON - days * _DAY) * 1000)
    files = tuple(ref(name, 997 * 7 ** (seq % 7)) for name in names)
    return m.FileLine(seq=seq, at=at, nick=nick, device=device(nick), files=files)


def answer(
    session: RoomSession,
    sent: Sequence[object],
    *,
    names: Sequence[str] = NAMES,
    more: bool = False,
) -> None:
    """Tell a session what a host would, to the latest wish among what was `sent`."""
    wish = [one for one in sent if isinstance(one, m.ListFiles)][-1]
    lines = []
    for place, name in enumerate(names):
        is_picture = ref(name).media.startswith("image/")
        if wish.sort == "all" or is_picture is (wish.sort == "pictures"):
            seq = (wish.before or 1_000) - 1 - place
            nick = _SENDERS[place % len(_SENDERS)]
            lines.append(line(seq, name, days=place * 4, nick=nick))
    told = (wish.query, wish.sort, wish.before)
    session.receive(
        m.Files(query=told[0], sort=told[1], before=told[2], lines=tuple(lines), more=more)
    )


def said_with(seq: int, *names: str, nick: str = "Marina", number: int = 1) -> m.Said:
    """Return the line of the log of a message with these files."""
    text = pack(Attached(files=tuple(map(ref, names))))
    return m.Said(
        seq=seq,
        author=number,
        nick=nick,
        device=device(nick),
        at=NOON * 1000,
        cid=seq.to_bytes(16, "big"),
        text=text,
        kind="files",
    )


class Drawn(QObject):
    """Thumbnails that are there at once, each of its own colours."""

    ready = pyqtSignal(str)

    def pixmap(self, digest: str, _size: QSize, /) -> QPixmap | None:
        hue = int(digest[:4], 16) % 360
        picture = QPixmap(240, 160)
        picture.fill(QColor.fromHsv(hue, 90, 230))
        painter = QPainter(picture)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor.fromHsv((hue + 40) % 360, 120, 140))
        painter.drawPolygon(
            QPolygon([QPoint(0, 160), QPoint(70, 60), QPoint(120, 120), QPoint(240, 160)])
        )
        painter.setBrush(QColor.fromHsv(50, 120, 250))
        painter.drawEllipse(160, 20, 40, 40)
        painter.end()
        return picture


def lines(names: Sequence[str], newest: int = 100) -> tuple[m.FileLine, ...]:
    return tuple(line(newest - place, name, days=place) for place, name in enumerate(names))


def wishes(room: Room) -> list[m.ListFiles]:
    found = [one for one in room.transport.sent if isinstance(one, m.ListFiles)]
    room.transport.sent.clear()
    return found


def tell(room: Room, files: tuple[m.FileLine, ...] = (), *, more: bool = False) -> m.ListFiles:
    """Answer the latest wish; return it."""
    wish = wishes(room)[-1]
    answer = m.Files(query=wish.query, sort=wish.sort, before=wish.before, lines=files, more=more)
    room.session.receive(answer)
    return wish


def choose(menu: QMenu, words: str) -> None:
    next(action for action in menu.actions() if action.text() == words).trigger()
    menu.close()
