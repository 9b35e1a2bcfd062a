"""Guests by plain text in a real room: netcat and the tutorial's client beside Papo's members."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.helpers.plain import TutorialClient
from tests.helpers.processes import Papo
from tests.helpers.programs import netcat_to, spoken, tutorial_of

pytestmark = pytest.mark.e2e


needs_netcat = pytest.mark.skipif(shutil.which("nc") is None, reason="netcat is not installed")


def host_in(stack: ExitStack, data: Path, *more: str) -> tuple[Papo, str]:
    host = stack.enter_context(
        Papo("host", "--room", "Aula", "--nick", "Marina", "--port", "0", "--headless", "--plain",
             *more, data=data)
    )  # fmt: skip
    return host, str(host.wait_for("hosting")["port"])


def until(host: Papo, holds: Callable[[], bool]) -> None:
    assert host.wait_until(holds)


@needs_netcat
def test_netcat_the_tutorial_and_members_talk_in_one_order(tmp_path: Path) -> None:
    with ExitStack() as stack:
        host, port = host_in(stack, tmp_path / "host", "--no-flood-limit")
        tutorial = TutorialClient("joão", int(port))
        stack.callback(tutorial.close)
        netcat = stack.enter_context(netcat_to(port))
        netcat.wait_for("NICK")
        netcat.type("bia\n")
        netcat.wait_for("bia conectou ao servidor!\nConectado ao Servidor\n")
        address = f"127.0.0.1:{port}"
        member = stack.enter_context(
            Papo("join", address, "--nick", "Tom", "--accept-new", "--headless",
                 data=tmp_path / "member")
        )  # fmt: skip
        member.wait_for("joined")
        netcat.wait_for("Tom conectou ao servidor!\n")
        guests = {e["nick"]: e.get("guest") for e in host.named("member_joined")}
        assert guests == {"Marina": None, "joão": "text", "bia": "text", "Tom": None}
        for number in range(10):
            netcat.type(f"da bia {number}\n")
            member.say(f"do Tom {number}")
            host.say(f"da Marina {number}")
            tutorial.type(f"do joão {number}")
            last = f"joão: do joão {number}\n"
            netcat.wait_for(last)
        until(member, lambda: len(member.named("said")) == 40)
        until(host, lambda: len(host.named("said")) == 40)
        tutorial.wait_for("joão: do joão 9\n")
        expected = [f"{e['from']}: {e['text']}" for e in host.named("said")]
        assert [f"{e['from']}: {e['text']}" for e in member.named("said")] == expected
        assert spoken(netcat.printed) == expected
        assert spoken(tutorial.terminal) == expected
        netcat.type("quit\n")
        assert host.wait_for("member_left")["nick"] == "bia"
        assert host.terminate() == 0
        tutorial.wait_for_end()
        assert "closed" in tutorial.terminal


def test_two_tutorial_clients_a_member_and_the_host_talk_in_one_order(tmp_path: Path) -> None:
    with ExitStack() as stack:
        host, port = host_in(stack, tmp_path / "host", "--no-flood-limit")
        ana = stack.enter_context(tutorial_of("ana", port))
        ana.wait_for("ana conectou ao servidor!\nConectado ao Servidor\n")
        joao = stack.enter_context(tutorial_of("joão", port))
        joao.wait_for("joão conectou ao servidor!\nConectado ao Servidor\n")
        ana.wait_for("joão conectou ao servidor!\n")
        member = stack.enter_context(
            Papo("join", f"127.0.0.1:{port}", "--nick", "Tom", "--accept-new", "--headless",
                 data=tmp_path / "member")
        )  # fmt: skip
        member.wait_for("joined")
        for number in range(8):
            ana.type(f"olá {number} 🌷\n")
            member.say(f"do Tom {number}")
            joao.type(f"e aí, {number}?\n")
            host.say(f"da Marina {number}")
            until(host, lambda most=4 * (number + 1): len(host.named("said")) == most)  # type: ignore[misc]
        expected = [f"{e['from']}: {e['text']}" for e in host.named("said")]
        until(member, lambda: len(member.named("said")) == 32)
        assert [f"{e['from']}: {e['text']}" for e in member.named("said")] == expected
        for client in (ana, joao):
            client.wait_for(f"{expected[-1]}\n")
            assert spoken(client.printed) == expected
        assert host.terminate() == 0
        for client in (ana, joao):
            client.wait_for("Desconectado\n")
            assert "closed" in client.printed
            assert "erro" not in client.printed


def test_tutorial_client_stands_long_messages_and_pasted_lines(tmp_path: Path) -> None:
    with ExitStack() as stack:
        host, port = host_in(stack, tmp_path / "host", "--no-flood-limit")
        ana = stack.enter_context(tutorial_of("ana", port))
        ana.wait_for("Conectado ao Servidor\n")
        for number in range(3):
            host.say("x" * number + "á🌷" * 800 + f" fim {number}")
        ana.wait_for("fim 2\n")
        assert ana.printed.count("á🌷") >= 3 * 800 - 10
        ana.type("um\ndois\ntrês\n")
        said = [""]

        def has_all() -> bool:
            said[0] = "".join(e["text"] for e in host.named("said") if e["from"] == "ana")
            return said[0].endswith("três")

        until(host, has_all)
        # Nothing marks where a message ends, so what comes at once may be one; nothing is lost.
        assert said[0].replace("ana: ", "") == "umdoistrês"
        assert "erro" not in ana.printed


@needs_netcat
def test_script_pipes_its_lines_into_a_room(tmp_path: Path) -> None:
    with ExitStack() as stack:
        host, port = host_in(stack, tmp_path / "host")
        done = subprocess.run(
            ["nc", "-N", "127.0.0.1", port],
            input="sensor\nligado\n21,5 °C\ndesligado".encode(),
            capture_output=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == 0
        host.wait_for("member_left")
        until(host, lambda: len(host.named("said")) == 3)
        assert [e["text"] for e in host.named("said")] == ["ligado", "21,5 °C", "desligado"]
        assert spoken(done.stdout.decode()) == [
            "sensor: ligado", "sensor: 21,5 °C", "sensor: desligado",
        ]  # fmt: skip


def test_guest_who_is_frozen_or_killed_holds_up_nobody(tmp_path: Path) -> None:
    if shutil.which("nc") is None:
        pytest.skip("netcat is not installed")
    with ExitStack() as stack:
        host, port = host_in(stack, tmp_path / "host", "--no-flood-limit")
        frozen = stack.enter_context(netcat_to(port))
        frozen.wait_for("NICK")
        frozen.type("bia\n")
        frozen.wait_for("Conectado")
        os.kill(frozen.process.pid, signal.SIGSTOP)
        for number in range(300):
            host.say(f"{number} " + "x" * 4_000)
        until(host, lambda: len(host.named("said")) == 300)
        os.kill(frozen.process.pid, signal.SIGKILL)
        assert host.wait_for("member_left")["nick"] == "bia"


def test_room_for_members_alone_lets_no_guest_in(tmp_path: Path) -> None:
    with ExitStack() as stack:
        host, port = host_in(stack, tmp_path / "host", "--no-plain")
        tutorial = TutorialClient("joão", int(port))
        stack.callback(tutorial.close)
        tutorial.say_raw(b"oi")
        tutorial.wait_for_end()
        assert tutorial.terminal == ""
        assert not [e for e in host.named("member_joined") if e["nick"] != "Marina"]
