"""The files of a room as a member lists them: from the host, from what is kept, and as they come."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from app.protocol import limits
from app.protocol import messages as m
from app.protocol.attachments import Attached, FileRef, pack
from app.session.room_session import RoomSession
from app.session.shelf import Shelf, ShelfFile, ShelfPage
from tests.helpers.clock import ManualClock
from tests.helpers.messages import unhurried
from tests.helpers.transport import TOM, let_in, live, lose, said
from tests.session.stores import Desk
from tests.session.test_amending import enter
from tests.session.test_moderating import LOG, deleting, online

PNG = FileRef(hash="ab" * 32, name="harvest.png", size=77, media="image/png")
PDF = FileRef(hash="cd" * 32, name="Plan 2026.pdf", size=9, media="application/pdf")


def with_files(seq: int, *refs: FileRef) -> m.Said:
    return replace(said(seq), kind="files", text=pack(Attached(files=refs or (PNG,))))


def told(seq: int, *refs: FileRef) -> m.FileLine:
    return m.FileLine(seq=seq, at=seq, nick="tom", device=TOM, files=refs or (PNG,))


class Looker:
    """Keeps what a shelf tells, as a window would."""

    def __init__(self, shelf: Shelf) -> None:
        self.files: list[ShelfFile] = []
        self.page = ShelfPage((), False, False)
        self.heard = 0
        shelf.shown.connect(self._on_shown)
        shelf.added.connect(self._on_added)
        shelf.came.connect(self._on_came)
        shelf.gone.connect(self._on_gone)

    def _on_shown(self, page: ShelfPage) -> None:
        self.page, self.files = page, list(page.files)
        self.heard += 1

    def _on_added(self, page: ShelfPage) -> None:
        self.page = page
        self.files += page.files
        self.heard += 1

    def _on_came(self, files: tuple[ShelfFile, ...]) -> None:
        self.files[:0] = files

    def _on_gone(self, seqs: frozenset[int]) -> None:
        self.files = [one for one in self.files if one.seq not in seqs]

    @property
    def seqs(self) -> list[int]:
        return [one.seq for one in self.files]

    @property
    def names(self) -> list[str]:
        return [one.ref.name for one in self.files]


def looking(
    session: RoomSession, query: str = "", sort: m.FileSort = "all"
) -> tuple[Shelf, Looker]:
    looker = Looker(session.shelf)
    session.shelf.look(query, sort)
    return session.shelf, looker


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A room of which three lines are kept, one without files; offline."""
    desk = Desk(tmp_path / "rooms" / "room.sqlite")
    enter(desk, with_files(1, PDF), said(2), with_files(3, PNG, PDF))
    lose(desk.session)
    yield desk
    desk.session.close()


# --- the host is asked ----------------------------------------------------------------------------


def test_host_is_asked_page_after_page() -> None:
    session, transport = online()
    shelf, looker = looking(session, " Plan ", "files")
    assert transport.take(m.ListFiles) == [m.ListFiles(query="Plan", sort="files")]
    assert looker.heard == 0
    session.receive(m.Files(query="Plan", sort="files", lines=(told(9, PDF, PNG),), more=True))
    first = ShelfFile(seq=9, at=9, nick="tom", device=TOM, ref=PDF)
    assert looker.files == [first, ShelfFile(9, 9, "tom", TOM, PNG)]
    assert not shelf.is_loading
    shelf.look_on()
    shelf.look_on()
    wish = m.ListFiles(query="Plan", sort="files", before=9)
    assert transport.take(m.ListFiles) == [wish]
    session.receive(m.Files(query="Plan", sort="files", before=9, lines=(told(4),)))
    assert looker.seqs == [9, 9, 4]
    shelf.look_on()
    assert transport.take(m.ListFiles) == []


def test_only_the_answer_to_the_latest_look_counts() -> None:
    session, _ = online()
    shelf, looker = looking(session, "plan")
    shelf.look("harvest", "all")
    session.receive(m.Files(query="plan", lines=(told(9),)))
    session.receive(m.Files(query="harvest", lines=(told(4),)))
    session.receive(m.Files(query="harvest", lines=(told(3),)))
    assert looker.seqs == [4]


