"""Guests by browser: a real host, real members, and a real Chromium with a phone's screen."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from app.protocol import messages as m
from app.protocol.attachments import unpack
from app.ui.theme.avatar import initials, tile_text
from tests.helpers.blocking_member import BlockingMember
from tests.helpers.browsing import DESKTOP, browser_guest, chromium, web_host
from tests.helpers.pair import device
from tests.helpers.processes import Papo
from tests.pictures.making import jpeg_with

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


def _member(port: int, folder: Path, nick: str = "Tom") -> Papo:
    asked = ("join", f"127.0.0.1:{port}", "--accept-new", "--headless", "--json", "--nick", nick)
    return Papo(*asked, data=folder)


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Papo]:
    with web_host(tmp_path / "host", "--no-flood-limit") as process:
        yield process


@pytest.fixture(scope="module")
def formatting(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """Give a page that has joined no room, for what it does by itself."""
    with (
        web_host(tmp_path_factory.mktemp("formatting") / "host") as process,
        browser_guest(browser, int(process.wait_for("hosting")["port"])) as guest,
    ):
        yield guest.page


@pytest.fixture
def port(host: Papo) -> int:
    hosting = host.wait_for("hosting")
    assert hosting["page"] == f"http://{hosting['addresses'][0]}/"
    return int(hosting["port"])


def _came(member: BlockingMember, nick: str) -> m.Member:
    """Return who came under that nickname, once it is told."""
    while True:
        for change in member.wait_for(m.Presence).changes:
            if isinstance(change, m.Came) and change.member.nick == nick:
                return change.member


@pytest.mark.parametrize("secure", [False, True])
def test_guest_joins_and_talks_with_a_member(
    browser: Browser, host: Papo, port: int, tmp_path: Path, secure: bool
) -> None:
    with _member(port, tmp_path / "tom") as tom:
        tom.wait_for("joined")
        tom.say(json.dumps({"say": "said before"}))
        tom.wait_for("acked")
        with browser_guest(browser, port, secure=secure) as guest:
            truth = guest.page.locator(".truth").inner_text()
            assert ("Encrypted" if secure else "Not encrypted") in truth
            guest.join("Cida")
            came = host.wait_for("member_joined", lambda event: event["nick"] == "Cida")
            assert came["guest"] == "browser"
            guest.message("said before").wait_for()
            guest.say("from a phone")
            heard = tom.wait_for("said", lambda event: event["text"] == "from a phone")
            assert heard["from"] == "Cida"
            assert guest.message("from a phone").locator(".state").count() == 1
            tom.say(json.dumps({"say": "**@Cida** look", "reply_to": heard["seq"]}))
            answer = guest.message("look")
            answer.wait_for()
            assert "for-me" in (answer.get_attribute("class") or "")
            assert "from a phone" in answer.locator(".quote").inner_text()
            guest.page.get_by_role("button", name="Show who is here").click()
            people = guest.page.locator(".people")
            assert people.locator("li").count() == 2
            assert people.locator("[aria-label='Browser guest']").count() == 1


def test_guest_answers_reacts_edits_and_deletes(
    browser: Browser, port: int, tmp_path: Path
) -> None:
    with _member(port, tmp_path / "tom") as tom, browser_guest(browser, port, "Cida") as guest:
        tom.wait_for("joined")
        tom.say(json.dumps({"say": "a question"}))
        asked = tom.wait_for("said")
        guest.message("a question").wait_for()
        guest.choose("a question", "Reply")
        guest.say("an answer")
        answer = tom.wait_for("said", lambda event: event["text"] == "an answer")
        assert answer["reply_to"] == asked["seq"]
        guest.choose("a question", "🎉")
        reacted = tom.wait_for("reacted")
        assert (reacted["about"], reacted["emoji"]) == (asked["seq"], "🎉")
        mine = guest.message("a question").locator(".reaction[aria-pressed=true]")
        mine.wait_for()
        mine.click()
        mine.wait_for(state="detached")
        guest.message("an answer").last.locator(".state").wait_for()
        guest.choose("an answer", "Edit")
        guest.say("a better answer")
        assert tom.wait_for("edited")["text"] == "a better answer"
        guest.message("a better answer").locator(".edited").wait_for()
        guest.choose("a better answer", "Delete")
        guest.page.get_by_role("dialog").get_by_role("button", name="Delete").click()
        assert tom.wait_for("deleted")["about"] == answer["seq"]
        guest.page.locator(".row.gone").wait_for()


def test_what_others_say_is_text_and_their_links_are_looked_at(
    browser: Browser, port: int, tmp_path: Path
) -> None:
    texts = [
        "<img src=x onerror=alert(1)><script>alert(2)</script>",
        "[click](javascript:alert(3)) javascript:alert(4)",
        "[bank](https://evil.example/login)",
        "data:text/html,<b>x</b> https://ok.example/a",
        "`<b>code</b>` **<i>bold</i>**",
    ]
    with _member(port, tmp_path / "tom") as tom, browser_guest(browser, port, "Cida") as guest:
        tom.wait_for("joined")
        tom.say(*[json.dumps({"say": text}) for text in texts])
        guest.message("bold").wait_for()
        lines = guest.page.locator(".lines")
        assert lines.locator("img, script, b, i, iframe").count() == 0
        links = lines.locator("a")
        found = [links.nth(at).get_attribute("href") for at in range(links.count())]
        assert found == ["https://evil.example/login", "https://ok.example/a"]
        assert links.nth(0).get_attribute("rel") == "noopener noreferrer nofollow"
        assert "evil.example" in guest.message("bank").inner_text()


def test_pictures_and_files_go_both_ways(browser: Browser, port: int, tmp_path: Path) -> None:
    picture = jpeg_with(6, width=800, height=500)
    path = tmp_path / "sea.jpg"
    path.write_bytes(picture)
    other = tmp_path / "notes <b>.txt"
    other.write_bytes(b"notes" * 1000)
    with BlockingMember(port, "ana") as ana, browser_guest(browser, port, "Cida") as guest:
        with guest.page.expect_file_chooser() as chooser:
            guest.page.get_by_role("button", name="Send files or pictures").click()
        guest.page.fill("textarea", "our sea")
        chooser.value.set_files([path, other])
        (said,) = ana.wait_for(m.Live).said
        sent = unpack(said.text)
        assert sent.caption == "our sea"
        assert sent.files[0].hash == hashlib.sha256(picture).hexdigest()
        assert sent.files[0].width > 0
        image = guest.page.locator(".picture img[src^='blob:']")
        image.wait_for()
        expect(image).not_to_have_js_property("naturalWidth", 0)
        with guest.page.expect_download() as download:
            guest.page.locator(".file").click()
        assert download.value.suggested_filename == sent.files[1].name.replace("<", "_").replace(
            ">", "_"
        )
        assert Path(download.value.path()).read_bytes() == other.read_bytes()
        guest.page.locator(".picture").click()
        expect(guest.page.locator(".viewer img")).to_have_js_property("naturalWidth", 500)
        guest.page.keyboard.press("Escape")
        guest.page.locator(".viewer").wait_for(state="detached")
        ana.say("from ana", m.Attach(hash=hashlib.sha256(picture).digest(), name="again.jpg"))
        guest.message("from ana").locator(".picture img[src^='blob:']").wait_for()


def test_a_host_that_dies_and_comes_back_loses_and_doubles_nothing(
    browser: Browser, tmp_path: Path
) -> None:
    with web_host(tmp_path / "host", "--no-flood-limit") as first:
        port = int(first.wait_for("hosting")["port"])
        with browser_guest(browser, port, "Cida") as guest:
            guest.say("before")
            guest.message("before").locator(".state").wait_for()
            first.kill()
            first.wait_for_end()
            guest.page.get_by_text("No connection to the host").wait_for()
            guest.say("meanwhile 1")
            guest.say("meanwhile 2")
            assert guest.page.locator(".pending .row.waiting").count() == 2
            # What waits survives the page itself.
            with web_host(tmp_path / "host", "--no-flood-limit", port=port) as second:
                second.wait_for("hosting")
                with BlockingMember(port, "ana") as ana:
                    ana.say("from ana")
                    if guest.page.get_by_role("button", name="Try now").is_visible():
                        guest.page.get_by_role("button", name="Try now").click()
                    guest.message("meanwhile 2").locator(".state").wait_for()
                    guest.message("from ana").wait_for()
                    guest.page.locator(".pending .row").first.wait_for(state="detached")
                guest.page.reload()
                guest.message("meanwhile 2").wait_for()
                texts = guest.texts()
                assert sorted(texts) == ["before", "from ana", "meanwhile 1", "meanwhile 2"]
                assert texts.index("meanwhile 1") < texts.index("meanwhile 2")


def test_what_waits_is_sent_once_by_a_page_that_was_loaded_again(
    browser: Browser, tmp_path: Path
) -> None:
    with web_host(tmp_path / "host") as first:
        port = int(first.wait_for("hosting")["port"])
        with browser_guest(browser, port, "Cida") as guest:
            first.kill()
            first.wait_for_end()
            guest.page.get_by_text("No connection to the host").wait_for()
            guest.say("kept")
            with web_host(tmp_path / "host", port=port) as second:
                second.wait_for("hosting")
                guest.page.reload()
                guest.message("kept").locator(".state").wait_for()
                guest.page.locator(".pending .row").wait_for(state="detached")
                assert guest.texts() == ["kept"]


def test_guest_is_shown_out_and_banned(browser: Browser, tmp_path: Path) -> None:
    with web_host(tmp_path / "host") as first:
        port = int(first.wait_for("hosting")["port"])
        first.terminate()
    (path,) = (tmp_path / "host").rglob("log.db")
    database = sqlite3.connect(path)
    database.execute("INSERT INTO moderators (device) VALUES (?)", (device("ana").id,))
    database.commit()
    database.close()
    with (
        web_host(tmp_path / "host", port=port) as again,
        browser_guest(browser, int(again.wait_for("hosting")["port"])) as guest,
        BlockingMember(int(guest.address.split(":")[2].strip("/")), "ana") as ana,
    ):
        guest.join("Cida")
        came = _came(ana, "Cida")
        ana.send(m.Mute(member=came.number))
        guest.page.get_by_text("You may not write at the moment.").wait_for()
        assert guest.page.locator("textarea").is_disabled()
        ana.send(m.Remove(member=came.number))
        guest.page.get_by_text("You were shown out of the room.").wait_for()
        guest.join("Cida")
        ana.send(m.Remove(member=came.number, ban=True))
        guest.page.get_by_text("You were banned from this room.").wait_for()
        guest.page.click("button[type=submit]")
        guest.page.get_by_text("Joining…").wait_for(state="detached")
        guest.page.get_by_text("You were banned from this room.").wait_for()


def test_password_is_asked_for_and_taken(browser: Browser, tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text("leite quente\n")
    secret.chmod(0o600)
    with (
        web_host(tmp_path / "host", "--password-file", str(secret)) as host,
        browser_guest(browser, int(host.wait_for("hosting")["port"])) as guest,
    ):
        guest.page.fill("#nick", "Cida")
        guest.page.fill("#password", "something else")
        guest.page.click("button[type=submit]")
        guest.page.get_by_text("Wrong password").wait_for()
        guest.join("Cida", "leite quente")
        # Known from now on: a page that is loaded again comes in by itself.
        guest.page.reload()
        guest.page.wait_for_selector(".composer")


def test_nickname_that_is_taken_is_refused_and_the_same_browser_in_two_tabs_is_onebrowser_guest(
    browser: Browser, port: int
) -> None:
    with BlockingMember(port, "ana"), browser_guest(browser, port) as guest:
        guest.page.fill("#nick", "ana")
        guest.page.click("button[type=submit]")
        guest.page.get_by_text(re.compile("is taken in this room")).wait_for()
        guest.join("Cida")
        second = guest.open()
        second.fill("#nick", "Cida")
        second.click("button[type=submit]")
        second.wait_for_selector(".composer")
        guest.page.get_by_text("You joined in another tab").wait_for()


def test_room_that_lets_no_browsers_in_says_so(browser: Browser, tmp_path: Path) -> None:
    arguments = ("host", "--room", "Lab", "--headless", "--no-discovery", "--port", "0")
    with Papo(*arguments, data=tmp_path / "host") as host:
        hosting = host.wait_for("hosting")
        assert "page" not in hosting
        port = int(hosting["port"])
        context = browser.new_context()
        page = context.new_page()
        answer = page.goto(f"http://127.0.0.1:{port}/")
        assert answer is not None
        assert answer.status == 403
        assert "lets no browsers in" in page.inner_text("body")
        context.close()


@pytest.mark.parametrize(
    ("size", "dark", "language"),
    [(None, False, "en"), (None, True, "pt-BR"), (DESKTOP, True, "en"), (DESKTOP, False, "pt-BR")],
)
def test_nothing_is_wider_than_the_screen_in_any_language(
    browser: Browser, port: int, size: tuple[int, int] | None, dark: bool, language: str
) -> None:
    with (
        BlockingMember(port, "ana") as ana,
        browser_guest(browser, port, size=size, dark=dark, language=language) as guest,
    ):
        wide = "document.documentElement.scrollWidth <= innerWidth"
        assert guest.page.evaluate(wide)
        guest.join("Cida")
        ana.say("x" * 300 + "\n```\n" + "y" * 400 + "\n```")
        guest.message("xxx").wait_for()
        assert guest.page.evaluate(wide)
        assert guest.page.evaluate("document.documentElement.lang") == language


def test_colours_are_those_of_the_window(browser: Browser, port: int) -> None:
    names = ["", "Lab", "Churrasco de domingo", "ü" * 64, "é" * 63 + "ab", "x" * 128, "y" * 256]
    with browser_guest(browser, port) as guest:
        asked = "names => import('/colours.js').then(m => names.map(m.colourOfRoom))"
        expected = [hashlib.blake2b(name.encode()).digest()[0] % 8 for name in names]
        assert guest.page.evaluate(asked, names) == expected


def test_initials_are_those_of_the_window(browser: Browser, port: int) -> None:
    names = ["Tom", "Profa. Marina", "vó lourdes", "(Ana)", "ß", "straße 9", "x🎉", "...", "صالح"]
    names += [
        "Ǆ",
        "e\u0301lan",
        "Room 204",
        "Turma 3B",
        "3b",
        "Sala 2.0",
        "٣ب",
        "—",
        "a_b",
        "李 雷",
    ]
    with browser_guest(browser, port) as guest:
        each = "names.map(name => [m.initials(name), m.tile(name)])"
        asked = f"names => import('/colours.js').then(m => {each})"
        expected = [[initials(name), tile_text(name)] for name in names]
        assert guest.page.evaluate(asked, names) == expected


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**b** *i* _j_ ~~s~~ `c`", "<strong>b</strong> <em>i</em> <em>j</em> <s>s</s> <code>c</code>"),
        ("a*b*c snake_case_name 2*3*4 __init__ **x", "a*b*c snake_case_name 2*3*4 __init__ **x"),
        ("**bold *it* x**", "<strong>bold <em>it</em> x</strong>"),
        ("x@Ana @anabel", "x@Ana @anabel"),
        ("(@Ana, @ana maria!)", "(<b>@Ana</b>, <b>@ana maria</b>!)"),
        ("see https://a.example/x_(y). (https://b.example/)", "see <a>https://a.example/x_(y)</a>. (<a>https://b.example/</a>)"),
        ("https://user:x@a.example https://a\u202eb.example", "https://user:x@a.example https://a\u202eb.example"),
    ],
)  # fmt: skip
def test_what_one_types_is_formatted_as_in_the_window(
    formatting: Page, text: str, shown: str
) -> None:
    asked = """text => import('/format.js').then(m => m.formatted(
        text, m.mentionsOf(['Ana', 'Ana Maria'], 'x')).map(one => one.innerHTML).join(''))"""
    made = formatting.evaluate(asked, text)
    made = re.sub(r'<strong class="mention">(.*?)</strong>', r"<b>\1</b>", made)
    assert re.sub("<a [^>]*>", "<a>", made) == shown
