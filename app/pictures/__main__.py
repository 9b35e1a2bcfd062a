"""`python -m app.pictures`: the worker's process. See `command.py` for how it is started."""

import sys

from app.pictures.worker import run

sys.exit(run())
