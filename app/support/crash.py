"""What happens when our own code fails: it is noted, and the program goes on.

PyQt aborts the process on an exception in a slot unless `sys.excepthook` is set, so this is installed
before anything else.
"""

from __future__ import annotations

import faulthandler
import logging
import sys
from types import TracebackType

log = logging.getLogger("papo.crash")


def install() -> None:
    """Note every exception that nobody caught, and every crash below Python."""
    if sys.stderr is not None and hasattr(sys.stderr, "fileno"):
        try:
            faulthandler.enable()
        except (OSError, ValueError):  # a windowed program may have no usable stderr
            log.debug("no stderr to write crashes to")
    sys.excepthook = _note


def _note(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    log.critical("unhandled exception", exc_info=(kind, error, trace))
