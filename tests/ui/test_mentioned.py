"""Whether a message means its reader."""

from __future__ import annotations

import msgspec
import pytest

from app.session.room_session import RoomSession
from app.ui.mentioned import mentions_me
from tests.ui.chat.rooms import Room
