"""All scenes there are."""

from __future__ import annotations

from tests.ui.gallery import check_scenes, file_scenes, scenes

SCENES = scenes.SCENES | file_scenes.FILE_SCENES | check_scenes.CHECK_SCENES
