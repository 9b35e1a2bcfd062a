"""`HostOptions`: how a room is to be hosted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.room.history import EVERYTHING, History

if TYPE_CHECKING:
    import argparse
    from collections.abc import Container


@dataclass(frozen=True)
class HostOptions:
    """How to host. `name` is clean already; an empty `nickname` hosts without a window's member.

    A room that is hosted again keeps its password, unless `password` names another, or `no_password`
    takes it away. It also keeps how much it takes in bytes, unless that is said anew: the largest
    file (0: none at all), all files together, and what is left free of the disk.
    """

    name: str
    nickname: str = ""
    port: int = 9090
    bind: str = ""
    history: History = EVERYTHING
    max_members: int = 500
    unlimited: bool = False
    password: str = field(default="", repr=False)
    no_password: bool = False
    max_file: int | None = None
    max_files: int | None = None
    keep_free: int | None = None
    browser_guests: bool | None = None
    """Whether guests by browser are let in; None: as the room has it."""
    text_guests: bool | None = None
    """The same by plain text."""
    discovery: bool = False
    """Whether others nearby see the room."""


def asked_for(
    options: argparse.Namespace, *, name: str, nickname: str, unlisted: Container[str]
) -> HostOptions:
    """Return what the command line asks for; `unlisted` are the rooms that others nearby do not see."""
    return HostOptions(
        name=name,
        nickname=nickname,
        port=options.port,
        bind=options.bind or "",
        history=options.history,
        max_members=options.max_members,
        unlimited=options.no_flood_limit,
        password=options.password or "",
        no_password=options.password == "",
        max_file=options.max_file,
        max_files=options.max_files,
        keep_free=options.keep_free,
        browser_guests=options.guests,
        text_guests=options.plain,
        discovery=not options.no_discovery and name not in unlisted,
    )
