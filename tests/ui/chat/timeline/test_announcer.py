"""What is said to a screen reader, and when; that it is heard, `tests/e2e` tells."""

from __future__ import annotations

from pathlib import Path

import pytest
from PyQt6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.protocol.attachments import FileRef
from app.protocol.messages import Live, Rejected
from app.ui.chat.timeline import announcer
from app.ui.chat.timeline.announcer import Announcer
from app.ui.chat.timeline.model import TimelineModel
from app.ui.chat.timeline.panel import TimelinePanel
from app.ui.files.sentences import LocalProblem
from app.ui.screen_reader import Voice
from app.ui.sentences import sentence
from app.ui.theme.theme import Theme
from tests.ui.chat.rooms import Room, member


class RecordingVoice(Voice):
    """Says nothing, and remembers what."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.said: list[str] = []

    def say(self, text: str) -> None:
        self.said.append(text)


class Desk:
    def __init__(self, room: Room) -> None:
        self.model = TimelineModel(room.session, room.clock, room.session)
        self.voice = RecordingVoice(self.model)
        self.announcer = Announcer(room.session, self.model, self.voice, self.model)
        self.announcer.set_watched(True)


@pytest.fixture
def desk(room: Room, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("QT_LINUX_ACCESSIBILITY_ALWAYS_ON", "1")
    monkeypatch.setattr(announcer, "GATHERED", 0)
    room.join(member(1, "Marina", "host"), member(2, "Leo"), member(3, "Priya"))
    return Desk(room)


def test_a_new_message_is_said_with_its_author_and_without_its_signs(
    qtbot: QtBot, room: Room, desk: Desk
) -> None:
    room.say("Priya", "look **here** <b>now</b>")
    qtbot.waitUntil(lambda: desk.voice.said == ["Priya: look here <b>now</b>"])


def test_a_few_are_said_together_and_of_many_the_number(
    qtbot: QtBot, room: Room, desk: Desk
) -> None:
    room.say("Priya", "one")
    room.say("Marina", "two", number=1)
    qtbot.waitUntil(lambda: desk.voice.said == ["Priya: one\nMarina: two"])
    desk.voice.said.clear()
    desk.announcer._pause.stop()
    for number in range(12):
        room.say("Priya", f"message {number}")
    qtbot.waitUntil(lambda: len(desk.voice.said) == 1)
    assert desk.voice.said[0].startswith("12 new message")


def test_a_busy_room_is_no_flood_of_speech(qtbot: QtBot, room: Room, desk: Desk) -> None:
    room.say("Priya", "one")
    qtbot.waitUntil(lambda: len(desk.voice.said) == 1)
    room.say("Priya", "two")
    assert desk.announcer._timer.remainingTime() > 1_000


def test_nothing_is_said_of_a_room_that_nobody_looks_at(
    qtbot: QtBot, room: Room, desk: Desk
) -> None:
    room.say("Priya", "before")
    desk.announcer.set_watched(False)
    room.say("Priya", "meanwhile")
    desk.announcer.set_watched(True)
    room.say("Priya", "after")
    qtbot.waitUntil(lambda: desk.voice.said == ["Priya: after"])


def test_ones_own_messages_are_said_only_when_they_were_not_sent(
    qtbot: QtBot, room: Room, desk: Desk
) -> None:
    room.session.send("arrives")
    room.session.send("does not")
    first, second = room.session.timeline.pending
    arrived = room.said("Leo", "arrives", number=2, cid=first.cid)
    room.session.receive(Live(said=(arrived,)))
    room.session.receive(Rejected(cid=second.cid, code="muted"))
    qtbot.waitUntil(lambda: len(desk.voice.said) == 1)
    assert desk.voice.said[0].startswith("Your message was not sent: ")


def test_a_long_message_is_said_in_part(qtbot: QtBot, room: Room, desk: Desk) -> None:
    room.say("Priya", "word " * 800)
    qtbot.waitUntil(lambda: len(desk.voice.said) == 1)
    assert desk.voice.said[0].endswith("word word…")
    assert len(desk.voice.said[0]) < 500


def test_nothing_is_said_where_nobody_has_a_reader(
    qtbot: QtBot, room: Room, desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("QT_LINUX_ACCESSIBILITY_ALWAYS_ON", "0")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'none'}")
    with qtbot.waitSignal(desk.announcer._question.answered) as answer:
        room.say("Priya", "one")
    assert answer.args == [False]
    assert desk.voice.said == []
    # A row that is read is proof enough.
    desk.model.read_aloud = True
    room.say("Priya", "two")
    qtbot.waitUntil(lambda: desk.voice.said == ["Priya: two"])


def test_the_voice_is_made_once_and_when_it_is_first_wanted(room: Room) -> None:
    voice = Voice(room.session)
    assert voice.children() == []
    voice.say('<img src="file:///etc/passwd"> "); Qt.quit(); ("')
    made = len(voice.children())
    assert made > 0
    voice.say("again")
    assert len(voice.children()) == made
    assert Voice.of_application() is Voice.of_application()


def test_why_a_file_was_not_opened_is_said_while_somebody_looks(
    qtbot: QtBot, room: Room, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_LINUX_ACCESSIBILITY_ALWAYS_ON", "1")
    monkeypatch.setattr(announcer, "GATHERED", 0)
    panel = TimelinePanel(room.session, theme, room.clock)
    qtbot.addWidget(panel)
    voice = panel.announcer._voice = RecordingVoice(panel)
    ref = FileRef(hash="ab" * 32, name="a.pdf", size=5, media="application/pdf")
    panel.model.files.actions.open(ref)
    panel.announcer.set_watched(True)
    panel.model.files.actions.open(ref)
    panel.model.files.actions.open(ref)
    qtbot.waitUntil(lambda: voice.said == [sentence(LocalProblem.MISSING)])
