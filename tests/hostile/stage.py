"""The program that the tests run and watch: every window, fed with every hostile string.

    python -m tests.hostile.stage [--whole] [--plant KIND] [--most N]

What a host may say travels through the codec on its way, so that only what can come from a peer does.
At the end one JSON object tells what was noticed from within. `--plant` does one thing that is
forbidden: a watch that does not notice it is worth nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import traceback
from pathlib import Path
from typing import Any

from PyQt6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QTimer, QUrl, pyqtSlot
from PyQt6.QtGui import QDesktopServices
from PyQt6.QtNetwork import QNetworkAccessManager, QNetworkRequest
from PyQt6.QtWidgets import QApplication, QLabel, QTextBrowser

from app.support.settings import SettingsFile
from app.ui.main_window import MainWindow
from app.ui.texts import set_language
from app.ui.theme.theme import Theme
from tests.helpers.clock import ManualClock
from tests.helpers.corpus import Bait, markup, naughty_strings, own_strings
from tests.hostile.feeding import Feeding
from tests.hostile.looking import hover, look_at_everything

_HEARD: list[str] = []
_LISTENING = [False]
_FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "webbrowser.")
_SCHEMES = ("http", "https", "file", "ftp", "smb", "mailto", "papo", "data", "qrc", "javascript")
_PART = 5
_LOOK_EVERY = 40
"""Markup is always looked at; of everything else, which cannot load anything, one in so many."""
_MARKUP_EVERYWHERE = 9
"""One in so many comes to the places that take long to set up, too: dialogs, panels, first contact."""


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    if not _LISTENING[0]:
        return
    if event.startswith(_FORBIDDEN) or (event == "open" and "bait-" in str(arguments[0])):
        _HEARD.append(f"{event} {arguments!r}"[:300])


class UrlCatcher(QObject):
    """Catches what would be opened by another program."""

    def __init__(self) -> None:
        super().__init__()
        self.caught: list[str] = []
        for scheme in _SCHEMES:
            QDesktopServices.setUrlHandler(scheme, self, "catch")

    @pyqtSlot(QUrl)
    def catch(self, url: QUrl) -> None:
        """Note the URL, and open nothing."""
        self.caught.append(url.toString())


def main() -> None:
    """Feed, look, and tell."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--plant", choices=sorted(_PLANTS))
    parser.add_argument("--most", type=int, default=100_000)
    parser.add_argument("--whole", action="store_true")
    options = parser.parse_args()
    bait = Bait(Path(os.environ["BAIT_FILE"]), os.environ["BAIT_SERVER"])
    sys.addaudithook(_audit)
    app = QApplication(["stage"])
    set_language("en")
    faults: list[str] = []
    errors: list[str] = []
    sys.excepthook = lambda _kind, error, _trace: errors.append(repr(error))
    with tempfile.TemporaryDirectory() as folder:
        theme = Theme(app)
        theme.apply()
        clock = ManualClock()
        window = MainWindow(theme, SettingsFile(Path(folder) / "settings.json"), clock)
        catcher = UrlCatcher()
        feeding = Feeding(window, theme, clock)
        window.resize(1100, 760)
        window.show()
        _LISTENING[0] = True
        dangerous = set(markup(bait))
        # All of our own; of the Big List a part, unless all of it is asked for.
        big_list = naughty_strings()[:: 1 if options.whole else _PART]
        texts = list(dict.fromkeys([*own_strings(bait), *big_list]))[: options.most]
        for number, text in enumerate(texts):
            is_markup = text in dangerous
            looked_at = is_markup or number % _LOOK_EVERY == 0
            closely = number % (_MARKUP_EVERYWHERE if is_markup else _LOOK_EVERY) == 0
            for _ in feeding.feed(text, closely=closely):
                if looked_at:
                    window.grab()
                    hover()
                    faults += look_at_everything()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        if options.plant is not None:
            _PLANTS[options.plant](bait)
        # What Qt would fetch, it fetches in a later turn.
        loop = QEventLoop()
        QTimer.singleShot(200, loop.quit)
        loop.exec()
        _LISTENING[0] = False
    told = {
        "fed": len(texts),
        "audit": _HEARD,
        "urls": catcher.caught,
        "faults": sorted(set(faults)),
        "errors": sorted(set(errors)),
    }
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()
    # The windows are not taken apart one by one: the process ends.
    os._exit(0)


# --- what is forbidden, done on purpose -----------------------------------------------------------

_KEPT: list[object] = []


def _plant_label(bait: Bait) -> None:
    label = QLabel(f'<img src="{bait.file}">')
    label.show()
    label.grab()
    _KEPT.append(label)


def _plant_tooltip(bait: Bait) -> None:
    label = QLabel("hover")
    label.setToolTip(f'<img src="{bait.file.as_uri()}">')
    label.show()
    _KEPT.append(label)
    hover()


def _plant_browser(bait: Bait) -> None:
    browser = QTextBrowser()
    browser.setHtml(f'<img src="{bait.file.name}">')
    browser.show()
    browser.grab()
    _KEPT.append(browser)


def _plant_open(bait: Bait) -> None:
    bait.file.read_bytes()


def _plant_request(bait: Bait) -> None:
    manager = QNetworkAccessManager()
    _KEPT.extend((manager, manager.get(QNetworkRequest(QUrl(f"http://{bait.server}/x")))))


def _plant_url(bait: Bait) -> None:
    QDesktopServices.openUrl(QUrl(f"http://{bait.server}/x"))


_PLANTS = {
    "label": _plant_label,
    "tooltip": _plant_tooltip,
    "browser": _plant_browser,
    "open": _plant_open,
    "request": _plant_request,
    "url": _plant_url,
}

if __name__ == "__main__":
    try:
        main()
    except BaseException:
        # The hook collects what goes wrong in slots; this is the program itself.
        traceback.print_exc()
        raise
