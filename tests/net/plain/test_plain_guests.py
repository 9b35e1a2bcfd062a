"""Guests by plain text, on real connections: the tutorial's exchange, and what a room makes of them."""

from __future__ import annotations

import re

import pytest
from pytestqt.qtbot import QtBot

from app.host_options import HostOptions
from app.lobby import HostedRoom
from app.net import limits
from app.protocol.errors import Refusal
from app.protocol.messages import Member, SetRole, Whisper
from app.room.history import History
from app.security.invite import parse_target
from app.session.room_session import RoomSession
from app.session.timeline import MessageEntry
from tests.helpers.plain import Netcat
from tests.net.conftest import MakeLobby, own_session
from tests.net.plain.conftest import Dial, MakeRoom, RunTutorial


def texts(session: RoomSession) -> list[str]:
    said = [entry for entry in session.timeline if isinstance(entry, MessageEntry) and entry.seq]
    return [f"{entry.nick}: {entry.text}" for entry in said]


def roster(room: HostedRoom) -> dict[str, Member]:
    return {member.nick: member for member in room.host.room.members}


def hears(qtbot: QtBot, caller: Netcat, text: str) -> None:
    qtbot.waitUntil(lambda: text in caller.text)


# --- the exchange -------------------------------------------------------------------------------


def test_tutorial_client_joins_speaks_and_hears(
    open_room: MakeRoom, run_tutorial: RunTutorial, qtbot: QtBot
) -> None:
    room = open_room()
    host = own_session(room)
    client = run_tutorial(room, "joão")
    qtbot.waitUntil(lambda: client.terminal.endswith("Conectado ao Servidor\n"))
    assert client.terminal == "joão conectou ao servidor!\nConectado ao Servidor\n"
    client.type("oi, alguém aí?")
    qtbot.waitUntil(lambda: texts(host) == ["joão: oi, alguém aí?"])
    host.send("oi!")
    qtbot.waitUntil(lambda: client.terminal.endswith("Marina: oi!\n"))
    assert client.terminal.split("\n")[2:] == ["joão: oi, alguém aí?", "Marina: oi!", ""]
    assert roster(room)["joão"].guest == "text"


def test_two_tutorial_clients_and_the_host_see_one_order(
    open_room: MakeRoom, run_tutorial: RunTutorial, qtbot: QtBot
) -> None:
    room = open_room()
    ana = run_tutorial(room, "ana")
    qtbot.waitUntil(lambda: "Conectado" in ana.terminal)
    bia = run_tutorial(room, "bia")
    qtbot.waitUntil(lambda: "Conectado" in bia.terminal)
    qtbot.waitUntil(lambda: "bia conectou ao servidor!\n" in ana.terminal)
    host = own_session(room)
    for number in range(5):
        for client in (ana, bia):
            client.type(f"linha {number}")
            said = f"{client.nickname}: linha {number}\n"
            qtbot.waitUntil(lambda said=said: said in ana.terminal and said in bia.terminal)  # type: ignore[misc]
        host.send(f"número {number}")
    qtbot.waitUntil(lambda: all("Marina: número 4\n" in each.terminal for each in (ana, bia)))
    expected = texts(host)
    assert len(expected) == 15
    for client in (ana, bia):
        heard = re.findall(r"^\w+: .*$", client.terminal, re.MULTILINE)
        assert heard == expected


def test_netcat_ends_lines_and_a_member_answers(
    open_room: MakeRoom, dial: Dial, qtbot: QtBot
) -> None:
    room = open_room()
    caller = dial(room, "bia")
    assert caller.text == "bia conectou ao servidor!\nConectado ao Servidor\n"
    caller.say("primeira\r\nsegunda\n")
    host = own_session(room)
    qtbot.waitUntil(lambda: texts(host) == ["bia: primeira", "bia: segunda"])
    host.send("duas\nlinhas")
    hears(qtbot, caller, "Marina: duas\n  linhas\n")


def test_nickname_and_lines_that_come_before_the_question_are_taken(
    open_room: MakeRoom, qtbot: QtBot
) -> None:
    room = open_room()
    caller = Netcat(room.host.port, room)
    caller.say("bia\noi\n")
    caller.hang_up()
    qtbot.waitUntil(lambda: texts(own_session(room)) == ["bia: oi"])
    qtbot.waitUntil(lambda: "bia" not in roster(room))


