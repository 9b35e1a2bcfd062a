"""Pictures by a real host and the real curl: sent, told with their size, their thumbnails fetched."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PyQt6.QtCore import QSize
from PyQt6.QtGui import QImage

from app.protocol import messages as m
from app.protocol.attachments import FileRef, unpack
from tests.e2e.test_files import Curl
from tests.helpers.blocking_member import BlockingMember
from tests.helpers.processes import Papo
from tests.pictures.bombs import BORNE, REFUSED
from tests.pictures.making import jpeg_with

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed"),
]

MIB = 1024 * 1024


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Papo]:
    arguments = ("host", "--room", "Lab", "--headless", "--no-discovery", "--port", "0")
    with Papo(*arguments, "--no-flood-limit", data=tmp_path / "host") as process:
        yield process


def _send(curl: Curl, data: bytes, folder: Path, number: int = 1) -> str:
    path = folder / "sent"
    path.write_bytes(data)
    status, body, complaint = curl.run(f"{number:032x}?name=sea.jpg", "-T", str(path))
    assert status == 201, complaint
    told = json.loads(body)
    assert told == {"hash": hashlib.sha256(data).hexdigest(), "size": len(data)}
    return str(told["hash"])


def _say(sender: BlockingMember, reader: BlockingMember, digest: str) -> FileRef:
    assert isinstance(sender.say("", m.Attach(hash=bytes.fromhex(digest))), m.Acked)
    (said,) = reader.wait_for(m.Live).said
    return unpack(said.text).files[0]


def test_picture_is_told_with_its_size_and_seen_by_others(host: Papo, tmp_path: Path) -> None:
    port = int(host.wait_for("hosting")["port"])
    with BlockingMember(port, "ana") as ana, BlockingMember(port, "tom") as tom:
        data = jpeg_with(6, width=1600, height=1000)
        digest = _send(Curl(port, ana.token()), data, tmp_path)
        toms = Curl(port, tom.token())
        assert toms.run(f"{digest}/thumbnail")[0] == 404
        ref = _say(ana, tom, digest)
        assert (ref.media, ref.width, ref.height) == ("image/jpeg", 1000, 1600)
        small = tmp_path / "small.jpg"
        status, _, _ = toms.run(f"{digest}/thumbnail", "-o", str(small))
        assert status == 200
        assert QImage(str(small)).size() == QSize(400, 640)
        assert b"Camera" not in small.read_bytes()
        _, headers, _ = toms.run(f"{digest}/thumbnail", "-I")
        assert b"content-type: image/jpeg" in headers.lower()
    (told,) = host.wait_for("said")["files"]
    assert (told["width"], told["height"]) == (1000, 1600)
    assert _libraries(host.pid, "libQt6Gui") == set()


def _libraries(pid: int, name: str) -> set[str]:
    maps = Path(f"/proc/{pid}/maps").read_text().splitlines()
    return {line.split()[-1] for line in maps if name in line}


def test_bombs_are_files_without_thumbnails_and_the_host_goes_on(
    host: Papo, tmp_path: Path
) -> None:
    port = int(host.wait_for("hosting")["port"])
    bombs = [
        REFUSED["png of 25 megapixels at 64 bits"](),
        REFUSED["garbage with a gif's beginning"](),
        BORNE["jpeg of 20,000 scans"](),
    ]
    with BlockingMember(port, "ana") as ana, BlockingMember(port, "tom") as tom:
        curl = Curl(port, ana.token())
        for number, data in enumerate(bombs):
            path = tmp_path / str(number)
            path.write_bytes(data)
            sending = subprocess.Popen(
                [*curl.command(f"{number:032x}"), "-T", str(path)], stdout=subprocess.DEVNULL
            )
            waits = []
            while sending.poll() is None:
                began = time.monotonic()
                assert isinstance(tom.say("still here"), m.Acked)
                waits.append(time.monotonic() - began)
            assert sending.returncode == 0
            assert sorted(waits)[len(waits) // 2] < 0.1
            digest = hashlib.sha256(data).hexdigest()
            assert curl.run(f"{digest}/thumbnail")[0] == 404
            assert curl.run(digest, "-o", str(path))[0] == 200
        # And the next good picture has one.
        digest = _send(curl, jpeg_with(), tmp_path, 9)
        assert curl.run(f"{digest}/thumbnail", "-o", str(tmp_path / "x"))[0] == 200
    assert _memory(host.pid) < 128 * MIB


def _memory(pid: int) -> int:
    """Return the most bytes of memory that a process ever had."""
    (line,) = [
        line
        for line in Path(f"/proc/{pid}/status").read_text().splitlines()
        if line.startswith("VmHWM")
    ]
    return int(line.split()[1]) * 1024


def test_worker_ends_with_its_host(tmp_path: Path) -> None:
    arguments = ("host", "--room", "Lab", "--headless", "--no-discovery", "--port", "0")
    with Papo(*arguments, data=tmp_path / "host") as host:
        port = int(host.wait_for("hosting")["port"])
        with BlockingMember(port, "ana") as ana:
            _send(Curl(port, ana.token()), jpeg_with(), tmp_path)
        workers = _children(host.pid)
        assert len(workers) == 1
        host.kill()
    until = time.monotonic() + 10
    while any(Path(f"/proc/{one}").exists() for one in workers):
        assert time.monotonic() < until


def _children(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
