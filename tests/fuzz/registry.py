"""All targets, by name."""

from __future__ import annotations

from tests.fuzz.engine import Target
from tests.fuzz.targets import (
    brains,
    browser,
    files,
    members,
    network,
    pictures,
    plain,
    requests,
    windows,
)

TARGETS: dict[str, Target] = {
    target.name: target
    for target in (
        *brains.TARGETS,
        *browser.TARGETS,
        *files.TARGETS,
        *members.TARGETS,
        *network.TARGETS,
        *pictures.TARGETS,
        *plain.TARGETS,
        *requests.TARGETS,
        *windows.TARGETS,
    )
}
