"""Opens a room to be hosted: its log, its key, its files, its door.

Apart from the lobby, which loads this with the first room that is hosted: whoever joins needs none of
it, and the window is there first.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from app.net.host import Host
from app.plain_words import plain_words
from app.room.files.store import FileStore
from app.room.log import Log
from app.room.room import Room
from app.room.settings import RoomSettings
from app.security.certificate import load_or_create_room_key
from app.security.password import PasswordRefused, kept_password_key, password_problem

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PyQt6.QtCore import QObject

    from app.host_options import HostOptions
    from app.support.clock import Clock
    from app.support.folder import DataFolder


def open_host(
    options: HostOptions,
    data: DataFolder,
    clock: Clock,
    put_aside: Callable[[Path], None],
    parent: QObject,
) -> Host:
    """Open the room of that name that `data` keeps, or begin one there; `parent` owns the host.

    Tells `put_aside` of each damaged file that was put aside and replaced. Raises PasswordRefused,
    PortTaken, BadBindAddress, LogInUse, or OSError for the folder.
    """
    problem = password_problem(options.password) if options.password else None
    if problem is not None:
        raise PasswordRefused(problem)
    now = datetime.fromtimestamp(clock.now(), UTC)
    folder = data.room(options.name)
    log = Log.open(folder / "log.db", keeps=options.history.name != "none")
    try:
        key = load_or_create_room_key(folder / "room.pem", now)
        store = FileStore(folder / "files", log.value)
    except OSError:
        log.value.close()
        raise
    for aside in (key.set_aside, log.set_aside):
        if aside is not None:
            put_aside(aside)
    _set_quotas(store, options)
    settings = RoomSettings(
        name=options.name, history=options.history, max_members=options.max_members
    )
    room = Room(settings, log.value, store)
    if options.browser_guests is not None:
        settings.browser_guests = options.browser_guests
    if options.text_guests is not None:
        settings.text_guests = options.text_guests
    if (options.browser_guests, options.text_guests) != (None, None):
        room.moderation.note_rules()
    host = Host(
        room,
        key.value,
        clock,
        unlimited=options.unlimited,
        wording=plain_words,
        parent=parent,
    )
    try:
        if log.set_aside is not None:
            room.entrance.set_key(kept_password_key(host.password_file))
        if options.password or options.no_password:
            host.set_password(options.password)
            # At once: after a crash, too, the room is not open to those it was closed to.
            log.value.commit()
        host.open(options.bind, options.port)
    except Exception:
        log.value.close()
        host.deleteLater()
        raise
    return host


def _set_quotas(store: FileStore, options: HostOptions) -> None:
    given = {"file": options.max_file, "room": options.max_files, "keep_free": options.keep_free}
    chosen = {field: size for field, size in given.items() if size is not None}
    if chosen:
        store.set_quotas(replace(store.quotas, **chosen))
