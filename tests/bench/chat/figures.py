"""One figure of the chat window: `python -m tests.bench.chat.figures NAME SIZE`, in its own process.

Prints a JSON object of numbers in milliseconds, or MiB where the name says so. On the offscreen
platform, so that no screen's own pace is measured.
"""

from __future__ import annotations

import gc
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PyQt6.QtCore import QElapsedTimer, QEvent, QEventLoop, QObject, Qt, QTimer, pyqtSlot
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QApplication

from app.net.qt_clock import QtClock
from app.session.room_session import RoomSession
from app.session.store import RoomStore
from app.support.settings import SettingsFile
from app.ui.chat.chat_page import ChatPage
from app.ui.chat.composer.edit import ComposerEdit
from app.ui.chat.timeline.view import TimelineView
from app.ui.main_window import MainWindow
from app.ui.settings.preferences import Preferences
from app.ui.theme.theme import Theme
from tests.bench.chat import rooms

PER_SECOND = 2_000
TURN = 10
"""Milliseconds between two portions of a burst."""


class Window:
    """Papo's window with nothing in it yet."""

    def __init__(self) -> None:
        self.app = QApplication([])
        theme = Theme(self.app)
        folder = tempfile.mkdtemp(prefix="papo-bench-")
        settings = SettingsFile(Path(folder) / "settings.json")
        preferences = Preferences(theme, settings, self.app)
        preferences.apply()
        self.window = MainWindow(theme, settings, QtClock(self.app), preferences)
        self.window.resize(1180, 760)
        self.window.show()
        self.window.activateWindow()
        turn(5)

    def open(self, session: RoomSession) -> TimelineView:
        """Show the room; return its timeline."""
        self.window.add_session(session)
        self.window.show_session(session)
        page = self.window.findChild(ChatPage)
        assert page is not None
        # A person scrolls and resizes in a program that has been open for two seconds.
        _until(lambda: gc.get_freeze_count() > 0)
        return page.timeline.view


class Painted(QObject):
    """Notes when a widget was painted first."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.at = 0

    def eventFilter(  # noqa: N802 - Qt's name
        self, _watched: QObject | None, event: QEvent | None
    ) -> bool:
        if event is not None and event.type() == QEvent.Type.Paint and not self.at:
            QTimer.singleShot(0, self._on_painted)
        return False

    @pyqtSlot()
    def _on_painted(self) -> None:
        self.at = self.at or time.perf_counter_ns()


class Lateness(QObject):
    """A timer that notes how late it is: how long the event loop was blocked, in milliseconds."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.late: list[float] = []
        self._due = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_tick)

    def start(self) -> None:
        self._due = time.perf_counter() + 0.005
        self._timer.start(5)

    @pyqtSlot()
    def _on_tick(self) -> None:
        now = time.perf_counter()
        self.late.append(max(0.0, (now - self._due) * 1000))
        self._due = now + 0.005


def open_room(messages: int) -> dict[str, float]:
    """Open a replica of so many messages, from the file to the painted last page."""
    path = _replica(messages)
    window = Window()
    # The program is running and has shown a room: that is when one opens another.
    first = rooms.joined(window.app)
    rooms.say(first, 1, 30)
    window.open(first)
    turn(20)
    before = _resident()
    began = time.perf_counter_ns()
    session = rooms.session(window.app)
    session.use_store(RoomStore.load(path).value)
    session.show_replica()
    painted = Painted(window.app)
    window.window.add_session(session)
    pages = window.window.findChildren(ChatPage)
    page = next(one for one in pages if one.session is session)
    viewport = page.timeline.view.viewport()
    assert viewport is not None
    viewport.installEventFilter(painted)
    window.window.show_session(session)
    _until(lambda: painted.at > 0)
    took = (painted.at - began) / 1e6
    assert len(session.timeline) == min(messages, rooms.PAGE)
    turn(20)
    return {"opened": took, "resident MiB": _resident(), "of it for the room": _resident() - before}


def scroll(messages: int) -> dict[str, float]:
    """Scroll through so many messages, there and back; a frame is a step and all that it brings."""
    window = Window()
    session = rooms.joined(window.app)
    view = window.open(session)
    rooms.say(session, 1, messages)
    turn(10)
    frames: list[float] = []
    bar = view.verticalScrollBar()
    assert bar is not None
    bar.setValue(0)
    turn(5)
    while bar.value() < bar.maximum():
        began = time.perf_counter()
        # Three notches of a wheel, as one who looks for something does.
        bar.setValue(bar.value() + 180)
        QApplication.processEvents()
        frames.append((time.perf_counter() - began) * 1000)
    down = len(frames)
    while bar.value() > 0 and len(frames) < down * 2:
        began = time.perf_counter()
        bar.setValue(bar.value() - 180)
        QApplication.processEvents()
        frames.append((time.perf_counter() - began) * 1000)
    return _spread("frame", frames) | {"frames": len(frames)}


