"""`Moderation`: who may do what in a room, and what was done.

Every right is that of the device that the link proved, never of a field in a message. The host is
whoever sits at the host's own window, and nobody else; a moderator is a device, under any nickname. A
moderator has no right over the host or another moderator, and nobody has any over oneself.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterable
from typing import ClassVar

import msgspec

from app.protocol.errors import Refusal
from app.protocol.limits import MAX_BANS
from app.protocol.messages import (
    AnyMessage,
    Ban,
    Bans,
    Deed,
    Delete,
    FetchActs,
    FetchBans,
    LeaveReason,
    Member,
    Mute,
    Rejected,
    Remove,
    RoleName,
    RulesChanged,
    SetGuests,
    SetRole,
    SetRules,
    Unban,
)
from app.room.attendance import Attendance, Link, standing
from app.room.deeds import Deeds
from app.room.effects import Announce, Broadcast, Close, Effect, Send
from app.room.log import Log
from app.room.settings import RoomSettings

BANS_BYTES = 60_000
"""About the most bytes of bans in one answer: it fits a frame."""

_BAN_OVERHEAD = 160
"""The most bytes of a ban in an answer beside its nicknames."""


class Moderation:
    """The roles, mutes, bans and rules of one room. The `Room` hands wishes on, and owns this.

    What is done is on the disk before anybody hears of it. Where the disk refuses, it holds for as
    long as the room is open, and whoever did it is told that it is not saved.
    """

    def __init__(
        self,
        settings: RoomSettings,
        log: Log,
        here: Attendance,
        *,
        save: Callable[[int], list[Effect]],
        show_out: Callable[[int, int, LeaveReason], list[Effect]],
    ) -> None:
        """`save` commits what was said and noted; `show_out` lets a member go: link, now, reason."""
        self._settings = settings
        self._log = log
        self._here = here
        self._save = save
        self._show_out = show_out
        self._deeds = Deeds(log)
        self._moderators = self._deeds.moderators()
        self._muted = self._deeds.muted()
        self._bans = {ban.number: ban for ban in self._deeds.bans()}
        kept = self._deeds.rules()
        settings.locked = settings.locked or kept.locked
        settings.hosts_only = settings.hosts_only or kept.hosts_only
        settings.browser_guests = settings.browser_guests or kept.browser_guests
        settings.text_guests = settings.text_guests or kept.text_guests

    # --- what holds -----------------------------------------------------------------------------

    def role_of(self, who: Link) -> RoleName:
        """Return the role of whoever is on a link."""
        if who.local:
            return "host"
        if who.guest:
            return "member"
        return "moderator" if who.device in self._moderators else "member"

    def is_muted(self, who: Link) -> bool:
        """Tell whether whoever is on a link may only read."""
        return who.device in self._muted and not who.local

    def why_silent(self, link: int) -> Refusal | None:
        """Return why whoever is on `link` may not write now, or None where it may."""
        who = self._here.links[link]
        if self.is_muted(who):
            return Refusal.MUTED
        if self._settings.hosts_only and self.role_of(who) == "member":
            return Refusal.HOSTS_ONLY
        return None

    def stop_outside(self, link: int, *, known: bool) -> list[Effect]:
        """Keep out whoever is on `link` and may not come in; `known`: it was in before."""
        who = self._here.links[link]
        if any(self._hits(ban, who) for ban in self._bans.values()):
            del self._here.links[link]
            return [Close(link, Refusal.BANNED)]
        if not self._settings.lets_in(who.guest):
            del self._here.links[link]
            return [Close(link, Refusal.NO_GUESTS)]
        if self._settings.locked and not (known or who.local):
            return [Send(link, Rejected(code=Refusal.ROOM_LOCKED))]
        return []

    def rules_changed(self, by: str = "") -> RulesChanged:
        """Return the rules as everyone is told them."""
        settings = self._settings
        return RulesChanged(
            locked=settings.locked,
            hosts_only=settings.hosts_only,
            by=by,
            browser_guests=settings.browser_guests,
            text_guests=settings.text_guests,
        )

    def note_rules(self) -> None:
        """Keep the rules as the settings have them now; on the disk with the log's next commit."""
        self._deeds.note_rules(self._settings)

    def _hits(self, ban: Ban, who: Link) -> bool:
        if who.local:
            return False
        if ban.device == who.device:
            return True
        if not ban.address or ban.address != banned_address(who.address):
            return False
        if ban.guest:
            return ban.guest == who.guest
        # Whoever keeps order may sit at the same address, and the host sits at one itself.
        return who.device not in self._moderators and not self._here.is_hosts(who.device)

    # --- what is wished -------------------------------------------------------------------------

    def handle(self, link: int, message: AnyMessage, now: int) -> list[Effect]:
        """Decide about the wish of a member; anything but the WISHES has no effect."""
        handler = self._HANDLERS.get(type(message))
        if handler is None:
            return []
        role = self.role_of(self._here.links[link])
        if role == "member" or (isinstance(message, SetRole | SetGuests) and role != "host"):
            return [Send(link, Rejected(code=Refusal.NOT_PERMITTED))]
        return handler(self, link, message, now)

    def note_act(self, link: int, now: int, deed: Deed, nick: str = "") -> None:
        """Write down what the member on `link` did."""
        self._deeds.note_act(now, self._here.members[link].nick, deed, nick)

    def why_not_delete(self, link: int, message: Delete, floor: int) -> Refusal | None:
        """Return why whoever is on `link`, who may read after `floor`, may not delete a message."""
        line = self._log.message(message.seq, floor)
        if line is None:
            return Refusal.NO_SUCH_MESSAGE
        author, who = line[0], self._here.links[link]
        role = self.role_of(who)
        may = author == who.device or role == "host"
        may = may or (role == "moderator" and not self._here.is_hosts(author))
        return None if may else Refusal.NOT_PERMITTED

    def bind_deleting(self, link: int, about: int, now: int) -> None:
        """Write down, if it is saved, that the member on `link` deleted somebody else's message."""
        line = self._log.line(about)
        by = self._here.members[link]
        if line is not None and line[0] != by.device:
            nicks = [said.nick for said in self._log.between(about - 1, about, 1, newest=False)]
            self._deeds.bind_deleting(now, by.nick, nicks[0] if nicks else "", about)

    def _target(self, link: int, number: int) -> Member | Refusal:
        """Return the member to whom something is to be done by the one on `link`, or why it is not."""
        who = self._here.links[link]
        at = self._here.link_at(number)
        if at is None:
            return Refusal.NO_SUCH_MEMBER
        target = self._here.links[at]
        protected = target.local or target.device == who.device
        protected = protected or self._here.is_hosts(target.device)
        if self.role_of(who) != "host":
            protected = protected or target.device in self._moderators
        return Refusal.NOT_PERMITTED if protected else self._here.members[at]

    def _done(self, link: int, now: int) -> list[Effect]:
        """Put what was done on the disk; return what is told before it is known."""
        effects = self._save(now)
        if self._log.is_late:
            effects.append(Send(link, Rejected(code=Refusal.NOT_SAVED)))
        return effects

    # --- members --------------------------------------------------------------------------------

    def _on_remove(self, link: int, message: Remove, now: int) -> list[Effect]:
        target = self._target(link, message.member)
        at = self._here.link_at(message.member)
        if isinstance(target, Refusal) or at is None:
            return [Send(link, Rejected(code=str(target)))]
        if message.ban:
            return self._ban(link, target, now, address=message.address)
        self.note_act(link, now, "removed", target.nick)
        return [*self._done(link, now), *self._show(Refusal.REMOVED, (at,), now)]

    def _ban(self, link: int, target: Member, now: int, *, address: bool) -> list[Effect]:
        known = self._here.address_of(target.number)
        # A guest by text has nothing but its address that it could be known by.
        guests_there = target.guest if target.guest == "text" and not address else ""
        ban = Ban(
            number=self._deeds.next_ban(),
            nick=target.nick,
            device=target.device,
            at=now,
            by=self._here.members[link].nick,
            address=banned_address(known) if address or guests_there else "",
            guest=guests_there,
        )
        self._bans[ban.number] = ban
        self._deeds.note_ban(ban)
        self.note_act(link, now, "banned", target.nick)
        if target.device in self._moderators:
            # Whoever is let in again some day begins as everyone does.
            self._moderators.discard(target.device)
            self._deeds.note_moderator(target.device, is_one=False)
        effects = self._done(link, now)
        hit = [at for at, who in self._here.links.items() if self._hits(ban, who)]
        return [*effects, *self._show(Refusal.BANNED, hit, now)]

    def _show(
        self, refusal: Refusal, links: Iterable[int], now: int, reason: LeaveReason = "removed"
    ) -> list[Effect]:
        """Close these links, and tell everyone of those who sat on them."""
        effects: list[Effect] = []
        for at in links:
            effects.append(Close(at, refusal))
            effects += self._show_out(at, now, reason)
        return effects

    def _on_mute(self, link: int, message: Mute, now: int) -> list[Effect]:
        target = self._target(link, message.member)
        if isinstance(target, Refusal):
            return [Send(link, Rejected(code=target))]
        device = target.device
        if (device in self._muted) == message.muted:
            return []
        (self._muted.add if message.muted else self._muted.discard)(device)
        self._deeds.note_muted(device, muted=message.muted)
        self.note_act(link, now, "muted" if message.muted else "unmuted", target.nick)
        return [*self._done(link, now), *self._stand(device)]

    def _on_set_role(self, link: int, message: SetRole, now: int) -> list[Effect]:
        target = self._target(link, message.member)
        if isinstance(target, Refusal):
            return [Send(link, Rejected(code=target))]
        if target.guest:
            return [Send(link, Rejected(code=Refusal.NOT_FOR_GUESTS))]
        device, is_one = target.device, message.role == "moderator"
        if (device in self._moderators) == is_one:
            return []
        (self._moderators.add if is_one else self._moderators.discard)(device)
        self._deeds.note_moderator(device, is_one=is_one)
        self.note_act(link, now, "made-moderator" if is_one else "made-member", target.nick)
        return [*self._done(link, now), *self._stand(device)]

    def _stand(self, device: bytes) -> list[Effect]:
        """Let all members of a device stand as its role and mute are now, and tell everyone."""
        effects: list[Effect] = []
        for at, member in self._here.members.items():
            who = self._here.links[at]
            if who.device == device:
                role, muted = self.role_of(who), self.is_muted(who)
                now = msgspec.structs.replace(member, role=role, muted=muted)
                if now != member:
                    self._here.members[at] = now
                    effects.append(Announce(standing(now)))
        return effects

    # --- the room -------------------------------------------------------------------------------

    def _on_set_rules(self, link: int, message: SetRules, now: int) -> list[Effect]:
        settings = self._settings
        deeds: list[Deed] = []
        if message.locked != settings.locked:
            deeds.append("locked" if message.locked else "unlocked")
        if message.hosts_only != settings.hosts_only:
            deeds.append("hosts-only" if message.hosts_only else "everyone")
        if not deeds:
            return []
        settings.locked, settings.hosts_only = message.locked, message.hosts_only
        return self._rule(link, now, deeds)

    def _on_set_guests(self, link: int, message: SetGuests, now: int) -> list[Effect]:
        settings = self._settings
        deeds: list[Deed] = []
        if message.browser != settings.browser_guests:
            deeds.append("browser-guests" if message.browser else "no-browser-guests")
        if message.text != settings.text_guests:
            deeds.append("text-guests" if message.text else "no-text-guests")
        if not deeds:
            return []
        settings.browser_guests, settings.text_guests = message.browser, message.text
        effects = self._rule(link, now, deeds)
        out = [at for at, who in self._here.links.items() if not settings.lets_in(who.guest)]
        return [*effects, *self._show(Refusal.NO_GUESTS, out, now, "left")]

    def _rule(self, link: int, now: int, deeds: list[Deed]) -> list[Effect]:
        """Put the rules as they are now, and what was done to them, on the disk, and tell everyone."""
        self._deeds.note_rules(self._settings)
        for deed in deeds:
            self.note_act(link, now, deed)
        changed = self.rules_changed(self._here.members[link].nick)
        return [*self._done(link, now), Broadcast(changed)]

    def _on_fetch_bans(self, link: int, _message: FetchBans, _now: int) -> list[Effect]:
        return [Send(link, self._listed())]

    def _on_unban(self, link: int, message: Unban, now: int) -> list[Effect]:
        ban = self._bans.pop(message.ban, None)
        if ban is None:
            return [Send(link, self._listed())]
        self._deeds.note_unban(ban.number)
        self.note_act(link, now, "unbanned", ban.nick)
        return [*self._done(link, now), Send(link, self._listed())]

    def _listed(self) -> Bans:
        """Return the bans that hold, the newest first, as many as one answer holds."""
        room = BANS_BYTES
        listed = []
        for number in sorted(self._bans, reverse=True)[:MAX_BANS]:
            ban = self._bans[number]
            room -= len(ban.nick.encode()) + len(ban.by.encode()) + _BAN_OVERHEAD
            if room < 0:
                break
            listed.append(ban)
        return Bans(bans=tuple(listed))

    def _on_fetch_acts(self, link: int, message: FetchActs, now: int) -> list[Effect]:
        # What was done in this very turn is told as well, so it goes to the disk first.
        return [*self._save(now), Send(link, self._deeds.acts(message))]

    _HANDLERS: ClassVar[dict[type, Callable[..., list[Effect]]]] = {
        Remove: _on_remove,
        Mute: _on_mute,
        SetRole: _on_set_role,
        SetRules: _on_set_rules,
        SetGuests: _on_set_guests,
        FetchBans: _on_fetch_bans,
        Unban: _on_unban,
        FetchActs: _on_fetch_acts,
    }
    WISHES: ClassVar[frozenset[type]] = frozenset(_HANDLERS)


def banned_address(text: str) -> str:
    """Return what is banned with an address: itself, or for IPv6 its network; empty where unknown.

    Who has one IPv6 address has all 2⁶⁴ of its network, and takes another at will (RFC 4291, 2.5.4;
    RFC 8981). Not so where everyone on the cable is in one network: link-local and loopback ones.
    """
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    if address.is_link_local or address.is_loopback:
        return str(address)
    return str(ipaddress.ip_network((address, 64), strict=False))
