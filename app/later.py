"""What the window can do without until somebody hosts, joins or opens the settings.

It is loaded right after the window is there, so that neither the window nor that click waits for it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from app.ui.warming import Step

BETWEEN: Final = 40
"""Milliseconds from one step to the next: all is loaded in a second or two, before most click."""

_MODULES: Final = (
    # What looks for rooms, which is shown first. The last two come with the library, unused.
    "ifaddr",
    "asyncio",
    "zeroconf",
    "app.net.discovery.discovery",
    # Parts of the room's page, each with what it needs beyond those before it.
    "app.ui.chat.composer.composer",
    "app.ui.chat.header.header",
    "app.ui.chat.header.page_popovers",
    "app.ui.chat.people.roster_panel",
    "app.ui.chat.timeline.model",
    "app.ui.chat.timeline.layout",
    "app.ui.chat.timeline.delegate",
    "app.ui.chat.timeline.view",
    "app.ui.chat.timeline.panel",
    "app.ui.chat.composer.composing",
    "app.ui.chat.export.exporting",
    "app.ui.chat.entrance.trust_page",
    "app.ui.chat.people.moderation_panel",
    "app.ui.chat.files_panel.panel",
    "app.ui.chat.attaching.attaching",
    "app.ui.chat.chat_page",
    # Parts of the host.
    "app.room.log",
    "app.room.files.room_files",
    "app.room.room",
    "app.security.certificate",
    "h11",
    "app.net.transfers.engine",
    "app.net.http.server",
    "app.hosting",
    "app.ui.settings.settings_page",
)

LATER: Final[tuple[Step, ...]] = tuple((import_module, name) for name in _MODULES)
