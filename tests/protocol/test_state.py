"""The state table has a rule for every message, in the right half, and a way out of every phase."""

from __future__ import annotations

import pytest

from app.protocol import messages as m
from app.protocol.state import FROM_HOST, FROM_MEMBER, Phase, phase_after
from app.protocol.web import FROM_BROWSER
from tests.helpers import messages as made


def test_every_message_of_a_member_has_a_rule_and_no_other_has() -> None:
    assert set(FROM_MEMBER) == set(made.FROM_MEMBER)


def test_every_message_of_a_host_has_a_rule_and_no_other_has() -> None:
    assert set(FROM_HOST) == set(made.FROM_HOST)


def test_every_type_of_message_travels_one_way_or_both() -> None:
    assert set(FROM_MEMBER) | set(FROM_HOST) | set(FROM_BROWSER) == set(m.Message.__subclasses__())
    assert set(FROM_MEMBER) & set(FROM_HOST) == {m.Ping, m.Pong, m.Closed}


def test_nothing_travels_once_closed() -> None:
    for rule in (*FROM_MEMBER.values(), *FROM_HOST.values()):
        assert Phase.CLOSED not in rule.phases


def test_every_rule_allows_something() -> None:
    assert all(rule.phases for rule in (*FROM_MEMBER.values(), *FROM_HOST.values()))


@pytest.mark.parametrize("phase", [phase for phase in Phase if phase is not Phase.CLOSED])
def test_either_side_may_say_its_last_word_in_every_open_phase(phase: Phase) -> None:
    for table in (FROM_MEMBER, FROM_HOST):
        rule = table[m.Closed]
        assert phase in rule.phases
        assert phase_after(rule, m.Closed(code="x"), phase, password=True) is Phase.CLOSED


@pytest.mark.parametrize("password", [False, True])
def test_only_the_handshake_moves_a_link_on(password: bool) -> None:
    moves = {
        (kind, phase, after)
        for table in (FROM_MEMBER, FROM_HOST)
        for kind, rule in table.items()
        for phase in rule.phases
        if (after := phase_after(rule, made.least(kind), phase, password=password))
        not in {phase, Phase.CLOSED}
    }
    assert moves == {
        (m.ClientHello, Phase.HELLO, Phase.ANSWER),
        (m.HostHello, Phase.ANSWER, Phase.PROOF),
        (m.Prove, Phase.PROOF, Phase.PASSWORD if password else Phase.JOIN),
        (m.Trusted, Phase.PASSWORD, Phase.JOIN),
        (m.Challenge, Phase.PASSWORD, Phase.RESPONSE),
        (m.Response, Phase.RESPONSE, Phase.CONFIRMING),
        (m.Confirmed, Phase.CONFIRMING, Phase.JOIN),
        (m.Join, Phase.JOIN, Phase.JOINING),
        (m.Joined, Phase.JOINING, Phase.JOINED),
        (m.Rejected, Phase.JOINING, Phase.JOIN),
    }


def test_no_stranger_is_told_anything_of_the_room() -> None:
    before = {phase for phase in Phase if phase is not Phase.JOINED}
    told = {kind for kind, rule in FROM_HOST.items() if rule.phases & before}
    handshake = {m.HostHello, m.Trusted, m.Challenge, m.Confirmed, m.Joined}
    assert told == handshake | {m.Rejected, m.Ping, m.Pong, m.Closed}


def test_nickname_travels_only_after_the_proof() -> None:
    assert FROM_MEMBER[m.Join].phases == {Phase.JOIN}