def burst(seconds: int) -> dict[str, float]:
    """Take 2,000 messages a second for so long, while somebody types."""
    window = Window()
    session = rooms.joined(window.app)
    view = window.open(session)
    rooms.say(session, 1, 400)
    turn(50)
    page = window.window.findChild(ChatPage)
    assert page is not None
    lateness = Lateness(window.app)
    source = _Source(session, 401, window.app)
    typed: list[float] = []
    lateness.start()
    source.start()
    clock = QElapsedTimer()
    clock.start()
    keys = random.Random(5)
    viewport = view.viewport()
    assert viewport is not None
    next_key = 100
    while clock.elapsed() < seconds * 1000:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 5)
        if clock.elapsed() >= next_key:
            next_key = clock.elapsed() + 120
            began = time.perf_counter()
            _type(page.composer.edit, keys.choice("abc def"))
            typed.append((time.perf_counter() - began) * 1000)
    source.stop()
    turn(20)
    # Some rows are notices.
    assert len(session.timeline) >= source.sent
    rate = (source.sent - 400) / seconds
    return (
        _spread("blocked", lateness.late)
        | _spread("key", typed)
        | {"messages a second": rate, "shown": float(view.at_end)}
    )


class _Source(QObject):
    """Tells 2,000 messages a second, as the link of a busy room does: many in one `Live`."""

    def __init__(self, session: RoomSession, first: int, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.sent = first - 1
        self._first = first
        self._began = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_turn)

    def start(self) -> None:
        self._began = time.perf_counter()
        self._timer.start(TURN)

    def stop(self) -> None:
        self._timer.stop()

    @pyqtSlot()
    def _on_turn(self) -> None:
        due = self._first - 1 + int((time.perf_counter() - self._began) * PER_SECOND)
        # What one turn of the link reads: never more than it would.
        count = min(due - self.sent, 200)
        if count > 0:
            rooms.say(self._session, self.sent + 1, count)
            self.sent += count


def resize(messages: int) -> dict[str, float]:
    """Drag the window's edge with so many messages loaded; a step is the layout and the painting."""
    window = Window()
    session = rooms.joined(window.app)
    view = window.open(session)
    rooms.say(session, 1, messages)
    turn(10)
    steps: list[float] = []
    widths = [*range(1180, 420, -20), *range(420, 1180, 20)]
    for place in ("end", "middle"):
        bar = view.verticalScrollBar()
        assert bar is not None
        bar.setValue(bar.maximum() if place == "end" else bar.maximum() // 2)
        turn(5)
        for width in widths:
            began = time.perf_counter()
            window.window.resize(width, 760)
            QApplication.sendPostedEvents()
            window.window.repaint()
            QApplication.processEvents()
            steps.append((time.perf_counter() - began) * 1000)
    return _spread("step", steps)


def _type(edit: ComposerEdit, letter: str) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        key = QKeyEvent(kind, ord(letter.upper()), Qt.KeyboardModifier.NoModifier, letter)
        QApplication.sendEvent(edit, key)
    port = edit.viewport()
    assert port is not None
    port.repaint()


def turn(times: int) -> None:
    """Let the event loop run for a few turns, and what waits for a moment happen."""
    for _ in range(times):
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        time.sleep(0.002)


def _until(done: Callable[[], bool]) -> None:
    while not done():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)


def _replica(messages: int) -> Path:
    """Return a replica of that size; it is kept for the next run of the bench."""
    folder = Path(tempfile.gettempdir()) / "papo-bench-replicas"
    folder.mkdir(exist_ok=True)
    path = folder / f"{messages}.db"
    if not path.exists():
        new = path.with_suffix(".new")
        new.unlink(missing_ok=True)
        rooms.fill(new, messages)
        new.rename(path)
    return path


def _resident() -> float:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return float("nan")


def _spread(name: str, values: list[float]) -> dict[str, float]:
    ordered = sorted(values)
    return {
        f"{name} p50": ordered[len(ordered) // 2],
        f"{name} p99": ordered[int(len(ordered) * 0.99)],
        f"{name} max": ordered[-1],
    }


FIGURES: dict[str, Callable[[int], dict[str, float]]] = {
    "open": open_room,
    "scroll": scroll,
    "burst": burst,
    "resize": resize,
}


if __name__ == "__main__":
    json.dump(FIGURES[sys.argv[1]](int(sys.argv[2])), sys.stdout)
