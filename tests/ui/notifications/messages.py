"""Messages as a room has them, made by hand."""

from __future__ import annotations

from app.session.timeline import MessageEntry
from tests.ui.chat.rooms import device


def entry(
    nick: str = "Ana", text: str = "hello", *, seq: int = 1, private_with: str = ""
) -> MessageEntry:
    return MessageEntry(
        cid=seq.to_bytes(16, "big"),
        seq=seq,
        author=3,
        nick=nick,
        device=device(nick),
        at=seq * 1000,
        text=text,
        mine=False,
        private_with=device(private_with) if private_with else b"",
        private_nick=private_with,
    )
