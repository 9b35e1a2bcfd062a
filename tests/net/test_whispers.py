"""Private messages over real links: who gets what, and what a host can learn and do."""

from __future__ import annotations

import socket
import sys
from collections import defaultdict
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.host_options import HostOptions
from app.lobby import HostedRoom, Lobby
from app.net.client import Client
from app.protocol import messages as m
from app.protocol.errors import Refusal
from app.room.effects import Effect, Send
from app.room.flood import BURST
from app.room.whispers import PrivateMessages, PrivateWish
from app.security.channel import Channel
from app.security.invite import Address, Invite, parse_target
from app.session.connection import Phase, Problem
from app.session.room_session import RoomSession
from app.session.timeline import MessageEntry, SendState
from tests.helpers.clock import ManualClock
from tests.helpers.pair import device
from tests.helpers.processes import Papo
from tests.net.conftest import MakeLobby, own_session

SECRET = "kumquat-7731 lies under the third stone"  # noqa: S105 - a text, no password


def _invite(link: str, port: int) -> Invite:
    invite = parse_target(link)
    assert isinstance(invite, Invite)
    return replace(invite, addresses=(Address("127.0.0.1", port),))


def _here(hosted: HostedRoom) -> Invite:
    return _invite(hosted.sharing.invite, hosted.host.port)


def _enter(lobby: Lobby, invite: Invite, nick: str, qtbot: QtBot) -> RoomSession:
    session = lobby.join(invite, nick)
    with qtbot.waitSignals([session.joined, session.caught_up]):
        pass
    return session


def _private(session: RoomSession) -> list[MessageEntry]:
    return [e for e in session.timeline if isinstance(e, MessageEntry) and e.private_with]


def _texts(session: RoomSession) -> list[str]:
    return [entry.text for entry in _private(session) if entry.state is SendState.SENT]


def _has(session: RoomSession, *texts: str) -> bool:
    return _texts(session) == list(texts) and not session.timeline.pending


def _leave(lobby: Lobby, session: RoomSession) -> None:
    session.leave()
    lobby.forget(session)


def _files_hold(folder: Path, text: str) -> bool:
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert files
    return any(text.encode() in file.read_bytes() for file in files)


