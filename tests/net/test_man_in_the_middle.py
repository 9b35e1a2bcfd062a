"""Somebody in between, with a certificate of their own, learns no password, nickname or message."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from app.host_options import HostOptions
from app.lobby import HostedRoom, Lobby
from app.net.limits import LAST_WORD
from app.protocol import messages as m
from app.protocol.errors import Refusal
from app.security.certificate import RoomKey, load_or_create_room_key
from app.security.identity import load_or_create_device_key
from app.security.invite import Address, Invite, parse_target
from app.security.password import HostExchange, WrongPassword, password_key
from app.security.trust import How
from app.session.connection import Phase, Problem, Verified
from app.session.room_session import RoomSession
from tests.helpers.clock import ManualClock
from tests.helpers.impostor import FalseHost, Listener, Relay, Script
from tests.net.conftest import MakeLobby

PASSWORD = "correct horse battery"  # noqa: S105 - of a test
NICK = "Tom of the eighth floor"
MESSAGE = "meet me at the old bridge"

Wait = Callable[[RoomSession, Phase], None]


@pytest.fixture
def mallory(tmp_path: Path) -> RoomKey:
    return load_or_create_room_key(tmp_path / "mallory.pem", datetime(2026, 1, 1, tzinfo=UTC)).value


@pytest.fixture
def closed_room(make_lobby: MakeLobby, qtbot: QtBot) -> Iterator[HostedRoom]:
    room = make_lobby().host(
        HostOptions(name="Robotics Lab", nickname="Marina", port=0, password=PASSWORD)
    )
    assert room.session is not None
    with qtbot.waitSignal(room.session.joined):
        pass
    yield room
    assert {member.nick for member in room.session.roster} == {"Marina"}


@pytest.fixture
def wait(qtbot: QtBot) -> Wait:
    def wait_for(session: RoomSession, phase: Phase) -> None:
        qtbot.waitUntil(lambda: session.connection.phase is phase, timeout=10_000)

    return wait_for


def _knocks(session: RoomSession) -> RoomSession:
    """Say something right away: it waits until there is a room to say it in."""
    session.send(MESSAGE)
    return session


def _learned_nothing(who: Listener, host: HostedRoom | None = None) -> None:
    rooms = [who.key.fingerprint, *([host.sharing.fingerprint] if host else [])]
    keys = [password_key(PASSWORD, fingerprint) for fingerprint in rooms]
    for secret in [PASSWORD.encode(), NICK.encode(), MESSAGE.encode(), *keys]:
        assert secret not in who.heard
    assert not who.heard_of(m.Join)
    assert not who.heard_of(m.Say)


def _knows(lobby: Lobby, address: Address, fingerprint: bytes) -> None:
    lobby.identity.known_rooms.remember(address, fingerprint, "Robotics Lab", How.FIRST_USE, 0.0)


@pytest.mark.parametrize("password", ["", PASSWORD])
def test_on_a_known_room_it_hears_not_one_byte(
    closed_room: HostedRoom, mallory: RoomKey, make_lobby: MakeLobby, wait: Wait, password: str
) -> None:
    relay = Relay(mallory, closed_room.host.port)
    lobby = make_lobby()
    _knows(lobby, relay.address, closed_room.sharing.fingerprint)
    tom = _knocks(lobby.join(relay.address, NICK, password=password))
    wait(tom, Phase.CHANGED)
    assert tom.connection.problem == Problem.WRONG_HOST
    assert relay.connections == 1
    assert relay.heard == b""


@pytest.mark.parametrize("password", ["", PASSWORD])
def test_on_an_invite_it_hears_not_one_byte(
    closed_room: HostedRoom, mallory: RoomKey, make_lobby: MakeLobby, wait: Wait, password: str
) -> None:
    relay = Relay(mallory, closed_room.host.port)
    invite = parse_target(closed_room.sharing.invite)
    assert isinstance(invite, Invite)
    invite = replace(invite, addresses=(relay.address,))
    tom = _knocks(make_lobby().join(invite, NICK, password=password))
    wait(tom, Phase.CHANGED)
    assert relay.connections == 1
    assert relay.heard == b""


def test_on_a_first_contact_without_a_password_it_hears_not_one_byte(
    closed_room: HostedRoom, mallory: RoomKey, make_lobby: MakeLobby, wait: Wait
) -> None:
    relay = Relay(mallory, closed_room.host.port)
    tom = _knocks(make_lobby().join(relay.address, NICK))
    wait(tom, Phase.ASKING)
    assert tom.connection.fingerprint == mallory.fingerprint
    assert relay.heard == b""


def test_on_a_first_contact_by_password_what_it_passes_on_is_worth_nothing_to_the_host(
    closed_room: HostedRoom, mallory: RoomKey, make_lobby: MakeLobby, wait: Wait
) -> None:
    relay = Relay(mallory, closed_room.host.port)
    tom = _knocks(make_lobby().join(relay.address, NICK, password=PASSWORD))
    wait(tom, Phase.STOPPED)
    assert tom.connection.problem == Refusal.BAD_PROOF
    assert [type(message) for message in relay.messages] == [m.ClientHello, m.Prove]
    _learned_nothing(relay, closed_room)


def test_nor_where_it_proves_its_own_device_and_passes_on_the_exchange(
    closed_room: HostedRoom, mallory: RoomKey, make_lobby: MakeLobby, wait: Wait, tmp_path: Path
) -> None:
    device = load_or_create_device_key(tmp_path / "mallory-device.pem").value
    relay = Relay(
        mallory,
        closed_room.host.port,
        device=device,
        true_fingerprint=closed_room.sharing.fingerprint,
    )
    tom = _knocks(make_lobby().join(relay.address, NICK, password=PASSWORD))
    wait(tom, Phase.PASSWORD)
    assert tom.connection.problem == Refusal.WRONG_PASSWORD
    assert [type(message) for message in relay.told] == [m.HostHello, m.Challenge, m.Closed]
    assert not closed_room.host.room.entrance.trusts(device.id)
    _learned_nothing(relay, closed_room)


def test_false_host_has_one_guess_a_connection_and_nothing_to_guess_with_at_home(
    mallory: RoomKey, make_lobby: MakeLobby, wait: Wait, qtbot: QtBot
) -> None:
    clock = ManualClock()
    impostor = FalseHost(mallory, Script(guess="a wrong guess"))
    tom = _knocks(make_lobby(clock).join(impostor.address, NICK, password=PASSWORD))
    wait(tom, Phase.PASSWORD)
    assert tom.connection.problem == Refusal.WRONG_PASSWORD
    assert not impostor.guessed_right
    _learned_nothing(impostor)
    (response,) = impostor.heard_of(m.Response)
    assert isinstance(response, m.Response)
    (proved,) = impostor.heard_of(m.Prove)
    assert isinstance(proved, m.Prove)
    # Without the secret of the one share that was answered, not even the right word is told apart.
    for word in ["a wrong guess", "password", "123456", PASSWORD]:
        exchange = HostExchange(
            password_key(word, mallory.fingerprint),
            transcript=impostor.transcript,
            room=mallory.fingerprint,
            device=proved.device_key,
        )
        with pytest.raises(WrongPassword):
            exchange.check(response.share, response.confirmation)
    # It does not try again by itself, or every try would be a guess given away.
    clock.advance(3600)
    qtbot.wait(50)
    assert impostor.connections == 1
    with qtbot.waitSignal(impostor.rung):
        tom.give_password(PASSWORD)
    wait(tom, Phase.PASSWORD)
    assert len(impostor.heard_of(m.Response)) == 2


def test_false_host_that_guesses_right_is_let_through_so_the_guess_above_was_a_true_one(
    mallory: RoomKey, make_lobby: MakeLobby, wait: Wait
) -> None:
    clock = ManualClock()
    impostor = FalseHost(mallory, Script(guess=PASSWORD))
    tom = make_lobby(clock).join(impostor.address, NICK, password=PASSWORD)
    wait(tom, Phase.ONLINE)
    assert impostor.guessed_right
    assert tom.verified is Verified.PASSWORD
    # This host never hangs up, so time has to end the link.
    tom.leave()
    clock.advance(LAST_WORD + 0.1)


def test_share_that_no_honest_host_sends_ends_it(
    mallory: RoomKey, make_lobby: MakeLobby, wait: Wait
) -> None:
    # The point of small order would make every password right.
    impostor = FalseHost(mallory, Script(share=bytes(32)))
    tom = make_lobby().join(impostor.address, NICK, password=PASSWORD)
    wait(tom, Phase.PASSWORD)
    assert tom.connection.problem == Refusal.WRONG_PASSWORD
    assert not impostor.heard_of(m.Response)
    _learned_nothing(impostor)


@pytest.mark.parametrize(
    ("script", "heard"),
    [
        (Script(asks=False), [m.ClientHello]),
        (Script(trusts=True), [m.ClientHello, m.Prove]),
    ],
)
def test_false_host_that_asks_for_no_proof_of_the_password_gets_no_nickname(
    mallory: RoomKey,
    make_lobby: MakeLobby,
    wait: Wait,
    script: Script,
    heard: list[type[m.Message]],
) -> None:
    impostor = FalseHost(mallory, script)
    lobby = make_lobby()
    tom = _knocks(lobby.join(impostor.address, NICK, password=PASSWORD, accept_new=True))
    wait(tom, Phase.STOPPED)
    assert tom.connection.problem == Problem.PASSWORD_NOT_ASKED
    assert [type(message) for message in impostor.messages] == heard
    assert len(lobby.identity.known_rooms) == 0
    _learned_nothing(impostor)
    # The next try asks the person, and says nothing meanwhile.
    so_far = impostor.heard
    again = lobby.join(impostor.address, NICK)
    wait(again, Phase.ASKING)
    assert impostor.heard == so_far


def _asks_nothing(message: m.AnyMessage) -> m.AnyMessage:
    if isinstance(message, m.HostHello):
        return msgspec.structs.replace(message, password=False)
    return message


def _trusts(message: m.AnyMessage) -> m.AnyMessage:
    return m.Trusted() if isinstance(message, m.Challenge) else message


@pytest.mark.parametrize("alter", [_asks_nothing, _trusts])
def test_relay_that_takes_the_password_out_of_what_the_true_host_says_gets_no_nickname(
    closed_room: HostedRoom,
    mallory: RoomKey,
    make_lobby: MakeLobby,
    wait: Wait,
    tmp_path: Path,
    alter: Callable[[m.AnyMessage], m.AnyMessage],
) -> None:
    relay = Relay(
        mallory,
        closed_room.host.port,
        to_member=alter,
        device=load_or_create_device_key(tmp_path / "mallory-device.pem").value,
        true_fingerprint=closed_room.sharing.fingerprint,
    )
    tom = _knocks(make_lobby().join(relay.address, NICK, password=PASSWORD))
    wait(tom, Phase.STOPPED)
    assert tom.connection.problem == Problem.PASSWORD_NOT_ASKED
    _learned_nothing(relay, closed_room)


@pytest.mark.parametrize(("version", "problem"), [(2, "peer-too-old"), (0, "peer-too-new")])
def test_host_that_chooses_a_version_that_was_not_offered_hears_no_more(
    mallory: RoomKey, make_lobby: MakeLobby, wait: Wait, version: int, problem: str
) -> None:
    impostor = FalseHost(mallory, Script(asks=False, version=version))
    tom = _knocks(make_lobby().join(impostor.address, NICK, accept_new=True))
    wait(tom, Phase.STOPPED)
    assert tom.connection.problem == problem
    assert [type(message) for message in impostor.messages] == [m.ClientHello]


def _altered(
    kind: type[m.Message], changes: dict[str, object], message: m.AnyMessage
) -> m.AnyMessage:
    if isinstance(message, kind):
        return msgspec.structs.replace(message, **changes)
    return message


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        (m.ClientHello, {"agent": "papo/0"}),
        (m.ClientHello, {"min_version": 0}),
        (m.HostHello, {"room": "Another Lab"}),
        (m.HostHello, {"nonce": bytes(32)}),
        (m.HostHello, {"password": False}),
        (m.HostHello, {"agent": "papo/0"}),
    ],
)
@pytest.mark.parametrize("own_device", [True, False])
def test_hello_altered_in_flight_fails_even_for_who_has_the_rooms_own_key(
    closed_room: HostedRoom,
    make_lobby: MakeLobby,
    qtbot: QtBot,
    tmp_path: Path,
    kind: type[m.Message],
    changes: dict[str, object],
    own_device: bool,
) -> None:
    relay = Relay(closed_room.host.key, closed_room.host.port)
    if kind is m.ClientHello:
        relay.to_host = partial(_altered, kind, changes)
    else:
        relay.to_member = partial(_altered, kind, changes)
    if own_device:
        # Then the proof of the device holds, and it is the password's exchange that fails.
        relay.device = load_or_create_device_key(tmp_path / "mallory-device.pem").value
        relay.true_fingerprint = closed_room.sharing.fingerprint
    tom = make_lobby().join(relay.address, NICK, password=PASSWORD)
    ended = {Phase.STOPPED, Phase.PASSWORD}
    qtbot.waitUntil(lambda: tom.connection.phase in ended, timeout=10_000)
    if changes == {"password": False}:
        assert tom.connection.problem == Problem.PASSWORD_NOT_ASKED
    else:
        wrong = Refusal.WRONG_PASSWORD if own_device else Refusal.BAD_PROOF
        assert tom.connection.problem == wrong
    _learned_nothing(relay, closed_room)


def test_relay_that_alters_nothing_and_has_the_rooms_key_lets_the_member_in(
    make_lobby: MakeLobby, wait: Wait
) -> None:
    # So the failures above are of what was altered, not of the relay.
    room = make_lobby().host(HostOptions(name="Lab", port=0, password=PASSWORD))
    relay = Relay(room.host.key, room.host.port)
    tom = make_lobby().join(relay.address, NICK, password=PASSWORD)
    wait(tom, Phase.ONLINE)
    assert tom.verified is Verified.PASSWORD
    assert PASSWORD.encode() not in relay.heard
    assert password_key(PASSWORD, room.sharing.fingerprint) not in relay.heard
