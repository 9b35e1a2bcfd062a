"""The files of a message in a transcript: what they are, and the small pictures that are here.

The files themselves are not in it, and nothing is fetched for it.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Sequence

from app.pictures.formats import Format, format_of
from app.protocol.attachments import FileRef
from app.protocol.limits import MAX_THUMBNAIL
from app.ui.chat.export.html_text import text_html
from app.ui.chat.names import one_line
from app.ui.files.kind_icons import kind_of_ref, name_of
from app.ui.files.sizes import human_size
from app.ui.texts import tr

MOST_PICTURES = 16 * 1024 * 1024
"""Bytes of small pictures in one page: some 800, which a browser still opens at once."""

_SHOWN = {Format.JPEG, Format.PNG}
"""What a host makes a thumbnail as."""

Preview = Callable[[FileRef], bytes | None]
"""Gives the small picture of a file where it is here, without looking for it anywhere else."""


def no_preview(_ref: FileRef) -> None:
    """Return no picture of any file."""


class FilesHtml:
    """Writes the files of one page, and counts what its pictures take."""

    def __init__(self, preview: Preview) -> None:
        self._preview = preview
        self._left = MOST_PICTURES
        self._any = False

    def pieces(self, files: Sequence[FileRef]) -> Iterator[str]:
        """Yield the files of a message, one by one; nothing where there are none."""
        if not files:
            return
        self._any = True
        yield '<div class="files">'
        for ref in files:
            kind = text_html(name_of(kind_of_ref(ref).icon))
            yield (
                f'<div class="file">{self._picture(ref)}'
                f'<bdi class="name">{text_html(one_line(ref.name))}</bdi> '
                f'<span class="size">{kind} · {text_html(human_size(ref.size))}</span></div>'
            )
        yield "</div>"

    def told(self) -> str:
        """Return what a reader is to know of the files, in HTML; empty where there were none."""
        if not self._any:
            return ""
        words = tr(
            "The files are not in this page, only the small pictures that were on the computer,"
            " {size} of them at most.",
            size=human_size(MOST_PICTURES),
        )
        return f"<p>{text_html(words)}</p>"

    def _picture(self, ref: FileRef) -> str:
        """Return the small picture as an element that holds it, if it is one and there is room."""
        data = self._preview(ref) if kind_of_ref(ref).previewed else None
        if not data or len(data) > MAX_THUMBNAIL:
            return ""
        picture = format_of(data)
        encoded = base64.b64encode(data).decode()
        if picture not in _SHOWN or len(encoded) > self._left:
            return ""
        self._left -= len(encoded)
        alt = text_html(one_line(ref.name))
        return f'<img alt="{alt}" src="data:{picture.media};base64,{encoded}">'
