"""An export ends with the whole file or with none, and holds nobody up."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest
from PyQt6.QtCore import QElapsedTimer, QObject, QTimer, pyqtSlot
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.protocol.messages import Page, Said
from app.session.room_session import RoomSession
from app.session.store import RoomStore
from app.session.transcript import Wanted
from app.ui.chat.export.html_writer import HtmlWriter
from app.ui.chat.export.job import Export, ExportState
from app.ui.chat.export.writers import About, JsonWriter, TextWriter, Writer
from tests.helpers.clock import ManualClock
from tests.helpers.transport import RecordingTransport, let_in, lose, run

ABOUT = About("Lab", "", b"", 1_700_000_000.0, from_host=False, private=False)
LONGEST_TURN = 50
"""Milliseconds that nothing may block the event loop for."""


@pytest.fixture
def session(qapp: QApplication, tmp_path: Path) -> RoomSession:
    store = RoomStore(tmp_path / "room.db")
    store.begin(0)
    store.add(0, 1000, run(1, 1000))
    session = RoomSession("ana", ManualClock(), store=store, parent=qapp)
    session.attach(RecordingTransport())
    session.show_replica()
    return session


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def begin(
    session: RoomSession,
    path: Path,
    writer: Writer | None = None,
    wanted: Wanted = Wanted(),  # noqa: B008
    *,
    over: bool = False,
) -> Export:
    return Export(session, writer or TextWriter(ABOUT), wanted, path, over=over)


def finish(qtbot: QtBot, export: Export) -> None:
    with qtbot.waitSignal(export.finished, timeout=60_000):
        export.start()


def test_the_file_is_there_at_the_end_and_nothing_beside_it(
    qtbot: QtBot, session: RoomSession, folder: Path
) -> None:
    path = folder / "lab.json"
    export = begin(session, path, JsonWriter(ABOUT))
    finish(qtbot, export)
    assert (export.state, export.count, export.part) == (ExportState.DONE, 1000, 1.0)
    found = json.loads(path.read_text("utf-8"))
    assert [one["seq"] for one in found["messages"]] == list(range(1, 1001))
    assert list(folder.iterdir()) == [path]


def test_half_a_surrogate_stops_nothing(qtbot: QtBot, session: RoomSession, folder: Path) -> None:
    about = About("\ud83d", "", b"", 0.0, from_host=False, private=False)
    for writer in (TextWriter(about), JsonWriter(about)):
        export = begin(session, folder / "lab", writer, over=True)
        finish(qtbot, export)
        assert export.state is ExportState.DONE


class Elsewhere:
    """A session that keeps 901 to 1,000 and is in a room of 1,000."""

    def __init__(self, qapp: QApplication, tmp_path: Path) -> None:
        store = RoomStore(tmp_path / "elsewhere.db")
        store.begin(900)
        store.add(900, 1000, run(901, 1000))
        self.session = RoomSession("ana", ManualClock(), store=store, parent=qapp)
        self.session.attach(RecordingTransport())
        self.session.show_replica()
        let_in(self.session, last_seq=1000)


@pytest.fixture
def elsewhere(qapp: QApplication, tmp_path: Path) -> RoomSession:
    return Elsewhere(qapp, tmp_path).session


def test_it_waits_for_the_host_and_goes_on(
    qtbot: QtBot, elsewhere: RoomSession, folder: Path
) -> None:
    export = begin(elsewhere, folder / "lab.txt", wanted=Wanted(from_host=True))
    export.start()
    qtbot.waitUntil(lambda: bool(list(folder.iterdir())))
    with qtbot.waitSignal(export.finished):
        elsewhere.receive(Page(after=0, until=900, said=run(1, 900)))
    assert (export.state, export.count) == (ExportState.DONE, 1000)


def test_a_lost_connection_leaves_nothing_and_says_what_to_do(
    qtbot: QtBot, elsewhere: RoomSession, folder: Path
) -> None:
    export = begin(elsewhere, folder / "lab.txt", wanted=Wanted(from_host=True))
    export.start()
    qtbot.waitUntil(lambda: bool(list(folder.iterdir())))
    with qtbot.waitSignal(export.finished):
        lose(elsewhere)
    assert export.state is ExportState.FAILED
    assert "no connection" in export.problem
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("how", ["cancel", "close"])
def test_cancelled_it_leaves_nothing(
    qtbot: QtBot, elsewhere: RoomSession, folder: Path, how: str
) -> None:
    export = begin(elsewhere, folder / "lab.txt", wanted=Wanted(from_host=True))
    export.start()
    qtbot.waitUntil(lambda: bool(list(folder.iterdir())))
    with qtbot.waitSignal(export.finished):
        if how == "cancel":
            export.cancel()
        else:
            elsewhere.close()
    assert export.state is ExportState.CANCELLED
    assert list(folder.iterdir()) == []


def test_a_full_disk_is_said_and_the_old_file_stays(
    qtbot: QtBot, session: RoomSession, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def disk_full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    path = folder / "lab.txt"
    path.write_text("holiday")
    monkeypatch.setattr(os, "fsync", disk_full)
    export = begin(session, path, over=True)
    finish(qtbot, export)
    assert export.state is ExportState.FAILED
    assert "not enough room" in export.problem
    assert list(folder.iterdir()) == [path]
    assert path.read_text() == "holiday"


def test_a_folder_that_is_not_there_is_said(
    qtbot: QtBot, session: RoomSession, folder: Path
) -> None:
    export = begin(session, folder / "nowhere" / "lab.txt")
    finish(qtbot, export)
    assert export.state is ExportState.FAILED
    assert "Choose another folder" in export.problem


def test_a_file_that_came_up_meanwhile_stays(
    qtbot: QtBot, session: RoomSession, folder: Path
) -> None:
    path = folder / "lab.txt"
    export = begin(session, path)
    path.write_text("holiday")
    finish(qtbot, export)
    assert export.state is ExportState.FAILED
    assert path.read_text() == "holiday"


class Watch(QObject):
    """Looks at the time whenever the event loop comes round."""

    def __init__(self) -> None:
        super().__init__()
        self.turns: list[int] = []
        self._since = QElapsedTimer()
        self._since.start()
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_turn)
        self._timer.start()

    @pyqtSlot()
    def _on_turn(self) -> None:
        self.turns.append(self._since.restart())


def test_many_messages_hold_up_nobody(qtbot: QtBot, qapp: QApplication, folder: Path) -> None:
    words = (
        "hello everyone",
        "**bold** `code` https://example.org/a?b=1",
        "```python\nx = 1\n```",
        "- one\n- two",
    )
    store = RoomStore(None)
    store.begin(0)
    count = 4000
    store.add(
        0,
        count,
        (
            Said(
                seq=seq,
                author=seq % 9,
                nick=f"n{seq % 9}",
                device=bytes([seq % 9]) * 32,
                at=seq * 60_000,
                cid=seq.to_bytes(16, "big"),
                text=f"{words[seq % 4]}\n{seq}",
            )
            for seq in range(1, count + 1)
        ),
    )
    session = RoomSession("ana", ManualClock(), store=store, parent=qapp)
    session.show_replica()
    writer = HtmlWriter(ABOUT, lambda formatted: formatted, lambda _nick: False)
    # What is loaded once, when the program starts, is not what is measured.
    list(writer.entry(session.timeline[0]))
    list(writer.entry(session.timeline[1]))
    export = begin(session, folder / "lab.html", writer)
    watch = Watch()
    finish(qtbot, export)
    assert export.count == count
    assert len(watch.turns) > 10
    # The machine that tests run on may itself be held up, now and then.
    assert sorted(watch.turns)[len(watch.turns) * 9 // 10] <= LONGEST_TURN
