"""What can be done by a line that begins with a slash, and who may do it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar, NamedTuple

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtGui import QTextCursor

from app.protocol import limits
from app.protocol.errors import Refusal
from app.protocol.messages import Member
from app.protocol.names import NameRefused, clean_line, nickname_key
from app.session.room_session import RoomSession
from app.ui.chat.composer.composer import Composer
from app.ui.chat.composer.slash import slash_of
from app.ui.chat.names import isolated, one_line
from app.ui.chat.people.member_deeds import Deed, deeds_for, is_moderating, may_write_privately
from app.ui.chat.people.member_popovers import MemberPopovers
from app.ui.sentences import sentence
from app.ui.start.checks import nickname_problem
from app.ui.texts import tr

_NAMES = (
    "nick",
    "msg",
    "away",
    "back",
    "topic",
    "mute",
    "unmute",
    "kick",
    "ban",
    "export",
    "help",
)
_PUBLIC = frozenset({"nick", "topic"})
"""These tell everyone what was typed."""

_ANYWHERE = frozenset({"msg", "away", "back", "export", "help"})
"""These need no connection, and no role."""

_DEEDS = {
    "msg": Deed.WRITE,
    "mute": Deed.MUTE,
    "unmute": Deed.UNMUTE,
    "kick": Deed.REMOVE,
    "ban": Deed.BAN,
}
"""What is done with somebody, whose nickname follows."""

_SETTLED = {"mute": Deed.UNMUTE, "unmute": Deed.MUTE}
"""Where this can be done with somebody instead, the command asks for what is so already."""


class Command(NamedTuple):
    """A command to offer: `usage` is how it is written, slash included."""

    name: str
    usage: str
    hint: str
    takes_more: bool


class Commands(QObject):
    """Does what is typed as a command in a `Composer`: never sent, neither to all nor to one alone.

    Signals:
        away_requested(bool): the person is away from now on, or back.
        export_requested(): the person wants the room as a file.
    """

    away_requested = pyqtSignal(bool)
    export_requested = pyqtSignal()

    def __init__(
        self, session: RoomSession, composer: Composer, members: MemberPopovers, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._composer = composer
        self._members = members
        self.asked_nick = ""
        """The nickname that was asked for last, for the sentence that it was refused."""

    # --- what there is --------------------------------------------------------------------------

    def offered(self) -> list[Command]:
        """Return what one may do here and now."""
        names = (n for n in _NAMES if not self._barrier(n) and not self._is_so(n))
        return [_command(name) for name in names]

    def takes_nick(self, name: str) -> bool:
        """Tell whether a nickname follows."""
        return name in _DEEDS

    def fits(self, name: str, member: Member) -> bool:
        """Tell whether a command can be done with that member now."""
        return _DEEDS[name] in deeds_for(self._session, member)

    def run(self, text: str) -> bool:
        """Do what `text` says where it is a command; return whether it is one, known or not.

        What is wrong is said at the composer, and then the text stays there.
        """
        slash = slash_of(text)
        if slash is None:
            return False
        if slash.name not in _NAMES:
            problem = tr(
                "There is no command “/{command}”. To send a line that begins with /, type //.",
                command=isolated(slash.name),
            )
        else:
            problem = self._barrier(slash.name) or self._do(slash.name, slash.rest)
        if problem:
            self._composer.refuse(problem)
        return True

    # --- parts ----------------------------------------------------------------------------------

    def _barrier(self, name: str) -> str:
        """Return why one may not do this now, as a sentence; empty where one may."""
        if self._composer.private and name in _PUBLIC:
            return tr(
                "Everyone would see that. Press Esc to write to everyone again, then type it there."
            )
        if name in _ANYWHERE:
            return ""
        if not self._session.is_online:
            return tr("There is no connection now. Try again when you are back in the room.")
        if name != "nick" and not is_moderating(self._session):
            return sentence(Refusal.NOT_PERMITTED)
        return ""

    def _is_so(self, name: str) -> bool:
        """Tell whether there is nothing for the command to change."""
        if name in {"away", "back"}:
            return self._session.away == (name == "away")
        return name == "unmute" and not any(member.muted for member in self._session.roster)

    def _do(self, name: str, rest: str) -> str:
        """Do it, or return what is wrong with it as a sentence."""
        command = _command(name)
        if command.takes_more and not rest:
            return tr("Something is missing. Write it like this: {usage}", usage=command.usage)
        if name in _DEEDS:
            return self._do_with(name, rest)
        return self._DOINGS[name](self, rest)

    def _rename(self, rest: str) -> str:
        problem = nickname_problem(rest)
        if problem:
            return problem
        self.asked_nick = rest
        self._composer.clear()
        if rest != self._session.nickname:
            self._session.moderation.rename(rest)
        return ""

    def _set_topic(self, rest: str) -> str:
        try:
            topic = clean_line(rest, limits.MAX_TOPIC)
        except NameRefused:
            return sentence(Refusal.TOPIC_TOO_LONG)
        self._composer.clear()
        if topic != self._session.info.topic:
            self._session.set_topic(topic)
        return ""

    def _go_away(self, _rest: str) -> str:
        self._composer.clear()
        self.away_requested.emit(True)
        return ""

    def _come_back(self, _rest: str) -> str:
        self._composer.clear()
        self.away_requested.emit(False)
        return ""

    def _export(self, _rest: str) -> str:
        self._composer.clear()
        self.export_requested.emit()
        return ""

    def _show_all(self, _rest: str) -> str:
        # The list over the box has them all, and says of each what it does.
        self._composer.replace("/")
        return ""

    def _do_with(self, name: str, rest: str) -> str:
        found = _named(rest, self._session.roster)
        if found is None or (found[1] and name != "msg"):
            return tr("Nobody here is called “{name}”.", name=isolated(rest[:80]))
        member, following = found
        deed, possible = _DEEDS[name], deeds_for(self._session, member)
        if deed is Deed.WRITE:
            return self._write_to(member, following)
        if deed not in possible and _SETTLED.get(name) not in possible:
            return sentence(Refusal.NOT_PERMITTED)
        self._composer.clear()
        self._members.do(member.number, deed)
        return ""

    def _write_to(self, member: Member, text: str) -> str:
        """Write to that person alone. What followed the name waits there, to be sent by Enter."""
        if not may_write_privately(self._session, member.device):
            return tr("You cannot write to {name} alone.", name=isolated(member.nick))
        self._composer.clear()
        self._composer.set_private(member.device, one_line(member.nick))
        if text:
            self._composer.edit.moveCursor(QTextCursor.MoveOperation.End)
            self._composer.insert(text)
        return ""

    _DOINGS: ClassVar[dict[str, Callable[[Commands, str], str]]] = {
        "nick": _rename,
        "topic": _set_topic,
        "away": _go_away,
        "back": _come_back,
        "export": _export,
        "help": _show_all,
    }


def _command(name: str) -> Command:
    argument, hint = {
        "nick": (tr("NAME"), tr("Change your nickname in this room")),
        "msg": (tr("NICKNAME"), tr("Write to one person alone")),
        "away": ("", tr("Show that you are away")),
        "back": ("", tr("Show that you are back")),
        "topic": (tr("TEXT"), tr("Say what this room is about")),
        "mute": (tr("NICKNAME"), tr("Let somebody only read")),
        "unmute": (tr("NICKNAME"), tr("Let somebody write again")),
        "kick": (tr("NICKNAME"), tr("Remove somebody from the room")),
        "ban": (tr("NICKNAME"), tr("Remove somebody for good")),
        "export": ("", tr("Save this room as a file")),
        "help": ("", tr("Show all commands")),
    }[name]
    return Command(name, f"/{name} {argument}".rstrip(), hint, bool(argument))


def _named(text: str, members: Iterable[Member]) -> tuple[Member, str] | None:
    """Return the member whose nickname `text` begins with, the longest one, and what follows it."""
    text = text.removeprefix("@")
    known = {key: member for member in members if (key := _key(member.nick))}
    ends = [place for place, sign in enumerate(text[: 4 * limits.MAX_NICKNAME]) if sign.isspace()]
    for end in reversed([*ends, len(text)]):
        member = known.get(_key(text[:end]))
        if member is not None:
            return member, text[end:].strip()
    return None


def _key(nick: str) -> str:
    try:
        return nickname_key(nick)
    except NameRefused:
        return ""