def test_only_the_nickname_as_the_tutorial_puts_it_is_taken_off(
    open_room: MakeRoom, dial: Dial, qtbot: QtBot
) -> None:
    room = open_room()
    caller = dial(room, "http")
    caller.say("http: http://papo.local\nhttp://papo.local\nhttp: \noi http: x\n")
    expected = ["http: http://papo.local", "http: http://papo.local", "http: oi http: x"]
    qtbot.waitUntil(lambda: texts(own_session(room)) == expected)


@pytest.mark.parametrize("word", ["quit\n", "/quit\r\n", "bia: quit"])
def test_quit_leaves(open_room: MakeRoom, dial: Dial, qtbot: QtBot, word: str) -> None:
    room = open_room()
    caller = dial(room, "bia")
    caller.say(word)
    qtbot.waitUntil(lambda: caller.is_over)
    assert "bia" not in roster(room)
    assert dial(room, "bia").heard


# --- what the room says no to -------------------------------------------------------------------


def test_nickname_that_is_taken_is_asked_for_again(
    open_room: MakeRoom, dial: Dial, qtbot: QtBot
) -> None:
    room = open_room()
    caller = dial(room)
    caller.say("MARINA\n")
    qtbot.waitUntil(lambda: caller.heard.count(b"NICK") == 2)
    assert "taken" in caller.text
    caller.say("bia\n")
    hears(qtbot, caller, "Conectado ao Servidor\n")


def test_garbage_for_nicknames_ends_the_visit(
    open_room: MakeRoom, dial: Dial, qtbot: QtBot
) -> None:
    room = open_room()
    caller = dial(room)
    caller.say(b"\x01\xfe\n" * 20)
    qtbot.waitUntil(lambda: caller.is_over)
    assert set(roster(room)) == {"Marina"}


def test_long_line_is_refused_with_a_word_and_the_guest_stays(
    open_room: MakeRoom, dial: Dial, qtbot: QtBot
) -> None:
    room = open_room()
    caller = dial(room, "bia")
    for length in (5_001, 60_000):
        before = caller.text.count("5,000")
        caller.say("x" * length + "\n")
        qtbot.waitUntil(lambda before=before: caller.text.count("5,000") > before)  # type: ignore[misc]
    caller.say("curta\n")
    qtbot.waitUntil(lambda: texts(own_session(room)) == ["bia: curta"])


def test_bytes_that_are_no_text_are_made_harmless(
    open_room: MakeRoom, dial: Dial, qtbot: QtBot
) -> None:
    room = open_room()
    caller = dial(room, "bia")
    caller.say(b"\xff\xfd\x06a\x1b[2J\xc3\x28\x07b\n")
    qtbot.waitUntil(lambda: len(texts(own_session(room))) == 1)
    assert texts(own_session(room)) == ["bia: a[2J\ufffd(b"]
    assert caller.heard.startswith(b"NICK")
    assert b"\xff\xfc\x06" in caller.heard


def test_member_s_text_cannot_command_a_terminal(
    open_room: MakeRoom, dial: Dial, qtbot: QtBot
) -> None:
    room = open_room()
    caller = dial(room, "bia")
    own_session(room).send("a\x1b]0;x\x07\u2028bia: eu não disse isso\x9b2J")
    hears(qtbot, caller, "Marina: a]0;x\n  bia: eu não disse isso2J\n")


def test_guests_are_turned_away_where_the_host_lets_none_in(
    open_room: MakeRoom, qtbot: QtBot
) -> None:
    room = open_room(text_guests=False)
    caller = Netcat(room.host.port, room)
    caller.say("bia\n")
    qtbot.waitUntil(lambda: caller.is_over)
    assert caller.heard == b""


def test_what_the_host_chose_is_kept_with_the_room(make_lobby: MakeLobby, qtbot: QtBot) -> None:
    lobby = make_lobby()
    for wish, holds in ((None, False), (True, True), (None, True), (False, False), (None, False)):
        room = lobby.host(HostOptions(name="Lab", port=0, text_guests=wish))
        assert room.host.room.settings.text_guests is holds
        with qtbot.waitSignal(room.stopped):
            room.stop()


