"""Editing, answering and reacting between real processes, in the words that scripts read and write."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.helpers.processes import Papo

pytestmark = pytest.mark.e2e


def member(port: int, nick: str, data: Path) -> Papo:
    return Papo(
        "join", f"127.0.0.1:{port}", "--nick", nick, "--accept-new", "--headless", "--json",
        data=data,
    )  # fmt: skip


def wish(papo: Papo, **values: object) -> None:
    papo.say(json.dumps(values))


def test_what_one_edits_and_reacts_to_others_see_now_and_later(tmp_path: Path) -> None:
    arguments = ["host", "--port", "0", "--bind", "127.0.0.1", "--headless"]
    with Papo(*arguments, data=tmp_path / "host") as host:
        port = int(host.wait_for("hosting")["port"])
        with (
            member(port, "Ana", tmp_path / "ana") as ana,
            member(port, "Tom", tmp_path / "tom") as tom,
        ):
            ana.wait_for("joined")
            tom.wait_for("joined")
            wish(ana, say="frist")
            assert "reply_to" not in tom.wait_for("said")
            wish(tom, say="what?", reply_to=1)
            assert ana.wait_for("said", lambda e: e["from"] == "Tom")["reply_to"] == 1
            wish(tom, react=1, emoji="👍")
            reacted = ana.wait_for("reacted")
            assert (reacted["about"], reacted["by"], reacted["emoji"]) == (1, "Tom", "👍")
            assert reacted["on"]
            wish(ana, edit=1, text="first")
            for papo in (tom, host):
                edited = papo.wait_for("edited")
                assert (edited["about"], edited["text"], edited["by"]) == (1, "first", "Ana")
            wish(tom, react=1, emoji="👍", on=False)
            assert not ana.wait_for("reacted", lambda e: e["seq"] == 5)["on"]
            # Nobody edits what another wrote, and what is no wish is none.
            wish(tom, edit=1, text="mine")
            assert tom.wait_for("rejected")["code"] == "not-permitted"
            tom.say("hello")
            assert tom.wait_for("rejected")["code"] == "malformed"
            ana.end_input()
            assert ana.wait_for_end() == 0
        with member(port, "Kim", tmp_path / "kim") as kim:
            said = kim.wait_for("said")
            assert (said["seq"], said["text"], said["edited"]) == (1, "first", True)
            assert kim.wait_for("reacted")["seq"] == 3
            assert kim.wait_for("edited")["text"] == "first"
