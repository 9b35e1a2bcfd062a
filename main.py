"""Start Papo from a checkout: the same as the installed `papo`."""

import sys

from app.cli import main

if __name__ == "__main__":
    sys.exit(main())
