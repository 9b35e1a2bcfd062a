"""Fixtures for files: a room, its clock, and the look of things."""

from __future__ import annotations

from tests.ui.chat.conftest import clock, room, theme

__all__ = ["clock", "room", "theme"]
