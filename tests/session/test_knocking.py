"""At the door of a room: what a person does about its password."""

from __future__ import annotations

import pytest

from app.security.password import PasswordProblem
from tests.helpers.transport import let_in, session_with_transport

PASSWORD = "uma senha só nossa"  # noqa: S105 - of a test

REFUSED = [
    ("x" * 129, PasswordProblem.TOO_LONG),
    ("x" * 100_000, PasswordProblem.TOO_LONG),
    ("a\tb", PasswordProblem.NOT_ALLOWED),
]


def test_password_is_handed_on_as_it_was_typed() -> None:
    session, transport = session_with_transport()
    assert session.give_password(PASSWORD) is None
    assert session.set_room_password(PASSWORD) is None
    assert session.set_room_password("") is None
    given = [f"give_password {PASSWORD}", f"set_room_password {PASSWORD}", "set_room_password "]
    assert transport.events == given


@pytest.mark.parametrize(("text", "problem"), [("", PasswordProblem.EMPTY), *REFUSED])
def test_what_cannot_be_a_password_is_said_and_goes_nowhere(
    text: str, problem: PasswordProblem
) -> None:
    session, transport = session_with_transport()
    assert session.give_password(text) == problem
    assert transport.events == []


@pytest.mark.parametrize(("text", "problem"), REFUSED)
def test_nor_can_a_room_have_it(text: str, problem: PasswordProblem) -> None:
    session, transport = session_with_transport()
    assert session.set_room_password(text) == problem
    assert transport.events == []


def test_that_a_room_asks_is_known_before_and_after_joining() -> None:
    session, _ = session_with_transport()
    changes: list[bool] = []
    session.info_changed.connect(lambda: changes.append(session.info.has_password))
    session.set_has_password(True)
    session.set_has_password(True)
    assert changes == [True]
    let_in(session)
    assert session.info.has_password
