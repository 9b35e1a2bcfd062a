"""Printing the poster on one page; without a printer, into a PDF."""

from __future__ import annotations

from PyQt6.QtCore import QObject, QRectF, pyqtSignal, pyqtSlot
from PyQt6.QtGui import QPainter
from PyQt6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PyQt6.QtWidgets import QWidget

from app.ui.share.poster import Poster, paint_page


class PosterPrinter(QObject):
    """Asks for a printer and prints there.

    Signals:
        failed(): the printer took nothing.
    """

    failed = pyqtSignal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._poster: Poster | None = None
        self.printer: QPrinter | None = None
        self.dialog: QPrintDialog | None = None

    def ask(self, poster: Poster) -> None:
        """Let the person choose a printer, or a PDF file."""
        self._poster = poster
        self.printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        self.printer.setDocName("Papo")
        dialog = QPrintDialog(self.printer, self._window)
        option = QAbstractPrintDialog.PrintDialogOption
        for needless in (option.PrintPageRange, option.PrintSelection, option.PrintCollateCopies):
            dialog.setOption(needless, False)
        dialog.finished.connect(self._on_finished)
        self.dialog = dialog
        dialog.open()

    def print_on(self, printer: QPrinter) -> bool:
        """Print now; False if the printer, or the file, cannot be written to."""
        painter = QPainter()
        if self._poster is None or not painter.begin(printer):
            return False
        area = printer.pageLayout().paintRectPixels(printer.resolution())
        paint_page(painter, QRectF(0, 0, area.width(), area.height()), self._poster)
        return painter.end() and printer.printerState() is not QPrinter.PrinterState.Error

    @pyqtSlot(int)
    def _on_finished(self, result: int) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            dialog.deleteLater()
        accepted = result == QPrintDialog.DialogCode.Accepted.value
        if accepted and self.printer is not None and not self.print_on(self.printer):
            self.failed.emit()
