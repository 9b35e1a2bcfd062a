"""What `app/protocol/README.md` says of files over HTTP is what a host answers."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.net.http.saying import PROBLEM
from app.net.http.sending import refusal
from app.protocol.errors import Refusal
from app.room.files.problems import FileProblem, FileRefused
from tests.helpers.http_place import Client, Place
from tests.protocol.test_protocol_readme import blocks, section, tables

TOKEN = base64.urlsafe_b64encode(bytes(range(32))).decode().rstrip("=")


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    place = Place(tmp_path)
    yield place
    place.close()


def _parts(block: str) -> tuple[str, dict[str, str], bytes]:
    """Return first line, headers by their names in small letters, and body of a block."""
    head, _, body = block.partition("\n\n")
    first, *lines = head.splitlines()
    headers = dict(line.split(": ", 1) for line in lines)
    return first, {name.lower(): value for name, value in headers.items()}, body.encode()


def test_example_is_answered_as_it_says(place: Place) -> None:
    told = blocks("http")
    asked = [name for name in told if not name.endswith("-answer")]
    assert asked == ["part", "how-far", "rest", "fetch"]
    client = Client(place)
    for name in asked:
        first, headers, body = _parts(told[name])
        assert headers["authorization"] == f"Bearer {TOKEN}"
        # The only thing in the example that is up to chance.
        headers["authorization"] = f"Bearer {place.token}"
        sent = body[: int(headers.get("content-length", "0"))]
        assert sent.rstrip() == body.rstrip()
        lines = [first, *(f"{key}: {value}" for key, value in headers.items()), "", ""]
        client.say("\r\n".join(lines).encode() + sent)
        place.run()
        status, found, answered = client.heard(first.split(" ")[0])
        expected, shown, content = _parts(told[f"{name}-answer"])
        assert status == int(expected.split(" ")[1])
        assert {key: found.get(key) for key in shown} == shown
        if content:
            assert answered == content


def test_every_refusal_of_a_file_is_explained() -> None:
    (rows,) = tables(section("What is refused"))
    told = {(int(row[0]), row[1]) for row in rows}
    for problem in FileProblem:
        answer = refusal(FileRefused(problem))
        assert (answer.status, problem.value) in told
    problems = {problem for _, problem in told} - {""}
    assert problems <= {*FileProblem, *Refusal}
    assert PROBLEM in section("What is refused")
