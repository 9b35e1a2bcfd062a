"""Two computers on one cable, made of network namespaces: what the doctor says of each way to fail."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
HOST, MEMBER = "10.77.0.1", "10.77.0.2"
PORT = 9321

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

Said = list[dict[str, Any]]


def _ip(*words: str, check: bool = True) -> int:
    return subprocess.run(["ip", *words], check=check, capture_output=True).returncode


@dataclass(frozen=True)
class Cable:
    """The two ends, by the names of their namespaces."""

    host: str
    member: str

    def doctor(self, *words: str, data: Path, end: str = "") -> tuple[Said, int]:
        done = subprocess.run(
            [*_papo(end or self.member, "doctor", *words, "--json"), "--data", str(data)],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert not done.stderr, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()], done.returncode

    @contextmanager
    def hosting(self, data: Path) -> Iterator[dict[str, Any]]:
        words = ("host", "--room", "Lab", "--port", str(PORT), "--headless", "--data", str(data))
        with _running(*_papo(self.host, *words)) as process:
            assert process.stdout is not None
            yield json.loads(process.stdout.readline())


def _papo(end: str, *words: str) -> list[str]:
    return ["ip", "netns", "exec", end, sys.executable, str(ROOT / "main.py"), *words]


@contextmanager
def _running(*command: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, stderr=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.terminate()
        process.communicate(timeout=30)


@pytest.fixture(scope="module")
def cable() -> Iterator[Cable]:
    if sys.platform != "linux" or os.geteuid() != 0 or shutil.which("ip") is None:
        pytest.skip("network namespaces want root on Linux, and ip")
    one, other = (f"papo-{end}-{os.getpid()}" for end in ("host", "member"))
    if _ip("netns", "add", one, check=False):
        pytest.skip("no network namespaces here")
    try:
        _ip("netns", "add", other)
        _ip("link", "add", "eth0", "netns", one, "type", "veth", "peer", "eth0", "netns", other)
        for end, address in ((one, HOST), (other, MEMBER)):
            _ip("-n", end, "address", "add", f"{address}/24", "dev", "eth0")
            _ip("-n", end, "link", "set", "eth0", "up")
            _ip("-n", end, "link", "set", "lo", "up")
        yield Cable(one, other)
    finally:
        _ip("netns", "del", one, check=False)
        _ip("netns", "del", other, check=False)


@contextmanager
def _packets_dropped(cable: Cable) -> Iterator[None]:
    """Let the host's computer answer nothing: by nftables where there is it, else by its routes."""
    if shutil.which("nft") is not None:
        drop = "{ type filter hook input priority 0; policy drop; }"
        rules = f"add table inet t; add chain inet t in {drop}"
        subprocess.run(["ip", "netns", "exec", cable.host, "nft", rules], check=True)
        yield
        subprocess.run(
            ["ip", "netns", "exec", cable.host, "nft", "delete table inet t"], check=True
        )
        return
    _ip("-n", cable.host, "route", "add", "blackhole", f"{MEMBER}/32")
    yield
    _ip("-n", cable.host, "route", "del", "blackhole", f"{MEMBER}/32")


def _last(said: Said) -> tuple[str, str, str]:
    return said[-1]["step"], said[-1]["code"], said[-1]["verdict"]


def test_open_room_is_reached_and_nothing_is_left_behind(cable: Cable, tmp_path: Path) -> None:
    with cable.hosting(tmp_path / "host") as hosting:
        said, status = cable.doctor(f"{HOST}:{PORT}", data=tmp_path / "member")
        assert status == 0
        assert [(one["step"], one["code"]) for one in said] == [
            ("resolve", "ip"),
            ("connect", "connected"),
            ("tls", "room"),
            ("trust", "new"),
            ("version", "fits"),
        ]
        assert not (tmp_path / "member").exists()
        invited, status = cable.doctor(hosting["invite"], data=tmp_path / "member")
        assert status == 0
        assert ("trust", "invited") in [(one["step"], one["code"]) for one in invited]
        own, status = cable.doctor("--port", str(PORT), data=tmp_path / "h", end=cable.host)
        assert status == 0
        answers = [one["address"] for one in own if one["code"] == "answers"]
        assert answers[0] == f"{HOST}:{PORT}"


def test_closed_port_is_told_from_a_computer_that_is_not_there(
    cable: Cable, tmp_path: Path
) -> None:
    said, status = cable.doctor(f"{HOST}:{PORT}", data=tmp_path)
    assert (_last(said), status) == (("connect", "refused", "bad"), 1)
    said, status = cable.doctor("10.77.0.9", data=tmp_path)
    assert status == 1
    assert _last(said)[1] in {"unreachable-near", "no-answer-near"}
    said, status = cable.doctor("10.99.0.9", data=tmp_path)
    assert (_last(said), status) == (("connect", "unreachable-far", "bad"), 1)


def test_dropped_packets_point_to_a_firewall_there(cable: Cable, tmp_path: Path) -> None:
    with cable.hosting(tmp_path / "host"), _packets_dropped(cable):
        said, status = cable.doctor(f"{HOST}:{PORT}", data=tmp_path / "member")
    assert (_last(said), status) == (("connect", "no-answer-near", "bad"), 1)
    assert "firewall" in said[-1]["text"]


def test_another_service_at_the_port_is_called_so(cable: Cable, tmp_path: Path) -> None:
    server = (
        f"import http.server as h; s = h.HTTPServer(('', {PORT}), h.SimpleHTTPRequestHandler);"
        "print('up', flush=True); s.serve_forever()"
    )
    with _running("ip", "netns", "exec", cable.host, sys.executable, "-c", server) as process:
        assert process.stdout is not None
        process.stdout.readline()
        said, status = cable.doctor(f"{HOST}:{PORT}", data=tmp_path)
        own, own_status = cable.doctor("--port", str(PORT), data=tmp_path, end=cable.host)
    assert (_last(said), status) == (("tls", "not-papo", "bad"), 1)
    assert own_status == 1
    assert ("listen", "other-program") in [(one["step"], one["code"]) for one in own]


def test_name_that_is_nobodys_is_told(cable: Cable, tmp_path: Path) -> None:
    said, status = cable.doctor("nobody.invalid", data=tmp_path)
    assert (_last(said), status) == (("resolve", "no-such-host", "bad"), 1)


def test_changed_host_is_told_before_anything_is_sent(cable: Cable, tmp_path: Path) -> None:
    member = tmp_path / "member"
    with cable.hosting(tmp_path / "host"):
        join = _papo(cable.member, "join", f"{HOST}:{PORT}", "--headless", "--accept-new")
        done = subprocess.run(
            [*join, "--data", str(member)], input="", text=True, capture_output=True, check=False,
            timeout=60,
        )  # fmt: skip
        assert '"joined"' in done.stdout, done.stderr
        said, status = cable.doctor(f"{HOST}:{PORT}", data=member)
        assert status == 0
        assert ("trust", "known") in [(one["step"], one["code"]) for one in said]
    with cable.hosting(tmp_path / "another host"):
        said, status = cable.doctor(f"{HOST}:{PORT}", data=member)
    assert (_last(said), status) == (("trust", "changed", "bad"), 1)
