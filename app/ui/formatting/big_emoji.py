"""Tell whether a message is nothing but a few emoji, to show them big."""

from __future__ import annotations

import re
from typing import Final

MOST_BIG: Final = 3
"""Emoji that are shown big; more of them are a text."""

_MOST_CHARACTERS: Final = 64

# UTS #51: shown as emoji by themselves, within the first plane; beyond it, all that is or will be one.
_BY_ITSELF: Final = (
    "\u231a\u231b\u23e9-\u23ec\u23f0\u23f3\u25fd\u25fe\u2614\u2615\u2648-\u2653\u267f\u2693\u26a1"
    "\u26aa\u26ab\u26bd\u26be\u26c4\u26c5\u26ce\u26d4\u26ea\u26f2\u26f3\u26f5\u26fa\u26fd\u2705"
    "\u270a\u270b\u2728\u274c\u274e\u2753-\u2755\u2757\u2795-\u2797\u27b0\u27bf\u2b1b\u2b1c\u2b50"
    "\u2b55\U0001f004\U0001f0cf\U0001f18e\U0001f191-\U0001f19a\U0001f201\U0001f21a\U0001f22f"
    "\U0001f232-\U0001f236\U0001f238-\U0001f23a\U0001f250\U0001f251\U0001f300-\U0001f64f"
    "\U0001f680-\U0001f6ff\U0001f7e0-\U0001f7f0\U0001f900-\U0001faff"
)
# Shown as text unless U+FE0F, a skin tone or a joiner follows; keyboards of old send these bare.
_BARE: Final = "\u2639\u263a\u2764\u261d\u270c\u270d"
_ASKED_FOR: Final = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u2199\u21a9\u21aa\u2300-\u27bf\u2934\u2935\u2b05-\u2b07"
    "\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
_TONE: Final = "[\U0001f3fb-\U0001f3ff]"
_ONE: Final = f"(?:[{_ASKED_FOR}](?:\ufe0f{_TONE}?|{_TONE})|[{_BY_ITSELF}{_BARE}])"
_JOINABLE: Final = f"(?:{_ONE}|[{_ASKED_FOR}])"
_FLAG: Final = "[\U0001f1e6-\U0001f1ff]{2}"
_TAGGED: Final = "\U0001f3f4[\U000e0061-\U000e007a\U000e0030-\U000e0039]{3,6}\U000e007f"
_KEYCAP: Final = "[0-9#*]\ufe0f?\u20e3"
_CLUSTER: Final = re.compile(
    f"{_TAGGED}|{_FLAG}|{_KEYCAP}|{_JOINABLE}(?:\u200d{_JOINABLE}){{1,8}}|{_ONE}"
)


def only_emoji(text: str) -> int:
    """Return how many emoji `text` is, if it is 1 to MOST_BIG of them and spaces; else 0."""
    if len(text) > _MOST_CHARACTERS or text.isascii():
        return 0
    count = 0
    for word in text.split():
        at = 0
        while at < len(word):
            found = _CLUSTER.match(word, at)
            count += 1
            if found is None or count > MOST_BIG:
                return 0
            at = found.end()
    return count
