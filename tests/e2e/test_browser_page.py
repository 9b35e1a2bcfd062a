"""The guest page for thumbs, keys and screen readers, in a real Chromium."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from app.protocol import messages as m
from app.protocol.errors import Refusal
from app.room.files.problems import FileProblem
from tests.helpers.blocking_member import BlockingMember
from tests.helpers.browsing import DESKTOP, browser_guest, chromium, web_host
from tests.helpers.processes import Papo
from tests.pictures.making import jpeg_with

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.e2e

_NEVER_TOLD = {
    Refusal.BAD_PROOF, Refusal.FRAME_TOO_LARGE, Refusal.MALFORMED, Refusal.NOT_FOR_GUESTS,
    Refusal.NO_SUCH_MEMBER, Refusal.TEXT_EMPTY, Refusal.TOPIC_TOO_LONG, Refusal.TOO_SLOW,
    Refusal.UNEXPECTED,
}  # fmt: skip
"""What a page asks for nothing of, or what is mended without a word."""

_NEVER_TOLD_OF_FILES = {FileProblem.ANOTHER, FileProblem.HASH_WRONG}
"""What the page neither repeats nor announces."""

LEAST_TARGET = 44
"""Pixels that a thumb hits (WCAG 2.2, 2.5.5)."""

_SMALL = """least => [...document.querySelectorAll('button, input, textarea, a.button, [role=option]')]
    .filter(e => e.checkVisibility({opacityProperty: true, visibilityProperty: true}))
    .filter(e => !e.classList.contains('unseen'))
    .map(e => {
        const box = e.getBoundingClientRect(), more = getComputedStyle(e, '::after');
        const out = more.content === 'none' ? 0 : Math.min(0, parseFloat(more.top) || 0);
        return [e.getAttribute('aria-label') || e.textContent || e.id, box.height - 2 * out];
    })
    .filter(([, height]) => height < least)"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Papo]:
    with web_host(tmp_path / "host", "--no-flood-limit") as process:
        yield process


@pytest.fixture
def port(host: Papo) -> int:
    return int(host.wait_for("hosting")["port"])


def _menu(page: Page, deed: str) -> None:
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name=deed).click()


def test_screen_reader_is_told_who_said_what_and_no_more(browser: Browser, port: int) -> None:
    with BlockingMember(port, "ana") as ana, browser_guest(browser, port) as guest:
        expect(guest.page.locator("body")).to_match_aria_snapshot("""
            - main:
              - heading "Lab" [level=1]
              - text: Nickname
              - textbox "Nickname"
              - button "Join this room"
              - button /Not encrypted/
        """)
        ana.say("before")
        guest.join("Cida")
        guest.message("before").wait_for()
        ana.say("look at **this**")
        guest.message("this").wait_for()
        guest.say("my own")
        guest.message("my own").locator(".state").wait_for()
        expect(guest.page.locator("body")).to_match_aria_snapshot("""
            - main:
              - heading "Lab" [level=1]
              - button "Show who is here"
              - button "More"
              - region "Messages":
                - article:
                  - text: ana
                  - paragraph: before
                  - button "Message actions"
              - log "New messages":
                - paragraph: "ana: look at this"
              - button "Send files or pictures"
              - textbox "Write a message"
              - button "Emoji"
              - button "Send"
        """)
        heard = guest.page.locator("[role=log] p")
        assert heard.all_inner_texts() == ["ana: look at this"]
        guest.choose("look at", "🎉")
        guest.message("look at").locator(".reaction").wait_for()
        assert heard.count() == 1, "a reaction is no new message"


def test_everything_is_large_enough_for_a_thumb(
    browser: Browser, port: int, tmp_path: Path
) -> None:
    picture = tmp_path / "sea.jpg"
    picture.write_bytes(jpeg_with(6, width=800, height=500))
    other = tmp_path / "notes.txt"
    other.write_bytes(b"notes")
    with BlockingMember(port, "ana") as ana, browser_guest(browser, port) as guest:
        page = guest.page
        assert page.evaluate(_SMALL, LEAST_TARGET) == []
        page.locator(".truth").click()
        assert page.evaluate(_SMALL, LEAST_TARGET) == []
        page.keyboard.press("Escape")
        guest.join("Cida")
        ana.say("a question")
        guest.message("a question").wait_for()
        guest.choose("a question", "Reply")
        guest.say("an answer")
        guest.choose("an answer", "👍")
        page.locator(".reaction").wait_for()
        guest.send_files(picture, other)
        page.locator(".picture img[src^='blob:']").wait_for()
        page.fill("textarea", "@a")
        page.get_by_role("option", name="ana").wait_for()
        assert page.evaluate(_SMALL, LEAST_TARGET) == []
        for deed in ("Your nickname", "How safe is this?", "Leave the room", "People"):
            _menu(page, deed)
            assert page.evaluate(_SMALL, LEAST_TARGET) == []
            page.keyboard.press("Escape")


