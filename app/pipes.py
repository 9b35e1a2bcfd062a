"""What a Papo without a window reads and writes: JSON on stdout, lines on stdin."""

from __future__ import annotations

import codecs
import os
import sys
from typing import Literal

import msgspec
from PyQt6 import sip
from PyQt6.QtCore import QObject, QSocketNotifier, QTimer, pyqtSignal, pyqtSlot

from app.protocol.errors import Refusal
from app.protocol.messages import Came, Renamed, RulesChanged, Said, Seq, Went
from app.session.entries import entry_of
from app.session.moderating import RULES
from app.session.room_session import RoomSession
from app.session.timeline import MessageEntry

_encoder = msgspec.json.Encoder()


class _FileOfSaid(msgspec.Struct, omit_defaults=True):
    """A file of a message, by the names that `papo send` and `papo fetch` say, too."""

    name: str
    size: int
    media: str
    sha256: str
    width: int = 0
    height: int = 0


class _SaidEvent(
    msgspec.Struct, tag_field="event", tag="said", rename={"nick": "from"}, omit_defaults=True
):
    """One message, in the words that scripts depend on; a busy room writes hundreds a second."""

    seq: int
    nick: str
    text: str
    cid: str
    member: int
    at: int
    reply_to: int = 0
    edited: bool = False
    files: tuple[_FileOfSaid, ...] = ()


