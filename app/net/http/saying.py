"""How a refusal says what it is about, to programs; and refusals that any request may get."""

from __future__ import annotations

from app.net.http.requests import Answer
from app.protocol.errors import Refusal

PROBLEM = "Papo-Problem"
"""The header that says in a code what the answer says in words: a `FileProblem` or a `Refusal`."""

_NOTHING = "There is nothing here. Files are at /files/ and their SHA-256."

NOTHING_HERE = Answer(404, _NOTHING)
NO_FILES_HERE = Answer(404, _NOTHING, ((PROBLEM, Refusal.NO_FILES.value),))
NO_BODY_HERE = Answer(400, "Nothing is to be sent with this request.")
NOT_ALLOWED = Answer(
    405,
    "Files are fetched with GET, and uploads sent with PUT.",
    (("Allow", "GET, HEAD, PUT, DELETE"),),
)
TOO_MANY_AT_ONCE = Answer(
    429,
    "Too many transfers at once.",
    (("Retry-After", "1"), (PROBLEM, Refusal.TOO_MANY_LINKS.value)),
)

_BEARER = (("WWW-Authenticate", 'Bearer realm="papo"'),)

NO_TOKEN = Answer(401, "A member's token is needed: Authorization: Bearer TOKEN.", _BEARER)
STALE_TOKEN = Answer(
    401, "A member's token is needed, and this is none that holds (any more).", _BEARER
)

_WORDS_MOST = 200


def not_understood(status: int, why: str) -> Answer:
    """Return what is answered to what is no HTTP."""
    words = f"This is no HTTP that is understood here: {why}"
    return Answer(status, words[:_WORDS_MOST])
