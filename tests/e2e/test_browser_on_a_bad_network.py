"""A browser over a bad network: what was missed comes, and what broke off goes on from where it was."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from app.protocol import messages as m
from app.protocol.attachments import unpack
from tests.faults.proxy import Network, Proxy, Way, Weather
from tests.helpers.blocking_member import BlockingMember
from tests.helpers.browsing import browser_guest, chromium, web_host

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.e2e

SIZE = 16_000_000
ENOUGH = SIZE // 2
"""Bytes after which it breaks off: of these, the host has all but what was on its way."""

SLOW = Weather(delay=1.0, longest=0.01)
"""As slow as a Wi-Fi, so that it breaks off in the middle."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture
def network() -> Iterator[Network]:
    with Network() as made:
        yield made


@pytest.fixture
def large(tmp_path: Path) -> Path:
    path = tmp_path / "large.bin"
    path.write_bytes(random.Random(7).randbytes(SIZE))
    return path


def _slow_proxy(network: Network, port: int) -> Proxy:
    proxy = network.proxy(port, seed=1)
    proxy.weather = SLOW
    return proxy


def _is_whole(ana: BlockingMember, path: Path) -> None:
    sent = unpack(next(said.text for said in ana.wait_for(m.Live).said if said.kind == "files"))
    assert sent.caption == "all of it"
    assert sent.files[0].hash == hashlib.sha256(path.read_bytes()).hexdigest()


def test_all_that_was_missed_comes_once_and_in_its_order(
    browser: Browser, network: Network, tmp_path: Path
) -> None:
    with web_host(tmp_path / "host", "--no-flood-limit") as host:
        port = int(host.wait_for("hosting")["port"])
        proxy = network.proxy(port, seed=1)
        with (
            BlockingMember(port, "ana") as ana,
            browser_guest(browser, proxy.port, "Cida") as guest,
        ):
            ana.say("first")
            guest.message("first").wait_for()
            proxy.refuse(refused=True)
            proxy.cut(reset=True)
            guest.page.get_by_text("No connection to the host").wait_for()
            guest.say("written meanwhile")
            # More than a page of the history.
            missed = [f"missed {number}" for number in range(250)]
            for text in missed:
                ana.say(text)
            proxy.refuse(refused=False)
            for number in range(20):
                ana.say(f"later {number}")
            guest.message("written meanwhile").locator(".state").wait_for()
            guest.message("later 19").wait_for()
            guest.page.locator(".pending .row").wait_for(state="detached")
            guest.page.get_by_text("No connection to the host").wait_for(state="hidden")
            expect(guest.page.locator(".lines .row")).to_have_count(272)
            texts = guest.texts()
            later = [f"later {number}" for number in range(20)]
            assert [text for text in texts if text != "written meanwhile"] == [
                "first",
                *missed,
                *later,
            ]
            assert texts.count("written meanwhile") == 1
            assert guest.is_at_the_end()
            seqs = [
                int(row)
                for row in guest.page.locator(".lines .row").evaluate_all(
                    "rows => rows.map(row => row.dataset.seq)"
                )
            ]
            assert seqs == sorted(seqs)


def test_upload_goes_on_where_it_was_once_the_connection_is_back(
    browser: Browser, network: Network, tmp_path: Path, large: Path
) -> None:
    with web_host(tmp_path / "host", "--no-flood-limit") as host:
        port = int(host.wait_for("hosting")["port"])
        proxy = _slow_proxy(network, port)
        with (
            BlockingMember(port, "ana") as ana,
            browser_guest(browser, proxy.port, "Cida") as guest,
        ):
            guest.send_files(large, caption="all of it")
            proxy.wait_until_read(Way.TO_HOST, ENOUGH)
            proxy.refuse(refused=True)
            proxy.cut(reset=True)
            guest.page.get_by_text("No connection to the host").wait_for()
            assert guest.page.locator(".upload").is_visible()
            proxy.refuse(refused=False)
            _is_whole(ana, large)
            guest.message("all of it").locator(".state").wait_for()
            assert proxy.read(Way.TO_HOST) < SIZE + SIZE // 3, "sent again from the beginning"


def test_upload_goes_on_where_it_was_at_a_host_that_started_again(
    browser: Browser, network: Network, tmp_path: Path, large: Path
) -> None:
    with web_host(tmp_path / "host", "--no-flood-limit") as first:
        port = int(first.wait_for("hosting")["port"])
        proxy = _slow_proxy(network, port)
        with browser_guest(browser, proxy.port, "Cida") as guest:
            guest.send_files(large, caption="all of it")
            # With what is said, the host saves that there is an upload; else within a second.
            guest.say("it comes")
            guest.message("it comes").locator(".state").wait_for()
            proxy.wait_until_read(Way.TO_HOST, ENOUGH)
            first.kill()
            first.wait_for_end()
            guest.page.get_by_text("No connection to the host").wait_for()
            with web_host(tmp_path / "host", "--no-flood-limit", port=port) as second:
                second.wait_for("hosting")
                with BlockingMember(port, "ana") as ana:
                    _is_whole(ana, large)
                    guest.message("all of it").locator(".state").wait_for()
                    assert proxy.read(Way.TO_HOST) < SIZE + SIZE // 3


def test_upload_that_is_cancelled_sends_nothing_and_gives_back_what_was_written(
    browser: Browser, network: Network, tmp_path: Path, large: Path
) -> None:
    with web_host(tmp_path / "host", "--no-flood-limit") as host:
        port = int(host.wait_for("hosting")["port"])
        proxy = _slow_proxy(network, port)
        with browser_guest(browser, proxy.port, "Cida") as guest:
            guest.send_files(large, caption="all of it")
            proxy.wait_until_read(Way.TO_HOST, ENOUGH // 4)
            guest.page.get_by_role("button", name="Cancel sending large.bin").click()
            guest.page.locator(".upload").wait_for(state="detached")
            assert guest.page.input_value("textarea") == "all of it"
            guest.say("only this")
            guest.message("only this").locator(".state").wait_for()
            assert guest.texts() == ["only this"]


def test_upload_ends_where_its_sender_leaves(
    browser: Browser, network: Network, tmp_path: Path, large: Path
) -> None:
    with web_host(tmp_path / "host", "--no-flood-limit") as host:
        port = int(host.wait_for("hosting")["port"])
        proxy = _slow_proxy(network, port)
        with browser_guest(browser, proxy.port, "Cida") as guest:
            guest.send_files(large)
            proxy.wait_until_read(Way.TO_HOST, ENOUGH // 4)
            guest.page.get_by_role("button", name="More", exact=True).click()
            guest.page.get_by_role("dialog").get_by_role("button", name="Leave the room").click()
            guest.page.get_by_role("dialog").get_by_role("button", name="Leave the room").click()
            guest.join("Cida")
            guest.say("back")
            guest.message("back").locator(".state").wait_for()
            assert guest.page.locator(".upload").count() == 0
            assert guest.texts() == ["back"]
            assert proxy.read(Way.TO_HOST) < SIZE
