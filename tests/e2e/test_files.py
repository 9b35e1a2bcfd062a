"""Files by a real host and the real curl: sent, fetched, cut off, gone on with, refused."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from app.protocol import messages as m
from app.protocol.attachments import unpack
from tests.helpers.blocking_member import BlockingMember, tls
from tests.helpers.processes import Papo

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed"),
]

MIB = 1024 * 1024
ID = "00112233445566778899aabbccddeeff"


def _host(data: Path, *, port: int = 0) -> Papo:
    arguments = ("host", "--room", "Lab", "--headless", "--no-discovery", "--port", str(port))
    return Papo(*arguments, "--no-flood-limit", data=data)


class Curl:
    """curl with a member's token, against one host."""

    def __init__(self, port: int, token: str, *options: str) -> None:
        self.base = f"https://127.0.0.1:{port}/files/"
        self._options = ("--insecure", *options)
        self.token = token

    def command(self, what: str, *arguments: str) -> list[str]:
        header = ["-H", f"Authorization: Bearer {self.token}"]
        url = self.base + what
        return ["curl", "-sS", "--noproxy", "*", *self._options, *header, *arguments, url]

    def run(self, what: str, *arguments: str) -> tuple[int, bytes, bytes]:
        """Return the HTTP status, what was answered, and what curl complained of."""
        done = subprocess.run(
            [*self.command(what, *arguments), "-w", "\n%{http_code}"],
            capture_output=True,
            check=False,
            timeout=60,
        )
        body, _, status = done.stdout.rpartition(b"\n")
        return int(status), body, done.stderr


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Papo]:
    with _host(tmp_path / "host") as process:
        yield process


@pytest.fixture
def port(host: Papo) -> int:
    return int(host.wait_for("hosting")["port"])


def _file(folder: Path, size: int, name: str = "sent.bin") -> tuple[Path, str]:
    path = folder / name
    path.write_bytes(os.urandom(size))
    return path, hashlib.sha256(path.read_bytes()).hexdigest()


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_curl_sends_a_file_and_another_member_fetches_it(
    host: Papo, port: int, tmp_path: Path
) -> None:
    path, digest = _file(tmp_path, 5 * MIB)
    with BlockingMember(port, "ana") as ana, BlockingMember(port, "tom") as tom:
        curl = Curl(port, ana.token())
        status, body, _ = curl.run(f"{ID}?name=fotos%20%C3%A9.bin", "-T", str(path))
        assert (status, json.loads(body)) == (201, {"hash": digest, "size": 5 * MIB})
        toms = Curl(port, tom.token())
        assert toms.run(digest)[0] == 404
        assert isinstance(ana.say("here", m.Attach(hash=bytes.fromhex(digest))), m.Acked)
        (said,) = tom.wait_for(m.Live).said
        (ref,) = unpack(said.text).files
        assert (ref.name, ref.size) == ("fotos é.bin", 5 * MIB)
        folder = tmp_path / "fetched"
        folder.mkdir()
        status, _, _ = toms.run(digest, "--output-dir", str(folder), "-OJ")
        assert status == 200
        (fetched,) = folder.iterdir()
        assert _hash(fetched) == digest
    said_event = host.wait_for("said")
    assert said_event["files"][0]["sha256"] == digest


def test_files_of_the_room_are_listed_and_found_until_their_message_goes(
    port: int, tmp_path: Path
) -> None:
    with BlockingMember(port, "ana") as ana, BlockingMember(port, "tom") as tom:
        for number, name in enumerate(("Ação.png", "Minutes.pdf")):
            path, digest = _file(tmp_path, 1000, name)
            upload = f"{number:032x}?name={quote(name)}"
            assert Curl(port, ana.token()).run(upload, "-T", str(path))[0] == 201
            acked = ana.say("", m.Attach(hash=bytes.fromhex(digest)))
        assert isinstance(acked, m.Acked)
        assert _listed(tom) == ["Minutes.pdf", "Ação.png"]
        assert _listed(tom, "ana acao") == ["Ação.png"]
        ana.send(m.Delete(cid=bytes(16), seq=acked.seq))
        ana.wait_for(m.Acked)
        assert _listed(tom) == ["Ação.png"]


