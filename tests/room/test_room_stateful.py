"""Whatever happens to a room in whatever order, its promises hold."""

from __future__ import annotations

from collections import Counter

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from msgspec.structs import replace

from app.protocol import messages as m
from app.protocol.errors import Refusal
from app.protocol.names import nickname_key
from app.room.effects import Announce, Broadcast, Close, Effect, Send
from app.room.guests import MIN_SECRET, guest_id, passing_guest_id
from app.room.history import History
from app.room.nicknames import NICKNAME_HELD
from app.room.room import Room
from app.room.settings import RoomSettings

DEVICES = [bytes([number]) * 32 for number in range(4)]
BROWSERS = [guest_id("browser", bytes([number]) * MIN_SECRET) for number in range(2)]
NICKS = ["ana", "Ana", "tom", "kim", "bia", "leo", "", "x" * 33]
TEXTS = ["hi", "ho", "hey", "", "é" * 5_000, "x" * 5_001]


class AnyRoom(RuleBasedStateMachine):
    """A room and what its links were told of it."""

    links = st.integers(1, 30)
    numbers = st.integers(0, 9)

    @initialize(
        history=st.sampled_from(["all", "joined", "2", "none"]),
        max_members=st.sampled_from([1, 2, 4, 7, 7]),
        all_here=st.sampled_from([0, 3, 3, 4]),
        guests=st.sampled_from([0, 0, 1, 4, 4]),
    )
    def open(self, history: str, max_members: int, all_here: int, guests: int) -> None:
        self.history = History.parse(history)
        self.room = Room(RoomSettings("Room", history=self.history, max_members=max_members))
        self.device_of: dict[int, bytes] = {}
        self.inside: dict[int, int] = {}
        self.owners: dict[int, bytes] = {}
        self.local: set[int] = set()
        self.heard: list[m.Said] = []
        self.floors: dict[bytes, int] = {}
        self.acked: dict[tuple[bytes, bytes], int] = {}
        self.moderators: set[bytes] = set()
        self.muted: set[bytes] = set()
        self.bans: dict[int, m.Ban] = {}
        self.address_of: dict[int, str] = {}
        self.guest_of: dict[int, m.GuestKind] = {}
        self.lets_in: set[m.GuestKind] = {""}
        self.locked = self.hosts_only = False
        self.known: set[bytes] = set()
        self.now = 0
        self.next_link = 1
        for number, nick in enumerate(["ana", "tom", "kim"][:all_here]):
            self.join(DEVICES[number], nick, local=not number)
        if all_here == 4 and max_members >= 4:
            self.set_role(3, 2, "moderator")
        if all_here and guests:
            self.set_guests(0, browser=True, text=True)
            for number, nick in enumerate(["bia", "leo", "eva", "rui"][:guests]):
                self.come_as_guest("browser" if number % 2 else "text", number // 2, nick)

    def some(self, link: int) -> int:
        """Return a link that is inside, most of the time."""
        inside = sorted(self.inside)
        return inside[link % len(inside)] if inside and link < 27 else link

    def somebody(self, number: int) -> int:
        """Return the number of somebody who is inside, most of the time."""
        inside = sorted(self.inside.values())
        return inside[number % len(inside)] if inside and number < 8 else number

    # --- what happens ---------------------------------------------------------------------

    @rule(device=st.sampled_from(DEVICES), nick=st.sampled_from(NICKS), local=st.booleans())
    def join(self, device: bytes, nick: str, local: bool) -> None:
        link = self.next_link
        self.next_link += 1
        # There is one host's window at most, as in the program.
        local = local and not self.local
        self.room.admit(link, device, f"10.0.0.{link}", local=local)
        self.device_of[link] = device
        self.address_of[link] = f"10.0.0.{link}"
        if local:
            self.local.add(link)
        self.join_on(link, nick)

    @rule(
        kind=st.sampled_from(["browser", "text"]),
        which=st.integers(0, 1),
        nick=st.sampled_from(NICKS),
    )
    def come_as_guest(self, kind: m.GuestKind, which: int, nick: str) -> None:
        link = self.next_link
        self.next_link += 1
        device = BROWSERS[which] if kind == "browser" else passing_guest_id()
        # Few addresses, so that a ban of one hits more than one.
        address = f"192.168.0.{which}"
        self.room.admit(link, device, address, guest=kind)
        self.device_of[link] = device
        self.address_of[link] = address
        self.guest_of[link] = kind
        self.join_on(link, nick)

    @rule(link=links, nick=st.sampled_from(NICKS))
    def join_on(self, link: int, nick: str) -> None:
        was_inside = link in self.inside
        last_seq = self.room.log.last_seq
        device = self.device_of.get(link, b"")
        stays_out = self.stays_out(link)
        effects = self.take(self.room.handle(link, m.Join(nick=nick), self.now))
        joined = [e for e in effects if isinstance(e, Send) and isinstance(e.message, m.Joined)]
        assert len(joined) <= 1
        if device and not was_inside and stays_out in {Refusal.BANNED, Refusal.NO_GUESTS}:
            assert effects == [Close(link, stays_out)]
        elif device and not was_inside and stays_out is not None:
            assert effects == [Send(link, m.Rejected(code=stays_out))]
        if joined:
            assert stays_out is None
            (told,) = (e.message for e in joined if isinstance(e.message, m.Joined))
            assert (told.locked, told.hosts_only) == (self.locked, self.hosts_only)
            told_of = {"browser": told.browser_guests, "text": told.text_guests}
            assert {kind for kind, is_in in told_of.items() if is_in} == self.lets_in - {""}
            assert told.role == self.role(link)
            self.known.add(device)
            assert not was_inside
            device = self.device_of[link]
            floor = self.history.floor(last_seq)
            if self.history.name == "none":
                self.floors[device] = floor
            self.floors.setdefault(device, floor)

    @rule(link=links, cid=st.integers(0, 5), text=st.sampled_from(TEXTS))
    def say(self, link: int, cid: int, text: str) -> None:
        link = self.some(link)
        wish = m.Say(cid=bytes([cid]) * 16, text=text)
        silent = self.silent(link)
        before = self.acked.get((self.device_of.get(link, b""), wish.cid))
        effects = self.take(self.room.handle(link, wish, self.now))
        effects += self.take(self.room.settle(self.now))
        if link not in self.inside:
            assert effects == []
            return
        answer = effects[0]
        assert isinstance(answer, Send)
        assert answer.link == link
        if isinstance(answer.message, m.Acked):
            name = (self.device_of[link], wish.cid)
            assert silent is None or before is not None
            assert answer.message.seq == self.acked.setdefault(name, answer.message.seq)
            assert any(
                (one.seq, one.device, one.cid) == (answer.message.seq, *name) for one in self.heard
            )
        else:
            assert isinstance(answer.message, m.Rejected)
            assert answer.message.cid == wish.cid
            assert answer.message.code.startswith("text-") or answer.message.code == silent

    @rule(link=links, cid=st.integers(0, 9), about=st.integers(0, 3))
    def delete(self, link: int, cid: int, about: int) -> None:
        link = self.some(link)
        wish = m.Delete(cid=bytes([cid]) * 16, seq=about)
        if link not in self.inside:
            assert self.room.handle(link, wish, self.now) == []
            return
        name = (self.device_of[link], wish.cid)
        expected = self.what_deleting_does(link, wish)
        length = len(self.heard)
        effects = self.take(self.room.handle(link, wish, self.now))
        effects += self.take(self.room.settle(self.now))
        if isinstance(expected, Refusal):
            assert effects == [Send(link, m.Rejected(code=expected, cid=wish.cid))]
            return
        assert effects[0] == Send(link, m.Acked(cid=wish.cid, seq=expected or length + 1))
        assert len(self.heard) == length + (not expected)
        if not expected:
            self.acked[name] = length + 1

    def what_deleting_does(self, link: int, wish: m.Delete) -> Refusal | int:
        """Return why it is refused, the number that it has already, or 0 for a new line."""
        device = self.device_of[link]
        known = self.acked.get((device, wish.cid))
        silent = self.silent(link)
        if known is not None or silent is not None:
            return known or silent or 0
        if not self.floors[device] < wish.seq <= len(self.heard):
            return Refusal.NO_SUCH_MESSAGE
        line = self.heard[wish.seq - 1]
        if line.kind not in m.MESSAGES:
            return Refusal.NO_SUCH_MESSAGE
        others = self.role(link) == "moderator" and not self.is_hosts(line.device)
        if line.device != device and self.role(link) != "host" and not others:
            return Refusal.NOT_PERMITTED
        deletes = (said for said in self.heard if said.kind == "delete")
        return next((said.seq for said in deletes if said.about == wish.seq), 0)

    @rule(
        link=links,
        cid=st.integers(0, 9),
        about=st.integers(0, 4),
        what=st.sampled_from(["new", "newer", "👍", "🎉"]),
        on=st.booleans(),
    )
    def change(self, link: int, cid: int, about: int, what: str, on: bool) -> None:
        """Edit a message, or react to it."""
        link = self.some(link)
        edits = what.isascii()
        wish: m.Edit | m.React = m.React(cid=bytes([cid]) * 16, seq=about, emoji=what, on=on)
        if edits:
            wish = m.Edit(cid=wish.cid, seq=about, text=what)
        if link not in self.inside:
            assert self.room.handle(link, wish, self.now) == []
            return
        name = (self.device_of[link], wish.cid)
        expected = self.what_changing_does(link, wish)
        length = len(self.heard)
        effects = self.take(self.room.handle(link, wish, self.now))
        effects += self.take(self.room.settle(self.now))
        if isinstance(expected, Refusal):
            assert effects == [Send(link, m.Rejected(code=expected, cid=wish.cid))]
            return
        assert effects[0] == Send(link, m.Acked(cid=wish.cid, seq=expected or length + 1))
        assert len(self.heard) == length + (not expected)
        if not expected:
            self.acked[name] = length + 1

    def what_changing_does(self, link: int, wish: m.Edit | m.React) -> Refusal | int:
        """Return why it is refused, the number that it has already, or 0 for a new line."""
        device = self.device_of[link]
        known = self.acked.get((device, wish.cid))
        silent = self.silent(link)
        if known is not None or silent is not None:
            return known or silent or 0
        if not self.floors[device] < wish.seq <= len(self.heard):
            return Refusal.NO_SUCH_MESSAGE
        line = self.heard[wish.seq - 1]
        if line.kind not in {"text", "edited"}:
            return Refusal.NO_SUCH_MESSAGE
        if isinstance(wish, m.Edit):
            return 0 if line.device == device else Refusal.NOT_PERMITTED
        own = [one for one in self.heard if one.about == wish.seq and one.device == device]
        own = [one for one in own if one.text == wish.emoji and "react" in one.kind]
        kind, seq = (own[-1].kind, own[-1].seq) if own else ("unreact", wish.seq)
        return seq if (kind == "react") == wish.on else 0

    @rule(link=links, nick=st.sampled_from(NICKS))
    def rename(self, link: int, nick: str) -> None:
        link = self.some(link)
        before = {member.number: member for member in self.room.members}
        effects = self.take(self.room.handle(link, m.Rename(nick=nick), self.now))
        after = {member.number: member for member in self.room.members}
        number = self.inside.get(link)
        assert before.keys() == after.keys()
        assert all(before[n] == after[n] for n in before if n != number)
        if number is None:
            assert effects == []
        elif before[number] != after[number]:
            was = before[number].nick
            assert after[number] == replace(before[number], nick=nick)
            renamed = m.Renamed(number=number, nick=nick, before=was, at=self.now)
            assert effects == [Announce(renamed)]

    # --- keeping order --------------------------------------------------------------------

    @rule(link=links, number=numbers, ban=st.booleans())
    def remove(self, link: int, number: int, ban: bool) -> None:
        link, number = self.some(link), self.somebody(number)
        expected = self.why_not(link, number)
        target = {n: at for at, n in self.inside.items()}.get(number, 0)
        device = self.device_of.get(target, b"")
        hit = [target]
        made = m.Ban(number=max(self.bans, default=0) + 1, nick="", device=device, at=0, by="")
        if ban and self.guest_of.get(target) == "text":
            made = replace(made, address=self.address_of[target], guest="text")
        if ban:
            hit = [at for at in self.device_of if at not in self.local and self.hits(made, at)]
        effects = self.take(self.room.handle(link, m.Remove(member=number, ban=ban), self.now))
        closed = {e.link: e.refusal for e in effects if isinstance(e, Close)}
        if self.refused(link, expected, effects):
            return
        code = Refusal.BANNED if ban else Refusal.REMOVED
        assert closed == dict.fromkeys(hit, code)
        if ban:
            self.bans[made.number] = made
            self.moderators.discard(device)

    @rule(link=links, number=numbers, muted=st.booleans())
    def mute(self, link: int, number: int, muted: bool) -> None:
        link, number = self.some(link), self.somebody(number)
        expected = self.why_not(link, number)
        device = self.owners.get(number, b"")
        effects = self.take(self.room.handle(link, m.Mute(member=number, muted=muted), self.now))
        if not self.refused(link, expected, effects):
            (self.muted.add if muted else self.muted.discard)(device)

    @rule(link=links, number=numbers, role=st.sampled_from(["moderator", "member"]))
    def set_role(self, link: int, number: int, role: m.RoleName) -> None:
        link, number = self.some(link), self.somebody(number)
        expected = self.why_not(link, number, host_alone=True)
        device = self.owners.get(number, b"")
        assert role != "host"
        wish = m.SetRole(member=number, role=role)
        target = {n: at for at, n in self.inside.items()}.get(number, 0)
        if target in self.guest_of:
            expected = expected or Refusal.NOT_FOR_GUESTS
        effects = self.take(self.room.handle(link, wish, self.now))
        if not self.refused(link, expected, effects):
            change = self.moderators.add if role == "moderator" else self.moderators.discard
            change(device)

    @rule(link=links, locked=st.booleans(), hosts_only=st.booleans())
    def set_rules(self, link: int, locked: bool, hosts_only: bool) -> None:
        link = self.some(link)
        wish = m.SetRules(locked=locked, hosts_only=hosts_only)
        expected = self.why_no_order(link)
        effects = self.take(self.room.handle(link, wish, self.now))
        if not self.refused(link, expected, effects):
            self.locked, self.hosts_only = locked, hosts_only

    @rule(link=links, browser=st.booleans(), text=st.sampled_from([True, True, False]))
    def set_guests(self, link: int, browser: bool, text: bool) -> None:
        link = self.some(link)
        is_host = link in self.local
        expected = Refusal.NOT_PERMITTED if link in self.inside and not is_host else None
        wished: set[m.GuestKind] = {""}
        wished |= {"browser"} if browser else set()
        wished |= {"text"} if text else set()
        shown_out = {at for at, kind in self.guest_of.items() if kind not in wished}
        effects = self.take(
            self.room.handle(link, m.SetGuests(browser=browser, text=text), self.now)
        )
        if self.refused(link, expected, effects):
            return
        if wished == self.lets_in:
            assert effects == []
            return
        closed = {e.link: e.refusal for e in effects if isinstance(e, Close)}
        assert closed == dict.fromkeys(shown_out, Refusal.NO_GUESTS)
        self.lets_in = wished

    @rule(link=links, to=links, cid=st.integers(0, 5))
    def whisper(self, link: int, to: int, cid: int) -> None:
        """Write privately from or to a guest, which nobody can."""
        link, to = self.some(link), self.some(to)
        device = self.device_of.get(to)
        if device is None or to not in self.inside or not {link, to} & self.guest_of.keys():
            return
        wish = m.Whisper(cid=bytes([cid]) * 16, to=device, sealed=b"x", copy=b"x")
        effects = self.take(self.room.handle(link, wish, self.now))
        effects += self.take(self.room.settle(self.now))
        if link not in self.inside:
            assert effects == []
            return
        (answer,) = effects
        assert isinstance(answer, Send)
        assert isinstance(answer.message, m.Rejected)
        assert answer.message.code in {Refusal.NOT_FOR_GUESTS, self.silent(link)}

    @rule(link=links, which=st.integers(0, 5))
    def unban(self, link: int, which: int) -> None:
        link = self.some(link)
        expected = self.why_no_order(link)
        effects = self.take(self.room.handle(link, m.FetchBans(), self.now))
        if self.refused(link, expected, effects):
            effects = self.take(self.room.handle(link, m.Unban(ban=which), self.now))
            assert self.refused(link, expected, effects)
            return
        (answer,) = effects
        assert isinstance(answer, Send)
        assert isinstance(answer.message, m.Bans)
        listed = answer.message.bans
        assert [ban.number for ban in listed] == sorted(listed_numbers(listed), reverse=True)
        expected_bans = [(ban.device, ban.address, ban.guest) for ban in self.bans.values()]
        assert [(b.device, b.address, b.guest) for b in reversed(listed)] == expected_bans
        self.bans = {ban.number: ban for ban in reversed(listed)}
        if which in self.bans:
            self.take(self.room.handle(link, m.Unban(ban=which), self.now))
            del self.bans[which]

    def refused(self, link: int, expected: Refusal | None, effects: list[Effect]) -> bool:
        """Check a refusal; return whether there was one, or the link is not inside."""
        if link not in self.inside:
            assert effects == []
            return True
        if expected is not None:
            assert effects == [Send(link, m.Rejected(code=expected))]
        return expected is not None

    def role(self, link: int) -> m.RoleName:
        if link in self.local:
            return "host"
        is_one = link not in self.guest_of and self.device_of[link] in self.moderators
        return "moderator" if is_one else "member"

    def hits(self, ban: m.Ban, link: int) -> bool:
        by_address = ban.guest and ban.guest == self.guest_of.get(link)
        by_address = by_address and ban.address == self.address_of[link]
        return ban.device == self.device_of[link] or bool(by_address)

    def is_hosts(self, device: bytes) -> bool:
        return any(self.device_of[link] == device for link in self.local)

    def silent(self, link: int) -> Refusal | None:
        if link not in self.inside or link in self.local:
            return None
        if self.device_of[link] in self.muted:
            return Refusal.MUTED
        return Refusal.HOSTS_ONLY if self.hosts_only and self.role(link) == "member" else None

    def stays_out(self, link: int) -> Refusal | None:
        if link not in self.device_of or link in self.local:
            return None
        device = self.device_of[link]
        if any(self.hits(ban, link) for ban in self.bans.values()):
            return Refusal.BANNED
        if self.guest_of.get(link, "") not in self.lets_in:
            return Refusal.NO_GUESTS
        return Refusal.ROOM_LOCKED if self.locked and device not in self.known else None

    def why_no_order(self, link: int) -> Refusal | None:
        inside = link in self.inside
        return Refusal.NOT_PERMITTED if inside and self.role(link) == "member" else None

    def why_not(self, link: int, number: int, *, host_alone: bool = False) -> Refusal | None:
        if link not in self.inside:
            return None
        role = self.role(link)
        if role == "member" or (host_alone and role != "host"):
            return Refusal.NOT_PERMITTED
        if number not in self.inside.values():
            return Refusal.NO_SUCH_MEMBER
        device = self.owners[number]
        above = role == "moderator" and device in self.moderators
        protected = above or self.is_hosts(device) or device == self.device_of[link]
        return Refusal.NOT_PERMITTED if protected else None

    @rule(link=links)
    def leave(self, link: int) -> None:
        link = self.some(link)
        self.take(self.room.handle(link, m.Leave(), self.now))
        if self.inside.pop(link, None) is not None:
            self.forget(link)

    @rule(link=links)
    def drop(self, link: int) -> None:
        link = self.some(link)
        self.take(self.room.drop(link, self.now))
        self.inside.pop(link, None)
        self.forget(link)

    @rule(link=links, topic=st.sampled_from(["a", "b", "x" * 300]))
    def set_topic(self, link: int, topic: str) -> None:
        link = self.some(link)
        self.take(self.room.handle(link, m.SetTopic(topic=topic), self.now))

    @rule(milliseconds=st.sampled_from([1, NICKNAME_HELD // 2, NICKNAME_HELD]))
    def wait(self, milliseconds: int) -> None:
        self.now += milliseconds

    @rule(
        link=links,
        after=st.integers(0, 30),
        until=st.integers(0, 30),
        newest=st.booleans(),
        limit=st.integers(1, 6),
    )
    def fetch(self, link: int, after: int, until: int, newest: bool, limit: int) -> None:
        link = self.some(link)
        wish = m.Fetch(after=after, until=until, newest=newest, limit=limit)
        effects = self.take(self.room.handle(link, wish, self.now))
        if link not in self.inside:
            assert effects == []
            return
        (answer,) = effects
        assert isinstance(answer, Send)
        page = answer.message
        assert isinstance(page, m.Page)
        assert after <= page.after <= page.until <= max(after, until)
        assert page.start >= self.floors[self.device_of[link]]
        expected = [
            said for said in self.heard if max(page.after, page.start) < said.seq <= page.until
        ]
        assert list(page.said) == expected
        assert len(expected) <= limit
        # The near end is always the one that was asked for.
        last = min(until, self.room.log.last_seq)
        if last > after:
            assert (page.until if newest else page.after) == (last if newest else after)
            assert page.until > page.after

    # --- what the effects may be ----------------------------------------------------------

    def take(self, effects: list[Effect]) -> list[Effect]:
        for effect in effects:
            if isinstance(effect, Send):
                assert effect.link in self.device_of
                if isinstance(effect.message, m.Joined):
                    self.inside[effect.link] = effect.message.member
                    device = self.device_of[effect.link]
                    assert self.owners.setdefault(effect.message.member, device) == device
                elif effect.link not in self.inside:
                    assert isinstance(effect.message, m.Rejected)
                if isinstance(effect.message, m.Located):
                    assert effect.link in self.local
            elif isinstance(effect, Close):
                assert effect.link in self.device_of
                assert effect.link not in self.local
                self.inside.pop(effect.link, None)
                self.forget(effect.link)
            elif isinstance(effect, Broadcast):
                if isinstance(effect.message, m.Live):
                    for one in effect.message.said:
                        self.heard.append(replace(one, device=self.owners[one.author]))
                        self.hear_change(one)
            else:
                assert isinstance(effect, Announce)
        return effects

    def hear_change(self, one: m.Said) -> None:
        """Do to the log that was heard what a line of it says."""
        if one.kind not in {"delete", "edit"}:
            return
        for place, earlier in enumerate(self.heard[:-1]):
            if earlier.kind == "edit" and earlier.about == one.about:
                self.heard[place] = replace(earlier, text="")
        about = self.heard[one.about - 1]
        now = replace(about, text="", kind="deleted", about=0)
        if one.kind == "edit":
            now = replace(about, text=one.text, kind="edited")
        self.heard[one.about - 1] = now

    def forget(self, link: int) -> None:
        self.device_of.pop(link, None)
        self.guest_of.pop(link, None)
        self.local.discard(link)

    # --- what always holds ----------------------------------------------------------------

    @invariant()
    def numbers_have_no_holes(self) -> None:
        assert [said.seq for said in self.heard] == list(range(1, self.room.log.last_seq + 1))

    @invariant()
    def each_message_is_said_once(self) -> None:
        assert not self.heard or max(Counter((s.device, s.cid) for s in self.heard).values()) == 1

    @invariant()
    def each_nickname_is_one_member(self) -> None:
        keys = [nickname_key(member.nick) for member in self.room.members]
        assert len(keys) == len(set(keys))
        numbers = [member.number for member in self.room.members]
        assert len(numbers) == len(set(numbers))

    @invariant()
    def room_knows_who_is_inside(self) -> None:
        assert sorted(self.inside.values()) == sorted(m.number for m in self.room.members)
        for link, number in self.inside.items():
            member = self.room.member_on(link)
            assert member is not None
            assert member.number == number
            assert member.device == self.device_of[link]
            assert (member.role == "host") == (link in self.local)
            assert member.role == self.role(link)
            assert member.muted == (member.device in self.muted and link not in self.local)
            assert member.guest == self.guest_of.get(link, "")
            assert member.guest in self.lets_in
            banned = any(self.hits(ban, link) for ban in self.bans.values())
            assert link in self.local or not banned

    @invariant()
    def room_is_never_overfull(self) -> None:
        assert len(self.inside) <= self.room.settings.max_members + len(self.local)


def listed_numbers(bans: tuple[m.Ban, ...]) -> list[int]:
    return [ban.number for ban in bans]


TestAnyRoom = AnyRoom.TestCase
TestAnyRoom.settings = settings(max_examples=300, stateful_step_count=60, deadline=None)
