"""Sentences about a password that somebody typed or chooses."""

from __future__ import annotations

from app.security.password import password_problem
from app.ui.sentences import sentence
from app.ui.texts import tr

SHORT = 6
"""Characters under which a password is called easy to guess, whatever they are."""


def wrong_in(text: str) -> str:
    """Return what is wrong with a password, or nothing; an empty one is none, and not wrong."""
    problem = password_problem(text) if text else None
    return "" if problem is None else sentence(problem)


def not_sent() -> str:
    """Return the sentence that says why a password can be typed without worry."""
    return tr("Your password is not sent: both sides prove that they know it.")
