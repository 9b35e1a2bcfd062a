"""Whether a message means its reader, for what counts and announces such messages."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from app.protocol.names import NameRefused, nickname_key
from app.ui.formatting.markdown import parse
from app.ui.formatting.mentions import Nicknames, with_mentions

if TYPE_CHECKING:
    from app.session.room_session import RoomSession
    from app.session.timeline import MessageEntry


def mentions_me(session: RoomSession, entry: MessageEntry) -> bool:
    """Tell whether a message of somebody else mentions or answers oneself, or is for oneself alone."""
    if entry.mine or entry.deleted or entry.unopened:
        return False
    if entry.private_with:
        return True
    if entry.reply_to and is_mine(session, entry.reply_to):
        return True
    if "@" not in entry.text:
        return False
    # A longer nickname that begins alike is somebody else: "@Ana Maria" does not mean Ana.
    mine = session.nickname.casefold()
    longer = (one.nick for one in session.roster if one.nick.casefold().startswith(mine))
    return _names(entry.text, session.nickname, tuple(longer))


def is_mine(session: RoomSession, seq: int) -> bool:
    """Tell whether the message of that number is one's own, as far as it is here."""
    found = session.quoted(seq)
    return found is not None and found.mine


# The rail and the notifications ask about the same messages.
@lru_cache(maxsize=64)
def _names(text: str, nickname: str, longer: tuple[str, ...]) -> bool:
    me = _key(nickname)
    marked = with_mentions(parse(text), Nicknames([nickname, *longer]))
    return any(
        bool(span.mention) and _key(span.mention) == me
        for leaf in marked.leaves()
        for span in getattr(leaf, "spans", ())
    )


def _key(nick: str) -> str:
    try:
        return nickname_key(nick)
    except NameRefused:
        return ""
