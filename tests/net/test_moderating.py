"""Keeping order over real links: who is out stays out, and nobody acts for anybody else."""

from __future__ import annotations

from functools import partial

import pytest
from PyQt6.QtCore import QObject, pyqtSlot
from pytestqt.qtbot import QtBot

from app.lobby import HostedRoom, Lobby
from app.protocol.errors import Refusal
from app.security.invite import Invite, parse_target
from app.session.connection import Phase
from app.session.room_session import RoomSession
from tests.helpers.sessions import messages, nicknames, texts
from tests.net.conftest import MakeLobby, own_session


class Refusals(QObject):
    """The codes that a session was refused with."""

    def __init__(self, session: RoomSession) -> None:
        super().__init__(session)
        self.codes: list[str] = []
        session.refused.connect(self._on_refused)

    @pyqtSlot(str, bytes)
    def _on_refused(self, code: str, _cid: bytes) -> None:
        self.codes.append(code)


def _join(lobby: Lobby, hosted: HostedRoom, nick: str, qtbot: QtBot) -> RoomSession:
    session = _knock(lobby, hosted, nick)
    host = own_session(hosted)
    qtbot.waitUntil(lambda: session.is_online and nick in nicknames(session) & nicknames(host))
    return session


def _knock(lobby: Lobby, hosted: HostedRoom, nick: str) -> RoomSession:
    invite = parse_target(hosted.sharing.invite)
    assert isinstance(invite, Invite)
    return lobby.join(invite, nick)


def _number(host: RoomSession, nick: str) -> int:
    return next(member.number for member in host.roster if member.nick == nick)


def _is_stopped(session: RoomSession, code: str) -> bool:
    return (session.connection.phase, session.connection.problem) == (Phase.STOPPED, code)


def test_banned_device_stays_out_under_every_nickname_and_comes_back_once_it_is_let_in(
    hosted: HostedRoom, make_lobby: MakeLobby, qtbot: QtBot
) -> None:
    host = own_session(hosted)
    toms = make_lobby()
    tom = _join(toms, hosted, "Tom", qtbot)
    host.moderation.remove(_number(host, "Tom"), ban=True)
    qtbot.waitUntil(lambda: _is_stopped(tom, Refusal.BANNED))
    for nick in ("Tom", "Somebody else"):
        again = _knock(toms, hosted, nick)
        qtbot.waitUntil(partial(_is_stopped, again, Refusal.BANNED))
    tom.try_now()
    qtbot.waitUntil(lambda: tom.connection.phase is not Phase.CONNECTING)
    assert _is_stopped(tom, Refusal.BANNED)
    qtbot.waitUntil(lambda: nicknames(host) == {"Marina"})
    # Another device is another person.
    _join(make_lobby(), hosted, "Kim", qtbot)
    with qtbot.waitSignal(host.moderation.bans) as listed:
        host.moderation.fetch_bans()
    assert listed.args is not None
    ((ban,),) = listed.args
    assert (ban.nick, ban.device, ban.by) == ("Tom", tom.device, "Marina")
    with qtbot.waitSignal(host.moderation.bans):
        host.moderation.unban(ban.number)
    tom.try_now()
    qtbot.waitUntil(lambda: tom.is_online)


def test_removed_member_does_not_come_back_by_itself_but_may(
    hosted: HostedRoom, make_lobby: MakeLobby, qtbot: QtBot
) -> None:
    host = own_session(hosted)
    tom = _join(make_lobby(), hosted, "Tom", qtbot)
    with qtbot.waitSignal(host.roster.went):
        host.moderation.remove(_number(host, "Tom"))
    qtbot.waitUntil(lambda: _is_stopped(tom, Refusal.REMOVED))
    with qtbot.waitSignal(host.roster.came):
        tom.try_now()


