"""What a member sees of deleting, renaming, removing and the rules, in whatever order it hears of it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from app.protocol import messages as m
from app.protocol.errors import Refusal
from app.session.room_session import RoomSession
from app.session.store_schema import MIGRATIONS
from app.session.timeline import MessageEntry, NoticeEntry, NoticeKind, Timeline
from tests.helpers.messages import unhurried
from tests.helpers.sessions import messages
from tests.helpers.transport import (
    ME,
    MY_NUMBER,
    TOM,
    TOMS_NUMBER,
    RecordingTransport,
    let_in,
    live,
    lose,
    said,
    session_with_transport,
)
from tests.session.stores import Desk, crash, loaded

KIM = b"k" * 32
LOG = b"l" * 16


def deleting(seq: int, about: int, nick: str = "kim") -> m.Said:
    line = replace(said(seq, ""), author=3, nick=nick, device=KIM, text="")
    return replace(line, kind="delete", about=about)


def gone(seq: int) -> m.Said:
    return replace(said(seq), text="", kind="deleted")


def shown(session: RoomSession) -> list[tuple[int, str, str]]:
    return [(entry.seq, entry.text, entry.deleted_by) for entry in messages(session)]


def online(last_seq: int = 0) -> tuple[RoomSession, RecordingTransport]:
    session, transport = session_with_transport()
    let_in(session, last_seq, log=LOG)
    session.receive(m.Roster(members=(member(), member(2, "tom", TOM))))
    return session, transport


def member(number: int = MY_NUMBER, nick: str = "ana", device: bytes = ME) -> m.Member:
    return m.Member(number=number, nick=nick, device=device)


def notices(session: RoomSession) -> list[NoticeEntry]:
    return [entry for entry in session.timeline if isinstance(entry, NoticeEntry)][1:]


# --- deleted messages -----------------------------------------------------------------------


def test_deletion_is_no_row_and_takes_the_text_of_the_other_away() -> None:
    session, _ = online()
    session.receive(live(said(1, "one"), said(2, "two")))
    session.receive(live(deleting(3, 1)))
    session.receive(live(said(4, "four"), deleting(5, 4)))
    assert shown(session) == [(1, "", "kim"), (2, "two", ""), (4, "", "kim")]
    assert [entry.deleted for entry in messages(session)] == [True, False, True]


@given(st.lists(st.integers(1, 12), max_size=6), st.lists(st.integers(1, 11)), st.booleans())
@unhurried
def test_in_whatever_pages_the_log_comes_what_was_deleted_has_no_text(
    about: list[int], cuts: list[int], stale: bool
) -> None:
    """The newest page comes first. `stale`: what was fetched before it was deleted has its text."""
    log = [*(said(seq) for seq in range(1, 13))]
    log += [deleting(13 + place, seq) for place, seq in enumerate(about)]
    lines = [gone(one.seq) if one.seq in about and not stale else one for one in log]
    timeline = Timeline()
    edges = sorted({0, len(log), *cuts})
    parts = [tuple(lines[first:last]) for first, last in pairwise(edges)]
    timeline.confirm(parts[-1], MY_NUMBER)
    for part in reversed(parts[:-1]):
        timeline.prepend(part, MY_NUMBER)
    entries = [entry for entry in timeline if isinstance(entry, MessageEntry)]
    assert [entry.seq for entry in entries] == list(range(1, 13))
    for entry in entries:
        if entry.seq in about:
            assert (entry.text, entry.deleted, entry.deleted_by) == ("", True, "kim")
        else:
            assert (entry.text, entry.deleted) == (f"message {entry.seq}", False)


def test_deleted_message_that_waited_here_for_its_number_is_deleted() -> None:
    session, transport = online()
    session.send("mine")
    (say,) = transport.take(m.Say)
    own = replace(said(1, mine=True, cid=say.cid), text="", kind="deleted")
    session.receive(m.Live(said=(own, deleting(2, 1))))
    assert shown(session) == [(1, "", "kim")]
    assert messages(session)[0].mine
    assert session.timeline.pending == ()


def test_deleted_unread_message_is_not_unread_and_a_deletion_is_no_news() -> None:
    session, _ = online()
    news: list[str] = []
    session.message_added.connect(lambda entry: news.append(entry.text))
    session.receive(live(said(1, "one"), said(2, "two")))
    session.receive(live(deleting(3, 1)))
    session.receive(live(deleting(4, 1)))
    assert session.unread == 1
    assert news == ["one", "two"]
    session.set_watched(True)
    session.receive(live(deleting(5, 2)))
    assert session.unread == 0


def test_wish_to_delete_is_sent_again_until_the_host_has_answered_and_never_to_another_log() -> (
    None
):
    session, transport = online()
    session.receive(live(said(1), said(2), said(3)))
    for seq in (1, 2, 3, 3):
        session.moderation.delete(seq)
    first, second, third = transport.take(m.Delete)
    session.receive(m.Acked(cid=first.cid, seq=4))
    refused: list[tuple[str, bytes]] = []
    session.refused.connect(lambda code, cid: refused.append((code, cid)))
    session.receive(m.Rejected(code=Refusal.NOT_PERMITTED, cid=third.cid))
    assert refused == [("not-permitted", b"")]
    lose(session)
    let_in(session, 4, log=LOG)
    assert transport.take(m.Delete) == [second]
    lose(session)
    let_in(session, 0, log=b"x" * 16)
    assert transport.take(m.Delete) == []


# --- the store ------------------------------------------------------------------------------


def test_store_forgets_the_text_and_its_words_and_remembers_who_deleted(tmp_path: Path) -> None:
    path = tmp_path / "rooms" / "room.sqlite"
    store = loaded(path)
    store.begin(4)
    store.add(4, 7, (said(5, "xylophone"), said(6, "quicksand"), deleting(7, 5)))
    # An older page tells what was said before it was deleted: it is deleted all the same.
    store.add(7, 8, (deleting(8, 3, "tom"),))
    store.add(0, 4, (said(1, "one"), said(3, "zebra")))
    store.commit()
    with closing(loaded(crash(store))) as again:
        assert [(one.seq, one.text, one.kind) for one in again.before(9)] == [
            (1, "one", "text"),
            (3, "", "deleted"),
            (5, "", "deleted"),
            (6, "quicksand", "text"),
            (7, "", "delete"),
            (8, "", "delete"),
        ]
        assert {one.about: one.nick for one in again.acts(0, 9)} == {5: "kim", 3: "tom"}
        assert [one.seq for one in again.between(0, 9, "", 9)] == [6, 1]
        for word, seqs in (("xylo", []), ("zebr", []), ("quic", [6])):
            assert [one.seq for one in again.between(0, 9, f'"{word}"*', 9)] == seqs
        again._connection.execute("INSERT INTO words (words) VALUES ('integrity-check')")


def test_nothing_of_a_deleted_text_is_left_in_the_stores_file(tmp_path: Path) -> None:
    path = tmp_path / "rooms" / "room.sqlite"
    store = loaded(path)
    store.begin(0)
    store.add(0, 3, (said(1, "some xylophone"), said(2, "xylophone " * 300), said(3, "zebra")))
    store.commit()
    store.add(3, 5, (deleting(4, 1), deleting(5, 2)))
    while store.tend():
        pass
    store.close()
    everything = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert b"zebra" in everything
    assert b"xylophone" not in everything


def test_what_was_deleted_stays_deleted_in_the_next_run(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "rooms" / "room.sqlite")
    let_in(desk.session, 0, log=LOG)
    desk.session.receive(m.Live(said=(said(1, "one"), said(2, "two"), deleting(3, 1))))
    desk.end_turn()
    again = Desk(desk.crash())
    assert shown(again.session) == [(1, "", "kim"), (2, "two", "")]
    again.close()


def test_store_of_before_there_was_deleting_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "rooms" / "room.sqlite"
    path.parent.mkdir(mode=0o700)
    with closing(sqlite3.connect(path)) as database:
        for statement in MIGRATIONS[0]:
            database.execute(statement)
        database.execute("UPDATE room SET kept = 1, covered = 1")
        row = (1, 2, "tom", TOM, 0, b"1" * 16, "one")
        database.execute("INSERT INTO said VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        database.execute("INSERT INTO words (rowid, text) VALUES (1, 'one')")
        database.execute("PRAGMA user_version = 1")
        database.commit()
    with closing(loaded(path)) as old:
        old.add(1, 2, (deleting(2, 1),))
        assert [(one.text, one.kind) for one in old.before(9)] == [("", "deleted"), ("", "delete")]


# --- members and rules ----------------------------------------------------------------------


def test_renamed_member_is_shown_so_and_told_of_once() -> None:
    session, _ = online()
    renamed = m.Renamed(number=TOMS_NUMBER, nick="thomas", before="tom", at=5)
    session.receive(m.Presence(changes=(renamed, renamed)))
    thomas = session.roster.get(TOMS_NUMBER)
    assert thomas is not None
    assert thomas.nick == "thomas"
    assert notices(session) == [NoticeEntry(NoticeKind.RENAMED, at=5, nick="tom", text="thomas")]
    assert session.nickname == "ana"


def test_ones_own_nickname_role_and_mute_follow_the_hosts_word(qtbot: QtBot) -> None:
    session, transport = online()
    session.moderation.rename("anna")
    assert transport.take(m.Rename) == [m.Rename(nick="anna")]
    assert session.nickname == "ana"
    renamed = m.Renamed(number=MY_NUMBER, nick="anna", before="ana", at=0)
    changed = m.Changed(number=MY_NUMBER, muted=True, role="moderator")
    with qtbot.waitSignal(session.info_changed):
        session.receive(m.Presence(changes=(renamed, changed)))
    stands = (session.nickname, session.info.role, session.muted, session.may_write)
    assert stands == ("anna", "moderator", True, Refusal.MUTED)
    assert session.send("hi") == Refusal.MUTED
    assert session.timeline.pending == ()
    session.receive(m.Presence(changes=(m.Changed(number=MY_NUMBER),)))
    stands = (session.nickname, session.info.role, session.muted, session.may_write)
    assert stands == ("anna", "member", False, None)


def test_whoever_was_removed_is_told_apart_from_those_who_left() -> None:
    session, _ = online()
    session.receive(m.Roster(members=(member(), member(2, "tom", TOM), member(3, "kim", KIM))))
    removed = m.Went(number=3, nick="kim", at=2, reason="removed")
    session.receive(m.Presence(changes=(m.Went(number=2, nick="tom", at=1), removed)))
    assert notices(session) == [
        NoticeEntry(NoticeKind.WENT, at=2, went=("tom",)),
        NoticeEntry(NoticeKind.REMOVED, at=2, nick="kim"),
    ]


@pytest.mark.parametrize(
    ("locked", "hosts_only", "told"),
    [(True, False, ["locked"]), (False, True, ["hosts-only"]), (True, True, ["locked", "hosts-only"])],
)  # fmt: skip
def test_rules_are_shown_and_what_changed_of_them_is_told(
    locked: bool, hosts_only: bool, told: list[str]
) -> None:
    session, _ = online()
    changed = m.RulesChanged(locked=locked, hosts_only=hosts_only, by="host")
    session.receive(changed)
    session.receive(changed)
    assert (session.info.locked, session.info.hosts_only) == (locked, hosts_only)
    assert session.may_write == (Refusal.HOSTS_ONLY if hosts_only else None)
    session.receive(m.RulesChanged(by="host"))
    opposite = {"locked": "unlocked", "hosts-only": "everyone"}
    assert [notice.text for notice in notices(session)] == told + [opposite[one] for one in told]
    session.receive(m.RulesChanged(locked=True))
    assert session.info.locked
    assert len(notices(session)) == 2 * len(told)


def test_wishes_are_those_of_the_protocol_and_the_answers_come_as_signals(qtbot: QtBot) -> None:
    session, transport = online()
    wish = session.moderation
    transport.events.clear()
    wish.remove(2)
    wish.remove(2, ban=True, address=True)
    wish.mute(2, True)
    wish.set_role(2, "moderator")
    wish.set_rules(locked=True, hosts_only=False)
    wish.fetch_bans()
    wish.unban(7)
    wish.fetch_acts(before=9)
    assert transport.events == [
        m.Remove(member=2),
        m.Remove(member=2, ban=True, address=True),
        m.Mute(member=2),
        m.SetRole(member=2, role="moderator"),
        m.SetRules(locked=True),
        m.FetchBans(),
        m.Unban(ban=7),
        m.FetchActs(before=9),
    ]
    ban = m.Ban(number=1, nick="kim", device=KIM, at=0, by="tom")
    with qtbot.waitSignal(wish.bans, check_params_cb=lambda bans: bans == (ban,)):
        session.receive(m.Bans(bans=(ban,)))
    act = m.Act(number=1, at=0, by="tom", deed="locked")
    with qtbot.waitSignal(
        wish.acts, check_params_cb=lambda acts, more: (acts, more) == ((act,), True)
    ):
        session.receive(m.Acts(acts=(act,), more=True))