class Wish(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """A line of stdin where it is JSON: one of `say`, `edit`, `react`, `token`, and what belongs to it.

    `{"say": TEXT, "reply_to": SEQ}`, `{"edit": SEQ, "text": TEXT}`,
    `{"react": SEQ, "emoji": EMOJI, "on": BOOL}`, `{"token": true}`; `reply_to` and `on` may be left
    out. A token is for sending and fetching files by another program.
    """

    say: str | None = None
    edit: Seq | None = None
    react: Seq | None = None
    token: Literal[True] | None = None
    text: str = ""
    reply_to: Seq = 0
    emoji: str = ""
    on: bool = True

    @classmethod
    def read(cls, line: str) -> Wish | None:
        """Return the wish of a line, or None where it is none."""
        try:
            wish = _wishes.decode(line.encode("utf-8", "replace"))
        except (msgspec.MsgspecError, ValueError, RecursionError):
            return None
        kinds = [wish.say, wish.edit, wish.react, wish.token]
        return wish if kinds.count(None) == len(kinds) - 1 else None

    def carry_out(self, session: RoomSession) -> Refusal | None:
        """Let a session do it; return why it does not."""
        if self.token is not None:
            session.transfers.ask_token()
            return None
        if self.edit is not None:
            return session.edit(self.edit, self.text)
        if self.react is not None:
            return session.react(self.react, self.emoji, self.on)
        return session.send(self.say or "", reply_to=self.reply_to)


_wishes = msgspec.json.Decoder(Wish)


class Events(QObject):
    """Writes one JSON object a line on stdout, all of an event-loop turn in one write.

    Signals:
        broken(): nobody reads stdout any more.
    """

    broken = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session: RoomSession | None = None
        self._lines: list[bytes] = []
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.timeout.connect(self.flush)

    def write(self, event: str, **values: object) -> None:
        """Write an event; bytes are shown as hex."""
        shown = {k: v.hex() if isinstance(v, bytes) else v for k, v in values.items()}
        self._write({"event": event, **shown})

    def _write(self, event: object) -> None:
        self._lines.append(_encoder.encode(event))
        if not self._turn.isActive():
            self._turn.start(0)

    @pyqtSlot()
    def flush(self) -> None:
        """Write what was not written yet."""
        lines, self._lines = self._lines, []
        if not lines:
            return
        try:
            sys.stdout.buffer.write(b"\n".join([*lines, b""]))
            sys.stdout.buffer.flush()
        except OSError:
            self.broken.emit()

    def write_said(self, said: Said) -> None:
        """Write a message of the room, or what was done to one; nothing where it is gone since."""
        if said.kind in {"text", "edited"}:
            who = (said.nick, said.text, said.cid.hex(), said.author, said.at)
            self._write(_SaidEvent(said.seq, *who, said.about, said.kind == "edited"))
            return
        if said.kind == "files":
            entry = entry_of(said, said.author)
            who = (said.nick, entry.text, said.cid.hex(), said.author, said.at)
            files = tuple(
                _FileOfSaid(one.name, one.size, one.media, one.hash, one.width, one.height)
                for one in entry.files
            )
            self._write(_SaidEvent(said.seq, *who, said.about, files=files))
            return
        about = {"seq": said.seq, "about": said.about, "by": said.nick, "at": said.at}
        if said.kind == "delete":
            self.write("deleted", **about)
        elif said.kind == "edit":
            self.write("edited", **about, text=said.text, cid=said.cid)
        elif said.kind in {"react", "unreact"}:
            self.write("reacted", **about, emoji=said.text, on=said.kind == "react", cid=said.cid)

    def follow(self, session: RoomSession) -> None:
        """Write the private messages of a session, too."""
        self._session = session
        session.whispers.confirmed.connect(self._on_whispered)

    @pyqtSlot(tuple)
    def _on_whispered(self, entries: tuple[MessageEntry, ...]) -> None:
        assert self._session is not None
        for entry in entries:
            to = entry.private_nick if entry.mine else self._session.nickname
            values = {"number": entry.number, "from": entry.nick, "to": to, "text": entry.text}
            self.write("whispered", **values, cid=entry.cid, opened=not entry.unopened)

    def write_rules(self, rules: RulesChanged) -> None:
        """Write who may come and write now."""
        self.write("rules", **{rule: getattr(rules, rule) for rule in RULES}, by=rules.by)

    def write_change(self, change: Came | Went | Renamed, **more: object) -> None:
        """Write that somebody came, went, or is called otherwise."""
        if isinstance(change, Came):
            who = change.member
            if who.guest:
                more["guest"] = who.guest
            self.write("member_joined", member=who.number, nick=who.nick, at=change.at, **more)
        elif isinstance(change, Renamed):
            names = {"before": change.before, "nick": change.nick}
            self.write("member_renamed", member=change.number, **names, at=change.at)
        else:
            number, nick = change.number, change.nick
            self.write("member_left", member=number, nick=nick, reason=change.reason, at=change.at)


class Lines(QObject):
    """The lines of stdin, as they come, without a thread and without waiting.

    Signals:
        line(str): one line without its end; broken UTF-8 is made harmless.
        ended(): there will be no more.
    """

    line = pyqtSignal(str)
    ended = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._rest = ""
        self._done = False
        self._paused = False
        self._notifier: QSocketNotifier | None = None
        self._poll: QTimer | None = None
        if sys.platform == "win32":
            # Windows can neither watch nor poll a pipe through Qt; Python can read it unblocked.
            os.set_blocking(0, False)
            self._poll = QTimer(self)
            self._poll.timeout.connect(self._on_readable)
            self._poll.start(50)
        else:
            self._notifier = QSocketNotifier(sip.voidptr(0), QSocketNotifier.Type.Read, self)
            self._notifier.activated.connect(self._on_readable)

    def pause(self, paused: bool) -> None:
        """Stop reading, or go on."""
        if self._done or paused == self._paused:
            return
        self._paused = paused
        if self._notifier is not None:
            self._notifier.setEnabled(not paused)

    @pyqtSlot()
    def _on_readable(self) -> None:
        if self._paused or self._done:
            return
        try:
            data = os.read(0, 64 * 1024)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        *lines, self._rest = (self._rest + self._decoder.decode(data, final=not data)).split("\n")
        for line in lines:
            self.line.emit(line.removesuffix("\r"))
        if not data:
            self._finish()

    def _finish(self) -> None:
        self._done = True
        if self._notifier is not None:
            self._notifier.setEnabled(False)
        if self._poll is not None:
            self._poll.stop()
        if self._rest:
            self.line.emit(self._rest)
        self.ended.emit()
