"""All scenes there are."""

from __future__ import annotations

from tests.ui.gallery import file_scenes, scenes

SCENES = scenes.SCENES | file_scenes.FILE_SCENES
