"""Rooms that are found by real processes, on two computers joined by a cable."""

from __future__ import annotations

import json
import queue
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.networks import Computer, two_computers
from tests.helpers.processes import ROOT, Papo

pytestmark = pytest.mark.e2e

LOOKER = """
import json, sys
from PyQt6.QtCore import QCoreApplication
from app.net.discovery.discovery import Discovery
from app.net.qt_clock import QtClock

app = QCoreApplication([])
discovery = Discovery(QtClock(app), app)

def tell():
    rooms = [[r.name, r.host, r.members, r.locked, [str(a) for a in r.addresses]]
             for r in discovery.rooms]
    print(json.dumps({"state": discovery.state.value, "rooms": rooms}), flush=True)

discovery.changed.connect(tell)
discovery.look(True)
app.exec()
"""

Seen = dict[str, Any]


class Looker:
    """A process that prints what it sees nearby."""

    def __init__(self, computer: Computer) -> None:
        self.process = subprocess.Popen(
            [*computer.enter, sys.executable, "-c", LOOKER], stdout=subprocess.PIPE, cwd=ROOT
        )
        self._seen: queue.Queue[Seen] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def wait_for(self, rooms: int, seconds: float = 20, state: str = "looking") -> Seen:
        """Return the first word that tells of so many rooms."""
        end = time.monotonic() + seconds
        while True:
            seen = self._seen.get(timeout=max(0.01, end - time.monotonic()))
            if len(seen["rooms"]) == rooms and seen["state"] == state:
                return seen

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._seen.put(json.loads(line))


@contextmanager
def looking(computer: Computer) -> Iterator[Looker]:
    looker = Looker(computer)
    try:
        yield looker
    finally:
        looker.process.kill()
        looker.process.wait()
        looker._reader.join()
        assert looker.process.stdout is not None
        looker.process.stdout.close()


def host(computer: Computer, data: Path, *more: str) -> Papo:
    return Papo(
        "host", "--headless", "--room", "Sala 2.0", "--nick", "Ana", *more,
        data=data, before=computer.enter,
    )  # fmt: skip


def test_a_room_is_found_followed_and_gone_with_its_host(tmp_path: Path) -> None:
    with two_computers() as (one, other), looking(other) as looker:
        looker.wait_for(0)
        with host(one, tmp_path / "a") as papo:
            papo.wait_for("hosting")
            began = time.monotonic()
            (room,) = looker.wait_for(1)["rooms"]
            assert time.monotonic() - began < 3
            assert room[:2] == ["Sala 2.0", "Ana"]
            assert room[4][0] == f"{one.address}:9090"
            assert any("%eth0" in address for address in room[4][1:])
            began = time.monotonic()
            assert papo.terminate() == 0
            looker.wait_for(0)
            assert time.monotonic() - began < 3


def test_a_room_whose_host_crashes_is_gone_within_seconds(tmp_path: Path) -> None:
    with two_computers() as (one, other), looking(other) as looker:
        with host(one, tmp_path / "a") as papo:
            papo.wait_for("hosting")
            looker.wait_for(1)
            papo.kill()
        began = time.monotonic()
        looker.wait_for(0, seconds=40)
        assert time.monotonic() - began < 30


SNIFFER = """
import socket, sys, time
end = time.monotonic() + float(sys.argv[1])
ear = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
ear.bind(("eth0", 0))
print("ready", flush=True)
try:
    while True:
        ear.settimeout(max(0.001, end - time.monotonic()))
        packet = ear.recv(2048)
        ports = {packet[34:36], packet[36:38], packet[54:56], packet[56:58]}
        if (5353).to_bytes(2, "big") in ports:
            print("heard", flush=True)
            break
except TimeoutError:
    print("silence", flush=True)
"""


