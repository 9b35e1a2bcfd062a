"""Which names of this computer a browser may come by."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.net.web.names import host_of, is_same


@pytest.mark.parametrize(
    "header",
    [
        "192.168.1.20:9090", "127.0.0.1", "[::1]:9090", "[fe80::1%25eth0]:9090", "localhost:9090",
        "ana.local", "Ana.LOCAL:9090", "lab.home.arpa", "ana-pc:9090", "ana-pc.lan", "ana.local.",
    ],
)  # fmt: skip
def test_own_names_and_addresses_are_taken(header: str) -> None:
    assert host_of(header, ["Ana-PC"]) is not None


@pytest.mark.parametrize(
    "header",
    [
        None, "", "evil.example:9090", "evil.example", "127.0.0.1.evil.example",
        "localhost.evil.example",
        "ana-pc.evil.example", "other", "a b", "ana.local;x", "ana.local'", "[::1", "1.2.3.4:x", "local",
    ],
)  # fmt: skip
def test_names_that_anybody_can_have_are_not(header: str | None) -> None:
    assert host_of(header, ["ana-pc"]) is None


@given(st.text(max_size=60))
def test_whatever_a_host_is_called_it_is_one_or_none(header: str) -> None:
    found = host_of(header, [])
    assert found is None or not set(found) & set(" ;'\"\r\n")


@pytest.mark.parametrize(
    ("origin", "host", "same"),
    [
        ("http://192.168.1.20:9090", "192.168.1.20:9090", True),
        ("https://192.168.1.20:9090", "192.168.1.20:9090", True),
        ("http://192.168.1.20", "192.168.1.20", True),
        ("https://ana.local", "ana.local:443", True),
        ("http://[::1]:9090", "[::1]:9090", True),
        ("http://ANA.local:9090", "ana.local:9090", True),
        ("http://192.168.1.20:8080", "192.168.1.20:9090", False),
        ("http://192.168.1.20", "192.168.1.20:9090", False),
        ("http://192.168.1.21:9090", "192.168.1.20:9090", False),
        ("http://evil.example", "192.168.1.20:9090", False),
        ("null", "192.168.1.20:9090", False),
        ("", "192.168.1.20:9090", False),
        ("file://", "192.168.1.20:9090", False),
        ("http://192.168.1.20:9090@evil.example", "192.168.1.20:9090", False),
        ("http://x@192.168.1.20:9090", "192.168.1.20:9090", False),
        ("http://192.168.1.20:99999", "192.168.1.20:9090", False),
    ],
)
def test_another_site_is_told_from_the_own_page(origin: str, host: str, same: bool) -> None:
    assert is_same(origin, host) is same


@given(st.text(max_size=60))
def test_any_origin_is_one_or_the_other(origin: str) -> None:
    assert is_same(origin, "ana.local:9090") in {True, False}
