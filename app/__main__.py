"""`python -m app`: the same as `papo`."""

from app.cli import run_process

run_process()
