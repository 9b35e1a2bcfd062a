"""A real member process in a room whose host, in this process, keeps order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.host_options import HostOptions
from app.lobby import HostedRoom, Lobby
from app.net.qt_clock import QtClock
from app.support.folder import DataFolder
from tests.helpers.processes import TIMEOUT, Papo
from tests.helpers.sessions import messages

pytestmark = pytest.mark.e2e


@pytest.fixture
def hosted(tmp_path: Path, qtbot: QtBot) -> Iterator[HostedRoom]:
    clock = QtClock()
    lobby = Lobby(DataFolder(tmp_path / "host"), clock)
    room = lobby.host(HostOptions(name="Lab", nickname="Marina", port=0))
    assert room.session is not None
    with qtbot.waitSignal(room.session.joined):
        pass
    yield room
    with qtbot.waitSignal(room.stopped):
        room.stop()
    lobby.deleteLater()
    clock.deleteLater()


def test_member_process_hears_of_everything_and_ends_when_it_is_banned(
    hosted: HostedRoom, tmp_path: Path, qtbot: QtBot
) -> None:
    host = hosted.session
    assert host is not None
    address = f"127.0.0.1:{hosted.host.port}"
    asked = ("join", address, "--accept-new", "--headless", "--nick")
    with Papo(*asked, "Tom", data=tmp_path / "tom") as tom:

        def heard(name: str) -> list[dict[str, object]]:
            qtbot.waitUntil(lambda: bool(tom.named(name)), timeout=int(TIMEOUT * 1000))
            return tom.named(name)

        heard("joined")
        tom.say("a slip")
        heard("acked")
        qtbot.waitUntil(lambda: len(messages(host)) == 1)
        host.moderation.delete(1)
        (deleted,) = heard("deleted")
        assert (deleted["seq"], deleted["about"], deleted["by"]) == (2, 1, "Marina")
        host.moderation.rename("Professor")
        (renamed,) = heard("member_renamed")
        assert (renamed["before"], renamed["nick"]) == ("Marina", "Professor")
        host.moderation.set_rules(locked=False, hosts_only=True)
        (rules,) = heard("rules")
        assert (rules["hosts_only"], rules["by"]) == (True, "Professor")
        tom.say("may I?")
        assert heard("rejected")[0]["code"] == "hosts-only"
        assert [event["text"] for event in tom.named("said")] == ["a slip"]
        number = next(one.number for one in host.roster if one.nick == "Tom")
        host.moderation.remove(number, ban=True)
        qtbot.waitUntil(lambda: tom.has_ended, timeout=int(TIMEOUT * 1000))
        assert tom.wait_for_end() == 1
        assert "banned" in tom.complaints
    # The same device under another nickname, in another process.
    with Papo(*asked, "Nobody", data=tmp_path / "tom") as nobody:
        qtbot.waitUntil(lambda: nobody.has_ended, timeout=int(TIMEOUT * 1000))
        assert nobody.wait_for_end() == 1
        assert nobody.named("joined") == []
        assert "banned" in nobody.complaints
    assert [one.nick for one in host.roster] == ["Professor"]