@pytest.mark.parametrize(("words", "word"), [(("--no-discovery",), "silence"), ((), "heard")])
def test_a_room_that_is_not_to_be_seen_sends_nothing_at_all(
    tmp_path: Path, words: tuple[str, ...], word: str
) -> None:
    with two_computers() as (one, other):
        command = [*other.enter, sys.executable, "-c", SNIFFER, "6"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as sniffer:
            assert sniffer.stdout is not None
            assert sniffer.stdout.readline() == "ready\n"
            with host(one, tmp_path / "a", *words) as papo:
                papo.wait_for("hosting")
                assert sniffer.stdout.readline() == f"{word}\n"


def test_a_firewall_that_keeps_all_of_it_from_us_is_noticed(tmp_path: Path) -> None:
    if shutil.which("nft") is None:
        pytest.skip("not installed: nft")
    with two_computers() as (one, other), host(one, tmp_path / "a") as papo:
        papo.wait_for("hosting")
        hook = "{ type filter hook input priority 0; policy accept; udp dport 5353 drop; }"
        rules = f"add table inet t; add chain inet t in {hook}"
        subprocess.run([*other.enter, "nft", rules], check=True)
        with looking(other) as looker:
            looker.wait_for(0, state="blocked")
            subprocess.run([*other.enter, "nft", "delete table inet t"], check=True)
            looker.wait_for(1, seconds=40)


def test_a_room_can_be_joined_by_the_link_local_address_that_was_found(tmp_path: Path) -> None:
    with two_computers() as (one, other), host(one, tmp_path / "a") as papo:
        papo.wait_for("hosting")
        with looking(other) as looker:
            (room,) = looker.wait_for(1)["rooms"]
        address = next(address for address in room[4] if "%" in address)
        arguments = ("join", address, "--accept-new", "--headless", "--nick", "Tom")
        with Papo(*arguments, data=tmp_path / "b", before=other.enter) as member:
            assert member.wait_for("joined")["room"] == "Sala 2.0"


def test_a_room_that_is_not_to_be_seen_is_not(tmp_path: Path) -> None:
    with (
        two_computers() as (one, other),
        looking(other) as looker,
        host(one, tmp_path / "a", "--no-discovery") as hidden,
        host(one, tmp_path / "b", "--port", "9099") as seen,
    ):
        hidden.wait_for("hosting")
        seen.wait_for("hosting")
        (room,) = looker.wait_for(1)["rooms"]
        assert room[4][0].endswith(":9099")
        with pytest.raises(queue.Empty):
            looker.wait_for(2, seconds=3)


def test_a_cable_that_comes_late_is_noticed(tmp_path: Path) -> None:
    with two_computers() as (one, other):
        one.plug(there=False)
        with host(one, tmp_path / "a") as papo, looking(other) as looker:
            papo.wait_for("hosting")
            one.plug(there=True)
            looker.wait_for(1)


AVAHI = r"""
mount -t tmpfs none /run && mkdir -p /run/dbus /run/avahi-daemon
dbus-daemon --system --fork --nopidfile
avahi-daemon --no-drop-root --no-rlimits --daemonize --no-chroot
for _ in 1 2 3 4 5 6 7 8 9 10; do
  found=$(timeout 5 avahi-browse -rtp _papo._tcp 2>&1)
  printf "%s" "$found" | grep -q '^=' && break
done
printf "%s\n" "$found"
avahi-daemon --kill
"""


@pytest.mark.parametrize("where", ["other", "same"])
def test_other_programs_see_the_room_and_share_the_port(tmp_path: Path, where: str) -> None:
    needed = ("avahi-daemon", "avahi-browse", "dbus-daemon", "unshare")
    missing = [name for name in needed if shutil.which(name) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")
    with two_computers() as (one, other), host(one, tmp_path / "a") as papo:
        papo.wait_for("hosting")
        computer = other if where == "other" else one
        command = [*computer.enter, "unshare", "--mount", "--pid", "--fork", "sh", "-c", AVAHI]
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=90)
        resolved = [line.split(";") for line in done.stdout.splitlines() if line.startswith("=")]
        assert resolved, done.stdout + done.stderr
        assert resolved[0][4] == "_papo._tcp"
        assert resolved[0][8] == "9090"
        assert '"name=Sala 2.0"' in resolved[0][9]


PUBLISH = r"""
mount -t tmpfs none /run && mkdir -p /run/dbus /run/avahi-daemon
dbus-daemon --system --fork --nopidfile
avahi-daemon --no-drop-root --no-rlimits --daemonize --no-chroot
avahi-publish -s Nameless _papo._tcp 9090 v=1 &
avahi-publish -s Another _papo._tcp 9090 v=7 "name=Another" &
avahi-publish -s Reordered _papo._tcp 9090 v=1 "name=$(printf 'a\342\200\256b')" &
avahi-publish -s Sala _papo._tcp 9091 v=1 "name=Sala de Avahi" "host=Zé" members=3 lock=1 &
echo ready
read _
avahi-daemon --kill
"""


def test_what_other_programs_announce_is_found_if_it_makes_sense(tmp_path: Path) -> None:
    needed = ("avahi-daemon", "avahi-publish", "dbus-daemon", "unshare")
    missing = [name for name in needed if shutil.which(name) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")
    with two_computers() as (one, other), looking(other) as looker:
        command = [*one.enter, "unshare", "--mount", "--pid", "--fork", "--kill-child"]
        with subprocess.Popen(
            [*command, "sh", "-c", PUBLISH],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=tmp_path,
        ) as publisher:
            assert publisher.stdout is not None
            assert publisher.stdout.readline() == b"ready\n"
            (room,) = looker.wait_for(1, seconds=40)["rooms"]
            assert room[:4] == ["Sala de Avahi", "Zé", 3, True]
            assert room[4][0] == f"{one.address}:9091"
            with pytest.raises(queue.Empty):
                looker.wait_for(2, seconds=3)
            publisher.communicate(b"\n", timeout=20)