def test_newest_message_is_in_sight_whenever_pictures_come(
    browser: Browser, port: int, tmp_path: Path
) -> None:
    picture = tmp_path / "sea.jpg"
    picture.write_bytes(jpeg_with(6, width=800, height=500))
    with browser_guest(browser, port, "Cida") as guest:
        for number in range(1, 4):
            guest.send_files(picture, caption=f"sea {number}")
            guest.page.locator(".picture img[src^='blob:']").nth(number - 1).wait_for()
        assert guest.is_at_the_end()
        with browser_guest(browser, port, "Bia") as late:
            pictures = late.page.locator(".picture img[src^='blob:']")
            expect(pictures).to_have_count(3)
            expect(pictures.last).not_to_have_js_property("naturalWidth", 0)
            assert late.is_at_the_end()


def test_earlier_messages_come_above_without_moving_what_one_reads(
    browser: Browser, port: int
) -> None:
    with BlockingMember(port, "ana") as ana:
        for number in range(150):
            ana.say(f"line {number}")
        with browser_guest(browser, port, "Cida") as guest:
            guest.message("line 149").wait_for()
            rows, scroller = guest.page.locator(".lines .row"), guest.page.locator(".scroll")
            expect(rows).to_have_count(60)
            assert guest.is_at_the_end()
            scroller.evaluate("e => { e.scrollTop = 200; }")
            read = guest.message("line 95")
            before = read.evaluate("e => e.getBoundingClientRect().top")
            expect(rows).to_have_count(120)
            assert abs(read.evaluate("e => e.getBoundingClientRect().top") - before) < 40
            scroller.evaluate("e => { e.scrollTop = 0; }")
            expect(rows).to_have_count(150)
            assert guest.texts() == [f"line {number}" for number in range(150)]


def test_all_of_the_way_in_can_be_reached_on_a_phone_that_lies_on_its_side(
    browser: Browser, tmp_path: Path
) -> None:
    secret = tmp_path / "password"
    secret.write_text("leite quente\n")
    secret.chmod(0o600)
    with (
        web_host(tmp_path / "host", "--password-file", str(secret)) as host,
        browser_guest(browser, int(host.wait_for("hosting")["port"]), size=(667, 320)) as guest,
    ):
        for part in (".card .tile", "h1", "#password", ".truth"):
            shown = guest.page.locator(part)
            shown.scroll_into_view_if_needed()
            expect(shown).to_be_in_viewport(ratio=1)
        guest.join("Cida", "leite quente")
        expect(guest.page.locator("textarea")).to_be_in_viewport(ratio=1)


def test_name_is_completed_by_keys_and_by_a_tap(browser: Browser, port: int) -> None:
    with (
        BlockingMember(port, "José Silva"),
        BlockingMember(port, "Joana"),
        browser_guest(browser, port, "Cida", size=DESKTOP) as guest,
    ):
        page, field = guest.page, guest.page.locator("textarea")
        expect(page.locator(".people li")).to_have_count(3)
        options = page.get_by_role("option")
        field.press_sequentially("mail@jo")
        assert options.count() == 0, "an address is no name"
        field.fill("")
        field.press_sequentially("hi @JO")
        expect(options).to_have_count(2)
        expect(field).to_have_attribute("aria-activedescendant", "completion-0")
        field.press("ArrowDown")
        expect(page.get_by_role("option", selected=True)).to_contain_text("José Silva")
        field.press("Enter")
        expect(field).to_have_value("hi @José Silva ")
        assert options.count() == 0
        field.press("Enter")
        guest.message("hi").locator(".mention").wait_for()
        field.press_sequentially("@jose")
        field.press("Escape")
        assert options.count() == 0
        field.fill("@joana")
        field.press("Enter")
        expect(field).to_have_value("@Joana ")
        field.fill("@Joana")
        field.press("Enter")
        guest.message("@Joana").wait_for()
        field.press_sequentially("@")
        page.get_by_role("option", name="Joana").click()
        expect(field).to_have_value("@Joana ")
        expect(field).to_be_focused()