def test_host_lets_guests_in_and_shows_them_out_while_the_room_is_open(
    open_room: MakeRoom, dial: Dial, qtbot: QtBot
) -> None:
    room = open_room(text_guests=False)
    host = own_session(room)
    host.moderation.set_guests(browser=False, text=True)
    qtbot.waitUntil(lambda: host.info.text_guests)
    caller, other = dial(room, "bia"), dial(room)
    host.moderation.set_guests(browser=False, text=False)
    qtbot.waitUntil(lambda: caller.is_over and other.is_over)
    assert "no guests" in caller.text
    assert set(roster(room)) == {"Marina"}


def test_password_is_asked_for_and_wrong_ones_are_counted(
    open_room: MakeRoom, dial: Dial, qtbot: QtBot
) -> None:
    room = open_room(password="tangerina")  # noqa: S106 - a room's of this test
    caller = dial(room)
    caller.say("bia\n")
    hears(qtbot, caller, "password")
    caller.say("bia: errada\n")
    hears(qtbot, caller, "not this room’s password")
    caller.say("tangerina\n")
    hears(qtbot, caller, "Conectado ao Servidor\n")
    guesser = dial(room)
    guesser.say("leo\n" + "palpite\n" * 7)
    qtbot.waitUntil(lambda: guesser.is_over)
    assert "Too many wrong passwords" in guesser.text
    assert set(roster(room)) == {"Marina", "bia"}


# --- keeping order ------------------------------------------------------------------------------


def test_muted_guest_is_told_so(open_room: MakeRoom, dial: Dial, qtbot: QtBot) -> None:
    room = open_room()
    caller = dial(room, "bia")
    own_session(room).moderation.mute(roster(room)["bia"].number, muted=True)
    qtbot.waitUntil(lambda: roster(room)["bia"].muted)
    caller.say("oi\n")
    hears(qtbot, caller, "muted")
    assert texts(own_session(room)) == []


def test_removed_guest_has_a_last_word_and_may_come_again(
    open_room: MakeRoom, dial: Dial, qtbot: QtBot
) -> None:
    room = open_room()
    caller = dial(room, "bia")
    own_session(room).moderation.remove(roster(room)["bia"].number)
    qtbot.waitUntil(lambda: caller.is_over)
    assert "removed" in caller.text
    assert "Conectado" in dial(room, "bia").text


def test_ban_of_a_guest_keeps_guests_of_that_address_out_and_no_member(
    open_room: MakeRoom, dial: Dial, qtbot: QtBot, make_lobby: MakeLobby
) -> None:
    room = open_room()
    caller = dial(room, "bia")
    own_session(room).moderation.remove(roster(room)["bia"].number, ban=True)
    qtbot.waitUntil(lambda: caller.is_over)
    again = dial(room)
    again.say("leo\n")
    qtbot.waitUntil(lambda: again.is_over)
    assert "banned" in again.text
    member = make_lobby().join(parse_target(room.sharing.invite), "Ana", accept_new=True)
    qtbot.waitUntil(lambda: member.is_online)


def test_guest_sees_the_past_as_far_as_the_room_allows(
    open_room: MakeRoom, dial: Dial, qtbot: QtBot
) -> None:
    room = open_room()
    host = own_session(room)
    for number in range(25):
        host.send(f"linha {number}")
    qtbot.waitUntil(lambda: room.host.room.log.last_seq == 25)
    caller = dial(room, "bia")
    hears(qtbot, caller, "Marina: linha 24\n")
    lines = caller.text.splitlines()
    assert lines[1:] == ["Conectado ao Servidor", *(f"Marina: linha {n}" for n in range(5, 25))]


def test_tutorial_client_is_shown_no_more_of_the_past_than_it_reads_at_once(
    open_room: MakeRoom, run_tutorial: RunTutorial, qtbot: QtBot
) -> None:
    room = open_room()
    for number in range(15):
        own_session(room).send(f"{number} " + "á" * 50)
    qtbot.waitUntil(lambda: room.host.room.log.last_seq == 15)
    client = run_tutorial(room, "ana")
    qtbot.waitUntil(lambda: "Marina: 14 á" in client.terminal)
    assert 3 < client.terminal.count("Marina: ") < 15
    assert len(client.terminal.encode()) <= 1024


