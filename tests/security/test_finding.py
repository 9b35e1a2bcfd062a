"""What people paste is understood: an address or an invite in any sentence, or a reason why not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.protocol.limits import DEFAULT_PORT
from app.security.finding import MAX_PASTED, find_target
from app.security.invite import Address, InvalidTarget, Invite, TargetProblem
from tests.security.test_invite import FP, LINK, addresses, room_names

INVITE = Invite((Address("192.168.1.20", 9090), Address("10.0.0.4", 9090)), bytes(range(32)), "")


@pytest.mark.parametrize(
    ("text", "host", "port"),
    [
        ("join me at 192.168.0.12:9090 ok?", "192.168.0.12", 9090),
        ("192.168.0.12.", "192.168.0.12", DEFAULT_PORT),
        ("(192.168.0.12:4000)", "192.168.0.12", 4000),
        ("It is 192.168.0.12:4000.", "192.168.0.12", 4000),
        ("192.168.0.12 : 4000", "192.168.0.12", 4000),
        ("entra aí: 192.168.0.12\nporta 9091", "192.168.0.12", 9091),
        ("192.168.0.12, porta: 9091!", "192.168.0.12", 9091),
        ("IP 192.168.0.12 on port 9091", "192.168.0.12", 9091),
        ("192.168.0.12 9091", "192.168.0.12", 9091),
        ("ana-pc porta 9091", "ana-pc", 9091),
        ("ana-pc.local, port 9091", "ana-pc.local", 9091),
        ("come to Ana-PC.local please", "ana-pc.local", DEFAULT_PORT),
        ("it is ana-pc:9091, I think", "ana-pc", 9091),
        ("１９２．１６８．０．１２：９０９１", "192.168.0.12", 9091),
        ("我的地址是 192.168.0.12：9091。", "192.168.0.12", 9091),
        ("\u2068192.168.0.12:9091\u2069", "192.168.0.12", 9091),
        ("*192.168.0.12:9091*", "192.168.0.12", 9091),
        ("http://192.168.0.12:9091/", "192.168.0.12", 9091),
        ("open https://192.168.0.12:9091/guest?x=1#y.", "192.168.0.12", 9091),
        ("http://ana-pc.local", "ana-pc.local", DEFAULT_PORT),
        ("http://[fe80::1%25eth0]:9091/", "fe80::1%eth0", 9091),
        ("use [2001:db8::1]:4000, not mine", "2001:db8::1", 4000),
        ("use [fe80::1%eth0]:4000.", "fe80::1%eth0", 4000),
        ("use fe80::1%eth0 then", "fe80::1%eth0", DEFAULT_PORT),
        ("try 2001:db8::1.", "2001:db8::1", DEFAULT_PORT),
        ("127.0.0.1:9090 here, 192.168.0.12:9090 for you", "192.168.0.12", 9090),
        ("1.2.3.4:80 or 10.0.0.3:9090", "10.0.0.3", 9090),
        ("my 10.0.0.3, better 192.168.0.12:9092", "192.168.0.12", 9092),
        ("[12:31, 22/11/2026] Ana: 192.168.0.12:9092", "192.168.0.12", 9092),
        ("http://example.org/192.168.9.9 no, 192.168.0.12", "192.168.0.12", DEFAULT_PORT),
        ("192.168.0.12:9091 (porta 9091)", "192.168.0.12", 9091),
        ("papo join ana-pc", "ana-pc", DEFAULT_PORT),
        ("Papo join ana:9091 --nick Ana", "ana", 9091),
        ("$ papo join 192.168.0.12:9091", "192.168.0.12", 9091),
        ("python main.py join [fe80::1%eth0]:9091", "fe80::1%eth0", 9091),
        ("papo:192.168.0.12:9091", "192.168.0.12", 9091),
        ("Papo: ana-pc.local", "ana-pc.local", DEFAULT_PORT),
        ("a sala está no ana-pc, porta 9091.", "ana-pc", 9091),
        ("lab2 (port 9091)", "lab2", 9091),
        ("192. 168. 0. 12", "192.168.0.12", DEFAULT_PORT),
        ("é 192,168,0,12 porta 9091", "192.168.0.12", 9091),
        ("192. 168. 0. 12:9091", "192.168.0.12", 9091),
        ("fe80::1%wlan0.", "fe80::1%wlan0", DEFAULT_PORT),
        ("Ana-pc.local", "ana-pc.local", DEFAULT_PORT),
        (";a::", "a::", DEFAULT_PORT),
    ],
)
def test_address_is_found_in_what_was_pasted(text: str, host: str, port: int) -> None:
    assert find_target(text) == Address(host, port)


@pytest.mark.parametrize(
    "text",
    [
        f"Come! {LINK} See you.",
        f"Come: <{LINK}>",
        f"[here]({LINK})",
        f'"{LINK}".',
        f"Come ({LINK}), all of you",
        LINK.replace("&fp", "\n&fp"),
        f"Come:\n{LINK.replace('&fp', chr(10) + '&fp')}\nBring cake",
        "> " + LINK.replace("&fp", "\n> &fp"),
        LINK[:60] + "\r\n" + LINK[60:],
        f"192.168.9.9:9090 or {LINK}",
        LINK.replace("papo", "Papo"),
    ],
)
def test_invite_is_found_in_what_was_pasted(text: str) -> None:
    found = find_target(text)
    assert isinstance(found, Invite)
    assert found.fingerprint == INVITE.fingerprint
    assert found.addresses[0] == INVITE.addresses[0]


def test_whole_invite_is_taken_where_another_is_broken() -> None:
    found = find_target(f"papo://10.1.1.1/?fp={FP[:-3]} no, {LINK}")
    assert isinstance(found, Invite)
    assert found.addresses[0].host == "192.168.1.20"


def test_broken_invite_is_never_a_bare_address() -> None:
    # It was to vouch for the host; an address alone would not, and nobody would notice.
    with pytest.raises(InvalidTarget) as caught:
        find_target(f"papo://192.168.1.20:9090/?fp={FP[:-3]} or type 192.168.1.20:9090")
    assert caught.value.code is TargetProblem.BAD_INVITE


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", TargetProblem.EMPTY),
        ("\u200e \u2068\u2069", TargetProblem.EMPTY),
        ("see you at ten", TargetProblem.NO_ADDRESS),
        ("port 9090", TargetProblem.NO_ADDRESS),
        ("version 1.2.3 of 2026-11-22 at 10:30", TargetProblem.NO_ADDRESS),
        ("write to ana@example.org", TargetProblem.NO_ADDRESS),
        ("https://example.org/page", TargetProblem.NOT_PAPO_LINK),
        ("look at https://example.org/page", TargetProblem.NOT_PAPO_LINK),
        ("http://ana:secret@192.168.0.12:9090/", TargetProblem.NOT_PAPO_LINK),
        ("at 192.168.0.12:99999 ok", TargetProblem.BAD_PORT),
        ("256.1.1.1", TargetProblem.BAD_HOST),
    ],
)
def test_text_without_an_address_is_refused_with_the_reason(
    text: str, problem: TargetProblem
) -> None:
    with pytest.raises(InvalidTarget) as caught:
        find_target(text)
    assert caught.value.code is problem


_words = st.text(alphabet="abcdefghij çãé!?,;()\n“”*", max_size=40)
_ends = st.sampled_from(["", ".", ",", "!", ")", "…", " ok?", "\n"])


@given(_words, addresses, _ends, _words)
def test_formatted_address_is_found_in_any_sentence(
    before: str, address: Address, end: str, after: str
) -> None:
    assert find_target(f"{before} {address}{end} {after}") == address


@given(_words, st.lists(addresses, min_size=1, max_size=4, unique=True), room_names, _ends, _words)
def test_link_is_found_in_any_sentence(
    before: str, several: list[Address], room: str, end: str, after: str
) -> None:
    invite = Invite(tuple(several), bytes(range(32)), room)
    assert find_target(f"{before} {invite.link()}{end} {after}") == invite


@given(
    st.one_of(
        st.text(),
        st.text().map(lambda text: "papo://" + text),
        st.text(alphabet="[]:%.@/?#0123456789abcdefx。ß\u0660 \n：porta"),
        st.lists(
            st.sampled_from(["192.168.0.12", ":", "9090", " ", "http://", "papo://", "[", "::1",
                             "]", "%", ".local", "porta", "\n", FP, "?fp=", "1.", "a:", "@"])
        ).map("".join),
    )
)  # fmt: skip
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        target = find_target(text)
    except InvalidTarget:
        return
    again = target.link() if isinstance(target, Invite) else str(target)
    assert find_target(again) == target


@pytest.mark.parametrize(
    "piece", ["1.", "a:", "[::", "papo://", "http://", "1:2:", "port ", "\n> papo://x", ">"]
)
def test_long_text_takes_no_long_time(piece: str) -> None:
    with pytest.raises(InvalidTarget):
        find_target(piece * (MAX_PASTED // len(piece) + 1))