def test_two_write_to_each_other_and_the_thirds_link_carries_nothing_of_it(
    hosted: HostedRoom,
    make_lobby: MakeLobby,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    carried: defaultdict[int, bytearray] = defaultdict(bytearray)
    seal = Channel.seal

    def sealing(channel: Channel, data: bytes) -> bytes:
        carried[id(channel)] += data
        return seal(channel, data)

    monkeypatch.setattr(Channel, "seal", sealing)
    people = [make_lobby() for _ in range(3)]
    ana, tom, kim = (
        _enter(lobby, _here(hosted), nick, qtbot)
        for lobby, nick in zip(people, ["Ana", "Tom", "Kim"], strict=True)
    )
    assert ana.whispers.send(tom.device, "Tom", SECRET) is None
    qtbot.waitUntil(lambda: _has(tom, SECRET) and _has(ana, SECRET))
    assert tom.whispers.send(ana.device, "Ana", "found it") is None
    qtbot.waitUntil(lambda: _has(ana, SECRET, "found it") and _has(tom, SECRET, "found it"))
    # What is said to everyone afterwards: all that was before has reached everybody by then.
    with qtbot.waitSignals([ana.message_added, tom.message_added, kim.message_added]):
        own_session(hosted).send("to all")
    assert _private(kim) == _private(own_session(hosted)) == []
    rows = hosted.host.room.log.read("SELECT sealed, copy, cid FROM whispers")
    assert len(rows) == 2
    parts = [part for row in rows for part in row]
    visits = {
        visit.number: bytes(carried[id(visit.link._channel)])
        for visit in hosted.host._visits.values()
    }
    of_kim = next(
        visits[link]
        for link in visits
        if (member := hosted.host.room.member_on(link)) and member.nick == "Kim"
    )
    assert b"to all" in of_kim
    assert not any(part in of_kim for part in parts)
    assert sum(parts[0] in told for told in visits.values()) == 1
    assert not _files_hold(tmp_path / "person-0", SECRET)
    assert not _files_hold(tmp_path / "person-3", SECRET)
    assert _files_hold(tmp_path / "person-1", SECRET)


def test_hosts_own_window_writes_and_reads_privately_too(
    hosted: HostedRoom, make_lobby: MakeLobby, qtbot: QtBot
) -> None:
    host = own_session(hosted)
    tom = _enter(make_lobby(), _here(hosted), "Tom", qtbot)
    assert host.whispers.send(tom.device, "Tom", "psst") is None
    qtbot.waitUntil(lambda: _has(tom, "psst") and _has(host, "psst"))
    assert tom.whispers.send(host.device, "Marina", "yes?") is None
    qtbot.waitUntil(lambda: _has(tom, "psst", "yes?") and _has(host, "psst", "yes?"))


def test_whoever_is_away_gets_it_on_coming_back_and_it_survives_every_restart(
    make_lobby: MakeLobby, qtbot: QtBot
) -> None:
    at_host, at_ana, at_tom = make_lobby(), make_lobby(), make_lobby()
    options = HostOptions(name="Lab", port=0)
    hosted = at_host.host(options)
    ana = _enter(at_ana, _here(hosted), "Ana", qtbot)
    tom = _enter(at_tom, _here(hosted), "Tom", qtbot)
    toms_device = tom.device
    _leave(at_tom, tom)
    ana.whispers.send(toms_device, "Tom", SECRET)
    qtbot.waitUntil(lambda: _has(ana, SECRET))
    _leave(at_ana, ana)
    with qtbot.waitSignal(hosted.stopped):
        hosted.stop()
    hosted.host.room.log.close()
    hosted = at_host.host(options)
    for _ in range(2):
        tom = _enter(at_tom, _here(hosted), "Tom", qtbot)
        qtbot.waitUntil(partial(_has, tom, SECRET))
        _leave(at_tom, tom)
    ana = _enter(at_ana, _here(hosted), "Ana", qtbot)
    assert _has(ana, SECRET)


def test_own_messages_are_read_again_on_a_computer_that_forgot_the_room(
    hosted: HostedRoom, make_lobby: MakeLobby, qtbot: QtBot
) -> None:
    at_ana = make_lobby()
    ana = _enter(at_ana, _here(hosted), "Ana", qtbot)
    ana.whispers.send(own_session(hosted).device, "Marina", SECRET)
    qtbot.waitUntil(lambda: _has(ana, SECRET))
    ana.forget_room()
    _leave(at_ana, ana)
    ana = _enter(at_ana, _here(hosted), "Ana", qtbot)
    qtbot.waitUntil(lambda: _has(ana, SECRET))
    assert [entry.mine for entry in _private(ana)] == [True]


def test_links_that_are_cut_lose_and_double_nothing(make_lobby: MakeLobby, qtbot: QtBot) -> None:
    hosted = make_lobby().host(HostOptions(name="Lab", nickname="M", port=0, unlimited=True))
    clocks = [ManualClock(), ManualClock()]
    ana, tom = (
        _enter(make_lobby(clock), _here(hosted), nick, qtbot)
        for clock, nick in zip(clocks, ["Ana", "Tom"], strict=True)
    )
    sent = []
    for number in range(24):
        author, other = (ana, tom) if number % 3 else (tom, ana)
        text = f"{author.nickname} {number}"
        sent.append(text)
        author.whispers.send(other.device, other.nickname, text)
        for clock in clocks:
            clock.advance(0)
        if number % 2:
            # Somewhere between the wish and the word that it was heard.
            visits = [v for v in hosted.host._visits.values() if v.in_room]
            for visit in visits[: 1 + number % 3]:
                visit.link.abort()
        for session in (ana, tom):
            if session.connection.phase is Phase.WAITING:
                session.try_now()
    for session in (ana, tom):
        qtbot.waitUntil(partial(_all_there, session, sent, clocks), timeout=20_000)
    assert _texts(ana) == _texts(tom)
    rows = hosted.host.room.log.read("SELECT count(*), count(DISTINCT cid) FROM whispers")
    assert rows == [(len(sent), len(sent))]


def _all_there(session: RoomSession, texts: list[str], clocks: list[ManualClock]) -> bool:
    for clock in clocks:
        clock.advance(0.5)
    return sorted(_texts(session)) == sorted(texts) and not session.timeline.pending


def test_host_that_gives_another_key_is_found_out(
    hosted: HostedRoom, make_lobby: MakeLobby, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = _enter(make_lobby(), _here(hosted), "Ana", qtbot)
    tom = _enter(make_lobby(), _here(hosted), "Tom", qtbot)
    handle = PrivateMessages.handle
    others_key = device("somebody in between").public

    def lying(
        post: PrivateMessages, link: int, wish: PrivateWish, now: int, refusal: Refusal | None
    ) -> list[Effect]:
        if isinstance(wish, m.AskKey):
            return [Send(link, m.Key(device=wish.device, key=others_key))]
        return handle(post, link, wish, now, refusal)

    monkeypatch.setattr(PrivateMessages, "handle", lying)
    ana.whispers.send(tom.device, "Tom", SECRET)
    qtbot.waitUntil(lambda: _private(ana)[0].state is SendState.FAILED)
    assert _private(ana)[0].failure == Problem.KEY_NOT_GENUINE
    assert hosted.host.room.log.read("SELECT count(*) FROM whispers") == [(0,)]


def test_host_that_swaps_what_is_sealed_is_found_out_and_it_is_shown(
    hosted: HostedRoom, make_lobby: MakeLobby, qtbot: QtBot
) -> None:
    at_tom = make_lobby()
    ana = _enter(make_lobby(), _here(hosted), "Ana", qtbot)
    tom = _enter(at_tom, _here(hosted), "Tom", qtbot)
    for text in ("yes", "no"):
        ana.whispers.send(tom.device, "Tom", text)
    qtbot.waitUntil(lambda: _has(tom, "yes", "no"))
    tom.forget_room()
    _leave(at_tom, tom)
    # A host's database is its own: it swaps the two answers.
    database = hosted.host.room.log._db
    (one,), (two,) = database.execute("SELECT sealed FROM whispers ORDER BY number").fetchall()
    database.execute("UPDATE whispers SET sealed = ? WHERE number = 1", (two,))
    database.execute("UPDATE whispers SET sealed = ? WHERE number = 2", (one,))
    tom = _enter(at_tom, _here(hosted), "Tom", qtbot)
    qtbot.waitUntil(lambda: len(_private(tom)) == 2)
    assert [(entry.text, entry.unopened) for entry in _private(tom)] == [("", True)] * 2


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_hosts_process_never_holds_the_text(
    make_lobby: MakeLobby, qtbot: QtBot, tmp_path: Path
) -> None:
    arguments = ("host", "--room", "Lab", "--port", "0", "--headless")
    with Papo(*arguments, data=tmp_path / "host") as host:
        hosting = host.wait_for("hosting")
        invite = _invite(hosting["invite"], hosting["port"])
        at_ana, at_tom = make_lobby(), make_lobby()
        ana = _enter(at_ana, invite, "Ana", qtbot)
        tom = _enter(at_tom, invite, "Tom", qtbot)
        ana.whispers.send(tom.device, "Tom", SECRET)
        qtbot.waitUntil(lambda: _has(tom, SECRET) and _has(ana, SECRET))
        public = "said to everyone, in the open"
        with qtbot.waitSignal(tom.message_added):
            ana.send(public)
        try:
            memory = _memory_of(host.pid)
        except PermissionError:
            pytest.skip("this system lets nobody read another process")
        assert public.encode() in memory
        assert SECRET.encode() not in memory
        for session, lobby in ((ana, at_ana), (tom, at_tom)):
            _leave(lobby, session)
        host.terminate()
    assert not _files_hold(tmp_path / "host", SECRET)


def _memory_of(pid: int) -> bytes:
    """Return all that a process has in its memory and may write to."""
    parts = []
    with Path(f"/proc/{pid}/maps").open() as maps, Path(f"/proc/{pid}/mem").open("rb") as memory:
        for line in maps:
            span, mode = line.split()[:2]
            if not mode.startswith("rw"):
                continue
            start, end = (int(part, 16) for part in span.split("-"))
            memory.seek(start)
            try:
                parts.append(memory.read(end - start))
            except OSError:
                continue
    return b"".join(parts)


def test_writer_is_slowed_for_private_messages_too(make_lobby: MakeLobby, qtbot: QtBot) -> None:
    clock = ManualClock()
    hosted = make_lobby(clock).host(HostOptions(name="Lab", nickname="M", port=0))
    with qtbot.waitSignal(own_session(hosted).joined):
        pass
    ana = _enter(make_lobby(), _here(hosted), "Ana", qtbot)
    with qtbot.waitSignal(ana.slowed):
        for number in range(BURST + 1):
            ana.whispers.send(own_session(hosted).device, "M", str(number))
    qtbot.waitUntil(lambda: len(_texts(ana)) == BURST)
    clock.advance(1)
    qtbot.waitUntil(lambda: _has(ana, *map(str, range(BURST + 1))))


def test_reader_that_takes_nothing_costs_no_more_than_others_and_fetches_what_it_missed(
    make_lobby: MakeLobby, qtbot: QtBot
) -> None:
    hosted = make_lobby().host(HostOptions(name="Lab", nickname="M", port=0, unlimited=True))
    host = own_session(hosted)
    with qtbot.waitSignal(host.joined):
        pass
    slow = _enter(make_lobby(), _here(hosted), "Slow", qtbot)
    (visit,) = hosted.host._visits.values()
    client = slow.findChild(Client)
    assert client is not None
    assert client._link is not None
    client._link._stream._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 64 * 1024)
    client._link.pause()
    text = "\U0001f600" * 5000
    sent = 0
    while not visit.behind:
        host.whispers.send(slow.device, "Slow", text)
        sent += 1
        qtbot.waitUntil(lambda: not host.timeline.pending)
        assert sent < 1000, "the slow reader was never left out"
    held = visit.link.waiting
    for _ in range(20):
        host.whispers.send(slow.device, "Slow", text)
    sent += 20
    qtbot.waitUntil(lambda: not host.timeline.pending)
    assert visit.link.waiting <= held
    client._link.resume()
    qtbot.waitUntil(lambda: len(_texts(slow)) == sent, timeout=20_000)
    assert len({entry.number for entry in _private(slow)}) == sent


def test_headless_member_tells_what_is_written_to_it(
    make_lobby: MakeLobby, qtbot: QtBot, tmp_path: Path
) -> None:
    arguments = ("host", "--room", "Lab", "--port", "0", "--headless")
    with Papo(*arguments, data=tmp_path / "host") as host:
        hosting = host.wait_for("hosting")
        invite = _invite(hosting["invite"], hosting["port"])
        joining = ("join", invite.link(), "--nick", "Tom", "--headless")
        with Papo(*joining, data=tmp_path / "tom") as tom:
            tom.wait_for("joined")
            at_ana = make_lobby()
            ana = _enter(at_ana, invite, "Ana", qtbot)
            qtbot.waitUntil(lambda: len(ana.roster) == 2)
            device_of_tom = next(one.device for one in ana.roster if one.nick == "Tom")
            ana.whispers.send(device_of_tom, "Tom", SECRET)
            qtbot.waitUntil(lambda: _has(ana, SECRET))
            (entry,) = _private(ana)
            assert tom.wait_for("whispered") == {
                "event": "whispered",
                "number": 1,
                "from": "Ana",
                "to": "Tom",
                "text": SECRET,
                "cid": entry.cid.hex(),
                "opened": True,
            }
            _leave(at_ana, ana)
        host.terminate()
