"""What a hostile host can do to the window over a session: painting, lists, what is read aloud."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PyQt6 import sip
from PyQt6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PyQt6.QtWidgets import QAbstractItemView, QWidget

from app.ui.chat.chat_page import ChatPage
from app.ui.rail.rail import Rail
from app.ui.texts import set_language
from app.ui.theme.theme import Theme
from tests.fuzz.engine import Run, Target
from tests.fuzz.inputs import Case
from tests.fuzz.targets.members import CASES, Member, application
from tests.helpers.transport import let_in


@contextmanager
def _window() -> Iterator[Run]:
    theme = Theme(application())
    set_language("en")

    def run(case: Case) -> None:
        with tempfile.TemporaryDirectory() as folder:
            member = Member(Path(folder) / "replica.db")
            # Within a widget that asks for no size: the offscreen platform complains of those.
            window = QWidget()
            page = ChatPage(member.session, theme, member.clock, window)
            rail = Rail(theme, member.clock, window)
            rail.model.add_session(member.session)
            try:
                page.resize(900, 600)
                rail.resize(240, 600)
                window.show()
                let_in(member.session, 3)
                for part in case:
                    if part:
                        member.act(part)
                member.clock.advance(0)
                page.grab()
                rail.grab()
                for view in (
                    *page.findChildren(QAbstractItemView),
                    *rail.findChildren(QAbstractItemView),
                ):
                    read_all(view.model())
                header = page.header
                for asked in (
                    header.invite_requested,
                    header.words_requested,
                    header.topic_requested,
                    header.history_requested,
                ):
                    asked.emit()
                    page.grab()
                page.popovers.close()
            finally:
                window.close()
                window.deleteLater()
                member.end()
            assert sip.isdeleted(page)

    yield run
    theme.deleteLater()


def read_all(model: QAbstractItemModel | None) -> list[tuple[int, Any]]:
    """Return what a model says in each of its rows, to the eye, the ear and on hovering."""
    if model is None:
        return []
    roles = Qt.ItemDataRole
    asked = (
        roles.DisplayRole,
        roles.AccessibleTextRole,
        roles.ToolTipRole,
        roles.AccessibleDescriptionRole,
    )
    return [
        (role, model.data(model.index(row, 0, QModelIndex()), role))
        for row in range(model.rowCount())
        for role in asked
    ]


TARGETS = (Target("window", CASES, _window, 15),)
