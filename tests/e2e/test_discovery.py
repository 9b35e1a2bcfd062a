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

    def wait_for(self, rooms: int, seconds: float = 20) -> Seen:
        """Return the first word that tells of so many rooms."""
        end = time.monotonic() + seconds
        while True:
            seen = self._seen.get(timeout=max(0.01, end - time.monotonic()))
            if len(seen["rooms"]) == rooms and seen["state"] == "looking":
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
