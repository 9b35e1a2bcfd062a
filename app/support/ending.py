"""The end of the process."""

from __future__ import annotations

import contextlib
import logging
import os
import sys
from typing import NoReturn


def end_process(status: int) -> NoReturn:
    """Leave with `status` at once; rooms are closed and everything is saved by then.

    The interpreter's own end is passed over: PyQt's handler for it walks the table of all wrappers
    while the destructors that it calls take entries out of that table, and crashes now and then
    (`cleanup_on_exit` in PyQt6.QtCore, `sip_api_visit_wrappers` in sip; one closing in thirty of a
    window with a question over it, PyQt6 6.11).
    """
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        # There is none in a program without a console, and nobody may be reading.
        if stream is not None:
            with contextlib.suppress(OSError, ValueError):
                stream.flush()
    os._exit(status)