def test_one_goes_by_another_name_and_comes_back_under_it(
    browser: Browser, host: Papo, port: int
) -> None:
    with (
        BlockingMember(port, "ana"),
        browser_guest(browser, port, "Cida") as guest,
    ):
        page = guest.page
        _menu(page, "Your nickname")
        expect(page.locator("#new-nick")).to_have_value("Cida")
        page.fill("#new-nick", "Ana")
        page.keyboard.press("Enter")
        page.get_by_role("alert").get_by_text("is taken in this room").wait_for()
        page.fill("#new-nick", "Maria")
        page.keyboard.press("Enter")
        page.get_by_role("dialog").wait_for(state="detached")
        assert host.wait_for("member_renamed")["nick"] == "Maria"
        page.locator(".notice", has_text="Cida is now Maria").wait_for()
        guest.say("/nick Ana")
        page.locator(".toast").get_by_text("is taken in this room").wait_for()
        guest.say("/nick Mariana")
        assert host.wait_for("member_renamed")["nick"] == "Mariana"
        page.locator(".notice", has_text="Maria is now Mariana").wait_for()
        page.reload()
        guest.say("here again")
        guest.message("here again").locator(".state").wait_for()
        assert guest.message("here again").locator(".nick").inner_text() == "Mariana"
        assert guest.texts() == ["here again"]


@pytest.mark.parametrize("size", [None, DESKTOP])
def test_who_is_here_is_shown_and_put_away(
    browser: Browser, port: int, size: tuple[int, int] | None
) -> None:
    with browser_guest(browser, port, "Cida", size=size) as guest:
        page = guest.page
        people, button = page.locator(".people"), page.get_by_role("button", name="Show who")
        wide = size is not None
        expect(people).to_be_visible(visible=wide)
        expect(button).to_have_attribute("aria-expanded", str(wide).lower())
        button.click()
        expect(people).to_be_visible(visible=not wide)
        expect(button).to_have_attribute("aria-expanded", str(not wide).lower())
        _menu(page, "People")
        expect(people).to_be_visible()
        if wide:
            return
        page.keyboard.press("Escape")
        expect(people).to_be_hidden()
        button.click()
        expect(page.get_by_role("button", name="Close")).to_be_focused()
        page.mouse.click(10, 400)
        expect(people).to_be_hidden()
        expect(button).to_be_focused()


def test_keys_alone_are_enough_and_one_sees_where_one_is(browser: Browser, port: int) -> None:
    with (
        BlockingMember(port, "ana") as ana,
        browser_guest(browser, port, size=DESKTOP) as guest,
    ):
        page = guest.page
        expect(page.locator("#nick")).to_be_focused()
        page.keyboard.type("Cida")
        page.keyboard.press("Enter")
        page.wait_for_selector(".composer")
        ana.say("hello")
        guest.message("hello").wait_for()
        page.evaluate("document.activeElement.blur()")
        seen = []
        for _ in range(12):
            page.keyboard.press("Tab")
            label, outline = page.evaluate("""() => {
                const e = document.activeElement, at = e.closest('.field') || e;
                const label = e.getAttribute('aria-label') || e.textContent;
                return [label, getComputedStyle(at).outlineStyle];
            }""")
            seen.append(label)
            assert outline == "solid", label
            if label == "Send":
                break
        order = [
            "Show who is here",
            "More",
            "Messages",
            "Message actions",
            "Write a message",
            "Send",
        ]
        assert [label for label in seen if label in order] == order
        guest.message("hello").locator(".dots").focus()
        page.keyboard.press("Enter")
        page.get_by_role("dialog").get_by_role("button", name="🎉").press("Enter")
        guest.message("hello").locator(".reaction").wait_for()
        within = "e => e.contains(document.activeElement)"
        assert guest.message("hello").evaluate(within), "the focus is lost with a row that changes"


def test_nothing_moves_for_whoever_wants_no_motion(browser: Browser, port: int) -> None:
    with BlockingMember(port, "ana") as ana, browser_guest(browser, port, "Cida") as guest:
        guest.page.emulate_media(reduced_motion="reduce")
        ana.send(m.Typing())
        guest.page.get_by_text("ana is typing").wait_for()
        moves = "[...document.getAnimations()].length"
        assert guest.page.evaluate(moves) == 0
        guest.page.emulate_media(reduced_motion="no-preference")
        assert guest.page.evaluate(moves) > 0


