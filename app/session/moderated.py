"""A session as far as roles, rules and nicknames go: what the host tells of them, and what they mean."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from PyQt6.QtCore import QObject

from app.protocol import messages as m
from app.protocol.messages import AnyMessage
from app.session.knocking import Knocking
from app.session.moderating import RULES, Moderating, notices_of, rules_said
from app.session.roster import News
from app.session.timeline import NoticeEntry, NoticeKind


class Moderated(Knocking):
    """Follows the host's word on who may do what. `moderation` is for what a person wishes of it."""

    def __init__(self, nickname: str, room_name: str, parent: QObject | None) -> None:
        super().__init__(nickname, room_name, parent)
        self.moderation = Moderating(self._wish, self)
        self._told_colour = -1

    def _wish(self, message: AnyMessage) -> None:
        if self._transport is not None and self.is_online:
            self._transport.send(message)

    @property
    def join_wish(self) -> m.Join:
        """The wish to be in the room, as it is sent now: under the nickname, in the colour chosen."""
        self._told_colour = self.colour
        return m.Join(nick=self.nickname, colour=self.colour)

    def set_colour(self, colour: int) -> None:
        """Let a colour stand for oneself, counted round the palette; -1: the one of the device.

        It shows here at once, and to the others once the host says so.
        """
        if colour != self.colour:
            self.colour = colour
            self.colours_changed.emit()
        if self.is_online:
            self._tell_colour()

    def _tell_colour(self) -> None:
        if self.colour != self._told_colour:
            self._told_colour = self.colour
            self._wish(m.SetColour(colour=self.colour))

    def _take_presence(self, message: m.Presence) -> News:
        """Let members come, go and change; return what of it is news, which the timeline tells."""
        news = self.roster.apply(message.changes)
        self._note_self()
        for notice in notices_of(news):
            self.timeline.add_notice(notice)
        if news:
            self.presence.emit(news)
        return news

    def _note_self(self) -> None:
        """Take one's nickname, role and mute from the roster."""
        me = self.roster.get(self.member_number)
        if me is None:
            return
        if (me.nick, me.role, me.muted) != (self.nickname, self.info.role, self.muted):
            self.nickname, self.muted = me.nick, me.muted
            self.timeline.marks.nick = me.nick
            self.info = replace(self.info, role=me.role)
            self.info_changed.emit()

    def _on_rules_changed(self, message: m.RulesChanged) -> None:
        info = self.info
        said = rules_said(message, info)
        if not said:
            return
        self.info = replace(info, **{rule: getattr(message, rule) for rule in RULES})
        # Nobody is named where it is told anew after the live stream left us out.
        if message.by:
            at = self._now()
            for text in said:
                rule = NoticeEntry(NoticeKind.RULES, at=at, nick=message.by, text=text)
                self.timeline.add_notice(rule)
        self.info_changed.emit()
        self.moderation.rules_changed.emit(message)

    def _on_bans(self, message: m.Bans) -> None:
        self.moderation.bans.emit(message.bans)

    def _on_acts(self, message: m.Acts) -> None:
        self.moderation.acts.emit(message.acts, message.more)

    def _now(self) -> int:
        raise NotImplementedError

    ORDERS: ClassVar[dict[type, Callable[..., None]]] = {
        m.RulesChanged: _on_rules_changed,
        m.Bans: _on_bans,
        m.Acts: _on_acts,
    }
