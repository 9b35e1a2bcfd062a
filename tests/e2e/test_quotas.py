"""How much a room takes in files, by command line: real processes, one after the other."""

from __future__ import annotations

from pathlib import Path

from tests.helpers.processes import Papo

HOST = ("host", "--room", "Lab", "--port", "0", "--headless")


def _send(folder: Path, hosting: dict[str, str], size: int) -> tuple[int, str]:
    """Send a file of that size; return the exit status and why it failed, if it did."""
    path = folder / f"{size}.bin"
    path.write_bytes(bytes(size))
    with Papo("send", str(path), "--to", hosting["invite"], data=folder / "m") as member:
        status = member.wait_for_end()
        return status, next((event["code"] for event in member.named("failed")), "")


def test_what_was_said_once_holds_until_something_else_is_said(tmp_path: Path) -> None:
    data = tmp_path / "h"
    with Papo(*HOST, "--max-file", "1K", "--keep-free", "0", data=data) as host:
        hosting = host.wait_for("hosting")
        assert _send(tmp_path, hosting, 1024) == (0, "")
        assert _send(tmp_path, hosting, 1025) == (1, "file-too-large")
    with Papo(*HOST, data=data) as host:
        assert _send(tmp_path, host.wait_for("hosting"), 1025) == (1, "file-too-large")
    with Papo(*HOST, "--max-file", "0", data=data) as host:
        assert _send(tmp_path, host.wait_for("hosting"), 1) == (1, "no-files")
    with Papo(*HOST, "--max-file", "2k", "--max-files", "3k", data=data) as host:
        hosting = host.wait_for("hosting")
        assert _send(tmp_path, hosting, 1025) == (0, "")
        assert _send(tmp_path, hosting, 2000) == (1, "files-full")
