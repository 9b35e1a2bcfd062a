"""What a request says is read strictly, and what is answered cannot be taken for more headers."""

from __future__ import annotations

import base64
from email.message import EmailMessage
from email.policy import HTTP

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.net.http.requests import Headers, What, digest_of, disposition, target_of, token_of
from app.protocol.file_names import clean_file_name

HASH = "ab" * 32
TOKEN = bytes(range(32))


@pytest.mark.parametrize(
    ("raw", "what", "name"),
    [
        (f"/files/{HASH}", What.FILE, ""),
        (f"/files/{HASH.upper()}?name=b%C3%A9.png", What.FILE, "bé.png"),
        (f"/files/{HASH[:32]}?name=a+b&x=1", What.UPLOAD, "a b"),
        (f"/files/{HASH}/", What.NOTHING, ""),
        (f"/files/../files/{HASH}", What.NOTHING, ""),
        (f"//evil/files/{HASH}", What.NOTHING, ""),
        (f"https://evil/files/{HASH}", What.NOTHING, ""),
        ("/files/" + "g" * 64, What.NOTHING, ""),
        ("/files/" + "a" * 63, What.NOTHING, ""),
        ("*", What.NOTHING, ""),
        ("/", What.NOTHING, ""),
        ("//[", What.NOTHING, ""),
    ],
)
def test_target_is_a_file_an_upload_or_nothing(raw: str, what: What, name: str) -> None:
    target = target_of(raw.encode())
    assert (target.what, target.name) == (what, name)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_target(raw: bytes) -> None:
    assert target_of(raw).what is What.NOTHING


def _headers(**values: str) -> Headers:
    return Headers((k.replace("_", "-").encode(), v.encode()) for k, v in values.items())


def test_token_is_read_from_its_header_and_from_nowhere_else() -> None:
    text = base64.urlsafe_b64encode(TOKEN).decode().rstrip("=")
    assert token_of(_headers(authorization=f"Bearer {text}")) == TOKEN
    assert token_of(_headers(authorization=f"bearer  {text}=")) == TOKEN
    for bad in (
        "",
        text,
        f"Basic {text}",
        f"Bearer {text[:-1]}",
        f"Bearer {text}x",
        "Bearer +" + text[1:],
    ):
        assert token_of(_headers(authorization=bad)) is None
    assert token_of(_headers(cookie=f"token={text}")) is None


def test_announced_hash_is_read_among_others() -> None:
    text = base64.b64encode(TOKEN).decode()
    assert digest_of(_headers(repr_digest=f"sha-256=:{text}:")) == TOKEN
    assert digest_of(_headers(repr_digest=f"sha-512=:AAAA:, sha-256=:{text}:")) == TOKEN
    for bad in ("", f"sha-256={text}", f"xsha-256=:{text}:", "sha-256=:AAAA:"):
        assert digest_of(_headers(repr_digest=bad)) == b""


@given(st.text(max_size=300).map(clean_file_name))
def test_name_to_save_under_is_read_back_by_another_reader(name: str) -> None:
    header = disposition(name)
    assert header.isascii()
    assert header.isprintable()
    message = EmailMessage(policy=HTTP)
    message["Content-Disposition"] = (
        header.partition(" filename=")[0] + " " + header.split("; ")[-1]
    )
    assert message["Content-Disposition"].params["filename"] == name


def test_names_old_form_ends_where_it_should() -> None:
    assert disposition('a"b\\c%d é.txt').startswith(
        "attachment; filename=\"a_b_c_d _.txt\"; filename*=UTF-8''"
    )
