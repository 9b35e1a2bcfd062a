"""Exports a room: asks what and where to, and tells how it goes."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import QDir, QObject, QStandardPaths, pyqtSlot
from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import QFileDialog, QWidget

from app.session.room_session import RoomSession
from app.session.transcript import Wanted
from app.support.clock import Clock
from app.ui.chat.copy_button import copy
from app.ui.chat.export import panel as export_panel
from app.ui.chat.export.bar import ExportBar
from app.ui.chat.export.html_writer import HtmlWriter
from app.ui.chat.export.job import Export, ExportState
from app.ui.chat.export.naming import suggested_name
from app.ui.chat.export.panel import ExportPanel, Format
from app.ui.chat.export.quotes import Quotes
from app.ui.chat.export.writers import About, JsonWriter, TextWriter, Writer
from app.ui.chat.header.page_popovers import PagePopovers
from app.ui.chat.names import isolated
from app.ui.chat.timeline.room_names import RoomNames
from app.ui.share.saving import DIALOG_STYLE
from app.ui.shortcuts import Command, sequences
from app.ui.texts import locale, tr
from app.ui.theme.theme import Theme


class Exporting(QObject):
    """Owned by the page, as its `bar` is. One export of a room at a time."""

    def __init__(
        self,
        session: RoomSession,
        names: RoomNames,
        popovers: PagePopovers,
        theme: Theme,
        *,
        clock: Clock,
        page: QWidget,
    ) -> None:
        super().__init__(page)
        self._session = session
        self._names = names
        self._popovers = popovers
        self._theme = theme
        self._clock = clock
        self._page = page
        self.bar = ExportBar(theme, page)
        self.dialog: QFileDialog | None = None
        self.export: Export | None = None
        self._chosen: tuple[Format, Wanted] = (Format.HTML, Wanted(from_host=True))
        self._taken: Path | None = None
        self._copied = False
        self._action = QAction(tr("Export transcript…"), page)
        self._action.setShortcuts(sequences(Command.EXPORT))
        self._action.triggered.connect(self.open)
        page.addAction(self._action)
        self.bar.button_clicked.connect(self._on_button)
        self.bar.closed.connect(self._on_bar_closed)

    @pyqtSlot()
    def open(self) -> None:
        """Ask what is to be exported; while one export runs, show how far that is."""
        if self._is_running:
            self._show()
            if self.bar.info is not None:
                self.bar.info.button.setFocus()
            return
        if self.dialog is not None or not self._session.transcripts.is_readable:
            return
        panel = ExportPanel(self._session, self._theme)
        panel.choose(*self._chosen)
        panel.chosen.connect(self._on_chosen)
        self._popovers.open_panel(panel, self._popovers.usual_anchor, export_panel.WIDTH)

    def take_over(self, other: Exporting) -> None:
        """Go on with what another page of the same room was at."""
        self._chosen, self._taken = other._chosen, other._taken
        export = other.export
        if export is not None:
            export.progressed.disconnect(other._on_progressed)
            export.finished.disconnect(other._on_finished)
            other.export = None
            self._follow(export)
        if not other.bar.isHidden():
            self._show()

    # --- asking ---------------------------------------------------------------------------------

    @pyqtSlot(object, object)
    def _on_chosen(self, kind: Format, wanted: Wanted) -> None:
        self._chosen = (kind, wanted)
        self._popovers.close()
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        if not QDir(folder).exists():
            folder = QDir.homePath()
        dialog = QFileDialog(self._page, tr("Export transcript"), folder)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(f"{_name_of(kind)} (*.{kind.value})")
        dialog.setDefaultSuffix(kind.value)
        # Qt's own question is a nested event loop, and shows the name as it comes.
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.setStyleSheet(DIALOG_STYLE)
        room = self._session.info.name
        dialog.selectFile(suggested_name(room, self._clock.now(), kind.value))
        dialog.fileSelected.connect(self._on_place_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.destroyed.connect(self._on_dialog_destroyed)
        self.dialog = dialog
        dialog.open()

    @pyqtSlot()
    def _on_dialog_destroyed(self) -> None:
        self.dialog = None

    @pyqtSlot(str)
    def _on_place_chosen(self, name: str) -> None:
        path = Path(name)
        suffix = f".{self._chosen[0].value}"
        if path.suffix.lower() != suffix:
            path = path.with_name(f"{path.name}{suffix}")
        self._forget_export()
        if path.exists():
            self._taken = path
            self._show()
        else:
            self._begin(path, over=False)

    # --- at work --------------------------------------------------------------------------------

    def _begin(self, path: Path, *, over: bool) -> None:
        self._taken = None
        kind, wanted = self._chosen
        export = Export(self._session, self._writer(kind, wanted), wanted, path, over=over)
        self._follow(export)
        export.start()
        self._show()

    def _writer(self, kind: Format, wanted: Wanted) -> Writer:
        session = self._session
        about = About(
            room=session.info.name,
            topic=session.info.topic,
            fingerprint=session.sharing.fingerprint,
            exported_at=self._clock.now(),
            from_host=wanted.from_host or not session.transcripts.is_older_elsewhere,
            private=wanted.private,
        )
        names = self._names
        quotes = Quotes(session.quoted)
        match kind:
            case Format.TEXT:
                return TextWriter(about, quotes)
            case Format.JSON:
                return JsonWriter(about)
            case _:
                here = session.transfers.previews.here
                return HtmlWriter(
                    about, names.marked, names.is_me, quotes, names.colour_of, preview=here
                )

    def _follow(self, export: Export) -> None:
        self.export = export
        self._copied = False
        export.progressed.connect(self._on_progressed)
        export.finished.connect(self._on_finished)

    def _forget_export(self) -> None:
        export, self.export = self.export, None
        if export is not None:
            export.deleteLater()

    @property
    def _is_running(self) -> bool:
        return self.export is not None and self.export.state is ExportState.RUNNING

    @pyqtSlot()
    def _on_progressed(self) -> None:
        self._show()

    @pyqtSlot()
    def _on_finished(self) -> None:
        if self.export is not None and self.export.state is ExportState.CANCELLED:
            self._forget_export()
            self.bar.hide()
            return
        self._show()

    # --- telling --------------------------------------------------------------------------------

    def _show(self) -> None:
        export = self.export
        if self._taken is not None:
            self.bar.say(
                "warn",
                tr("“{file}” is there already.", file=isolated(self._taken.name)),
                tr("Replace it, or export again under another name."),
                button=tr("Replace"),
            )
        elif export is not None:
            self._show_export(export)

    def _show_export(self, export: Export) -> None:
        match export.state:
            case ExportState.RUNNING:
                self.bar.say(
                    "neutral",
                    tr("Exporting “{file}”…", file=isolated(export.path.name)),
                    tr(
                        "{messages} · {percent} %",
                        messages=tr("%n message(s)", n=export.count),
                        percent=locale().toString(int(export.part * 100)),
                    ),
                    button=tr("Cancel"),
                    part=export.part,
                )
            case ExportState.FAILED:
                self.bar.say("danger", tr("Nothing was exported."), export.problem)
            case _:
                self.bar.say(
                    "info",
                    tr("Saved %n message(s).", n=export.count),
                    isolated(str(export.path)),
                    button=tr("Copied") if self._copied else tr("Copy path"),
                )

    @pyqtSlot()
    def _on_button(self) -> None:
        taken, export = self._taken, self.export
        if taken is not None:
            self._begin(taken, over=True)
        elif export is not None and export.state is ExportState.RUNNING:
            export.cancel()
        elif export is not None:
            copy(str(export.path))
            self._copied = True
            self._show()

    @pyqtSlot()
    def _on_bar_closed(self) -> None:
        self._taken = None
        self._forget_export()


def _name_of(kind: Format) -> str:
    return {
        Format.HTML: tr("Web page"),
        Format.TEXT: tr("Text"),
        Format.JSON: tr("Data"),
    }[kind]