def test_after_resting_nothing_is_told() -> None:
    session, _ = online()
    shelf, looker = looking(session)
    shelf.rest()
    session.receive(m.Files(lines=(told(9),)))
    session.receive(live(with_files(1)))
    assert (looker.heard, looker.files) == (0, [])


def test_query_is_sent_as_long_as_it_may_be() -> None:
    session, transport = online()
    looking(session, "x" * 300 + "\ud800")
    assert transport.take(m.ListFiles) == [m.ListFiles(query="x" * limits.MAX_QUERY)]


def test_dirty_name_of_a_bad_host_is_clean() -> None:
    session, _ = online()
    _, looker = looking(session)
    session.receive(m.Files(lines=(told(1, replace(PNG, name="../.bashrc\u202e")),)))
    assert looker.names == ["bashrc"]


def test_host_that_goes_on_for_ever_is_not_asked_for_ever() -> None:
    session, transport = online()
    shelf, looker = looking(session)
    session.receive(m.Files(lines=(told(5),), more=True))
    shelf.look_on()
    session.receive(m.Files(before=5, lines=(told(5), told(7)), more=True))
    transport.take(m.ListFiles)
    shelf.look_on()
    assert transport.take(m.ListFiles) == []
    assert looker.seqs == [5]


lines = st.lists(st.integers(0, 12).map(told), max_size=6).map(tuple)


@unhurried
@given(st.lists(lines, min_size=1, max_size=4))
def test_whatever_a_host_tells_stands_in_order_and_once(
    pages: list[tuple[m.FileLine, ...]],
) -> None:
    session, transport = online()
    shelf, looker = looking(session)
    for page in pages:
        for wish in transport.take(m.ListFiles):
            session.receive(m.Files(before=wish.before, lines=page, more=True))
        shelf.look_on()
    assert looker.seqs == sorted(set(looker.seqs), reverse=True)


# --- what comes and goes meanwhile ----------------------------------------------------------------


def test_file_said_just_now_stands_above_the_others_if_it_was_looked_for() -> None:
    session, _ = online()
    _, looker = looking(session, "tom 2026")
    session.receive(m.Files(query="tom 2026", lines=()))
    session.receive(live(with_files(1, PDF, PNG), said(2), with_files(3, PDF)))
    assert [(one.seq, one.ref) for one in looker.files] == [(3, PDF), (1, PDF)]


@pytest.mark.parametrize(("sort", "names"), [("pictures", [PNG.name]), ("files", [PDF.name])])
def test_only_files_of_the_sort_come(sort: m.FileSort, names: list[str]) -> None:
    session, _ = online()
    _, looker = looking(session, "", sort)
    session.receive(m.Files(sort=sort))
    session.receive(live(with_files(1, PNG, PDF)))
    assert looker.names == names


def test_files_of_a_deleted_message_go() -> None:
    session, _ = online()
    _, looker = looking(session)
    session.receive(m.Files(lines=()))
    session.receive(live(with_files(1), with_files(2)))
    session.receive(live(deleting(3, 1)))
    assert looker.seqs == [2]


@pytest.mark.parametrize("known", [True, False])
def test_what_comes_before_the_answer_is_there_once(known: bool) -> None:
    session, _ = online()
    _, looker = looking(session)
    session.receive(live(with_files(1), with_files(2)))
    session.receive(live(deleting(3, 1)))
    session.receive(m.Files(lines=(told(2),) if known else ()))
    assert looker.seqs == [2]
    session.receive(live(with_files(4)))
    assert looker.seqs == [4, 2]


def test_what_is_caught_up_with_after_the_answer_is_not_doubled() -> None:
    session, _ = online(last_seq=2)
    _, looker = looking(session)
    session.receive(m.Files(lines=(told(2), told(1))))
    session.receive(m.Page(after=0, until=2, said=(with_files(1), with_files(2))))
    assert looker.seqs == [2, 1]


