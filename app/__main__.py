"""`python -m app`: the same as `papo`."""

import sys

from app.cli import main

sys.exit(main())
