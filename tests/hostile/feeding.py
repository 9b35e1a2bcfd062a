"""Brings one hostile string everywhere that a peer's words come to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import urlencode

import msgspec
from PyQt6.QtWidgets import QDialog

from app.protocol import messages as m
from app.protocol.attachments import Attached, FileRef, pack
from app.protocol.codec import decode_from_host, encode
from app.protocol.errors import MalformedMessage
from app.protocol.names import NameRefused, clean_nickname
from app.session.connection import Connection, Phase, SharedAddress, Sharing, Verified
from app.session.room_session import RoomSession
from app.support.settings import RecentRoom
from app.ui.chat.chat_page import ChatPage
from app.ui.chat.names import isolated
from app.ui.main_window import MainWindow
from app.ui.sentences import sentence
from app.ui.start.start_page import StartCard
from app.ui.theme.theme import Theme
from tests.helpers.clock import ManualClock
from tests.helpers.transport import ME, MY_NUMBER, TOM, TOMS_NUMBER, RecordingTransport

_FINGERPRINT = bytes(range(32))
_LINK = "papo://10.0.0.1:9090/?fp=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8&"
_PHASES = (Phase.ASKING, Phase.CHANGED, Phase.NICKNAME, Phase.WAITING, Phase.STOPPED)


class Feeding:
    """One window with two rooms: one that we are in, and one that we are on the way to.

    Notifications are to be fed here as soon as Papo has them.
    """

    def __init__(self, window: MainWindow, theme: Theme, clock: ManualClock) -> None:
        self._window = window
        self._clock = clock
        self._theme = theme
        self._inside, self._wishes = self._session("ana")
        self._outside, _ = self._session("ana")
        self._seq = 0
        for session in (self._inside, self._outside):
            window.add_session(session)

    def _session(self, nickname: str) -> tuple[RoomSession, RecordingTransport]:
        session = RoomSession(nickname, self._clock, parent=self._window)
        session.device = ME
        transport = RecordingTransport()
        session.attach(transport)
        return session, transport

    def feed(self, text: str, *, closely: bool) -> Iterator[None]:
        """Show `text` in one place after the other; each yield is a moment to look."""
        self._window.show_session(self._inside)
        self._in_a_room(text)
        yield
        if closely:
            self._list_files(text, text[:512])
            yield
            yield from self._over_the_room(text)
            yield from self._before_a_room(text)
        yield from self._on_the_start_page(text)

    # --- in a room ------------------------------------------------------------------------------

    def _hear(self, message: m.AnyMessage, session: RoomSession | None = None) -> None:
        """Let a hostile host say it: as far as MessagePack can carry it, and the codec takes it."""
        with suppress(UnicodeEncodeError, MalformedMessage):
            (session or self._inside).receive(decode_from_host(encode(message)))

    def _in_a_room(self, text: str) -> None:
        nick, line = text[:512], text[:4000]
        tom = m.Member(number=TOMS_NUMBER, nick=nick, device=TOM, role="host")
        me = m.Member(number=MY_NUMBER, nick="ana", device=ME)
        self._hear(self._joined(text))
        self._hear(m.Roster(members=(tom, me)))
        self._hear(m.Located(addresses={TOMS_NUMBER: nick}))
        self._hear(m.TopicChanged(topic=line, by=nick))
        other = m.Member(number=7, nick=nick, device=bytes(32), role="moderator")
        came = m.Came(member=other, at=0)
        self._hear(m.Presence(changes=(came,)))
        self._hear(m.TypingNow(members=(TOMS_NUMBER, 7)))
        self._hear(m.Live(said=(self._said(line, nick), self._said(f"see {line} there", nick))))
        self._attach(line, nick)
        self._remark(line, nick)
        self._hear(m.Presence(changes=(m.Went(number=7, nick=nick, at=0),)))
        self._hear(m.Rejected(code=text[:64]))
        self._refuse_own(text[:64])
        self._search(text, nick)
        page = self._page()
        page.composer.edit.setPlainText(text)

    def _joined(self, text: str) -> m.Joined:
        return m.Joined(
            member=MY_NUMBER,
            room=text[:64],
            topic=text[:4000],
            role="member",
            history="all",
            last_seq=self._seq,
            members=2,
        )

    def _said(self, text: str, nick: str) -> m.Said:
        self._seq += 1
        return m.Said(
            seq=self._seq,
            author=TOMS_NUMBER,
            nick=nick,
            device=TOM,
            at=self._seq * 1000,
            cid=self._seq.to_bytes(16, "big"),
            text=text,
        )

    def _attach(self, line: str, nick: str) -> None:
        """Send files and pictures that are called so, as far as JSON can carry it."""
        line = line.encode("utf-8", "replace").decode()
        names = [line[:200], f"{line[:60]}.png", f"{line[:60]}.pdf"]
        kinds = ("application/octet-stream", "image/png", "application/pdf")
        files = tuple(
            FileRef(hash=f"{number:064x}", name=name, size=9, media=media, width=64, height=48)
            for number, (name, media) in enumerate(zip(names, kinds, strict=True))
        )
        for sent in (files, files[1:2]):
            said = self._said(pack(Attached(files=sent, caption=line[:1000])), nick)
            self._hear(m.Live(said=(msgspec.structs.replace(said, kind="files"),)))

    def _remark(self, line: str, nick: str) -> None:
        """Answer what was said, give it another text, and put emoji and what is none to it."""
        about = self._seq
        answer = msgspec.structs.replace(self._said(line, nick), about=about)
        lines = [answer]
        for kind, text in (("edit", line), ("react", "👍"), ("react", line), ("react", "🎉")):
            one = msgspec.structs.replace(self._said(text, nick), kind=kind, about=answer.seq)
            lines.append(one)
        for one in lines:
            self._hear(m.Live(said=(one,)))

    def _refuse_own(self, code: str) -> None:
        self._inside.send("mine")
        for said in self._wishes.take(m.Say):
            self._hear(m.Rejected(code=code, cid=said.cid))
            self._inside.discard(said.cid)

    def _search(self, text: str, nick: str) -> None:
        page = self._page()
        page.side.show_search(True)
        field = page.search.field
        field.edit.setText(text)
        field.edited.emit(field.edit.text())
        field.entered.emit()
        for asked in self._wishes.take(m.Search):
            found = (self._said(text[:4000], nick),) if self._seq % 2 else ()
            self._seq -= len(found)
            self._hear(m.Found(query=asked.query, said=found))

    def _list_files(self, text: str, nick: str) -> None:
        page = self._page()
        page.side.show_files(True)
        page.files.field.edit.setText(text)
        page.files.field.entered.emit()
        names = (text[:4000], f"{text[:200]}.png", f"{text[:200]}.exe")
        refs = tuple(
            m.FileRef(hash=f"{number:064x}", name=name, size=2**53 - 1, media="image/png")
            for number, name in enumerate(names)
        )
        line = m.FileLine(seq=1, at=2**63 - 1, nick=nick, device=TOM, files=refs)
        for asked in self._wishes.take(m.ListFiles):
            self._hear(m.Files(query=asked.query, sort=asked.sort, lines=(line,)))

    def _page(self) -> ChatPage:
        page = self._window._pages[self._inside]
        assert isinstance(page, ChatPage)
        return page

    def _over_the_room(self, text: str) -> Iterator[None]:
        self._inside.set_sharing(
            Sharing(
                addresses=(SharedAddress(text="10.0.0.1:9090", kind="wifi", interface=text[:64]),),
                invite=_LINK + urlencode({"room": text[:64].encode("utf-8", "replace")}),
                fingerprint=_FINGERPRINT,
            )
        )
        page = self._page()
        header = page.header
        asked = (
            header.invite_requested,
            header.words_requested,
            header.topic_requested,
            header.history_requested,
        )
        for wish in asked:
            wish.emit()
            yield
            page.popovers.close()
            for dialog in page.findChildren(QDialog):
                dialog.reject()
        for problem in (text[:64], "lost", "wrong-host", "not-saved", "nickname-taken"):
            self._inside.set_connection(Connection(Phase.WAITING, problem=problem, retry_at=1e9))
            self._inside.set_connection(Connection(Phase.STOPPED, problem=problem))
        yield

    # --- before a room, and before all rooms ----------------------------------------------------

    def _before_a_room(self, text: str) -> Iterator[None]:
        session = self._outside
        self._window.show_session(session)
        session.address = text
        session.nickname = text
        session.verified = Verified.INVITE
        for number, phase in enumerate(_PHASES):
            session.set_connection(Connection(Phase.CONNECTING))
            session.set_connection(
                Connection(
                    phase,
                    problem="refused" if number % 2 else text[:64],
                    retry_at=1e9,
                    fingerprint=_FINGERPRINT,
                    expected=_FINGERPRINT[::-1],
                )
            )
            yield

    def _on_the_start_page(self, text: str) -> Iterator[None]:
        window = self._window
        start = window.start_page
        window.show_start()
        room = text[:64].encode("utf-8", "replace").decode()
        start.join_card.set_target(text)
        start.recent.show_rooms(
            (
                RecentRoom(name=room, at=0.0, target=text),
                RecentRoom(name=room, at=0.0, target=_LINK + urlencode({"room": room})),
                RecentRoom(name=room, at=0.0, hosted=True),
            ),
            self._clock.now(),
        )
        yield
        start.join_card.set_target(_LINK + urlencode({"room": room}))
        nick = text
        with suppress(NameRefused):
            nick = clean_nickname(text)
        about = {"address": isolated(text), "host": isolated(nick), "nick": isolated(nick)}
        for code in (text, "refused", "nickname-taken", "not-saved", "no-such-host", "wrong-host"):
            start.show_problem(StartCard.JOIN, sentence(code, **about))
        yield
