"""What scanners make of the door and of what Papo stands on. Skipped by name where one is missing."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.processes import Papo

PATIENCE = 120.0
"""Seconds that a scanner may take: the slow ones take a few."""


def _scan(program: str, *arguments: str) -> str:
    path = shutil.which(program)
    if path is None:
        pytest.skip(f"{program} is not installed")
    done = subprocess.run(
        [path, *arguments], capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """A host that stays for all scans."""
    folder = tmp_path_factory.mktemp("scanned") / "data"
    with Papo(
        "host", "--room", "Scanned", "--headless", "--port", "0", "--bind", "127.0.0.1", data=folder
    ) as host:
        yield host.wait_for("hosting")["port"]


def test_nmap_finds_tls_1_3_alone(port: int) -> None:
    found = _scan("nmap", "-Pn", "--script", "ssl-enum-ciphers", "-p", str(port), "127.0.0.1")
    assert set(re.findall(r"^\|   (\S+):\s*$", found, re.MULTILINE)) == {"TLSv1.3"}, found
    grades = re.findall(r" - ([A-F])$", found, re.MULTILINE)
    assert grades
    assert set(grades) == {"A"}


def test_sslyze_finds_tls_1_3_alone(port: int, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    versions = ("--sslv2", "--sslv3", "--tlsv1", "--tlsv1_1", "--tlsv1_2", "--tlsv1_3")
    holes = ("--compression", "--heartbleed", "--openssl_ccs", "--robot")
    output = _scan("sslyze", *versions, *holes, f"--json_out={report}", f"127.0.0.1:{port}")
    (server,) = json.loads(report.read_text("utf-8"))["server_scan_results"]
    found = server["scan_result"]
    assert found is not None, output
    accepted = {
        name: {
            one["cipher_suite"]["name"] for one in found[name]["result"]["accepted_cipher_suites"]
        }
        for name in found
        if name.endswith("cipher_suites")
    }
    assert len(accepted) == len(versions)
    newest = accepted.pop("tls_1_3_cipher_suites")
    assert newest
    assert all(name.startswith("TLS_") for name in newest)
    assert not any(accepted.values()), accepted
    assert not found["tls_compression"]["result"]["supports_compression"]
    assert not found["heartbleed"]["result"]["is_vulnerable_to_heartbleed"]


def test_no_dependency_has_a_known_hole() -> None:
    if importlib.util.find_spec("pip_audit") is None:
        pytest.skip("pip-audit is not installed")
    done = subprocess.run(
        [sys.executable, "-m", "pip_audit", "--skip-editable", "--format", "json", "--desc", "off"],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    start = done.stdout.find("{")
    if start < 0:
        pytest.skip(f"the advisories cannot be reached: {done.stderr.strip()[-200:]}")
    audited = [one for one in json.loads(done.stdout[start:])["dependencies"] if "vulns" in one]
    if not audited:
        pytest.skip("the advisories cannot be reached: nothing could be looked up")
    holes = {one["name"]: one["vulns"] for one in audited if one["vulns"]}
    assert not holes
