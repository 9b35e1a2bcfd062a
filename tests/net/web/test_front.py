"""What a browser is answered: the page, a word on the room, the way in; and who is turned away."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import h11
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.net.http.requests import Answer
from app.net.http.visit import HttpVisit
from app.net.link import HandOver
from app.net.web.front import Front, Upgrade
from app.net.web.pages import FILES
from app.security.certificate import load_or_create_room_key
from app.support.resources import resource
from app.ui.theme.roles import DARK, LIGHT, PEOPLE_DARK, PEOPLE_LIGHT, Role
from tests.helpers.http_place import Client, Place


class FrontPlace(Place):
    """A room that lets browsers in, with the true front."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.key = load_or_create_room_key(folder / "room.pem", datetime.now(UTC)).value
        self.room.settings.browser_guests = True
        self.true_front = Front(self)
        self.browsing: list[HandOver] = []
        self.secure = True

    def front(self, request: h11.Request, *, secure: bool) -> Answer | Upgrade | None:
        assert secure
        return self.true_front.answer(request, secure=self.secure)

    def browse(self, visit: HttpVisit, connection: HandOver) -> None:
        self.visits.remove(visit)
        self.browsing.append(connection)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[FrontPlace]:
    made = FrontPlace(tmp_path)
    yield made
    made.close()


_TOKENS = {
    "base": Role.SURFACE_BASE, "side": Role.SURFACE_SIDE, "raised": Role.SURFACE_RAISED,
    "sunken": Role.SURFACE_SUNKEN, "row-hover": Role.ROW_HOVER, "hover": Role.CONTROL_HOVER,
    "pressed": Role.CONTROL_PRESSED, "line": Role.LINE, "outline": Role.OUTLINE, "text": Role.TEXT,
    "second": Role.TEXT_SECOND, "faint": Role.TEXT_FAINT, "disabled": Role.TEXT_DISABLED,
    "accent": Role.ACCENT, "accent-hover": Role.ACCENT_HOVER,
    "accent-pressed": Role.ACCENT_PRESSED, "on-accent": Role.ON_ACCENT,
    "accent-text": Role.ACCENT_TEXT, "soft": Role.ACCENT_SOFT,
    "soft-pressed": Role.ACCENT_SOFT_PRESSED, "mention": Role.MENTION,
    "mention-bar": Role.MENTION_BAR, "mention-text": Role.MENTION_TEXT, "warn": Role.WARN,
    "warn-soft": Role.WARN_SOFT, "danger": Role.DANGER, "danger-soft": Role.DANGER_SOFT,
    "on-danger": Role.ON_DANGER, "away": Role.AWAY,
}  # fmt: skip
"""What stands for which role in the page's style; the roles' contrast has a test of its own."""

