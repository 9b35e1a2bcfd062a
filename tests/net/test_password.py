"""The room's password over loopback: who is asked, who gets in, who has to wait."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import pytest
from pytestqt.qtbot import QtBot

from app.host_options import HostOptions
from app.lobby import HostedRoom, Lobby
from app.net import limits
from app.net.door import PortTaken
from app.net.host import Host
from app.protocol import messages as m
from app.protocol.errors import Refusal
from app.protocol.wire import Side, Wire
from app.room.guesses import FIRST_WAIT, FREE
from app.security import proof
from app.security.identity import DeviceKey
from app.security.invite import Address, Invite, parse_target
from app.security.password import PasswordProblem, PasswordRefused, password_key
from app.security.trust import How
from app.session.connection import Phase, Problem, Verified
from app.session.room_session import RoomSession
from tests.helpers.clock import ManualClock
from tests.helpers.pair import device
from tests.helpers.raw_peer import RawPeer
from tests.helpers.sessions import nicknames
from tests.net.conftest import MakeLobby, own_session

PASSWORD = "uma senha só nossa"  # noqa: S105 - of a test
WRONG = "another one"

M = TypeVar("M", bound=m.Message)

Wait = Callable[[RoomSession, Phase], None]
Make = Callable[..., HostedRoom]


@pytest.fixture
def wait(qtbot: QtBot) -> Wait:
    def wait_for(session: RoomSession, phase: Phase) -> None:
        qtbot.waitUntil(lambda: session.connection.phase is phase, timeout=10_000)

    return wait_for


@pytest.fixture
def host_room(qtbot: QtBot) -> Make:
    def host(lobby: Lobby, password: str = PASSWORD, **options: object) -> HostedRoom:
        chosen = HostOptions(name="Robotics Lab", nickname="Marina", port=0, password=password)
        room = lobby.host(replace(chosen, **options))  # type: ignore[arg-type]
        with qtbot.waitSignal(own_session(room).joined):
            pass
        return room

    return host


@pytest.fixture
def room(make_lobby: MakeLobby, host_room: Make) -> HostedRoom:
    return host_room(make_lobby())


def _address(hosted: HostedRoom) -> Address:
    return Address("127.0.0.1", hosted.host.port)


def _invite(hosted: HostedRoom) -> Invite:
    invite = parse_target(hosted.sharing.invite)
    assert isinstance(invite, Invite)
    return replace(invite, addresses=(_address(hosted),))


# --- who gets in --------------------------------------------------------------------------------


def test_right_password_lets_in_by_invite(
    room: HostedRoom, make_lobby: MakeLobby, wait: Wait
) -> None:
    tom = make_lobby().join(_invite(room), "Tom", password=PASSWORD)
    wait(tom, Phase.ONLINE)
    assert tom.verified is Verified.INVITE
    assert tom.info.has_password


def test_right_password_vouches_for_the_host_on_a_first_contact(
    room: HostedRoom, make_lobby: MakeLobby, wait: Wait
) -> None:
    lobby = make_lobby()
    tom = lobby.join(_address(room), "Tom", password=PASSWORD, can_ask=False)
    wait(tom, Phase.ONLINE)
    assert tom.verified is Verified.PASSWORD
    (known,) = lobby.identity.known_rooms
    assert known.how is How.PASSWORD
    tom.leave()
    # The device is trusted and the host is known: next time nobody is asked for anything.
    again = lobby.join(_address(room), "Tom")
    wait(again, Phase.ONLINE)
    assert again.verified is Verified.PASSWORD


def test_password_counts_for_more_than_consent_given_unseen(
    room: HostedRoom, make_lobby: MakeLobby, wait: Wait
) -> None:
    tom = make_lobby().join(_address(room), "Tom", password=PASSWORD, accept_new=True)
    wait(tom, Phase.ONLINE)
    assert tom.verified is Verified.PASSWORD


@pytest.mark.parametrize("by_invite", [True, False])
def test_room_that_asks_is_answered_by_the_person_and_no_link_waits_meanwhile(
    room: HostedRoom, make_lobby: MakeLobby, wait: Wait, qtbot: QtBot, by_invite: bool
) -> None:
    target = _invite(room) if by_invite else _address(room)
    tom = make_lobby().join(target, "Tom", accept_new=True)
    wait(tom, Phase.PASSWORD)
    assert tom.connection.problem is None
    assert tom.info.has_password
    qtbot.waitUntil(lambda: room.host.half_open == 0)
    assert tom.give_password(PASSWORD) is None
    wait(tom, Phase.ONLINE)
    assert tom.verified is (Verified.INVITE if by_invite else Verified.PASSWORD)


def test_person_may_check_a_new_host_by_password_instead_of_by_words(
    room: HostedRoom, make_lobby: MakeLobby, wait: Wait
) -> None:
    tom = make_lobby().join(_address(room), "Tom")
    wait(tom, Phase.ASKING)
    tom.give_password(PASSWORD)
    wait(tom, Phase.ONLINE)
    assert tom.verified is Verified.PASSWORD


def test_host_accepted_by_its_words_still_asks(
    room: HostedRoom, make_lobby: MakeLobby, wait: Wait
) -> None:
    tom = make_lobby().join(_address(room), "Tom")
    wait(tom, Phase.ASKING)
    tom.accept_host()
    wait(tom, Phase.PASSWORD)
    tom.give_password(PASSWORD)
    wait(tom, Phase.ONLINE)


def test_wrong_password_is_said_and_asked_for_again(
    room: HostedRoom, make_lobby: MakeLobby, wait: Wait
) -> None:
    tom = make_lobby().join(_invite(room), "Tom", password=WRONG)
    wait(tom, Phase.PASSWORD)
    assert tom.connection.problem == Refusal.WRONG_PASSWORD
    assert nicknames(own_session(room)) == {"Marina"}
    tom.give_password(PASSWORD)
    wait(tom, Phase.ONLINE)


def test_wrong_password_is_not_tried_again_by_itself(
    make_lobby: MakeLobby, host_room: Make, wait: Wait
) -> None:
    room, clock = host_room(make_lobby()), ManualClock()
    lobby = make_lobby(clock)
    tom = lobby.join(_invite(room), "Tom", password=WRONG)
    wait(tom, Phase.PASSWORD)
    assert not lobby._clients[tom]._introduction.password
    clock.advance(3600)
    assert clock.waiting == 0
    assert tom.connection.phase is Phase.PASSWORD


def test_nickname_that_is_taken_is_asked_for_on_the_same_link_behind_a_password_too(
    room: HostedRoom, make_lobby: MakeLobby, wait: Wait
) -> None:
    tom = make_lobby().join(_invite(room), "Marina", password=PASSWORD)
    wait(tom, Phase.NICKNAME)
    tom.ask_nickname("Tom")
    wait(tom, Phase.ONLINE)


def test_room_without_a_password_lets_in_who_was_given_one_for_it_by_invite(
    make_lobby: MakeLobby, host_room: Make, wait: Wait
) -> None:
    tom = make_lobby().join(_invite(host_room(make_lobby(), "")), "Tom", password=PASSWORD)
    wait(tom, Phase.ONLINE)
    assert not tom.info.has_password


def test_unknown_room_without_a_password_is_no_room_for_who_was_given_one(
    make_lobby: MakeLobby, host_room: Make, wait: Wait
) -> None:
    room = host_room(make_lobby(), "")
    tom = make_lobby().join(_address(room), "Tom", password=PASSWORD)
    wait(tom, Phase.STOPPED)
    assert tom.connection.problem == Problem.PASSWORD_NOT_ASKED
    # Another try forgets the password, and lets the person look at the host.
    tom.try_now()
    wait(tom, Phase.ASKING)
    assert nicknames(own_session(room)) == {"Marina"}


def test_what_cannot_be_a_password_is_said_and_nothing_is_done(
    room: HostedRoom, make_lobby: MakeLobby, wait: Wait
) -> None:
    tom = make_lobby().join(_invite(room), "Tom")
    wait(tom, Phase.PASSWORD)
    assert tom.give_password("") is PasswordProblem.EMPTY
    assert tom.give_password("x" * 200) is PasswordProblem.TOO_LONG
    assert own_session(room).set_room_password("a\u0000b") is PasswordProblem.NOT_ALLOWED
    assert tom.connection.phase is Phase.PASSWORD
    with pytest.raises(PasswordRefused):
        make_lobby().join(_invite(room), "Tom", password="x" * 200)
    with pytest.raises(PasswordRefused):
        make_lobby().host(HostOptions(name="Other", port=0, password="x" * 200))


# --- coming back --------------------------------------------------------------------------------


def test_member_whose_link_broke_comes_back_without_being_asked(
    room: HostedRoom, make_lobby: MakeLobby, wait: Wait, qtbot: QtBot
) -> None:
    tom = make_lobby().join(_invite(room), "Tom")
    wait(tom, Phase.PASSWORD)
    tom.give_password(PASSWORD)
    wait(tom, Phase.ONLINE)
    with qtbot.waitSignal(tom.joined, timeout=10_000):
        for visit in list(room.host._visits.values()):
            visit.link.abort()


def test_host_that_forgot_whom_it_trusts_is_given_the_password_by_itself(
    room: HostedRoom, make_lobby: MakeLobby, wait: Wait, qtbot: QtBot
) -> None:
    tom = make_lobby().join(_invite(room), "Tom", password=PASSWORD)
    wait(tom, Phase.ONLINE)
    room.host.room.entrance._trusted.clear()
    with qtbot.waitSignal(tom.joined, timeout=10_000):
        for visit in list(room.host._visits.values()):
            visit.link.abort()


def test_password_may_be_set_changed_and_taken_away_while_the_room_is_open(
    make_lobby: MakeLobby, host_room: Make, wait: Wait
) -> None:
    room = host_room(make_lobby(), "")
    host = own_session(room)
    tom = make_lobby().join(_invite(room), "Tom")
    wait(tom, Phase.ONLINE)
    assert host.set_room_password(PASSWORD) is None
    assert own_session(room).info.has_password
    assert tom.connection.phase is Phase.ONLINE
    ana = make_lobby().join(_invite(room), "Ana")
    wait(ana, Phase.PASSWORD)
    # Who was in stays, and is asked when it comes again.
    for visit in [v for v in room.host._visits.values() if v.in_room]:
        visit.link.abort()
    wait(tom, Phase.PASSWORD)
    tom.give_password(PASSWORD)
    wait(tom, Phase.ONLINE)
    host.set_room_password("")
    assert not own_session(room).info.has_password
    bia = make_lobby().join(_invite(room), "Bia")
    wait(bia, Phase.ONLINE)


def test_who_is_on_the_way_in_when_the_password_changes_begins_again(
    make_lobby: MakeLobby, host_room: Make, qtbot: QtBot
) -> None:
    room = host_room(make_lobby(), "")
    peer = _Peer(room, device("tom"))
    with qtbot.waitSignal(peer.raw.ready):
        pass
    peer.say(m.ClientHello(min_version=1, max_version=1))
    hello = peer.next(m.HostHello, qtbot)
    assert not hello.password
    peer.prove()
    own_session(room).set_room_password(PASSWORD)
    assert peer.next(m.Closed, qtbot).code == Refusal.WRONG_PASSWORD
    assert nicknames(own_session(room)) == {"Marina"}


@pytest.mark.parametrize(
    ("options", "asks", "trusts"),
    [
        ({}, True, True),
        ({"password": PASSWORD}, True, True),
        ({"password": "a new one"}, True, False),
        ({"no_password": True}, False, False),
    ],
)
def test_room_that_is_hosted_again_keeps_its_password_unless_told_otherwise(
    make_lobby: MakeLobby,
    host_room: Make,
    wait: Wait,
    qtbot: QtBot,
    options: dict[str, object],
    asks: bool,
    trusts: bool,
) -> None:
    lobby = make_lobby()
    room = host_room(lobby)
    visitor = make_lobby()
    tom = visitor.join(_invite(room), "Tom", password=PASSWORD)
    wait(tom, Phase.ONLINE)
    tom.leave()
    visitor.forget(tom)
    with qtbot.waitSignal(room.stopped):
        room.stop()
    again = host_room(lobby, **{"password": "", **options})
    entrance = again.host.room.entrance
    assert entrance.asks is asks
    assert own_session(again).info.has_password is asks
    assert entrance.trusts(visitor.identity.device.id) is trusts
    back = visitor.join(_invite(again), "Tom")
    wait(back, Phase.ONLINE if trusts or not asks else Phase.PASSWORD)


def test_room_whose_log_was_damaged_and_set_aside_still_asks_for_its_password(
    make_lobby: MakeLobby, host_room: Make, wait: Wait, qtbot: QtBot
) -> None:
    lobby = make_lobby()
    room = host_room(lobby)
    with qtbot.waitSignal(room.stopped):
        room.stop()
    (log,) = lobby.folder.path.rglob("log.db")
    log.write_bytes(b"no database at all")
    with qtbot.waitSignal(lobby.put_aside) as told:
        again = host_room(lobby, password="")
    assert told.args == lobby.set_aside
    assert again.host.room.entrance.asks
    tom = make_lobby().join(_invite(again), "Tom")
    wait(tom, Phase.PASSWORD)


def test_password_that_was_taken_away_does_not_come_back_with_a_damaged_log(
    make_lobby: MakeLobby, host_room: Make, qtbot: QtBot
) -> None:
    lobby = make_lobby()
    room = host_room(lobby)
    room.host.set_password("")
    with qtbot.waitSignal(room.stopped):
        room.stop()
    (log,) = lobby.folder.path.rglob("log.db")
    log.write_bytes(b"no database at all")
    assert not host_room(lobby, password="").host.room.entrance.asks


def test_password_is_on_the_disk_before_the_door_opens(
    make_lobby: MakeLobby, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(host: Host, _bind: str, _port: int) -> int:
        key = host.room.log.read("SELECT value FROM meta WHERE key = 'password'")
        assert key == [(password_key(PASSWORD, host.key.fingerprint),)]
        raise PortTaken

    monkeypatch.setattr(Host, "open", crash)
    with pytest.raises(PortTaken):
        make_lobby().host(HostOptions(name="Robotics Lab", port=0, password=PASSWORD))


# --- guessing -----------------------------------------------------------------------------------


class _Peer:
    """A peer that goes as far into the handshake as a test wants."""

    def __init__(self, room: HostedRoom, key: DeviceKey) -> None:
        self.raw = RawPeer(room.host.port, tls=True)
        self.wire = Wire(Side.MEMBER)
        self._room, self._key = room, key
        self._read = 0

    def say(self, message: m.AnyMessage) -> None:
        self.raw.send(self.wire.send(message))

    def prove(self) -> None:
        fingerprint = self._room.sharing.fingerprint
        self.say(proof.prove(self._key, self.wire.client_hello, self.wire.host_hello, fingerprint))

    def next(self, kind: type[M], qtbot: QtBot) -> M:
        qtbot.waitUntil(lambda: len(self.raw.bodies) > self._read)
        body = self.raw.bodies[self._read]
        self._read += 1
        (message,) = self.wire.receive(len(body).to_bytes(4, "big") + body)
        assert isinstance(message, kind)
        return message


def _wrong(room: HostedRoom, make_lobby: MakeLobby, wait: Wait, times: int) -> list[str | None]:
    """Let newcomers guess wrongly, one after the other; return what each was told."""
    told = []
    for _ in range(times):
        stranger = make_lobby().join(_invite(room), "Mallory", password=WRONG)
        wait(stranger, Phase.PASSWORD)
        told.append(stranger.connection.problem)
    return told


def test_after_five_wrong_ones_strangers_wait_and_trusted_devices_do_not(
    make_lobby: MakeLobby, host_room: Make, wait: Wait
) -> None:
    clock = ManualClock()
    room = host_room(make_lobby(clock))
    friend = make_lobby()
    tom = friend.join(_invite(room), "Tom", password=PASSWORD)
    wait(tom, Phase.ONLINE)
    tom.leave()
    assert _wrong(room, make_lobby, wait, FREE) == [Refusal.WRONG_PASSWORD] * FREE
    late = ManualClock()
    ana = make_lobby(late).join(_invite(room), "Ana", password=PASSWORD)
    wait(ana, Phase.PASSWORD)
    assert ana.connection.problem == Refusal.TOO_MANY_GUESSES
    assert ana.connection.retry_at == pytest.approx(late.monotonic() + FIRST_WAIT, abs=1)
    again = friend.join(_invite(room), "Tom")
    wait(again, Phase.ONLINE)
    clock.advance(FIRST_WAIT + 1)
    ana.give_password(PASSWORD)
    wait(ana, Phase.ONLINE)
    # Hers was right, so her address begins anew.
    assert _wrong(room, make_lobby, wait, 1) == [Refusal.WRONG_PASSWORD]


def test_flood_limit_that_is_lifted_leaves_the_limit_on_guesses(
    make_lobby: MakeLobby, host_room: Make, wait: Wait
) -> None:
    room = host_room(make_lobby(), unlimited=True)
    assert _wrong(room, make_lobby, wait, FREE + 1)[-1] == Refusal.TOO_MANY_GUESSES


def test_many_half_open_links_have_no_more_guesses_together_than_one(
    room: HostedRoom, qtbot: QtBot
) -> None:
    peers = [_Peer(room, device(f"m{n}")) for n in range(limits.HALF_OPEN_PER_ADDRESS)]
    qtbot.waitUntil(lambda: all(peer.raw.is_ready for peer in peers))
    for peer in peers:
        peer.say(m.ClientHello(min_version=1, max_version=1))
        assert peer.next(m.HostHello, qtbot).password
        peer.prove()
        # Each has its challenge before the first guess is made.
        peer.next(m.Challenge, qtbot)
    for peer in peers:
        peer.say(m.Response(share=b"\x09" + bytes(31), confirmation=bytes(64)))
    told = [peer.next(m.Closed, qtbot) for peer in peers]
    assert [closed.code for closed in told].count(Refusal.WRONG_PASSWORD) == FREE
    others = [closed for closed in told if closed.code == Refusal.TOO_MANY_GUESSES]
    assert len(others) == len(peers) - FREE
    assert all(0 < closed.seconds <= FIRST_WAIT for closed in others)


def test_challenges_that_nobody_answers_are_no_guesses_and_end_in_time(
    make_lobby: MakeLobby, host_room: Make, qtbot: QtBot, wait: Wait
) -> None:
    clock = ManualClock()
    room = host_room(make_lobby(clock))
    for n in range(FREE + 1):
        peer = _Peer(room, device(f"m{n}"))
        with qtbot.waitSignal(peer.raw.ready):
            pass
        peer.say(m.ClientHello(min_version=1, max_version=1))
        peer.next(m.HostHello, qtbot)
        peer.prove()
        peer.next(m.Challenge, qtbot)
    clock.advance(limits.JOIN_DEADLINE + 2)
    assert peer.next(m.Closed, qtbot).code == Refusal.TIMED_OUT
    tom = make_lobby().join(_invite(room), "Tom", password=PASSWORD)
    wait(tom, Phase.ONLINE)


def test_neither_password_nor_key_is_in_any_log(
    make_lobby: MakeLobby, host_room: Make, wait: Wait, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        room = host_room(make_lobby())
        tom = make_lobby().join(_invite(room), "Tom", password=PASSWORD)
        wait(tom, Phase.ONLINE)
        _wrong(room, make_lobby, wait, FREE + 1)
        own_session(room).set_room_password("a third one")
    assert "wrong password" in caplog.text
    options = HostOptions(name="Lab", password=PASSWORD)
    for said in (caplog.text, repr(options), repr(room.host.room.entrance)):
        key = password_key(PASSWORD, room.sharing.fingerprint)
        for secret in (PASSWORD, WRONG, "a third one", key.hex(), repr(key)):
            assert secret not in said