def test_tutorial_client_survives_long_messages_in_a_row(
    open_room: MakeRoom, run_tutorial: RunTutorial, qtbot: QtBot
) -> None:
    room = open_room()
    client = run_tutorial(room, "ana")
    qtbot.waitUntil(lambda: "Conectado" in client.terminal)
    host = own_session(room)
    for number in range(4):
        host.send("x" * number + "á🌷" * 700 + f" {number}")
    qtbot.waitUntil(lambda: client.terminal.endswith(" 3\n"))
    assert client.terminal.count("á🌷") == 4 * 700
    client.type("li tudo")
    qtbot.waitUntil(lambda: texts(host)[-1] == "ana: li tudo")


def test_flood_of_a_guest_slows_that_guest_alone(
    open_room: MakeRoom, dial: Dial, qtbot: QtBot
) -> None:
    room = open_room(unlimited=False)
    caller = dial(room, "bia")
    caller.say("".join(f"{number}\n" for number in range(5_000)))
    hears(qtbot, caller, "bia: 9\n")
    qtbot.waitUntil(lambda: "faster" in caller.text)
    own_session(room).send("oi")
    hears(qtbot, caller, "Marina: oi\n")
    assert len(texts(own_session(room))) < 20
    assert caller.text.count("faster") == 1


def test_room_that_closes_has_a_last_word(open_room: MakeRoom, dial: Dial, qtbot: QtBot) -> None:
    room = open_room()
    caller = dial(room, "bia")
    with qtbot.waitSignal(room.stopped):
        room.stop()
    qtbot.waitUntil(lambda: caller.is_over)
    assert "closed" in caller.text


def test_acts_on_messages_are_lines_of_their_own(
    open_room: MakeRoom, dial: Dial, qtbot: QtBot
) -> None:
    room = open_room()
    caller = dial(room, "bia")
    host = own_session(room)
    caller.say("oi\n")
    qtbot.waitUntil(lambda: len(texts(host)) == 1)
    host.react(1, "👍", on=True)
    hears(qtbot, caller, "* Marina reacted with 👍 to bia: “oi”\n")
    host.moderation.delete(1)
    hears(qtbot, caller, "* Marina deleted a message of bia.\n")


def test_answers_are_told_as_such_to_who_may_read_what_they_answer(
    open_room: MakeRoom, dial: Dial, qtbot: QtBot
) -> None:
    room = open_room(history=History.parse("joined"))
    host = own_session(room)
    early = dial(room, "bia")
    host.send("antes")
    hears(qtbot, early, "Marina: antes\n")
    late = dial(room, "leo")
    host.send("sim", reply_to=1)
    hears(qtbot, early, "Marina: (answering Marina: “antes”) sim\n")
    hears(qtbot, late, "Marina: sim\n")
    host.send("também", reply_to=2)
    hears(qtbot, late, "Marina: (answering Marina: “sim”) também\n")
    assert "antes" not in late.text


def test_message_that_the_network_cut_within_a_character_is_one(
    open_room: MakeRoom, dial: Dial, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LINE_SILENCE", 0.01)
    room = open_room()
    caller, other = dial(room, "bia"), dial(room, "leo")
    whole = "bia: até amanhã".encode()
    at = whole.index(b"\xc3") + 1
    caller.say(whole[:at])
    other.say("leo: oi")
    host = own_session(room)
    qtbot.waitUntil(lambda: texts(host) == ["leo: oi"])
    caller.say(whole[at:])
    qtbot.waitUntil(lambda: texts(host) == ["leo: oi", "bia: até amanhã"])


def test_password_that_is_too_long_is_told_so_and_is_no_guess(
    open_room: MakeRoom, dial: Dial, qtbot: QtBot
) -> None:
    room = open_room(password="tangerina")  # noqa: S106 - a room's of this test
    caller = dial(room)
    caller.say("bia\n" + "x" * 30_000 + "\n")
    hears(qtbot, caller, "5,000")
    assert not len(room.host.room.entrance.guesses)
    caller.say("tangerina\n")
    hears(qtbot, caller, "Conectado ao Servidor\n")


def test_private_message_to_a_guest_is_refused(
    open_room: MakeRoom, dial: Dial, qtbot: QtBot
) -> None:
    room = open_room()
    dial(room, "bia")
    guest = roster(room)["bia"]
    host = own_session(room)
    for wish in (
        Whisper(cid=bytes(16), to=guest.device, sealed=b"x", copy=b"x"),
        SetRole(member=guest.number, role="moderator"),
    ):
        with qtbot.waitSignal(host.refused) as refused:
            host._wish(wish)
        assert refused.args[0] == Refusal.NOT_FOR_GUESTS
