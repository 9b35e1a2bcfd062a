"""Where Papo's own files are: icons, translations, the guest page."""

from __future__ import annotations

from pathlib import Path

_APP = Path(__file__).resolve().parent.parent


def resource(*parts: str) -> Path:
    """Return the path of a file that comes with Papo.

    A checkout has `resources/` beside `app/`; an installed wheel has it inside.
    """
    beside = _APP.parent / "resources"
    root = beside if beside.is_dir() else _APP / "resources"
    return root.joinpath(*parts)