def test_member_can_do_nothing_to_others_whatever_numbers_it_names(
    hosted: HostedRoom, make_lobby: MakeLobby, qtbot: QtBot
) -> None:
    host = own_session(hosted)
    kim = _join(make_lobby(), hosted, "Kim", qtbot)
    tom = _join(make_lobby(), hosted, "Tom", qtbot)
    host.send("by the host")
    kim.send("by Kim")
    qtbot.waitUntil(lambda: len(texts(tom)) == len(texts(kim)) == 2)
    told = Refusals(tom)
    hosted.host.unlimited = True
    wish = tom.moderation
    for number in (_number(host, "Marina"), _number(host, "Kim"), tom.member_number):
        wish.remove(number)
        wish.remove(number, ban=True, address=True)
        wish.mute(number, True)
        wish.set_role(number, "moderator")
    wish.set_rules(locked=True, hosts_only=True)
    wish.fetch_bans()
    wish.unban(1)
    wish.fetch_acts()
    for seq in (1, 2):
        wish.delete(seq)
    for nick in ("Kim", "marina"):
        wish.rename(nick)
    tom.set_topic("mine")
    tom.set_history("none")
    # Each wish has its answer before the one to this.
    tom.send("the last")
    qtbot.waitUntil(lambda: len(texts(host)) == 3, timeout=20_000)
    assert told.codes == (
        [Refusal.NOT_PERMITTED] * 18 + [Refusal.NICKNAME_TAKEN] * 2 + [Refusal.NOT_PERMITTED] * 2
    )
    assert texts(host) == texts(kim) == ["by the host", "by Kim", "the last"]
    assert nicknames(host) == {"Marina", "Kim", "Tom"}
    assert [entry.nick for entry in messages(host)] == ["Marina", "Kim", "Tom"]
    roles = {member.nick: (member.role, member.muted) for member in host.roster}
    plain = ("member", False)
    assert roles == {"Marina": ("host", False), "Kim": plain, "Tom": plain}
    assert (host.info.topic, host.info.history, host.info.locked) == ("", "all", False)


def test_renamed_member_speaks_and_comes_back_under_its_new_nickname(
    hosted: HostedRoom, make_lobby: MakeLobby, qtbot: QtBot
) -> None:
    host = own_session(hosted)
    tom = _join(make_lobby(), hosted, "Tom", qtbot)
    number = tom.member_number
    tom.moderation.rename("Thomas")
    qtbot.waitUntil(lambda: tom.nickname == "Thomas" and nicknames(host) == {"Marina", "Thomas"})
    tom.send("hi")
    qtbot.waitUntil(lambda: [entry.nick for entry in messages(host)] == ["Thomas"])
    (visit,) = hosted.host._visits.values()
    visit.link.abort()
    with qtbot.waitSignal(tom.joined, timeout=20_000):
        pass
    assert (tom.nickname, tom.member_number) == ("Thomas", number)


@pytest.mark.parametrize("by", ["author", "host"])
def test_deleted_message_is_gone_for_everyone_and_for_those_who_come_later(
    hosted: HostedRoom, make_lobby: MakeLobby, qtbot: QtBot, by: str
) -> None:
    host = own_session(hosted)
    tom = _join(make_lobby(), hosted, "Tom", qtbot)
    tom.send("a slip")
    qtbot.waitUntil(lambda: texts(host) == texts(tom) == ["a slip"])
    (tom if by == "author" else host).moderation.delete(1)
    qtbot.waitUntil(lambda: texts(host) == texts(tom) == [""])
    kim = _join(make_lobby(), hosted, "Kim", qtbot)
    qtbot.waitUntil(lambda: texts(kim) == [""])
    expected = "Tom" if by == "author" else "Marina"
    for session in (host, tom, kim):
        (entry,) = messages(session)
        assert (entry.deleted, entry.deleted_by) == (True, expected)


def test_muted_and_locked_are_seen_by_whom_they_concern(
    hosted: HostedRoom, make_lobby: MakeLobby, qtbot: QtBot
) -> None:
    host = own_session(hosted)
    tom = _join(make_lobby(), hosted, "Tom", qtbot)
    host.moderation.mute(_number(host, "Tom"), True)
    qtbot.waitUntil(lambda: tom.muted)
    assert tom.send("hi") == Refusal.MUTED
    host.moderation.set_rules(locked=True, hosts_only=False)
    qtbot.waitUntil(lambda: tom.info.locked)
    kim = _knock(make_lobby(), hosted, "Kim")
    qtbot.waitUntil(lambda: kim.connection.problem == Refusal.ROOM_LOCKED)
    assert kim.connection.phase is Phase.NICKNAME
