"""`python -m tests.ui.gallery OUT`: pictures of every scene, light and dark, in both languages.

    --scheme light dark   --language en pt_BR   --width 1180 800 420   --only NAME …

The scale is Qt's: `QT_SCALE_FACTOR=2 python -m tests.ui.gallery OUT`.
"""

from __future__ import annotations

import argparse
import os
import sys
from itertools import product
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PyQt6.QtWidgets import QApplication, QMenu

from app.ui.texts import LANGUAGES, set_language
from app.ui.theme.theme import Scheme, Theme
from tests.ui.gallery.every import SCENES
from tests.ui.gallery.scenes import Stage, turn


def main() -> None:
    """Make the pictures that were asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.ui.gallery", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--scheme", nargs="+", default=["light", "dark"])
    parser.add_argument("--language", nargs="+", default=sorted(LANGUAGES))
    parser.add_argument("--width", nargs="+", type=int, default=[1180, 420])
    parser.add_argument("--only", nargs="+", default=list(SCENES), metavar="NAME")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    for scheme, language in product(options.scheme, options.language):
        set_language(language)
        theme = Theme(app)
        theme.set_scheme(Scheme(scheme))
        theme.apply()
        stage = Stage(app, theme)
        for width, name in product(options.width, options.only):
            stage.window.resize(width, 760)
            turn()
            shown = SCENES[name](stage)
            turn()
            path = options.out / f"{name}-{scheme}-{language}-{width}.png"
            if not isinstance(shown, QMenu) or width == options.width[0]:
                shown.grab().save(str(path))
            stage.tidy()
        stage.window.close()
    sys.stdout.write(f"{options.out}\n")


if __name__ == "__main__":
    main()
