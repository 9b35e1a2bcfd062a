"""The browser guest's half of the protocol: the same messages as JSON, each one WebSocket text.

What a guest may never say (moderation, private messages) is no message here.
"""

from __future__ import annotations

import msgspec

from app.protocol import messages as m
from app.protocol.errors import MalformedMessage
from app.protocol.state import FROM_MEMBER, Phase, Rule

FromBrowser = (
    m.ClientHello
    | m.Identify
    | m.Join
    | m.Rename
    | m.Say
    | m.Delete
    | m.Edit
    | m.React
    | m.Fetch
    | m.Search
    | m.Typing
    | m.SetAway
    | m.SetColour
    | m.AskToken
    | m.ListFiles
    | m.Leave
    | m.Ping
    | m.Pong
    | m.Closed
)
"""What a browser guest may say."""

FROM_BROWSER: dict[type[m.Message], Rule] = {
    kind: rule for kind, rule in FROM_MEMBER.items() if kind in FromBrowser.__args__
} | {m.Identify: Rule(frozenset({Phase.PROOF}), Phase.JOIN)}
"""In which phases it may say it: `Identify` stands in the place of the proof."""

_decoder: msgspec.json.Decoder[FromBrowser] = msgspec.json.Decoder(FromBrowser)


def decode_from_browser(text: str) -> FromBrowser:
    """Read what a browser guest sent; raises MalformedMessage for anything else."""
    try:
        return _decoder.decode(text)
    # Nested far enough, msgspec raises RecursionError; a lone surrogate is a ValueError.
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise MalformedMessage(str(error)) from error