def test_another_log_has_other_files() -> None:
    session, transport = online(last_seq=5)
    looking(session)
    session.receive(m.Files(lines=(told(2),)))
    transport.take(m.ListFiles)
    lose(session)
    let_in(session, 1, log=b"n" * 16)
    assert transport.take(m.ListFiles)[-1:] == [m.ListFiles()]


# --- the host cannot be asked ---------------------------------------------------------------------


def test_what_is_kept_is_listed_without_the_host(desk: Desk) -> None:
    _, looker = looking(desk.session)
    desk.end_turn()
    assert [(one.seq, one.ref) for one in looker.files] == [(3, PNG), (3, PDF), (1, PDF)]
    assert (looker.page.from_replica, looker.page.more) == (True, False)


@pytest.mark.parametrize(
    ("query", "sort", "seqs"),
    [
        ("plan", "all", [3, 1]),
        ("PLAN", "pictures", []),
        ("tom", "pictures", [3]),
        ("2026 tom", "files", [3, 1]),
        ("message", "all", []),
    ],
)
def test_what_is_kept_is_searched_by_name_and_sender(
    desk: Desk, query: str, sort: m.FileSort, seqs: list[int]
) -> None:
    _, looker = looking(desk.session, query, sort)
    desk.end_turn()
    assert looker.seqs == seqs


def test_deleted_message_has_none_kept_either(desk: Desk) -> None:
    let_in(desk.session, 3, log=LOG)
    desk.session.receive(live(deleting(4, 3)))
    lose(desk.session)
    _, looker = looking(desk.session)
    desk.end_turn()
    assert looker.seqs == [1]


def test_many_kept_files_come_page_by_page(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "room.sqlite")
    count = limits.MAX_LISTED + 80
    enter(desk, *(with_files(seq) for seq in range(1, count + 1)))
    lose(desk.session)
    shelf, looker = looking(desk.session)
    desk.end_turn()
    assert (len(looker.files), looker.page.more) == (limits.MAX_LISTED, True)
    while looker.page.more:
        shelf.look_on()
        desk.end_turn()
    assert looker.seqs == list(range(count, 0, -1))
    desk.session.close()


def test_answer_that_the_link_took_with_it_is_read_here() -> None:
    session, transport = online()
    session.receive(live(with_files(1)))
    _, looker = looking(session)
    lose(session)
    _pass(session)
    assert (looker.seqs, looker.page.from_replica) == ([1], True)
    assert transport.take(m.ListFiles) == [m.ListFiles()]


def test_host_is_asked_again_once_it_can_be(desk: Desk) -> None:
    _, looker = looking(desk.session)
    desk.end_turn()
    let_in(desk.session, 3, log=LOG)
    assert desk.transport.take(m.ListFiles) == [m.ListFiles()]
    desk.session.receive(m.Files(lines=(told(3),)))
    assert (looker.seqs, looker.page.from_replica) == ([3], False)


def test_list_of_the_host_outlasts_a_short_break() -> None:
    session, transport = online()
    _, looker = looking(session)
    session.receive(m.Files(lines=(told(2),)))
    transport.take(m.ListFiles)
    lose(session)
    let_in(session, 0, log=LOG)
    assert transport.take(m.ListFiles) == []
    assert looker.seqs == [2]


def test_room_that_keeps_nothing_lists_what_is_in_sight() -> None:
    session, transport = online()
    session.receive(m.HistoryChanged(history="none"))
    session.receive(live(with_files(1), with_files(2), deleting(3, 1)))
    _, looker = looking(session)
    _pass(session)
    assert transport.take(m.ListFiles) == []
    assert (looker.seqs, looker.page.from_replica) == ([2], False)
    session.receive(live(with_files(4)))
    assert looker.seqs == [4, 2]


def _pass(session: RoomSession) -> None:
    clock = session.shelf._clock
    assert isinstance(clock, ManualClock)
    clock.advance(0)