def _listed(member: BlockingMember, query: str = "") -> list[str]:
    member.send(m.ListFiles(query=query))
    return [ref.name for line in member.wait_for(m.Files).lines for ref in line.files]


def test_curl_pins_the_rooms_certificate(port: int, tmp_path: Path) -> None:
    with BlockingMember(port, "ana") as ana:
        pem = ssl.DER_cert_to_PEM_cert(ana.certificate)
        (tmp_path / "room.crt").write_text(pem)
        key = subprocess.run(
            ["openssl", "x509", "-pubkey", "-noout"],
            input=pem.encode(),
            capture_output=True,
            check=True,
        ).stdout
        der = subprocess.run(
            ["openssl", "pkey", "-pubin", "-outform", "DER"],
            input=key,
            capture_output=True,
            check=True,
        ).stdout
        pin = base64.b64encode(hashlib.sha256(der).digest()).decode()
        curl = Curl(port, ana.token(), "--pinnedpubkey", f"sha256//{pin}")
        assert curl.run("0" * 64)[0] == 404
        wrong = base64.b64encode(bytes(32)).decode()
        curl = Curl(port, ana.token(), "--pinnedpubkey", f"sha256//{wrong}")
        assert curl.run("0" * 64)[0] == 0


def test_cut_download_goes_on_with_curl(port: int, tmp_path: Path) -> None:
    path, digest = _file(tmp_path, 20 * MIB)
    with BlockingMember(port, "ana") as ana:
        curl = Curl(port, ana.token())
        curl.run(ID, "-T", str(path))
        out = tmp_path / "out"
        # As much as came before the line broke.
        out.write_bytes(path.read_bytes()[: 7 * MIB + 13])
        status, _, _ = curl.run(digest, "-C", "-", "-o", str(out))
        assert status == 206
        assert _hash(out) == digest
        assert curl.run(digest, "-r", "5-9")[1] == path.read_bytes()[5:10]
        assert curl.run(digest, "-r", f"{20 * MIB}-")[0] == 416


def _upload_offset(curl: Curl) -> int:
    _, headers, _ = curl.run(ID, "-I")
    values = dict(line.split(": ", 1) for line in headers.decode().splitlines() if ": " in line)
    return int(values.get("Upload-Offset", -1))


def _await_offset(curl: Curl, at_least: int) -> None:
    until = time.monotonic() + 20
    while _upload_offset(curl) < at_least:
        assert time.monotonic() < until


