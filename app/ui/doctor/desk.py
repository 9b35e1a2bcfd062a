"""Where anybody in the window asks for a check of the connection, and who makes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PyQt6.QtCore import QCoreApplication, QObject, pyqtSignal

if TYPE_CHECKING:
    from app.security.invite import Address, Invite
    from app.session.checking import Check
    from app.session.room_session import RoomSession


@dataclass(frozen=True)
class CheckWish:
    """What to check: the way to `target`, or that of `session`; without both, this computer as a host.

    A session that is hosted here stands for this computer, too.
    """

    target: Address | Invite | None = None
    session: RoomSession | None = None


class Doctor(Protocol):
    """Makes checks; the application alone knows how."""

    def check(self, wish: CheckWish) -> Check:
        """Return a check that has not begun, for the caller to keep."""

    def about(self, wish: CheckWish) -> str:
        """Return what is checked: an address, or empty for this computer as a host."""


class CheckDesk(QObject):
    """Holds the application's `Doctor`; without one nothing is checked.

    Signals:
        asked(CheckWish): somebody wants a check; the window shows it.
    """

    asked = pyqtSignal(CheckWish)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.doctor: Doctor | None = None

    @classmethod
    def of_application(cls) -> CheckDesk:
        """Return the application's, made when it is first wanted."""
        application = QCoreApplication.instance()
        found = application.findChild(cls) if application is not None else None
        return found if found is not None else cls(application)

    def ask(self, wish: CheckWish) -> None:
        """Ask for a check."""
        self.asked.emit(wish)
