"""`Moderating`: what a member wishes beside talking: another nickname, deleting, and keeping order."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Literal

from PyQt6.QtCore import QObject, pyqtSignal

from app.protocol import messages as m
from app.protocol.messages import AnyMessage, Came, Renamed, Went
from app.session.roster import News
from app.session.timeline import NoticeEntry, NoticeKind
from app.session.transport import RoomInfo


class Moderating(QObject):
    """Owned by its `RoomSession`. Wishes go to the host, who alone decides; offline they are lost.

    Not so `delete`: what was not acknowledged is asked for again after each joining, for as long as
    the session lives. What comes of a wish shows in the roster, the timeline and `info`; a refusal is
    the session's `refused`.

    Signals:
        bans(tuple[Ban, ...]): the bans that hold, the newest first.
        acts(tuple[Act, ...], bool): what was done, the newest first, and whether there is more.
        rules_changed(RulesChanged): who may come and write is another now.
    """

    bans = pyqtSignal(tuple)
    acts = pyqtSignal(tuple, bool)
    rules_changed = pyqtSignal(object)

    def __init__(self, wish: Callable[[AnyMessage], None], parent: QObject) -> None:
        super().__init__(parent)
        self._wish = wish
        self._deleting: dict[bytes, int] = {}

    # --- wishes ---------------------------------------------------------------------------------

    def rename(self, nick: str) -> None:
        """Ask to go by another nickname; the session's `nickname` is that once the host says so."""
        self._wish(m.Rename(nick=_sendable(nick)[:512]))

    def delete(self, seq: int) -> None:
        """Ask for the message of that number to be deleted."""
        if seq in self._deleting.values():
            return
        cid = secrets.token_bytes(16)
        self._deleting[cid] = seq
        self._wish(m.Delete(cid=cid, seq=seq))

    def remove(self, number: int, *, ban: bool = False, address: bool = False) -> None:
        """Ask for a member to be shown out; `ban`: for good, `address`: everyone there as well."""
        self._wish(m.Remove(member=number, ban=ban, address=address))

    def mute(self, number: int, muted: bool) -> None:
        """Ask that a member may only read, or write again."""
        self._wish(m.Mute(member=number, muted=muted))

    def set_role(self, number: int, role: Literal["moderator", "member"]) -> None:
        """Ask for a member to be a moderator, or a plain member again."""
        self._wish(m.SetRole(member=number, role=role))

    def set_rules(self, *, locked: bool, hosts_only: bool) -> None:
        """Ask for other rules of who may come and who may write."""
        self._wish(m.SetRules(locked=locked, hosts_only=hosts_only))

    def set_guests(self, *, browser: bool, text: bool) -> None:
        """Ask for guests by browser and by plain text to be let in, or shown out."""
        self._wish(m.SetGuests(browser=browser, text=text))

    def fetch_bans(self) -> None:
        """Ask which bans hold; `bans` tells."""
        self._wish(m.FetchBans())

    def unban(self, number: int) -> None:
        """Ask for a ban to be lifted; `bans` tells those that are left."""
        self._wish(m.Unban(ban=number))

    def fetch_acts(self, before: int = 0) -> None:
        """Ask what was done before act number `before` (0: the newest); `acts` tells."""
        self._wish(m.FetchActs(before=before))

    # --- what the session tells -----------------------------------------------------------------

    def send_all(self) -> None:
        """Ask again for what was not acknowledged."""
        for cid, seq in self._deleting.items():
            self._wish(m.Delete(cid=cid, seq=seq))

    def settle(self, cid: bytes) -> bool:
        """Take note of the host's word on a wish; return whether it was one of these."""
        return self._deleting.pop(cid, None) is not None

    def forget(self) -> None:
        """Ask for nothing again: the host's log is another, and its numbers mean other messages."""
        self._deleting.clear()


def notices_of(news: News) -> list[NoticeEntry]:
    """Return what the timeline says of who came, went, was removed or is called otherwise."""
    came = tuple(change.member.nick for change in news if isinstance(change, Came))
    left = [c for c in news if isinstance(c, Went) and c.reason != "removed"]
    notices = []
    if came or left:
        # One line for all of them: a thousand lines of a thousand comings would be nobody's reading.
        kind = NoticeKind.CAME if came else NoticeKind.WENT
        went = tuple(change.nick for change in left)
        notices.append(NoticeEntry(kind, at=news[-1].at, came=came, went=went))
    for change in news:
        if isinstance(change, Renamed):
            renamed = NoticeEntry(
                NoticeKind.RENAMED, at=change.at, nick=change.before, text=change.nick
            )
            notices.append(renamed)
        elif isinstance(change, Went) and change.reason == "removed":
            notices.append(NoticeEntry(NoticeKind.REMOVED, at=change.at, nick=change.nick))
    return notices


RULES = {
    "locked": ("locked", "unlocked"),
    "hosts_only": ("hosts-only", "everyone"),
    "browser_guests": ("browser-guests", "no-browser-guests"),
    "text_guests": ("text-guests", "no-text-guests"),
}
"""The rules of a room, and the words of `NoticeKind.RULES` for each that holds, or does not."""


def rules_said(message: m.RulesChanged, info: RoomInfo) -> list[str]:
    """Return what of the rules is another than it was, in the words of `NoticeKind.RULES`."""
    return [
        words[0] if getattr(message, rule) else words[1]
        for rule, words in RULES.items()
        if getattr(message, rule) != getattr(info, rule)
    ]


def _sendable(text: str) -> str:
    """Half a surrogate pair cannot travel as UTF-8; Qt hands one out when a paste was cut."""
    return text.encode("utf-8", "replace").decode("utf-8")
