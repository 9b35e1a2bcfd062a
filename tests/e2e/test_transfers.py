"""`papo send` and `papo fetch` as people run them: killed on either side in mid-transfer, and again."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.disks import Unavailable, small_disk
from tests.faults.proxy import Network, Proxy, Way, Weather
from tests.helpers.processes import ROOT, Event, Papo

pytestmark = pytest.mark.e2e

MIB = 1 << 20
SIZE = 32 * MIB

SLOW = Weather(delay=1.0, longest=0.01)
"""About ten megabytes a second: the middle of a transfer lasts for seconds."""


class House:
    """A host, and a slow way to it; everybody else's data lies beside the host's."""

    def __init__(self, folder: Path, network: Network) -> None:
        self.folder = folder
        self.host = self._open(0)
        self.port = int(self.host.wait_for("hosting")["port"])
        self.slow: Proxy = network.proxy(self.port, 1)
        self.slow.weather = SLOW

    def _open(self, port: int) -> Papo:
        arguments = ("host", "--room", "Lab", "--headless", "--no-discovery", "--port", str(port))
        return Papo(*arguments, "--no-flood-limit", data=self.folder / "host")

    def kill_and_reopen(self) -> None:
        self.host.kill()
        with self.host:
            pass
        self.host = self._open(self.port)
        assert self.host.wait_for("hosting")["port"] == self.port

    def send(self, *files: Path, slowly: bool = True) -> Papo:
        names = [str(path) for path in files]
        port = self.slow.port if slowly else self.port
        address = f"127.0.0.1:{port}"
        command = ("send", *names, "--to", address, "--nick", "ana", "--accept-new")
        return Papo(*command, "--caption", "look", data=self.folder / "ana")

    def fetch(self, *more: str, slowly: bool = True, out: Path | None = None) -> Papo:
        port = self.slow.port if slowly else self.port
        folder = str(out or self.folder / "out")
        command = ("fetch", f"127.0.0.1:{port}", "--out", folder, "--nick", "tom", "--accept-new")
        return Papo(*command, *more, data=self.folder / "tom")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with Network() as network:
        house = House(tmp_path, network)
        yield house
        with house.host:
            pass


def _file(folder: Path, size: int = SIZE, name: str = "harvest.bin") -> Path:
    path = folder / name
    path.write_bytes(os.urandom(size))
    return path


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _in_the_middle(event: Event) -> bool:
    moving: bool = event["stage"] == "moving"
    return moving and 2 * MIB < int(event["done"]) < int(event["size"]) - 8 * MIB


def _fetched(house: House, path: Path) -> None:
    """Fetch all there is, and see that it is this."""
    with house.fetch(slowly=False) as fetching:
        saved = fetching.wait_for("saved")
        assert fetching.wait_for_end() == 0, fetching.complaints
    assert _hash(Path(saved["path"])) == _hash(path)


def test_sender_that_is_killed_goes_on_with_the_same_command(house: House, tmp_path: Path) -> None:
    path = _file(tmp_path)
    with house.send(path) as sending:
        sending.wait_for("progress", _in_the_middle)
        sending.kill()
    before = house.slow.read(Way.TO_HOST)
    with house.send(path) as sending:
        sent = sending.wait_for("sent")
        assert sending.wait_for_end() == 0, sending.complaints
    assert sent["sha256"] == _hash(path)
    assert house.slow.read(Way.TO_HOST) - before < SIZE - MIB
    said = house.host.wait_for("said")
    assert (said["text"], [one["sha256"] for one in said["files"]]) == ("look", [sent["sha256"]])
    _fetched(house, path)
    assert len(house.host.named("said")) == 1


def test_sender_goes_on_by_itself_after_the_host_was_killed(house: House, tmp_path: Path) -> None:
    path = _file(tmp_path)
    with house.send(path) as sending:
        sending.wait_for("progress", _in_the_middle)
        house.kill_and_reopen()
        assert sending.wait_for("sent")["sha256"] == _hash(path)
        assert sending.wait_for_end() == 0, sending.complaints
    assert house.slow.read(Way.TO_HOST) < 2 * SIZE - MIB
    _fetched(house, path)


def test_receiver_that_is_killed_goes_on_with_the_same_command(
    house: House, tmp_path: Path
) -> None:
    path = _file(tmp_path)
    with house.send(path, slowly=False) as sending:
        assert sending.wait_for_end() == 0, sending.complaints
    with house.fetch() as fetching:
        fetching.wait_for("progress", _in_the_middle)
        fetching.kill()
    assert [one.suffix for one in (tmp_path / "out").iterdir()] == [".part"]
    before = house.slow.read(Way.TO_MEMBER)
    with house.fetch() as fetching:
        saved = fetching.wait_for("saved")
        assert fetching.wait_for_end() == 0, fetching.complaints
    assert _hash(Path(saved["path"])) == _hash(path)
    assert house.slow.read(Way.TO_MEMBER) - before < SIZE - MIB
    assert [one.name for one in (tmp_path / "out").iterdir()] == ["harvest.bin"]
    # What is there already is not fetched again.
    with house.fetch() as fetching:
        assert fetching.wait_for("saved")["path"] == saved["path"]
        assert fetching.wait_for_end() == 0
    assert [one.name for one in (tmp_path / "out").iterdir()] == ["harvest.bin"]


def test_receiver_goes_on_by_itself_after_the_host_was_killed(house: House, tmp_path: Path) -> None:
    path = _file(tmp_path)
    with house.send(path, slowly=False) as sending:
        assert sending.wait_for_end() == 0, sending.complaints
    with house.fetch() as fetching:
        fetching.wait_for("progress", _in_the_middle)
        house.kill_and_reopen()
        saved = fetching.wait_for("saved")
        assert fetching.wait_for_end() == 0, fetching.complaints
    assert _hash(Path(saved["path"])) == _hash(path)


def test_sender_that_is_asked_to_end_says_that_it_can_go_on(house: House, tmp_path: Path) -> None:
    path = _file(tmp_path)
    with house.send(path) as sending:
        sending.wait_for("progress", _in_the_middle)
        assert sending.terminate() == 1
        assert sending.complaints == "papo: Stopped. The same command goes on from here.\n"
    with house.send(path, slowly=False) as sending:
        assert sending.wait_for("sent")["sha256"] == _hash(path)
        assert sending.wait_for_end() == 0, sending.complaints


def test_many_files_go_in_few_messages_and_are_listed_and_chosen(
    house: House, tmp_path: Path
) -> None:
    paths = [_file(tmp_path, 1000 + number, f"n{number}.bin") for number in range(12)]
    with house.send(*paths, slowly=False) as sending:
        assert sending.wait_for_end() == 0, sending.complaints
        sent = sending.named("sent")
    assert {one["sha256"] for one in sent} == {_hash(path) for path in paths}
    assert {one["seq"] for one in sent} == {1, 2}
    with house.fetch("--list", slowly=False) as fetching:
        assert fetching.wait_for_end() == 0, fetching.complaints
        listed = fetching.named("file")
    assert [one["name"] for one in listed] == [path.name for path in paths]
    assert not (tmp_path / "out").exists()
    for wanted in ("n3.bin", _hash(paths[4])):
        with house.fetch("--file", wanted, slowly=False) as fetching:
            assert fetching.wait_for_end() == 0, fetching.complaints
    assert {one.name for one in (tmp_path / "out").iterdir()} == {"n3.bin", "n4.bin"}
    with house.fetch("--file", "nothing", slowly=False) as fetching:
        assert fetching.wait_for_end() == 1
        assert fetching.complaints == "papo: There is no file “nothing” in this room.\n"


def test_file_that_is_none_is_refused_before_anything_is_sent(house: House, tmp_path: Path) -> None:
    with house.send(_file(tmp_path, 10), tmp_path / "missing") as sending:
        assert sending.wait_for_end() == 1
        assert sending.events == []
        assert sending.complaints.startswith(f"papo: {tmp_path / 'missing'}: ")
        assert sending.complaints.count("\n") == 1


def test_full_disk_of_the_receiver_is_said_and_later_gone_on_from(
    house: House, tmp_path: Path
) -> None:
    path = _file(tmp_path, 2 * MIB + MIB // 2)
    with house.send(path, slowly=False) as sending:
        assert sending.wait_for_end() == 0, sending.complaints
    house.slow.weather = Weather(delay=1.0, longest=0.1)
    try:
        with small_disk(tmp_path) as disk:
            out = disk.data / "out"
            with house.fetch(out=out) as fetching:
                fetching.wait_for("progress", lambda event: event["done"] > MIB // 2)
                disk.fill(fetching.pid)
                assert fetching.wait_for("failed")["code"] == "no-space-here"
                assert fetching.wait_for_end() == 1
            (part,) = out.iterdir()
            assert 0 < part.stat().st_size < path.stat().st_size
            disk.free(0)
            with house.fetch(out=out) as fetching:
                saved = fetching.wait_for("saved")
                assert fetching.wait_for_end() == 0, fetching.complaints
            assert _hash(Path(saved["path"])) == _hash(path)
    except Unavailable as missing:
        pytest.skip(str(missing))


# --- another program, by a member's token -------------------------------------------------------


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_curl_sends_and_fetches_as_the_readme_says(house: House, tmp_path: Path) -> None:
    address = f"127.0.0.1:{house.port}"
    command = ("join", address, "--nick", "ana", "--headless", "--json", "--accept-new")
    path = _file(tmp_path, 5 * MIB)
    with Papo(*command, data=tmp_path / "ana") as ana:
        ana.wait_for("joined")
        ana.say('{"token": true}')
        told = ana.wait_for("token")

        def curl(pin: str, *arguments: str) -> subprocess.CompletedProcess[str]:
            header = ("-H", f"Authorization: Bearer {told['token']}")
            pinned = ("--insecure", "--pinnedpubkey", pin)
            line = ["curl", "-sS", "--noproxy", "*", "--fail", *pinned, *header, *arguments]
            return subprocess.run(line, capture_output=True, text=True, check=False, timeout=60)

        where = f"{told['url']}{os.urandom(16).hex()}?name=harvest.bin"
        wrong = "sha256//" + "A" * 43 + "="
        assert curl(wrong, "-T", str(path), where).returncode == 90
        assert curl(told["pin"], "-T", str(path), where).returncode == 0
        for script, want in _readme_scripts():
            environment = {
                **os.environ, "PIN": told["pin"], "TOKEN": told["token"], "URL": told["url"],
                "SHA256": _hash(path), "ID": os.urandom(16).hex(), "no_proxy": "*",
            }  # fmt: skip
            done = subprocess.run(
                ["bash", "-eo", "pipefail", "-c", script],
                env=environment, cwd=tmp_path, capture_output=True, text=True, check=False,
            )  # fmt: skip
            assert done.returncode == 0, done.stderr
            assert want in done.stdout
        assert _hash(tmp_path / "fetched.bin") == _hash(path)


_BEGIN = """
SIZE=$(($(wc -c < harvest.bin)))
head -c 1000000 harvest.bin |
    papo_curl -T - -H "Content-Range: bytes 0-999999/$SIZE" "$URL$ID?name=harvest.bin"
"""


def _readme_scripts() -> list[tuple[str, str]]:
    """Return the pieces of the README's script, each with what it says."""
    text = (ROOT / "README.md").read_text("utf-8")
    script = text[text.index("papo_curl() {") :].split("```")[0]
    setup, send, rest, fetch = script.split("\n# ")
    # What is no comment any more without its sign.
    send, rest, fetch = (piece.partition("\n")[2] for piece in (send, rest, fetch))
    return [
        (f"{setup}\n{send}", '"size":'),
        (f"{setup}\n{_BEGIN}{rest}", '"size":'),
        (f"{setup}\nhead -c 1000 harvest.bin > fetched.bin\n{fetch}", ""),
    ]
