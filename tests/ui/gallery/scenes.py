"""Every window, page, panel and menu of Papo, as somebody has it in front of them.

A scene brings the stage's window into a state and returns what to look at. Tests walk through all of
them; `python -m tests.ui.gallery` makes pictures of them.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from PyQt6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PyQt6.QtGui import QColor, QImage, QMouseEvent
from PyQt6.QtWidgets import QApplication, QDialog, QLineEdit, QMenu, QWidget

from app.pictures.formats import Format
from app.pictures.results import Look
from app.protocol.messages import (
    Act,
    Acts,
    Ban,
    Bans,
    Found,
    Joined,
    Live,
    Member,
    Rejected,
    RoleName,
    Roster,
    RulesChanged,
    Said,
    SaidKind,
    Search,
    TypingNow,
)
from app.room.files import kinds
from app.security.invite import Address
from app.session.connection import Connection, Phase, SharedAddress, Sharing, Verified
from app.session.listing import Listing
from app.session.nearby import NearbyOffer, NearbyRoom, NearbyState, Standing
from app.session.room_session import RoomSession
from app.support.settings import RecentRoom, SettingsFile
from app.ui.chat.chat_page import ChatPage
from app.ui.files.wishes import FileWish
from app.ui.main_window import MainWindow
from app.ui.overlay import Overlay
from app.ui.rail.rail import Rail
from app.ui.settings.preferences import Preferences
from app.ui.shortcuts import Command, sequences
from app.ui.start.start_page import StartCard
from app.ui.theme.theme import Theme
from tests.ui.chat.files_panel.shelves import Drawn, answer
from tests.ui.chat.own_files import RecordingFiles
from tests.ui.chat.rooms import NOON, ManualClock, RecordingTransport, device, member
from tests.ui.hands import press, write

INVITE = (
    "papo://192.168.1.20:9090/?k=MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43UOV3HO6DZPIFQ&room=Robotics+Lab"
)
TEXTS = (
    ("Marina", "Good morning! The **second** run starts at ten.", 0),
    ("Marina", "Numbers are in `run-2.csv`, the old ones in ~~run-1~~ the archive.", 20),
    ("Leo", "I bring the sensor.", 90),
    (
        "Priya",
        "@Leo could you look at `drive.py` again?\n> it said 0.21\n\nIt should be *0.23*.",
        400,
    ),
    (
        "Priya",
        "```python\ndef torque(current: float) -> float:\n    return current * 0.23  # N m\n```",
        410,
    ),
    ("Yusuf", "See https://example.org/motors#limits – and take:\n- batteries\n- cables", 900),
    ("صالح", "صباح الخير، بكرة الساعة تسعة في المختبر", 960),
    ("Mai Lin", "🎉🤖", 1000),
    (
        "Leo",
        "Done. I wrote it down so that nobody has to look for it again next week, when the " * 3,
        1100,
    ),
)


def _members(*, host: str = "Marina") -> tuple[Member, ...]:
    nicks = ("Marina", "Leo", "Priya", "Yusuf", "صالح", "Mai Lin", "Zoë Ångström-Castellanos")
    roles: dict[str, RoleName] = {host: "host", "Yusuf": "moderator"}
    return tuple(member(n + 1, nick, roles.get(nick, "member")) for n, nick in enumerate(nicks))


@dataclass
class Stage:
    """A window that two rooms are open in: one joined, one hosted here."""

    app: QApplication
    theme: Theme
    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="papo-gallery-")))

    def __post_init__(self) -> None:
        self.clock = ManualClock()
        self.settings = SettingsFile(self.folder / "settings.json")
        self.settings.values.nickname = "Leo"
        self.settings.values.reduced_motion = True
        self.settings.values.recent = [
            RecentRoom(name="Robotics Lab", at=NOON - 300, target=INVITE),
            RecentRoom(name="Room 204", at=NOON - 90_000, hosted=True),
            RecentRoom(name="Turma 3B", at=NOON - 900_000, target="10.0.0.4"),
        ]
        self.preferences = Preferences(self.theme, self.settings, self.app)
        self.window = MainWindow(self.theme, self.settings, self.clock, self.preferences)
        self.window.resize(1180, 760)
        self.waiting: list[RoomSession] = []
        self.transports: dict[RoomSession, RecordingTransport] = {}
        self.room = self._open("Robotics Lab", "Leo", 2)
        self.hosted = self._open("Room 204", "Marina", 1)
        self.hosted.hosted_here = True
        self.hosted.own_files = RecordingFiles()
        self.hosted.listing = Listing("Room 204", self.hosted)
        self.hosted.listing.set_listed(True)
        self._fill(self.room)
        self.window.show()
        self.window.activateWindow()
        turn()

    def open_for_now(self, name: str) -> RoomSession:
        """Open one more room, until the stage is tidied."""
        session = self._open(name, "Leo", 2)
        self.waiting.append(session)
        return session

    def page(self, session: RoomSession) -> ChatPage:
        """Show a room, and return its page."""
        self.window.show_session(session)
        turn()
        pages = self.window.findChildren(ChatPage)
        return next(page for page in pages if page.session is session)

    def tidy(self) -> None:
        """Close what stands over the pages, and rooms that were only knocked at."""
        while self.waiting:
            self.window.remove_session(self.waiting.pop())
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QDialog | QMenu):
                widget.close()
        self.room.set_connection(Connection(Phase.ONLINE))
        self.hosted.receive(RulesChanged())
        for page in self.window.findChildren(ChatPage):
            page.attaching.put_away()
            page.attaching.veil.hide()
        for overlay in self.window.findChildren(Overlay):
            overlay.close_overlay()
        self.preferences.set_compact(False)
        self.window.rooms.nearby.show(NearbyState.OFF, ())
        for page in self.window.findChildren(ChatPage):
            page.popovers.close()
            page.timeline.view.clearSelection()
            page.side.show_search(False)
            page.side.show_moderation(False)
            page.side.show_files(False)
            page.composing.answering.end()
            page.composer.end_edit()
            if page.composer.written:
                page.composer.edit.clear()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        turn()

    def _open(self, name: str, nick: str, number: int) -> RoomSession:
        session = RoomSession(nick, self.clock, room_name=name, parent=self.window)
        transport = self.transports[session] = RecordingTransport()
        session.attach(transport)
        session.device = device(nick)
        session.address = "192.168.1.20:9090"
        session.verified = Verified.INVITE
        session.set_sharing(
            Sharing(
                addresses=(
                    SharedAddress(text="192.168.1.20:9090", kind="wifi", interface="wlan0"),
                    SharedAddress(text="10.8.0.3:9090", kind="vpn", interface="tun0"),
                ),
                invite=INVITE,
                fingerprint=name.encode().ljust(32, b"."),
            )
        )
        members = _members()
        session.receive(
            Joined(
                member=number,
                room=name,
                topic="Second run, and who brings what",
                role="host" if number == 1 else "member",
                history="all",
                last_seq=0,
                members=len(members),
            )
        )
        session.receive(Roster(members=members))
        self.window.add_session(session)
        return session

    def _fill(self, session: RoomSession) -> None:
        nicks = {one.nick: one.number for one in _members()}
        said = tuple(
            Said(
                seq=seq,
                author=nicks[nick],
                nick=nick,
                device=device(nick),
                at=(NOON + after) * 1000,
                cid=seq.to_bytes(16, "big"),
                text=text,
            )
            for seq, (nick, text, after) in enumerate(TEXTS, 1)
        )
        session.receive(Live(said=said))
        session.receive(Live(said=tuple(self._remarks(nicks, len(said)))))
        session.send("This one waits for the host.")
        session.send("This one was refused.")
        refused = session.timeline.pending[-1].cid
        session.receive(Rejected(code="text-too-long", cid=refused))

    def _remarks(self, nicks: dict[str, int], last: int) -> Iterator[Said]:
        """An answer, an edit, and some reactions."""
        lines: tuple[tuple[str, SaidKind, int, str], ...] = (
            ("Marina", "text", 4, "Thanks, I had the old number in mind."),
            ("Marina", "edit", 1, "Good morning! The **second** run starts at *eleven*."),
            ("Leo", "react", 1, "👍"),
            ("Priya", "react", 1, "👍"),
            ("Yusuf", "react", 1, "🎉"),
            ("Mai Lin", "react", 4, "❤️"),
        )
        for seq, (nick, kind, about, text) in enumerate(lines, last + 1):
            yield Said(
                seq=seq,
                author=nicks[nick],
                nick=nick,
                device=device(nick),
                at=(NOON + 1200 + seq) * 1000,
                cid=seq.to_bytes(16, "big"),
                text=text,
                kind=kind,
                about=about,
            )


Scene = Callable[[Stage], QWidget]


def turn() -> None:
    """Let what is on its way happen."""
    for _ in range(8):
        QApplication.processEvents()


# --- before a room --------------------------------------------------------------------------------


def start(stage: Stage) -> QWidget:
    stage.window.show_start()
    return stage.window


def start_with_a_problem(stage: Stage) -> QWidget:
    stage.window.show_start()
    page = stage.window.start_page
    page.host_card.disclosure.setChecked(True)
    page.show_problem(StartCard.HOST, "Port 9090 is taken. Papo could use 9091 instead.")
    return stage.window


def start_with_rooms_nearby(stage: Stage) -> QWidget:
    rooms = [
        ("Robotics Lab", "Marina", "lab-desk", 12, True, Standing.KNOWN),
        ("Print corner", "Ines", "thinkpad-x1", 5, False, Standing.NEW),
        ("Sala 204 · استوديو", "Ms. Okafor", "room204-pc", 31, True, Standing.NEW),
        ("Design jam with a name that is longer than most", "Aiko", "", 1, True, Standing.CHANGED),
    ]
    offers = [
        NearbyOffer(
            NearbyRoom(
                name, name, host, computer, members, locked, b"", (Address("10.0.0.4", 9090),)
            ),
            standing,
        )
        for name, host, computer, members, locked, standing in rooms
    ]
    stage.window.rooms.nearby.show(NearbyState.LOOKING, offers)
    stage.window.show_start()
    return stage.window


def start_without_rooms_nearby(stage: Stage) -> QWidget:
    stage.window.rooms.nearby.show(NearbyState.BLOCKED, ())
    stage.window.show_start()
    return stage.window


def settings(stage: Stage) -> QWidget:
    stage.window.show_settings()
    return stage.window


def _before(stage: Stage, connection: Connection) -> QWidget:
    session = RoomSession("Leo", stage.clock, room_name="Chess club", parent=stage.window)
    session.attach(RecordingTransport())
    session.address = "192.168.1.31:9090"
    stage.window.add_session(session)
    stage.window.show_session(session)
    session.set_connection(connection)
    turn()
    stage.waiting.append(session)
    return stage.window


def connecting(stage: Stage) -> QWidget:
    return _before(stage, Connection(Phase.CONNECTING))


def first_contact(stage: Stage) -> QWidget:
    return _before(stage, Connection(Phase.ASKING, fingerprint=bytes(range(32))))


def another_host(stage: Stage) -> QWidget:
    other = bytes(range(32))
    return _before(stage, Connection(Phase.CHANGED, fingerprint=other, expected=other[::-1]))


# --- in a room ------------------------------------------------------------------------------------


def room(stage: Stage) -> QWidget:
    stage.page(stage.room)
    stage.room.receive(TypingNow(members=(3, 4)))
    return stage.window


def room_at_the_top(stage: Stage) -> QWidget:
    stage.page(stage.room).timeline.view.show_row(0)
    return stage.window


def hosted_room(stage: Stage) -> QWidget:
    stage.page(stage.hosted)
    return stage.window


def search(stage: Stage) -> QWidget:
    page = stage.page(stage.room)
    page.side.show_search(True)
    page.search.field.edit.setText("run")
    page.search.field.edited.emit("run")
    page.search.field.entered.emit()
    asked = [one for one in stage.transports[stage.room].sent if isinstance(one, Search)]
    if asked:
        entry = Said(
            seq=1, author=1, nick="Marina", device=device("Marina"), at=NOON * 1000,
            cid=bytes(16), text=TEXTS[0][1],
        )  # fmt: skip
        stage.room.receive(Found(query=asked[-1].query, said=(entry,)))
    return stage.window


def files(stage: Stage) -> QWidget:
    page = stage.page(stage.room)
    page.files.field.clear()
    page.files.tabs["all"].click()
    page.files.use_thumbnails(Drawn(page.files))
    page.side.show_files(True)
    answer(stage.room, stage.transports[stage.room].sent)
    return stage.window


def pictures(stage: Stage) -> QWidget:
    files(stage)
    page = stage.page(stage.room)
    page.files.tabs["pictures"].click()
    answer(stage.room, stage.transports[stage.room].sent)
    page.files.view.enter()
    return stage.window


def files_known_here(stage: Stage) -> QWidget:
    files(stage)
    stage.room.set_connection(Connection(Phase.WAITING, problem="lost", retry_at=0.0))
    page = stage.page(stage.room)
    page.files.tabs["files"].click()
    stage.clock.advance(0)
    return stage.window


def no_files(stage: Stage) -> QWidget:
    files(stage)
    page = stage.page(stage.room)
    page.files.field.edit.setText("quarterly")
    page.files.field.entered.emit()
    answer(stage.room, stage.transports[stage.room].sent, names=())
    return stage.window


def file_menu(stage: Stage) -> QWidget:
    files(stage)
    page = stage.page(stage.room)
    page.files.offered = lambda _ref: tuple(FileWish)
    page.files.view.menu_requested.emit(1, stage.window.mapToGlobal(QPoint(700, 300)))
    turn()
    return next(menu for menu in page.findChildren(QMenu) if menu.isVisible())


def moderation(stage: Stage) -> QWidget:
    page = stage.page(stage.hosted)
    page.side.show_moderation(True)
    at = NOON * 1000
    stage.hosted.receive(
        Bans(bans=(Ban(number=1, nick="Mallory", device=device("Mallory"), at=at, by="Marina"),))
    )
    act = Act(number=1, at=at, by="Marina", deed="banned", nick="Mallory")
    stage.hosted.receive(Acts(acts=(act,), more=False))
    return stage.window


def emoji(stage: Stage) -> QWidget:
    page = stage.page(stage.room)
    page.composer.edit.setFocus()
    press(page.composer.edit, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    return stage.window


def completion(stage: Stage) -> QWidget:
    page = stage.page(stage.room)
    page.composer.edit.setFocus()
    page.composer.edit.insertPlainText("@")
    return stage.window


def answering(stage: Stage) -> QWidget:
    page = stage.page(stage.room)
    page.timeline.view.deeds.reply_requested.emit(4)
    return stage.window


def editing(stage: Stage) -> QWidget:
    page = stage.page(stage.room)
    page.timeline.view.deeds.edit_requested.emit(3)
    return stage.window


def editing_nothing(stage: Stage) -> QWidget:
    editing(stage)
    stage.page(stage.room).composer.edit.clear()
    return stage.window


def member_card(stage: Stage) -> QWidget:
    page = stage.page(stage.room)
    page.members.open_card(3, page.header.more)
    return stage.window


def member_menu(stage: Stage) -> QWidget:
    page = stage.page(stage.hosted)
    menu = page.members.menu_for(3)
    assert menu is not None
    menu.popup(stage.window.mapToGlobal(QPoint(800, 200)))
    return menu


def message_menu(stage: Stage) -> QWidget:
    page = stage.page(stage.room)
    page.timeline.view.setFocus()
    page.timeline.view.show_message(1)
    page.timeline.view.selectAll()
    menu = page.timeline.view.deeds.menu(None)
    menu.popup(stage.window.mapToGlobal(QPoint(400, 200)))
    return menu


def _panel(name: str, *, hosting: bool) -> Scene:
    def show(stage: Stage) -> QWidget:
        page = stage.page(stage.hosted if hosting else stage.room)
        getattr(page.header, name).emit()
        return stage.window

    return show


def share(stage: Stage) -> QWidget:
    page = stage.page(stage.hosted)
    page.header.invite_requested.emit()
    turn()
    return next(d for d in page.findChildren(QDialog) if d.isVisible())


def share_with_browsers(stage: Stage) -> QWidget:
    stage.hosted.receive(RulesChanged(browser_guests=True))
    return share(stage)


def _chosen(stage: Stage) -> ChatPage:
    """Put a picture, a document, a folder, and something that is gone on the sheet."""
    folder = stage.folder / "chosen"
    (folder / "Photos").mkdir(parents=True, exist_ok=True)
    for number in range(23):
        (folder / "Photos" / f"{number}.txt").write_bytes(b"x" * 100_000)
    (folder / "arena.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(4_200_000))
    name = "Minutes of the meeting at which everybody agreed on nothing but the next meeting.pdf"
    (folder / name).write_bytes(b"%PDF-1.7" + bytes(54_000))
    page = stage.page(stage.room)
    # What is known of the picture, the scene says.
    page.attaching._pictures = None
    page.attaching.add([*sorted(folder.iterdir()), folder / "gone.zip"])
    turn()
    return page


def attaching(stage: Stage) -> QWidget:
    _chosen(stage)
    return stage.window


def attaching_large_pictures(stage: Stage) -> QWidget:
    page = _chosen(stage)
    parcel = page.attaching.parcel
    assert parcel is not None
    seen = Look(Format.JPEG, 4000, 3000, animated=False, has_location=True)
    for item in parcel.items:
        if item.kind is kinds.Icon.PICTURE:
            image = QImage(160, 120, QImage.Format.Format_RGB32)
            image.fill(QColor("steelblue"))
            parcel._on_looked(item.number, seen)
            parcel._on_decoded(item.number, image)
    turn()
    return stage.window


def attaching_much(stage: Stage) -> QWidget:
    page = stage.page(stage.room)
    folder = stage.folder / "many"
    folder.mkdir(exist_ok=True)
    for number in range(14):
        (folder / f"{number + 1}.txt").write_text("text")
    page.attaching.add(sorted(folder.iterdir()))
    assert page.attaching.sheet is not None
    page.attaching.sheet.caption.set_text("All that was said.\n" * 105)
    return stage.window


def attaching_asked(stage: Stage) -> QWidget:
    page = _chosen(stage)
    sheet = page.attaching.sheet
    assert sheet is not None
    sheet.caption.set_text("Look at these.")
    sheet.close_overlay()
    return stage.window


def dropping(stage: Stage) -> QWidget:
    page = stage.page(stage.room)
    veil = page.attaching.veil
    veil.entered.emit()
    veil.setGeometry(page.rect())
    veil.raise_()
    veil.show()
    return stage.window


def attach_menu(stage: Stage) -> QWidget:
    page = stage.page(stage.room)
    page.composer.attach.click()
    return page.composer.attach.menu_shown


def a_text_too_long(stage: Stage) -> QWidget:
    stage.page(stage.room).composer.edit.setPlainText("All that was said. " * 400)
    return stage.window


def reconnecting(stage: Stage) -> QWidget:
    stage.page(stage.room)
    later = stage.clock.monotonic() + 8
    stage.room.set_connection(Connection(Phase.WAITING, problem="lost", retry_at=later))
    return stage.window


def trigger(window: QWidget, command: Command) -> None:
    """Do what the keys of a command do, wherever they are taken."""
    keys = sequences(command)
    actions = [a for one in (window, *window.findChildren(QWidget)) for a in one.actions()]
    next(action for action in actions if action.shortcuts() == keys).trigger()
    turn()


def drag(widget: QWidget, start: QPoint, end: QPoint) -> None:
    """Press the left button at one place, and let it go at another."""
    left, nothing = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    kinds = QEvent.Type
    for kind, at, button, held in (
        (kinds.MouseButtonPress, start, left, left),
        (kinds.MouseMove, (start + end) / 2, nothing, left),
        (kinds.MouseMove, end, nothing, left),
        (kinds.MouseButtonRelease, end, left, nothing),
    ):
        place = QPointF(at)
        event = QMouseEvent(
            kind,
            place,
            QPointF(widget.mapToGlobal(at)),
            button,
            held,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(widget, event)


def compact(stage: Stage) -> QWidget:
    stage.preferences.set_compact(True)
    return room_at_the_top(stage)


def undo(stage: Stage) -> QWidget:
    page = stage.page(stage.room)
    page.timeline.view.scroll_to_end()
    stage.room.taking_back.hold(9)
    turn()
    return stage.window


def selected_text(stage: Stage) -> QWidget:
    panel = stage.page(stage.room).timeline
    panel.view.show_row(panel.model.row_of(2))
    turn()
    port = panel.view.viewport()
    assert port is not None
    # Two rows whose text begins at their upper edge.
    first, last = (
        panel.view.visualRect(panel.model.index(panel.model.row_of(seq), 0)) for seq in (2, 5)
    )
    text = panel.view.columns.text
    drag(port, first.topLeft() + QPoint(text + 60, 12), last.topLeft() + QPoint(text + 90, 20))
    return stage.window


def switcher(stage: Stage) -> QWidget:
    stage.page(stage.room)
    trigger(stage.window, Command.SWITCH)
    turn()
    (panel,) = (one for one in stage.window.findChildren(Overlay) if one.isVisible())
    write(panel.findChildren(QLineEdit)[0], "r")
    return stage.window


def shortcut_sheet(stage: Stage) -> QWidget:
    stage.page(stage.room)
    trigger(stage.window, Command.SHORTCUTS)
    return stage.window


def export(stage: Stage) -> QWidget:
    page = stage.page(stage.room)
    trigger(page, Command.EXPORT)
    return stage.window


def header_menu(stage: Stage) -> QWidget:
    page = stage.page(stage.hosted)
    page.header.more.click()
    turn()
    return next(menu for menu in page.findChildren(QMenu) if menu.isVisible())


def room_menu(stage: Stage) -> QWidget:
    rail = stage.window.findChild(Rail)
    assert rail is not None
    menu = rail.menu.menu_for(stage.room)
    menu.popup(stage.window.mapToGlobal(QPoint(100, 200)))
    return menu


SCENES: dict[str, Scene] = {
    "start": start,
    "start-problem": start_with_a_problem,
    "start-nearby": start_with_rooms_nearby,
    "start-nearby-blocked": start_without_rooms_nearby,
    "settings": settings,
    "connecting": connecting,
    "first-contact": first_contact,
    "another-host": another_host,
    "room": room,
    "room-top": room_at_the_top,
    "hosted": hosted_room,
    "search": search,
    "moderation": moderation,
    "files": files,
    "files-pictures": pictures,
    "files-here": files_known_here,
    "files-none": no_files,
    "files-menu": file_menu,
    "emoji": emoji,
    "completion": completion,
    "answering": answering,
    "editing": editing,
    "editing-nothing": editing_nothing,
    "attaching": attaching,
    "attaching-pictures": attaching_large_pictures,
    "attaching-much": attaching_much,
    "attaching-asked": attaching_asked,
    "attach-menu": attach_menu,
    "dropping": dropping,
    "too-long": a_text_too_long,
    "member-card": member_card,
    "member-menu": member_menu,
    "message-menu": message_menu,
    "words": _panel("words_requested", hosting=False),
    "topic": _panel("topic_requested", hosting=True),
    "history": _panel("history_requested", hosting=True),
    "guests": _panel("guests_requested", hosting=True),
    "password": _panel("password_requested", hosting=True),
    "file-limits": _panel("file_limits_requested", hosting=True),
    "rename": _panel("rename_requested", hosting=False),
    "leave": _panel("leave_requested", hosting=True),
    "share": share,
    "share-browsers": share_with_browsers,
    "reconnecting": reconnecting,
    "compact": compact,
    "selected-text": selected_text,
    "switcher": switcher,
    "shortcuts": shortcut_sheet,
    "export": export,
    "header-menu": header_menu,
    "room-menu": room_menu,
    "undo": undo,
}
