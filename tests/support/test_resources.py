"""Papo's own files are found."""

from __future__ import annotations

from app.support.resources import resource


def test_a_checkout_finds_its_resources_beside_the_package() -> None:
    logo = resource("icons", "papo.svg")
    assert logo.is_file()
    assert logo.parent.parent.name == "resources"