def _begin_slowly(curl: Curl, path: Path) -> subprocess.Popen[bytes]:
    """Send a file slowly, and return once some of it is there and that it was begun is noted."""
    sending = subprocess.Popen(
        [*curl.command(ID), "--limit-rate", "6M", "-T", str(path)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    until = time.monotonic() + 20
    # It is noted with the room's next tick, within a second.
    while _upload_offset(curl) < 10 * MIB:
        assert time.monotonic() < until
    return sending


def test_sender_is_killed_and_goes_on(port: int, tmp_path: Path) -> None:
    path, digest = _file(tmp_path, 24 * MIB)
    with BlockingMember(port, "ana") as ana:
        curl = Curl(port, ana.token())
        sending = _begin_slowly(curl, path)
        sending.kill()
        sending.wait()
        _go_on(curl, path, digest)


def test_host_is_killed_and_the_upload_goes_on(tmp_path: Path) -> None:
    path, digest = _file(tmp_path, 24 * MIB)
    with _host(tmp_path / "host") as first:
        port = int(first.wait_for("hosting")["port"])
        with BlockingMember(port, "ana") as ana:
            sending = _begin_slowly(Curl(port, ana.token()), path)
            first.kill()
            sending.wait()
    with _host(tmp_path / "host") as second:
        again = int(second.wait_for("hosting")["port"])
        with BlockingMember(again, "ana") as back:
            _go_on(Curl(again, back.token()), path, digest)


def _go_on(curl: Curl, path: Path, digest: str) -> None:
    offset = _upload_offset(curl)
    assert 5 * MIB <= offset < 24 * MIB
    status, body, complaint = curl.run(ID, "-C", str(offset), "-T", str(path))
    if status == 409:
        # It went on a little after it was asked.
        status, body, complaint = curl.run(ID, "-C", str(_upload_offset(curl)), "-T", str(path))
    assert status == 201, complaint
    assert json.loads(body)["hash"] == digest
    out = path.with_name("out")
    assert curl.run(digest, "-o", str(out))[0] == 200
    assert _hash(out) == digest


def test_token_ends_with_its_member(port: int) -> None:
    ana = BlockingMember(port, "ana")
    old, new = Curl(port, ana.token()), Curl(port, ana.token())
    assert old.run("0" * 64)[0] == 401
    assert new.run("0" * 64)[0] == 404
    ana.leave()
    until = time.monotonic() + 10
    while new.run("0" * 64)[0] != 401:
        assert time.monotonic() < until
    _, words, _ = new.run("0" * 64)
    assert b"token" in words


def test_transfer_ends_with_its_member(port: int, tmp_path: Path) -> None:
    path, digest = _file(tmp_path, 24 * MIB)
    eve = BlockingMember(port, "eve")
    curl = Curl(port, eve.token())
    assert curl.run(ID, "-T", str(path))[0] == 201
    out = tmp_path / "out"
    fetching = subprocess.Popen(
        [*curl.command(digest), "--limit-rate", "2M", "-o", str(out)], stderr=subprocess.DEVNULL
    )
    until = time.monotonic() + 10
    while not (out.exists() and out.stat().st_size):
        assert time.monotonic() < until
    eve.leave()
    assert fetching.wait(timeout=20) != 0
    assert out.stat().st_size < 24 * MIB


def test_messages_pass_while_ten_members_fetch(port: int, host: Papo, tmp_path: Path) -> None:
    path, digest = _file(tmp_path, 30 * MIB)
    members = [BlockingMember(port, f"member {n}") for n in range(10)]
    talker = BlockingMember(port, "talker")
    assert Curl(port, talker.token()).run(ID, "-T", str(path))[0] == 201
    talker.say("", m.Attach(hash=bytes.fromhex(digest)))
    before = _memory(host.pid)
    fetching = [
        subprocess.Popen(
            [*Curl(port, member.token()).command(digest), "--limit-rate", "10M", "-o", os.devnull]
        )
        for member in members
    ]
    waits = []
    while any(one.poll() is None for one in fetching):
        began = time.monotonic()
        assert isinstance(talker.say("hello"), m.Acked)
        waits.append(time.monotonic() - began)
        time.sleep(0.02)
    assert [one.returncode for one in fetching] == [0] * 10
    assert len(waits) > 20
    # A busy machine is no failure: it is the middle that tells whether messages wait for files.
    assert sorted(waits)[len(waits) // 2] < 0.1
    assert _memory(host.pid) - before < 32 * MIB
    for member in (*members, talker):
        member.leave()


def _memory(pid: int) -> int:
    """Return the most bytes of memory that a process ever had."""
    (line,) = [
        line
        for line in Path(f"/proc/{pid}/status").read_text().splitlines()
        if line.startswith("VmHWM")
    ]
    return int(line.split()[1]) * 1024


def test_strangers_who_speak_no_http_leave_the_room_alone(port: int) -> None:
    for protocols in ([], ["http/1.1"], ["h2", "http/1.1"], ["h2"]):
        context = tls()
        if protocols:
            context.set_alpn_protocols(protocols)
        for said in (
            b"\x00" * 5000,
            b"SSH-2.0-x\r\n\r\n",
            b"a" * 100_000,
            b"GET / HTTP/1.1\r\n\r\n",
        ):
            raw = socket.create_connection(("127.0.0.1", port), timeout=10)
            with context.wrap_socket(raw) as stranger:
                stranger.sendall(said)
                answer = _all(stranger)
            assert answer.startswith(b"HTTP/1.1 4")
    with BlockingMember(port, "ana") as ana:
        assert isinstance(ana.say("still here"), m.Acked)


def _all(stranger: ssl.SSLSocket) -> bytes:
    heard = b""
    try:
        while data := stranger.recv(65536):
            heard += data
    except OSError:
        pass
    return heard