def test_whoever_has_stopped_typing_is_said_to_type_no_more(browser: Browser, port: int) -> None:
    with browser_guest(browser, port, "Cida") as guest:
        with browser_guest(browser, port, "Rui") as other:
            field, typing = other.page.locator("textarea"), guest.page.locator(".typing")
            field.press_sequentially("/nick Ruy")
            guest.page.get_by_text("Rui is typing").wait_for()
            other.page.click(".composer .main")
            guest.page.locator(".notice", has_text="Ruy").wait_for()
            expect(typing).to_be_empty(timeout=2_000)
            field.press_sequentially("half a")
            guest.page.get_by_text("Ruy is typing").wait_for()
        guest.page.locator(".notice", has_text="Ruy left").wait_for()
        expect(typing).to_be_empty(timeout=500)


def test_long_names_and_texts_from_right_to_left_stay_in_their_place(
    browser: Browser, port: int
) -> None:
    nick = "\u05d0\u05d1\u05d2 \u05d3\u05d4"
    with BlockingMember(port, nick) as other, browser_guest(browser, port, "Cida") as guest:
        other.say("\u05e9\u05dc\u05d5\u05dd, 123!")
        row = guest.message("123")
        row.wait_for()
        assert row.locator(".text").evaluate("e => getComputedStyle(e).direction") == "rtl"
        assert row.locator("header").evaluate("e => getComputedStyle(e).direction") == "ltr"


@pytest.mark.parametrize("language", ["en", "pt-BR"])
def test_page_has_words_for_whatever_a_guest_may_be_refused(
    browser: Browser, port: int, language: str
) -> None:
    codes = [*({*Refusal} - _NEVER_TOLD), *({*FileProblem} - _NEVER_TOLD_OF_FILES), "lost"]
    with browser_guest(browser, port, language=language) as guest:
        asked = (
            "codes => import('/texts.js').then(m => codes.map(code => [code, m.sentence(code)]))"
        )
        told = guest.page.evaluate(asked, [str(code) for code in codes])
        assert [code for code, words in told if f"({code})" in words] == []


def test_file_that_finds_no_room_is_refused_at_once_and_in_words(
    browser: Browser, tmp_path: Path
) -> None:
    path = tmp_path / "large.bin"
    path.write_bytes(bytes(3_000_000))
    with (
        web_host(tmp_path / "host", "--max-files", "1M") as host,
        browser_guest(browser, int(host.wait_for("hosting")["port"]), "Cida") as guest,
    ):
        guest.send_files(path, caption="all of it")
        toast = guest.page.locator(".toast")
        expect(toast).to_contain_text("The files of this room take as much as they may.")
        expect(guest.page.locator("textarea")).to_have_value("all of it")


def test_whoever_wants_in_while_the_host_is_away_is_told_and_gets_in_later(
    browser: Browser, tmp_path: Path
) -> None:
    with web_host(tmp_path / "host") as first:
        port = int(first.wait_for("hosting")["port"])
        with browser_guest(browser, port) as guest:
            guest.page.wait_for_selector("#nick")
            first.kill()
            first.wait_for_end()
            guest.page.fill("#nick", "Cida")
            guest.page.click("button[type=submit]")
            guest.page.get_by_role("alert").get_by_text("The room does not answer").wait_for()
            with web_host(tmp_path / "host", port=port) as second:
                second.wait_for("hosting")
                guest.page.wait_for_selector(".composer")


def test_text_that_is_made_to_cost_much_is_shown_at_once(browser: Browser, port: int) -> None:
    hard = [
        ("`" * 40 + "a") * 120, "**a " * 1250, "*a _b " * 800, "[a](" * 1250, "~~a " * 1250,
        "@" * 5000, "https://" * 600, "_" * 5000, "`" * 2500 + "a" + "`" * 2499, "😀" * 2500,
    ]  # fmt: skip
    with browser_guest(browser, port) as guest:
        asked = f"""() => import('/format.js').then(m => {{
            const mentions = m.mentionsOf(Array.from({{length: 500}}, (_, n) => 'nick ' + n), 'x');
            return {json.dumps(hard)}.map(text => {{
                const began = performance.now();
                m.formatted(text, mentions);
                m.oneLine(text);
                return performance.now() - began;
            }});
        }})"""
        took = guest.page.evaluate(asked)
        assert max(took) < 1_000, took
