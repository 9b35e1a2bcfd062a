"""A real Chromium with a phone's screen, and a guest of a room in it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.helpers.processes import Papo

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

PHONE = (375, 812)
DESKTOP = (1200, 800)
PATIENCE = 15_000
"""Milliseconds to wait for what the page should do: only a hang fails."""

expect.set_options(timeout=PATIENCE)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run the system's Chromium; skips the test where there is none, but never in CI."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("chrome")
    if path is None:
        reason = "not installed: chromium"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    # As root, as in a container, Chromium refuses to start with its sandbox.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


def web_host(folder: Path, *more: str, port: int = 0) -> Papo:
    """Return a host that lets browsers in, and keeps everything in `folder`."""
    arguments = ("host", "--room", "Lab", "--headless", "--no-discovery", "--guests")
    return Papo(*arguments, "--port", str(port), *more, data=folder)


@contextmanager
def browser_guest(
    browser: Browser, port: int, nick: str = "", *, size: tuple[int, int] | None = None,
    dark: bool = False, language: str = "en", secure: bool = False,
) -> Iterator[BrowserGuest]:  # fmt: skip
    """Open a browser of its own at a room's page; with `nick`, come in."""
    given = {"size": size} if size else {}
    guest = BrowserGuest(browser, port, dark=dark, language=language, secure=secure, **given)
    if nick:
        guest.join(nick)
    yield guest
    guest.close()


class BrowserGuest:
    """One browser of its own, at the guest page of a room on this computer."""

    def __init__(
        self,
        browser: Browser,
        port: int,
        *,
        size: tuple[int, int] = PHONE,
        dark: bool = False,
        language: str = "en",
        secure: bool = False,
    ) -> None:
        phone = size == PHONE
        self.context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            device_scale_factor=2 if phone else 1,
            has_touch=phone,
            is_mobile=phone,
            color_scheme="dark" if dark else "light",
            locale=language,
            ignore_https_errors=True,
            accept_downloads=True,
        )
        self.context.set_default_timeout(PATIENCE)
        self.address = f"{'https' if secure else 'http'}://127.0.0.1:{port}/"
        self.complaints: list[str] = []
        self.asked: set[str] = set()
        self.page = self.open()

    def open(self) -> Page:
        """Open the page, in one more tab."""
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda said: self._note(said.type, said.text))
        page.on("request", lambda request: self.asked.add(request.url))
        page.goto(self.address)
        return page

    def _note(self, kind: str, text: str) -> None:
        # A lost connection is logged by the browser itself, whatever the page does about it; so are
        # a token that a host does not know which started again, and a file that finds no room.
        harmless = ("WebSocket", "ERR_", "status of 401", "status of 507")
        if kind == "error" and not any(sign in text for sign in harmless):
            self.complaints.append(text)

    def join(self, nick: str, password: str = "") -> None:
        """Come in."""
        self.page.fill("#nick", nick)
        if password:
            self.page.fill("#password", password)
        self.page.click("button[type=submit]")
        self.page.wait_for_selector(".composer")

    def say(self, text: str) -> None:
        """Write a message and send it."""
        self.page.fill("textarea", text)
        self.page.click(".composer .main")

    def send_files(self, *paths: Path, caption: str = "") -> None:
        """Choose files to be sent, with something written to them."""
        with self.page.expect_file_chooser() as chooser:
            self.page.get_by_role("button", name="Send files or pictures").click()
        self.page.fill("textarea", caption)
        chooser.value.set_files(list(paths))

    def is_at_the_end(self) -> bool:
        """Tell whether the newest line is in sight."""
        rest = "(e => e.scrollHeight - e.scrollTop - e.clientHeight)"
        return bool(self.page.evaluate(f"{rest}(document.querySelector('.scroll')) < 2"))

    def message(self, text: str) -> Locator:
        """Return the row of a message that is in the room's log."""
        return self.page.locator(".lines .row", has_text=text)

    def texts(self) -> list[str]:
        """Return what was said, in order."""
        return self.page.locator(".lines .row .text").all_inner_texts()

    def choose(self, text: str, deed: str) -> None:
        """Choose something to do with a message, by its sheet."""
        self.page.locator(".lines .row .text", has_text=text).last.tap()
        self.page.get_by_role("dialog").get_by_role("button", name=deed, exact=True).click()

    def picture(self, path: Path) -> None:
        """Keep what the page looks like."""
        self.page.screenshot(path=str(path))

    def close(self) -> None:
        """Close the browser; nothing went wrong in it, and it asked nobody but the host."""
        self.context.close()
        assert self.complaints == []
        host = self.address.split("/")[2]
        assert {url.split("/")[2] for url in self.asked if not url.startswith("blob:")} == {host}
