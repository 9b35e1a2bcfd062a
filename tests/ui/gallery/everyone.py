"""`python -m tests.ui.gallery.everyone OUT.png`: a picture of one room with every kind of client.

Every part of it is what the real client showed at that moment, each in a process of its own; only
the frames and their captions are drawn here. Needs what the window's tests need, and ImageMagick.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PyQt6.QtCore import QRectF, Qt
from PyQt6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QImage,
    QPainter,
    QPainterPath,
)

from tests.helpers.everyone import Everyone
from tests.helpers.screen import Screen

WINDOW = (760, 560)
BROWSER = (620, 560)
PHONE = (375, 700)
"""In points; it is drawn smaller, as a phone is."""
TERMINAL_WIDTH = 560
GAP = 32
CAPTION = 30
TERMINAL_LINES = 7


def main(path: Path) -> None:
    """Bring everyone in, let them talk, and draw what each of them sees."""
    app = QGuiApplication([])
    with tempfile.TemporaryDirectory() as folder, Everyone(Path(folder)) as everyone:
        for screen, window in _windows(everyone):
            _xdotool(screen, "windowsize", "--sync", window, *map(str, WINDOW))
        everyone.desktop.page.set_viewport_size({"width": BROWSER[0], "height": BROWSER[1]})
        everyone.phone.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        _talk(everyone)
        pictures = _pictures(everyone, Path(folder))
        terminals = _terminals(everyone)
    image = _drawn(pictures, terminals)
    if not image.save(str(path)):
        raise OSError(f"{path} cannot be written")
    app.quit()


def _windows(everyone: Everyone) -> list[tuple[Screen, str]]:
    return [
        (everyone.hosting_screen, everyone.host_window),
        (everyone.joining_screen, everyone.member_window),
    ]


def _talk(everyone: Everyone) -> None:
    def typed(screen: Screen) -> Callable[[str], None]:
        def write(text: str) -> None:
            screen.type(text)
            screen.press("Return")

        return write

    marina, tom = typed(everyone.hosting_screen), typed(everyone.joining_screen)
    script: list[tuple[Callable[[str], None], str]] = [
        (marina, "Good morning! What are you all on?"),
        (tom, "Papo, on my laptop"),
        (everyone.phone.say, "My phone, by the QR code on the wall"),
        (everyone.desktop.say, "A browser on the library's computer"),
        (lambda text: everyone.netcat.type(f"{text}\n"), "netcat, as always"),
        (lambda text: everyone.tutorial.type(f"{text}\n"), "the client that I wrote last week"),
        (lambda text: everyone.sensor.say(json.dumps({"say": text})), "21.5 °C in the lab"),
        (marina, "And all in *one* room. Let's begin!"),
    ]
    for say, text in script:
        say(text)
        assert everyone.sensor.wait_for("said")["text"] == text
    last = everyone.said()[-1]
    everyone.netcat.wait_for(last)
    everyone.tutorial.wait_for(last)
    for guest in (everyone.phone, everyone.desktop):
        guest.message("Let's begin!").wait_for()


def _pictures(everyone: Everyone, folder: Path) -> dict[str, QImage]:
    paths = {name: folder / f"{name}.png" for name in ("host", "member", "desktop", "phone")}
    for name, (screen, window) in zip(("host", "member"), _windows(everyone), strict=True):
        # Away from the rows, which show what can be done where the mouse is.
        _xdotool(screen, "mousemove", "0", "0")
        subprocess.run(
            ["import", "-window", window, str(paths[name])],
            env={**os.environ, "DISPLAY": screen.display},
            check=True,
            timeout=30,
        )
    everyone.desktop.picture(paths["desktop"])
    everyone.phone.picture(paths["phone"])
    return {name: QImage(str(path)) for name, path in paths.items()}


def _terminals(everyone: Everyone) -> dict[str, list[str]]:
    events = [
        {name: event[name] for name in ("event", "seq", "from", "text")}
        for event in everyone.sensor.named("said")
    ]
    return {
        "$ nc 192.168.1.20 9090": everyone.netcat.printed.splitlines(),
        "$ python client.py": [line for line in everyone.tutorial.printed.splitlines() if line],
        "$ papo join 192.168.1.20 --headless": [
            json.dumps(event, ensure_ascii=False) for event in events
        ],
    }


def _drawn(pictures: dict[str, QImage], terminals: dict[str, list[str]]) -> QImage:
    phone_width = PHONE[0] * BROWSER[1] / PHONE[1]
    width = int(4 * GAP + BROWSER[0] + phone_width + TERMINAL_WIDTH)
    height = int(3 * GAP + 2 * CAPTION + WINDOW[1] + BROWSER[1])
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#dfe6e3"))
    painter = QPainter(image)
    painter.setRenderHints(
        QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
    )
    side = (width - 2 * WINDOW[0] - GAP) / 2
    _frame(painter, "Papo hosts", pictures["host"], QRectF(side, GAP + CAPTION, *WINDOW))
    right = side + WINDOW[0] + GAP
    _frame(painter, "Papo joined", pictures["member"], QRectF(right, GAP + CAPTION, *WINDOW))
    top = 2 * (GAP + CAPTION) + WINDOW[1]
    _frame(painter, "A browser", pictures["desktop"], QRectF(GAP, top, *BROWSER))
    left: float = 2 * GAP + BROWSER[0]
    _frame(painter, "A phone", pictures["phone"], QRectF(left, top, phone_width, BROWSER[1]))
    left += phone_width + GAP
    names = ("netcat", "The client of the tutorial", "Papo without a window")
    each = (BROWSER[1] - 2 * (GAP / 2 + CAPTION)) / 3
    for number, (name, (command, lines)) in enumerate(zip(names, terminals.items(), strict=True)):
        place = QRectF(left, top + number * (each + GAP / 2 + CAPTION), TERMINAL_WIDTH, each)
        _terminal(painter, name, [command, *lines[-TERMINAL_LINES:]], place)
    painter.end()
    return image


def _frame(painter: QPainter, caption: str, picture: QImage, place: QRectF) -> None:
    _caption(painter, caption, place)
    painter.save()
    painter.setClipPath(_rounded(place))
    painter.drawImage(place, picture)
    painter.restore()
    painter.setPen(QColor(0, 0, 0, 40))
    painter.drawPath(_rounded(place))


def _terminal(painter: QPainter, caption: str, lines: list[str], place: QRectF) -> None:
    _caption(painter, caption, place)
    painter.fillPath(_rounded(place), QColor("#15191b"))
    font = QFont("DejaVu Sans Mono")
    font.setPixelSize(12)
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    for number, line in enumerate(lines):
        painter.setPen(QColor("#7fd1ae" if number == 0 else "#e4e9e7"))
        shown = metrics.elidedText(line, Qt.TextElideMode.ElideRight, place.width() - 24)
        y = place.top() + 10 + number * 18 + metrics.ascent()
        painter.drawText(int(place.left() + 12), int(y), shown)


def _caption(painter: QPainter, text: str, place: QRectF) -> None:
    font = QFont("Noto Sans")
    font.setPixelSize(15)
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    painter.setPen(QColor("#2c3a35"))
    painter.drawText(int(place.left() + 2), int(place.top() - 10), text)


def _rounded(place: QRectF) -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(place, 12, 12)
    return path


def _xdotool(screen: Screen, *arguments: str) -> None:
    environment = {**os.environ, "DISPLAY": screen.display}
    subprocess.run(["xdotool", *arguments], env=environment, check=True, timeout=30)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
