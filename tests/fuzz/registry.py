"""All targets, by name."""

from __future__ import annotations

from tests.fuzz.engine import Target
from tests.fuzz.targets import brains, files, members, network, pictures, plain, requests, windows

TARGETS: dict[str, Target] = {
    target.name: target
    for target in (
        *brains.TARGETS,
        *files.TARGETS,
        *members.TARGETS,
        *network.TARGETS,
        *pictures.TARGETS,
        *plain.TARGETS,
        *requests.TARGETS,
        *windows.TARGETS,
    )
}
