"""The program's notes about itself. No message's text is ever noted."""

from __future__ import annotations

import logging
import logging.handlers
from pathlib import Path

MAX_BYTES = 1024 * 1024
KEPT = 3
"""Older files kept beside the current one."""


def start_logging(path: Path | None) -> None:
    """Note warnings on stderr, and everything from INFO on in `path`, which rotates.

    A `path` that cannot be written is left out: no note is worth not starting.
    """
    # A full disk takes no notes either; a traceback about it would help nobody.
    logging.raiseExceptions = False
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    console = logging.StreamHandler()
    console.setLevel(logging.WARNING)
    console.setFormatter(logging.Formatter("papo: %(message)s"))
    root.addHandler(console)
    if path is None:
        return
    try:
        file = logging.handlers.RotatingFileHandler(
            path, maxBytes=MAX_BYTES, backupCount=KEPT, encoding="utf-8", delay=True
        )
    except OSError as error:
        root.warning("the log file cannot be written: %s", error)
        return
    file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root.addHandler(file)