UPGRADE = {
    "Connection": "keep-alive, Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


def _ask(
    place: FrontPlace, path: str, method: str = "GET", **headers: str
) -> tuple[int, dict[str, str], bytes]:
    client = Client(place)
    _say(client, path, method, **headers)
    return client.heard(method)


def _say(client: Client, path: str, method: str = "GET", **headers: str) -> None:
    given = {"Host": "192.168.1.20:9090"} | {k.replace("_", "-"): v for k, v in headers.items()}
    lines = [f"{method} {path} HTTP/1.1", *(f"{k}: {v}" for k, v in given.items() if v)]
    client.say("\r\n".join([*lines, "", ""]).encode())


def test_every_file_of_the_page_is_served_and_nothing_else_is_there(place: FrontPlace) -> None:
    folder = resource("web")
    assert {one.name for one in folder.iterdir()} == set(FILES.values())
    for path, name in FILES.items():
        status, headers, body = _ask(place, path)
        assert (status, body) == (200, (folder / name).read_bytes())
        assert headers["x-content-type-options"] == "nosniff"
    for path in (
        "/index.html",
        "/../app/cli.py",
        "//app.js",
        "/app.js/",
        "/web/app.js",
        "/%61pp.js",
    ):
        assert _ask(place, path)[0] == 404


def test_page_allows_itself_alone(place: FrontPlace) -> None:
    _, headers, _ = _ask(place, "/")
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "connect-src 'self' ws://192.168.1.20:9090 wss://192.168.1.20:9090;" in policy
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert not {name for name in headers if name.startswith("access-control")} | {
        "set-cookie"
    } & set(headers)


@pytest.mark.parametrize(
    ("path", "given"),
    [
        ("/", {}),
        ("/app.js", {}),
        ("/icon.svg", {}),
        ("/about", {}),
        ("/nothing", {}),
        (f"/files/{'0' * 64}", {}),
        ("/", {"Host": "evil.example"}),
        ("/", {"Origin": "http://evil.example"}),
        ("/room", {}),
        ("/room", UPGRADE | {"Sec-WebSocket-Key": "short"}),
    ],
)
@pytest.mark.parametrize("open_to_browsers", [True, False])
def test_whatever_is_answered_runs_nothing_and_is_for_no_other_site(
    place: FrontPlace, path: str, given: dict[str, str], open_to_browsers: bool
) -> None:
    place.room.settings.browser_guests = open_to_browsers
    _, headers, _ = _ask(place, path, **given)
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["referrer-policy"] == "no-referrer"
    assert not {name for name in headers if name.startswith("access-control")}
    assert "set-cookie" not in headers


def test_what_is_no_http_is_answered_as_strictly(place: FrontPlace) -> None:
    client = Client(place)
    client.say(b"GET / HTTP/9\r\n\r\n")
    status, headers, _ = client.heard()
    assert status >= 400
    assert "default-src 'none'" in headers["content-security-policy"]


def test_colours_of_the_page_are_those_of_the_window_which_can_be_read() -> None:
    css = (resource("web") / "app.css").read_text("utf-8")
    light, _, dark = css.partition("@media (prefers-color-scheme: dark)")
    dark = dark.partition("@media")[0]
    for part, roles, people in ((light, LIGHT, PEOPLE_LIGHT), (dark, DARK, PEOPLE_DARK)):
        found = dict(re.findall(r"--([a-z0-9-]+): (#[0-9A-F]{6})", part))
        expected = {name: roles[role] for name, role in _TOKENS.items()}
        expected |= {f"p{at}": ink for at, (ink, _) in enumerate(people)}
        expected |= {f"q{at}": tint for at, (_, tint) in enumerate(people)}
        assert found == expected
    rules = css.partition("\n* {")[2]
    assert rules
    assert not re.findall(r"#[0-9A-Fa-f]{3,8}\b", rules), "a colour that is no role's"


def test_page_names_no_other_place() -> None:
    for name in FILES.values():
        if name.endswith((".js", ".css", ".html", ".webmanifest")):
            text = (
                resource("web", name).read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
            )
            for sign in ("http://", "https://"):
                rest = text.split(sign)[1:]
                assert all(part.startswith(("${", "?:", "`", "|mailto")) for part in rest), name
            for forbidden in (
                "innerHTML",
                "outerHTML",
                "insertAdjacentHTML",
                "document.write",
                "eval(",
            ):
                assert forbidden not in text, name


def test_page_that_is_known_is_not_sent_again(place: FrontPlace) -> None:
    etag = _ask(place, "/app.js")[1]["etag"]
    status, _, body = _ask(place, "/app.js", If_None_Match=etag)
    assert (status, body) == (304, b"")


def test_room_is_told_as_the_hosts_hello_tells_it(place: FrontPlace) -> None:
    status, headers, body = _ask(place, "/about")
    told = json.loads(body)
    assert status == 200
    assert headers["cache-control"] == "no-store"
    assert (told["room"], told["password"], told["secure"]) == ("Lab", False, True)
    assert told["fingerprint"] == place.key.fingerprint.hex()
    assert len(told["words"]["pt"]) == 8


def test_websocket_is_opened_as_the_rfc_says_and_handed_on_with_what_came_behind(
    place: FrontPlace,
) -> None:
    client = Client(place)
    lines = [f"{name}: {value}" for name, value in {"Host": "127.0.0.1:9090", **UPGRADE}.items()]
    client.say("\r\n".join(["GET /room HTTP/1.1", *lines, "", ""]).encode() + b"\x81\x80abcd")
    answer = bytes(client.stream.taken)
    assert answer.startswith(b"HTTP/1.1 101 ")
    # RFC 6455, 1.3.
    assert b"sec-websocket-accept: s3pplmbitxaq9kygzzhzrbk+xoo=" in answer.lower()
    (connection,) = place.browsing
    assert connection.said == b"\x81\x80abcd"
    assert b"sec-websocket-extensions" not in answer.lower()


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"Upgrade": "h2c"}, 426),
        ({"Connection": "keep-alive"}, 426),
        ({"Sec-WebSocket-Version": "8"}, 426),
        ({"Sec-WebSocket-Key": "short"}, 400),
        ({"Sec-WebSocket-Key": ""}, 400),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://192.168.1.20:8000"}, 403),
        ({"Host": "evil.example:9090"}, 421),
        ({"Host": "evil.example:9090", "Origin": "http://evil.example:9090"}, 403),
    ],
)
def test_websocket_is_refused_to_others(
    place: FrontPlace, changed: dict[str, str], status: int
) -> None:
    assert _ask(place, "/room", **(UPGRADE | changed))[0] == status
    assert place.browsing == []


