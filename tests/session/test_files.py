"""Messages with files, as a member keeps and shows them: caption, files, and what becomes of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from app.protocol import messages as m
from app.protocol.attachments import Attached, FileRef, pack
from app.session.room_session import RoomSession
from app.session.timeline import MessageEntry
from app.session.transport import FoundMessages
from tests.helpers.sessions import messages
from tests.helpers.transport import let_in, live, lose, said
from tests.session.stores import Desk
from tests.session.test_amending import enter
from tests.session.test_moderating import LOG, deleting, online

REF = FileRef(hash="ab" * 32, name="harvest.png", size=77, media="image/png")


def with_files(seq: int, caption: str = "look", ref: FileRef = REF) -> m.Said:
    text = pack(Attached(files=(ref,), caption=caption))
    return replace(said(seq), kind="files", text=text)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "rooms" / "room.sqlite")
    enter(desk, said(1), with_files(2))
    yield desk
    desk.session.close()


def last(session: RoomSession) -> MessageEntry:
    return messages(session)[-1]


def test_message_with_files_is_a_message_and_news() -> None:
    session, _ = online()
    news: list[tuple[FileRef, ...]] = []
    session.message_added.connect(lambda entry: news.append(entry.files))
    session.receive(live(with_files(1)))
    entry = last(session)
    assert (entry.text, entry.files, news, session.unread) == ("look", (REF,), [(REF,)], 1)


def test_files_are_there_again_in_the_next_run(desk: Desk) -> None:
    again = Desk(desk.close())
    assert (last(again.session).text, last(again.session).files) == ("look", (REF,))
    again.session.close()


def test_deleted_message_has_no_files_any_more(desk: Desk) -> None:
    desk.session.receive(live(deleting(3, 2)))
    desk.end_turn()
    assert (last(desk.session).deleted, last(desk.session).files) == (True, ())
    again = Desk(desk.close())
    entry = messages(again.session)[-1]
    assert (entry.text, entry.files, entry.deleted) == ("", (), True)
    again.session.close()


@pytest.mark.parametrize("text", ["", "plain", "{}", '{"files":[]}', "[" * 3000])
def test_text_that_is_of_no_files_is_shown_as_a_text(text: str) -> None:
    session, _ = online()
    session.receive(live(replace(said(1), kind="files", text=text)))
    assert (last(session).text, last(session).files) == (text, ())


def test_name_that_a_host_left_dirty_is_clean_here() -> None:
    session, _ = online()
    session.receive(live(with_files(1, ref=replace(REF, name="../../.bashrc\u202e"))))
    assert [file.name for file in last(session).files] == ["bashrc"]


@pytest.mark.parametrize("query", ["look", "harvest", "HARV", "png"])
def test_caption_and_names_are_found_and_nothing_else_is(
    desk: Desk, qtbot: QtBot, query: str
) -> None:
    lose(desk.session)
    for words, hits in ((query, ["look\nharvest.png"]), ("abab", []), ("media", [])):
        with qtbot.waitSignal(desk.session.found) as heard:
            desk.session.search(words)
            desk.end_turn()
        (found,) = heard.args
        assert isinstance(found, FoundMessages)
        assert [one.text for one in found.said] == hits


def test_words_of_a_deleted_message_are_not_found(desk: Desk, qtbot: QtBot) -> None:
    desk.session.receive(live(deleting(3, 2)))
    desk.end_turn()
    lose(desk.session)
    with qtbot.waitSignal(desk.session.found) as heard:
        desk.session.search("harvest")
        desk.end_turn()
    assert heard.args[0].said == ()
    let_in(desk.session, 3, log=LOG)
