"""Start Papo from a checkout: the same as the installed `papo`."""

import sys

from app.pictures.command import is_worker

if __name__ == "__main__":
    if is_worker(sys.argv[1:]):
        from app.pictures.worker import run

        sys.exit(run())
    from app.cli import run_process

    run_process()
