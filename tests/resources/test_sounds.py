"""The tone is the one that its script makes, small, and begins and ends in silence."""

from __future__ import annotations

import importlib.util
import struct
import wave
from typing import TYPE_CHECKING

import pytest

from app.support.resources import resource
from app.ui.notifications.sound import TONE, tone_path

if TYPE_CHECKING:
    from types import ModuleType

MOST_BYTES = 40_000


@pytest.fixture(scope="module")
def make() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_tone", resource("sounds", "make.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_tone_is_what_its_script_makes(make: ModuleType) -> None:
    assert resource(*TONE).stat().st_size < MOST_BYTES
    with wave.open(tone_path()) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, make.RATE)
        kept = file.readframes(file.getnframes())
    made = make.tone()
    assert len(made) == len(kept)
    pairs = zip(struct.iter_unpack("<h", made), struct.iter_unpack("<h", kept), strict=True)
    # Another system's sine may round otherwise.
    assert all(abs(a - b) <= 1 for (a,), (b,) in pairs)


def test_tone_is_soft_and_does_not_click(make: ModuleType) -> None:
    samples = [value for (value,) in struct.iter_unpack("<h", make.tone())]
    assert max(map(abs, samples)) < 32_767 // 2
    assert abs(samples[0]) < 200
    assert abs(samples[-1]) < 200
