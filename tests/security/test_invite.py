"""What people type and paste is read, or refused with the reason; links come back as they went."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.protocol.limits import DEFAULT_PORT
from app.security.invite import Address, InvalidTarget, Invite, TargetProblem, parse_target

FINGERPRINT = bytes(range(32))
FP = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
LINK = f"papo://192.168.1.20:9090/?room=Hack+Night&fp={FP}&also=10.0.0.4:9090"

hosts = st.one_of(
    st.ip_addresses(v=4).map(str),
    st.ip_addresses(v=6).map(str),
    st.ip_addresses(v=6, network="fe80::/10").map(lambda ip: f"{ip}%eth0"),
    st.from_regex(r"[a-z][a-z0-9_]{0,61}[a-z0-9]\.(lan|local|example\.org)", fullmatch=True),
    st.just("xn--mnchen-3ya.example"),
)
addresses = st.builds(Address, hosts, st.integers(1, 65_535))
room_names = st.one_of(st.just(""), st.from_regex(r"[A-Za-z&=?#%+/é☕👍🏽]{1,30}", fullmatch=True))


def problem_of(text: str) -> TargetProblem:
    with pytest.raises(InvalidTarget) as caught:
        parse_target(text)
    return caught.value.code


@pytest.mark.parametrize(
    ("text", "host", "port"),
    [
        ("192.168.1.20", "192.168.1.20", DEFAULT_PORT),
        ("192.168.1.20:4000", "192.168.1.20", 4000),
        ("  \t192.168.1.20:4000\r\n", "192.168.1.20", 4000),
        ("localhost", "localhost", DEFAULT_PORT),
        ("Ana-PC.local:9091", "ana-pc.local", 9091),
        ("LAB_3", "lab_3", DEFAULT_PORT),
        ("host.example.", "host.example", DEFAULT_PORT),
        ("::1", "::1", DEFAULT_PORT),
        ("2001:DB8:0:0::1", "2001:db8::1", DEFAULT_PORT),
        ("[2001:db8::1]", "2001:db8::1", DEFAULT_PORT),
        ("[2001:db8::1]:4000", "2001:db8::1", 4000),
        ("fe80::1%eth0", "fe80::1%eth0", DEFAULT_PORT),
        ("[fe80::1%eth0]:4000", "fe80::1%eth0", 4000),
        ("München.example:4000", "xn--mnchen-3ya.example", 4000),
        ("日本.example", "xn--wgv71a.example", DEFAULT_PORT),
        ("１９２.168.1.20", "192.168.1.20", DEFAULT_PORT),
    ],
)
def test_typed_address_is_read(text: str, host: str, port: int) -> None:
    assert parse_target(text) == Address(host, port)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", TargetProblem.EMPTY),
        (" \n ", TargetProblem.EMPTY),
        ("host:", TargetProblem.BAD_PORT),
        ("host:0", TargetProblem.BAD_PORT),
        ("host:65536", TargetProblem.BAD_PORT),
        ("host:-1", TargetProblem.BAD_PORT),
        ("host:９０９０", TargetProblem.BAD_PORT),
        ("host:" + "9" * 1000, TargetProblem.BAD_PORT),
        ("[::1]:", TargetProblem.BAD_PORT),
        ("host:9090/", TargetProblem.BAD_PORT),
        (":9090", TargetProblem.BAD_HOST),
        ("9090", TargetProblem.BAD_HOST),
        ("256.1.1.1", TargetProblem.BAD_HOST),
        ("192.168.1", TargetProblem.BAD_HOST),
        ("192.168.001.020", TargetProblem.BAD_HOST),
        ("0x7f.1", TargetProblem.BAD_HOST),
        ("two words", TargetProblem.BAD_HOST),
        ("two\nlines", TargetProblem.BAD_HOST),
        ("ana@host", TargetProblem.BAD_HOST),
        ("-host", TargetProblem.BAD_HOST),
        ("a..b", TargetProblem.BAD_HOST),
        ("ü..b", TargetProblem.BAD_HOST),
        (".", TargetProblem.BAD_HOST),
        ("a" * 64, TargetProblem.BAD_HOST),
        ("ü" * 64, TargetProblem.BAD_HOST),
        (".".join(["abc"] * 70), TargetProblem.BAD_HOST),
        ("a" * 3000, TargetProblem.BAD_HOST),
        ("[::1", TargetProblem.BAD_HOST),
        ("[::1]9090", TargetProblem.BAD_HOST),
        ("[host]:9090", TargetProblem.BAD_HOST),
        ("::1::", TargetProblem.BAD_HOST),
        ("fe80::1%", TargetProblem.BAD_HOST),
        ("fe80::1%a b", TargetProblem.BAD_HOST),
        ("http://192.168.1.20:9090/", TargetProblem.NOT_PAPO_LINK),
        ("https://example.org/" + "a" * 3000, TargetProblem.NOT_PAPO_LINK),
        ("PAPO2://host", TargetProblem.NOT_PAPO_LINK),
        ("://", TargetProblem.NOT_PAPO_LINK),
    ],
)
def test_wrong_address_is_refused_with_the_reason(text: str, problem: TargetProblem) -> None:
    assert problem_of(text) is problem


def test_link_has_the_documented_form() -> None:
    room = (Address("192.168.1.20", 9090), Address("10.0.0.4", 9090))
    assert Invite(room, FINGERPRINT, "Hack Night").link() == LINK


def test_link_is_read() -> None:
    room = (Address("192.168.1.20", 9090), Address("10.0.0.4", 9090))
    assert parse_target(f"  {LINK}\n") == Invite(room, FINGERPRINT, "Hack Night")
    assert parse_target(LINK.replace("papo:", "PAPO:")) == parse_target(LINK)


def test_link_without_port_room_and_slash_is_read() -> None:
    expected = Invite((Address("host.local", DEFAULT_PORT),), FINGERPRINT, "")
    assert parse_target(f"papo://host.local?fp={FP}") == expected


def test_link_that_a_mailer_wrapped_is_read() -> None:
    assert parse_target(LINK.replace("&fp", "\r\n&fp")) == parse_target(LINK)


def test_link_with_an_ipv6_zone_escapes_its_per_cent_sign() -> None:
    invite = Invite((Address("fe80::1%eth0", 9090),), FINGERPRINT, "")
    assert invite.link().startswith("papo://[fe80::1%25eth0]:9090/?")
    assert parse_target(invite.link()) == invite


def test_unknown_fields_of_a_newer_link_are_ignored() -> None:
    assert parse_target(LINK + "&color=blue") == parse_target(LINK)


def test_unreadable_further_addresses_are_left_out() -> None:
    assert parse_target(LINK + "&also=not+a+host&also=host:0") == parse_target(LINK)


def test_repeated_addresses_are_one() -> None:
    assert parse_target(LINK + "&also=192.168.1.20:9090") == parse_target(LINK)


@pytest.mark.parametrize(
    "link",
    [
        "papo://",
        "papo://192.168.1.20:9090",
        "papo://192.168.1.20:9090/?fp=",
        f"papo://192.168.1.20:9090/?fp={FP[:-1]}",
        f"papo://192.168.1.20:9090/?fp={FP}A",
        f"papo://192.168.1.20:9090/?fp={FP}=",
        f"papo://192.168.1.20:9090/?fp={FP[:-1]}9",
        f"papo://192.168.1.20:9090/?fp={FP[:-1]}%2B",
        f"papo://192.168.1.20:9090/?fp={FP}&fp={FP}",
        f"papo://192.168.1.20:9090/room?fp={FP}",
        f"papo://192.168.1.20:9090/#?fp={FP}",
        f"papo://[::1/?fp={FP}",
        f"papo://host/?fp={FP}" + "&a=b" * 40,
        LINK + "&a=" + "b" * 2048,
    ],
)
def test_link_without_a_whole_fingerprint_is_a_bad_invite(link: str) -> None:
    assert problem_of(link) is TargetProblem.BAD_INVITE


def test_link_with_a_wrong_address_says_so() -> None:
    assert problem_of(f"papo://:9090/?fp={FP}") is TargetProblem.BAD_HOST
    assert problem_of(f"papo://ana@host/?fp={FP}") is TargetProblem.BAD_HOST
    assert problem_of(f"papo://host:99999/?fp={FP}") is TargetProblem.BAD_PORT


@pytest.mark.parametrize("room", ["%E2%80%AEevil", "a%0Ab", "%00", "x" * 65, ""])
def test_room_name_that_is_not_allowed_is_no_hint(room: str) -> None:
    target = parse_target(LINK.replace("Hack+Night", room))
    assert isinstance(target, Invite)
    assert not target.room


def test_room_name_in_a_link_is_cleaned() -> None:
    target = parse_target(LINK.replace("Hack+Night", "++Hack++Night+"))
    assert isinstance(target, Invite)
    assert target.room == "Hack Night"


def test_link_names_eight_further_addresses_at_most() -> None:
    many = tuple(Address(f"10.0.0.{number}", 9090) for number in range(1, 20))
    assert parse_target(Invite(many, FINGERPRINT, "").link()) == Invite(many[:9], FINGERPRINT, "")


def test_link_is_never_longer_than_what_is_read() -> None:
    long = [f"{letter * 60}." * 4 + "lan" for letter in "abcdefghi"]
    many = tuple(Address(host, 65_535) for host in long)
    target = parse_target(Invite(many, FINGERPRINT, "🐦" * 64).link())
    assert isinstance(target, Invite)
    assert 1 < len(target.addresses) < 9
    assert target.room == "🐦" * 64


def test_invite_without_address_or_fingerprint_is_our_bug() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Invite((), FINGERPRINT, "")
    with pytest.raises(ValueError, match="32 bytes"):
        Invite((Address("host", 1),), b"short", "")


@given(st.lists(addresses, min_size=1, max_size=9, unique=True), room_names)
def test_every_link_is_read_back(several: list[Address], room: str) -> None:
    invite = Invite(tuple(several), FINGERPRINT, room)
    assert parse_target(invite.link()) == invite


@given(addresses)
def test_every_address_is_read_back(address: Address) -> None:
    assert parse_target(str(address)) == address


@given(
    st.one_of(
        st.text(),
        st.text().map(lambda text: "papo://" + text),
        st.text().map(lambda text: LINK + text),
        st.text().map(lambda text: f"papo://{text}/?fp={FP}"),
        st.text(alphabet="[]:%.@/?#0123456789abcdefx。ß\u0660"),
        st.text(st.characters(categories=["Cs", "Cc", "Cf", "Mn"])),
    )
)
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        target = parse_target(text)
    except InvalidTarget:
        return
    again = target.link() if isinstance(target, Invite) else str(target)
    assert parse_target(again) == target
