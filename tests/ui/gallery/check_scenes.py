"""Checks of the connection, as they stand over the window."""

from __future__ import annotations

from PyQt6.QtWidgets import QWidget

from app.security.invite import Address
from app.session.checking import Check, Step, Verdict
from app.ui.doctor.desk import CheckDesk, CheckWish
from app.ui.start.start_page import StartCard
from tests.ui.gallery.scenes import Scene, Stage, turn

_ADDRESS = Address("192.168.1.31", 9090)


class _Told(Check):
    """Finds what one computer might."""

    def __init__(self, *, hosting: bool) -> None:
        super().__init__()
        self._hosting = hosting

    def start(self) -> None:
        good, hint, doubtful, bad = Verdict
        address = str(_ADDRESS)
        if self._hosting:
            self.tell(Step.NETWORK, hint, "several-networks", interfaces="wlan0, eth0")
            self.tell(Step.ADDRESS, good, "wifi", address=address, interface="wlan0", rank="1")
            self.tell(
                Step.ADDRESS, hint, "vpn", address="10.8.0.2:9090", interface="tun0", rank="2"
            )
            self.tell(Step.LISTEN, good, "room", port="9090")
            self.tell(Step.REACH, good, "answers", address=address)
            command = "sudo ufw allow 9090/tcp"
            self.tell(Step.FIREWALL, bad, "shut", name="ufw", port="9090", command=command)
            self.tell(Step.VPN, doubtful, "on", interfaces="tun0")
            self.tell(Step.ISOLATION, hint, "wifi")
        else:
            self.tell(Step.RESOLVE, good, "ip", address=_ADDRESS.host)
            self.tell(Step.CONNECT, bad, "no-answer-near", address=address)
        self.finished.emit()

    def stop(self) -> None:
        """Nothing runs."""


class _Doctor:
    def check(self, wish: CheckWish) -> Check:
        return _Told(hosting=wish.target is None)

    def about(self, wish: CheckWish) -> str:
        return str(wish.target or "")


def _check(stage: Stage, wish: CheckWish) -> QWidget:
    stage.window.show_start()
    desk = CheckDesk.of_application()
    before, desk.doctor = desk.doctor, _Doctor()
    desk.ask(wish)
    turn()
    desk.doctor = before
    return stage.window


def check_of_a_host(stage: Stage) -> QWidget:
    return _check(stage, CheckWish())


def check_of_the_way(stage: Stage) -> QWidget:
    return _check(stage, CheckWish(target=_ADDRESS))


def join_that_failed(stage: Stage) -> QWidget:
    stage.window.show_start()
    card = stage.window.start_page.join_card
    card.set_target(f"join me at {_ADDRESS} ok?")
    stage.window.start_page.show_problem(StartCard.JOIN, f"No answer from {_ADDRESS}.")
    return stage.window


CHECK_SCENES: dict[str, Scene] = {
    "check-host": check_of_a_host,
    "check-join": check_of_the_way,
    "join-failed": join_that_failed,
}
