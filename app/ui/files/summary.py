"""A message with files in a few words: for the list of rooms, notifications and quotes."""

from __future__ import annotations

from collections.abc import Sequence

from app.protocol.attachments import FileRef
from app.ui.files.kind_icons import kind_of_ref
from app.ui.texts import tr

_ISOLATED = "\u2068{}\u2069"
_SHOWN = 48
"""Characters of a name."""


def summary_of(files: Sequence[FileRef], caption: str = "") -> str:
    """Return what came with a message, then its caption: “Picture: the map”, “a.pdf and 2 more”."""
    what = _what(files)
    if not caption.strip():
        return what
    return tr("{files}: {caption}", files=what, caption=caption)


def shortened_name(name: str, longest: int = _SHOWN) -> str:
    """Return a name without its middle where it is longer than that; its end stays."""
    if len(name) <= longest:
        return name
    end = max(8, longest // 3)
    return f"{name[: longest - end - 1]}…{name[-end:]}"


def _what(files: Sequence[FileRef]) -> str:
    if not files:
        return ""
    if all(kind_of_ref(ref).previewed for ref in files):
        return tr("Picture") if len(files) == 1 else tr("%n picture(s)", n=len(files))
    # A name is clean, but may run from right to left.
    name = shortened_name(files[0].name)
    name = name if name.isascii() else _ISOLATED.format(name)
    if len(files) == 1:
        return name
    return tr("{name} and %n more", n=len(files) - 1, name=name)
