"""A session that remembers what the window wishes beyond what a transport carries."""

from __future__ import annotations

from PyQt6.QtCore import QObject

from app.protocol.messages import HistoryName
from app.session.room_session import RoomSession
from app.support.clock import Clock


class RecordingSession(RoomSession):
    """`RoomSession` with its real signals; `wishes` holds the calls in order."""

    def __init__(
        self, nickname: str, clock: Clock, *, room_name: str = "", parent: QObject | None = None
    ) -> None:
        super().__init__(nickname, clock, room_name=room_name, parent=parent)
        self.wishes: list[tuple[object, ...]] = []
        self.others_typing: tuple[int, ...] = ()
        self.kept_draft = ""
        self.older_answers: list[bool] | None = None
        """What the next calls of `load_older` return; None lets it do what it does."""

    @property
    def typing(self) -> tuple[int, ...]:
        return self.others_typing

    @property
    def draft(self) -> str:
        return self.kept_draft

    def set_typing(self, active: bool) -> None:
        self.wishes.append(("typing", active))

    def set_away(self, away: bool) -> None:
        self.wishes.append(("away", away))

    def set_draft(self, text: str) -> None:
        self.wishes.append(("draft", text))

    def set_history(self, name: HistoryName, count: int = 0) -> None:
        self.wishes.append(("history", name, count))

    def search(self, query: str, before: int = 0) -> None:
        self.wishes.append(("search", query, before))

    def load_older(self) -> bool:
        self.wishes.append(("older",))
        if self.older_answers is None:
            return super().load_older()
        return self.older_answers.pop(0) if self.older_answers else False

    def take(self, kind: str) -> list[tuple[object, ...]]:
        """Return, and forget, the wishes of one kind, without their kind."""
        found = [wish[1:] for wish in self.wishes if wish[0] == kind]
        self.wishes = [wish for wish in self.wishes if wish[0] != kind]
        return found
