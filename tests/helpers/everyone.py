"""One room with every kind of client in it at once, each in a process of its own."""

from __future__ import annotations

import json
import socket
from contextlib import ExitStack
from pathlib import Path
from typing import Self

from tests.helpers.browsing import DESKTOP, PHONE, BrowserGuest, chromium
from tests.helpers.processes import Papo
from tests.helpers.programs import netcat_to, tutorial_of
from tests.helpers.screen import Screen, virtual_screen

ROOM = "Aula 3B"


class Everyone:
    """The host's window and a member's, each on a screen of its own, and five who have none.

    Marina hosts in a window; Tom joins in one; the lab's sensor is a headless member; Sofia has a
    phone's browser, Duda one on a desktop; Bia comes by netcat, João by the tutorial's client.
    """

    def __init__(self, folder: Path) -> None:
        self._stack = ExitStack()
        self._folder = folder
        try:
            self._come_in()
        except BaseException:
            self._stack.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._stack.close()

    def _come_in(self) -> None:
        enter, folder = self._stack.enter_context, self._folder
        self.hosting_screen: Screen = enter(virtual_screen())
        self.joining_screen: Screen = enter(virtual_screen())
        browser = enter(chromium())
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port: int = probe.getsockname()[1]
        self.host = enter(
            Papo("host", "--room", ROOM, "--nick", "Marina", "--port", str(port), "--guests",
                 "--plain", "--no-flood-limit", "--no-discovery",
                 data=self._data("marina", "light"), environment=self.hosting_screen.environment)
        )  # fmt: skip
        self.host_window = self.hosting_screen.window(f"{ROOM} – Papo")
        self.sensor = enter(
            Papo("join", f"127.0.0.1:{port}", "--nick", "sensor", "--accept-new", "--headless",
                 "--json", data=folder / "sensor")
        )  # fmt: skip
        self.sensor.wait_for("joined")
        self.member = enter(
            Papo("join", f"127.0.0.1:{port}", "--nick", "Tom", "--accept-new",
                 data=self._data("tom", "dark"), environment=self.joining_screen.environment)
        )  # fmt: skip
        self._came("Tom")
        self.member_window = self.joining_screen.window(f"{ROOM} – Papo")
        self.phone = BrowserGuest(browser, port, size=PHONE)
        self._stack.callback(self.phone.close)
        self.phone.join("Sofia")
        self.desktop = BrowserGuest(browser, port, size=DESKTOP, dark=True)
        self._stack.callback(self.desktop.close)
        self.desktop.join("Duda")
        self.netcat = enter(netcat_to(str(port)))
        self.netcat.wait_for("NICK")
        self.netcat.type("Bia\n")
        self.netcat.wait_for("Conectado ao Servidor")
        self.tutorial = enter(tutorial_of("João", str(port)))
        for nick in ("Sofia", "Duda", "Bia", "João"):
            self._came(nick)

    def said(self) -> list[str]:
        """Return what was said so far, in the order of the headless member."""
        return [f"{said['from']}: {said['text']}" for said in self.sensor.named("said")]

    def _data(self, name: str, scheme: str) -> Path:
        """Make a data folder whose window is light or dark."""
        data = self._folder / name
        data.mkdir(parents=True)
        (data / "settings.json").write_text(json.dumps({"scheme": scheme}), "utf-8")
        return data

    def _came(self, nick: str) -> None:
        self.sensor.wait_for("member_joined", lambda event: event["nick"] == nick)