def test_own_page_may_open_the_websocket(place: FrontPlace) -> None:
    client = Client(place)
    _say(client, "/room", **UPGRADE, Origin="http://192.168.1.20:9090")
    assert len(place.browsing) == 1


@pytest.mark.parametrize("method", ["PUT", "GET", "DELETE", "POST", "OPTIONS"])
def test_another_site_has_no_say_about_files_even_with_a_token(
    place: FrontPlace, method: str
) -> None:
    status, headers, _ = _ask(
        place,
        f"/files/{'0' * 32}",
        method,
        Origin="http://evil.example",
        Authorization=f"Bearer {place.token}",
        Content_Length="0",
    )
    assert status == 403
    assert not {name for name in headers if name.startswith("access-control")}


def test_files_need_the_token_and_not_the_page(place: FrontPlace) -> None:
    place.room.settings.browser_guests = False
    path = f"/files/{'0' * 32}"
    assert _ask(place, path, "HEAD", Authorization=f"Bearer {place.token}")[0] == 404
    assert _ask(place, path, "HEAD")[0] == 401


@pytest.mark.parametrize("secure", [True, False])
def test_room_that_lets_no_browsers_in_shows_no_page(place: FrontPlace, secure: bool) -> None:
    place.room.settings.browser_guests = False
    place.secure = secure
    for path in ("/", "/app.js", "/about", "/room"):
        status, _, body = _ask(place, path, **(UPGRADE if path == "/room" else {}))
        assert status == 403
        assert b"lets no browsers in" in body
    assert place.browsing == []


def test_files_in_clear_are_for_guests_only_where_there_are_any(place: FrontPlace) -> None:
    place.secure = False
    place.room.settings.browser_guests = False
    path = f"/files/{'0' * 32}"
    assert _ask(place, path, "HEAD", Authorization=f"Bearer {place.token}")[0] == 403
    place.room.settings.browser_guests = True
    assert _ask(place, path, "HEAD", Authorization=f"Bearer {place.token}")[0] == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_page_is_only_for_reading(place: FrontPlace, method: str) -> None:
    assert _ask(place, "/", method, Content_Length="0")[0] == 405


_LINE = st.text(st.characters(codec="ascii", exclude_characters="\r\n\0"), max_size=40)


@given(st.sampled_from(["/", "/room", "/about", "/files/x", "*", "http://x/"]), _LINE, _LINE, _LINE)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_any_request_is_answered_or_hung_up_on(
    place: FrontPlace, path: str, host: str, origin: str, key: str
) -> None:
    client = Client(place)
    _say(client, path, **(UPGRADE | {"Host": host, "Origin": origin, "Sec-WebSocket-Key": key}))
    assert client.stream.taken or not client.is_open()
