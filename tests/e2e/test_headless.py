"""Real processes on loopback, by the command line alone."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import pytest

from app.support.folder import DataFolder
from tests.helpers.processes import Papo

pytestmark = pytest.mark.e2e

SCRIPTS = [
    "plain words",
    "olá, coração, ação — “aspas”",
    "Ελληνικά και Русский и українська",
    "שלום עולם",
    "مرحبا بالعالم ١٢٣",
    "हिन्दी में नमस्ते, বাংলা, தமிழ்",
    "日本語のテキスト、中文文本、한국어",
    "ไทย ລາວ ខ្មែរ မြန်မာ",
    "👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 🇧🇷 🫠",
    "mixed עברית and English, and back عربي again",
    'tabs\tand \\backslashes\\ and "quotes" and <b>markup</b> & {braces} %s',
    "combining: e\u0301 n\u0303 and zalgo t\u0338o\u0338o\u0338",
]


def _long(seed: str) -> str:
    return (seed * 5000)[:5000]


def _lines(nick: str, count: int) -> list[str]:
    """Lines in every script, every twentieth of them 5,000 characters long."""
    lines = []
    for number in range(count):
        script = SCRIPTS[number % len(SCRIPTS)]
        lines.append(f"{nick} {number} {script}")
        if number % 20 == 19:
            lines[-1] = _long(f"{nick}{number}{script}|")
    return lines


def test_six_processes_see_one_order_in_every_script(tmp_path: Path) -> None:
    names = ["Ana", "Bruno", "Čeněk", "דנה", "エミ"]
    each = 200
    with ExitStack() as stack:
        host = stack.enter_context(
            Papo(
                "host", "--room", "Aula 3B", "--nick", "Profa. Marina", "--port", "0",
                "--headless", "--no-flood-limit", data=tmp_path / "host",
            )
        )  # fmt: skip
        hosting = host.wait_for("hosting")
        address = f"127.0.0.1:{hosting['port']}"
        members = [
            stack.enter_context(
                Papo(
                    "join", address, "--nick", name, "--accept-new", "--headless",
                    data=tmp_path / f"member{number}",
                )
            )
            for number, name in enumerate(names)
        ]  # fmt: skip
        for member in members:
            assert member.wait_for("joined")["room"] == "Aula 3B"
        for _ in [*names, "Profa. Marina"]:
            host.wait_for("member_joined")
        said_by = {name: _lines(name, each) for name in names}
        said_by["Profa. Marina"] = _lines("Profa. Marina", each)
        for member, name in zip(members, names, strict=True):
            member.say(*said_by[name])
        host.say(*said_by["Profa. Marina"])
        last = each * 6
        for process in [host, *members]:
            process.wait_for("said", lambda event: event["seq"] == last)
        orders = [
            [
                (event["seq"], event["from"], event["text"], event["cid"])
                for event in p.named("said")
            ]
            for p in [host, *members]
        ]
        assert orders[0] == orders[1] == orders[2] == orders[3] == orders[4] == orders[5]
        assert [seq for seq, *_ in orders[0]] == list(range(1, last + 1))
        for name, lines in said_by.items():
            assert [text for _, who, text, _ in orders[0] if who == name] == lines
        for member, name in zip(members, names, strict=True):
            acked = {event["cid"]: event["seq"] for event in member.named("acked")}
            own = {cid: seq for seq, who, _, cid in orders[0] if who == name}
            assert acked == own
        assert host.terminate() == 0
        for member in members:
            assert member.wait_for_end() == 0


def test_member_leaves_once_everything_is_acknowledged(tmp_path: Path) -> None:
    with Papo("host", "--room", "Lab", "--port", "0", "--headless", data=tmp_path / "h") as host:
        invite = host.wait_for("hosting")["invite"]
        with Papo("join", invite, "--nick", "Ana", "--headless", data=tmp_path / "m") as member:
            member.say("one", "two")
            member.end_input()
            assert member.wait_for_end() == 0
            assert member.complaints == ""
            assert len(member.named("acked")) == 2
        assert host.wait_for("member_joined")["address"]
        assert host.wait_for("member_left")["reason"] == "left"
        assert [event["text"] for event in host.named("said")] == ["one", "two"]


def test_same_room_in_the_same_folder_keeps_its_key(tmp_path: Path) -> None:
    fingerprints = []
    for _ in range(2):
        with Papo("host", "--room", "Lab", "--port", "0", "--headless", data=tmp_path) as host:
            fingerprints.append(host.wait_for("hosting")["fingerprint"])
            assert host.terminate() == 0
    assert fingerprints[0] == fingerprints[1]


def test_history_policy_holds_for_latecomers(tmp_path: Path) -> None:
    for policy, seen in {"all": ["1", "2", "3"], "2": ["2", "3"], "joined": []}.items():
        folder = tmp_path / policy
        folder.mkdir()
        with Papo(
            "host", "--room", "Lab", "--nick", "Marina", "--port", "0", "--headless",
            "--history", policy, data=folder / "h",
        ) as host:  # fmt: skip
            invite = host.wait_for("hosting")["invite"]
            host.say("1", "2", "3")
            host.wait_for("said", lambda event: event["text"] == "3")
            with Papo("join", invite, "--nick", "Ana", "--headless", data=folder / "m") as member:
                member.say("mine")
                member.wait_for("said", lambda event: event["text"] == "mine")
                assert [event["text"] for event in member.named("said")] == [*seen, "mine"]


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["join", "127.0.0.1:1", "--headless"], "no room is open on that port"),
        (["join", "no-such-host.invalid", "--headless"], "No computer called"),
        (["host", "--bind", "203.0.113.77", "--headless"], "no address of this computer"),
    ],
)
def test_what_cannot_be_done_is_one_clear_line_and_a_status(
    tmp_path: Path, arguments: list[str], complaint: str
) -> None:
    with Papo(*arguments, data=tmp_path / "d") as papo:
        assert papo.wait_for_end() != 0
        assert complaint in papo.complaints
        assert papo.complaints.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["join", "http://example.org"], "papo://"),
        (["join", "papo://1.2.3.4/?fp=short"], "invite"),
        (["join", "a b"], "address"),
        (["host", "--port", "70000"], "65535"),
        (["host", "--history", "some"], "history"),
        (["host", "--nick", "x" * 40], "nickname"),
        (["host", "--max-file", "much"], "500M"),
        (["join"], "ADDRESS"),
        (["sing"], "sing"),
    ],
)
def test_usage_errors_say_what_is_wrong(
    tmp_path: Path, arguments: list[str], complaint: str
) -> None:
    with Papo(*arguments, "--headless", data=tmp_path / "d") as papo:
        assert papo.wait_for_end() == 2
        assert complaint in papo.complaints


def test_unknown_host_is_refused_without_invite_or_consent(tmp_path: Path) -> None:
    with Papo("host", "--room", "Lab", "--port", "0", "--headless", data=tmp_path / "h") as host:
        port = host.wait_for("hosting")["port"]
        with Papo("join", f"127.0.0.1:{port}", "--headless", data=tmp_path / "m") as member:
            assert member.wait_for_end() == 1
            assert "--accept-new" in member.complaints


def test_broken_key_settings_and_log_are_set_aside_and_said(tmp_path: Path) -> None:
    data = tmp_path / "d"
    data.mkdir()
    (data / "device.pem").write_bytes(b"\x00garbage")
    (data / "known_rooms.json").write_bytes(b"{")
    (DataFolder(data).room("Lab") / "log.db").write_bytes(b"no database at all")
    with Papo("host", "--room", "Lab", "--port", "0", "--headless", data=data) as host:
        host.wait_for("hosting")
        assert host.terminate() == 0
    assert host.complaints.count("set aside") == 3
    assert len(list(data.rglob("*.broken-*"))) == 3


def test_refused_line_is_said_and_shows_in_the_status(tmp_path: Path) -> None:
    with Papo("host", "--room", "Lab", "--port", "0", "--headless", data=tmp_path / "h") as host:
        invite = host.wait_for("hosting")["invite"]
        with Papo("join", invite, "--nick", "Ana", "--headless", data=tmp_path / "m") as member:
            member.say("x" * 5001, "fine")
            member.end_input()
            assert member.wait_for_end() == 1
            assert member.named("rejected")[0]["code"] == "text-too-long"
            assert [event["text"] for event in member.named("said")] == ["fine"]
