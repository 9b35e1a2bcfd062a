"""The system's limit on open files, which is a limit on members."""

from __future__ import annotations

import sys

WANTED = 65_536
"""Descriptors: one for each member, and some."""


def raise_limit() -> int:
    """Raise the limit as far as the system allows, and return it; 0 where there is none to raise."""
    if sys.platform == "win32":
        return 0
    import resource  # noqa: PLC0415 - Unix alone has it

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = WANTED if hard == resource.RLIM_INFINITY else min(WANTED, hard)
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return soft
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    except (OSError, ValueError):
        return soft
    return wanted
