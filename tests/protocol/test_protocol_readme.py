"""What `app/protocol/README.md` says is what the code does: its examples, tables and numbers."""

from __future__ import annotations

import functools
import hashlib
import json
import re
from pathlib import Path

import msgspec
import pytest

from app.net import limits as link_limits
from app.protocol import limits, names
from app.protocol import messages as m
from app.protocol.codec import encode, encode_json
from app.protocol.errors import Refusal
from app.protocol.framing import encode_frame
from app.protocol.state import FROM_HOST, FROM_MEMBER, Phase, Rule
from app.protocol.version import ALPN, NEWEST, OLDEST
from app.protocol.wire import Side, Wire
from app.room import flood, guesses, nicknames, typists
from app.room.effects import Announce, Broadcast, Effect, Send
from app.room.log_listing import RECENT_FILES
from app.room.log_reading import RECENT
from app.room.room import Room
from app.room.settings import RoomSettings
from app.security import proof
from app.security.fingerprint import as_hex, as_words
from app.security.invite import Address, Invite, parse_target
from tests.helpers import messages as made
from tests.helpers.pair import FINGERPRINT, NONCE, device

README = Path(__file__).parents[2] / "app" / "protocol" / "README.md"
NOW = 1_767_225_600_000
ANA, TOM = device("ana"), device("tom")
CID = bytes(range(0xA0, 0xB0))
LOG = bytes(range(0xC0, 0xD0))

STRUCTS: dict[str, type[msgspec.Struct]] = {made.tag_of(kind): kind for kind in made.ALL} | {
    "Member": m.Member,
    "Said": m.Said,
    "came": m.Came,
    "went": m.Went,
    "changed": m.Changed,
    "renamed": m.Renamed,
    "Attach": m.Attach,
    "FileLine": m.FileLine,
    "FileRef": m.FileRef,
    "Ban": m.Ban,
    "Act": m.Act,
    "Whispered": m.Whispered,
}


# --- reading the document -------------------------------------------------------------------


@functools.cache
def text() -> str:
    return README.read_text(encoding="utf-8")


def blocks(kind: str) -> dict[str, str]:
    """Return the fenced blocks of a kind by their name."""
    return dict(re.findall(rf"^```{kind} ([\w-]+)\n(.*?)^```", text(), re.MULTILINE | re.DOTALL))


def hex_block(name: str) -> bytes:
    """Return the bytes of a block; what follows a # explains."""
    lines = blocks("hex")[name].splitlines()
    return bytes.fromhex("".join(line.partition("#")[0] for line in lines))


def section(title: str) -> str:
    """Return what stands under a heading, up to the next of the same depth or less."""
    found = re.search(rf"^(#+) {re.escape(title)}$", text(), re.MULTILINE)
    assert found, title
    rest = text()[found.end() :]
    end = re.search(rf"^#{{1,{len(found[1])}}} ", rest, re.MULTILINE)
    return rest[: end.start()] if end else rest


def tables(part: str) -> list[list[list[str]]]:
    """Return the tables of a part of the document: rows of cells, without their headings."""
    found = re.findall(r"(?:^\|.*\n)+", part, re.MULTILINE)
    return [
        [
            [cell.strip().strip("`") for cell in line.strip().strip("|").split("|")]
            for line in table.splitlines()[2:]
        ]
        for table in found
    ]


# --- an example conversation ----------------------------------------------------------------


def _said_to_ana(effects: list[Effect], link: int) -> list[m.AnyMessage]:
    told: list[m.AnyMessage] = []
    for effect in effects:
        if isinstance(effect, Broadcast) or (isinstance(effect, Send) and effect.link == link):
            told.append(effect.message)
        elif isinstance(effect, Announce):
            told.append(m.Presence(changes=(effect.change,)))
    return told


def conversation(signature: bytes | None = None) -> dict[str, tuple[Side, m.AnyMessage, bytes]]:
    """Return what Ana and a host say to each other: who speaks, the message and its frame.

    Two signatures of the same bytes differ; `signature` is the one to use.
    """
    room = Room(RoomSettings(name="Lab 2"))
    room.log.id = LOG
    room.admit(1, TOM.id, "192.168.1.21")
    room.handle(1, m.Join(nick="Tom"), NOW)
    room.handle(1, m.Say(cid=bytes(16), text="Anyone here?"), NOW)
    room.settle(NOW)
    room.admit(2, ANA.id, "192.168.1.22")
    host, member = Wire(Side.HOST), Wire(Side.MEMBER)
    steps: dict[str, tuple[Side, m.AnyMessage, bytes]] = {}

    def put(name: str, sender: Wire, reader: Wire, message: m.AnyMessage) -> None:
        frame = sender.send(message)
        assert list(reader.receive(frame)) == [message]
        steps[name] = (sender.side, message, frame)

    def ask(name: str, wish: m.AnyMessage, answers: list[str], later: int = 0) -> None:
        put(name, member, host, wish)
        effects = room.handle(2, wish, NOW + later) + room.settle(NOW + later)
        told = _said_to_ana(effects, 2)
        for answer, message in zip(answers, told, strict=True):
            put(answer, host, member, message)

    put("hello", member, host, m.ClientHello(min_version=1, max_version=1, agent="example/1"))
    answer = m.HostHello(version=1, nonce=NONCE, room="Lab 2", agent="papo/1")
    put("host-hello", host, member, answer)
    proved = proof.prove(ANA, member.client_hello, member.host_hello, FINGERPRINT)
    if signature is not None:
        proved = m.Prove(device_key=proved.device_key, signature=signature)
    put("prove", member, host, proved)
    assert proof.check(proved, host.client_hello, host.host_hello, FINGERPRINT) == ANA.id
    ask("join-taken", m.Join(nick="TOM"), ["rejected"])
    ask("join", m.Join(nick="Ana"), ["joined", "roster", "presence"], 1_000)
    ask("fetch", m.Fetch(after=0, until=1), ["page"])
    ask("say", m.Say(cid=CID, text="Olá!"), ["acked", "live"], 2_000)
    ask("say-again", m.Say(cid=CID, text="Olá!"), ["acked-again"], 3_000)
    ask("edit", m.Edit(cid=CID[::-1], seq=2, text="Olá, Tom!"), ["acked-edit", "live-edit"], 4_000)
    wish = m.React(cid=CID[1:] + CID[:1], seq=1, emoji="👋")
    ask("react", wish, ["acked-react", "live-react"], 5_000)
    put("ping", host, member, m.Ping())
    put("pong", member, host, m.Pong())
    put("leave", member, host, m.Leave())
    assert host.phase is member.phase is Phase.CLOSED
    return steps


def invite() -> Invite:
    addresses = (Address("192.168.1.20", 9090), Address("fe80::1%eth0", 9090))
    return Invite(addresses=addresses, fingerprint=FINGERPRINT, room="Lab 2")


STEPS = list(conversation())


@functools.cache
def as_written() -> dict[str, tuple[Side, m.AnyMessage, bytes]]:
    """Return the conversation with the very signature that the document shows."""
    proved = msgspec.msgpack.decode(hex_block("prove")[4:], type=m.Prove)
    return conversation(proved.signature)


@pytest.mark.parametrize("name", STEPS)
def test_frame_of_the_conversation_is_what_the_code_sends(name: str) -> None:
    assert hex_block(name) == as_written()[name][2]


@pytest.mark.parametrize("name", STEPS)
def test_json_of_the_conversation_is_the_same_message(name: str) -> None:
    assert json.loads(blocks("json")[name]) == json.loads(encode_json(as_written()[name][1]))


@pytest.mark.parametrize("name", STEPS)
def test_conversation_says_who_speaks(name: str) -> None:
    arrow = "member → host" if as_written()[name][0] is Side.MEMBER else "host → member"
    assert re.search(rf"^{arrow}, [^\n]*\n\n```json {name}$", text(), re.MULTILINE)


def test_conversation_is_told_in_its_order_and_whole() -> None:
    told = re.findall(r"^```json ([\w-]+)$", section("An example, whole"), re.MULTILINE)
    assert told == STEPS


# --- the other examples ---------------------------------------------------------------------


def test_worked_frame_is_a_ping() -> None:
    assert hex_block("frame") == encode_frame(encode(m.Ping()))


def test_transcript_is_what_is_signed() -> None:
    client_hello, host_hello = hex_block("hello")[4:], hex_block("host-hello")[4:]
    transcript = hex_block("transcript")
    expected = b""
    for part in (b"papo/1 device proof", client_hello, host_hello, FINGERPRINT):
        expected += len(part).to_bytes(4, "big") + part
    assert transcript == expected
    digest = hex_block("digest")
    assert digest == hashlib.sha256(transcript).digest()
    assert digest == proof.transcript(client_hello, host_hello, FINGERPRINT)
    assert hex_block("digest-twice") == hashlib.sha256(digest).digest()


def test_device_of_the_example_is_the_one_of_its_private_key() -> None:
    assert hex_block("device-key") == ANA.public
    assert hex_block("device-id") == ANA.id == hashlib.sha256(ANA.public).digest()
    assert "0x616e61" in text()


def test_fingerprint_of_the_example_in_every_form() -> None:
    assert hex_block("fingerprint") == FINGERPRINT
    assert as_hex(FINGERPRINT) in text()
    for language in ("english", "portuguese", "spanish"):
        assert " ".join(as_words(FINGERPRINT, language)) in text()


def test_invite_of_the_example_is_read_back() -> None:
    link = blocks("text")["invite"].strip()
    assert link == invite().link()
    assert parse_target(link) == invite()


# --- tables ---------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", STRUCTS)
def test_table_of_a_message_lists_its_fields_and_which_may_be_left_out(tag: str) -> None:
    expected = [
        (field.encode_name, field.required) for field in msgspec.structs.fields(STRUCTS[tag])
    ]
    found = tables(section(f"`{tag}`"))
    rows = found[0] if expected else []
    assert [(row[0], "default" not in row[2]) for row in rows] == expected
    assert expected or not found


def test_every_refusal_is_explained() -> None:
    (rows,) = tables(section("Refusals"))
    assert [row[0] for row in rows] == [refusal.value for refusal in Refusal]


@pytest.mark.parametrize(
    ("title", "table"), [("From the member", FROM_MEMBER), ("From the host", FROM_HOST)]
)
def test_state_table_is_the_one_that_runs(title: str, table: dict[type[m.Message], Rule]) -> None:
    (rows,) = tables(section(title))
    expected = []
    for kind, rule in table.items():
        if len(rule.phases) == len(Phase) - 1:
            phases = "any but CLOSED"
        else:
            phases = ", ".join(phase.name for phase in Phase if phase in rule.phases)
        after = rule.then.name if rule.then else "the same"
        if kind is m.Rejected:
            after = "JOIN from JOINING, else the same"
        if kind is m.Prove:
            after = "JOIN, or PASSWORD where the room has one"
        expected.append([made.tag_of(kind), phases, after])
    assert [row[:3] for row in rows] == expected


def test_limits_are_those_that_hold() -> None:
    (rows,) = tables(section("Limits"))
    assert {row[0].replace("`", ""): int(row[1].replace(",", "")) for row in rows} == {
        "frame body before joining": limits.MAX_FRAME_BEFORE_JOIN,
        "frame body once joined": limits.MAX_FRAME,
        "message text": limits.MAX_TEXT,
        "nickname": limits.MAX_NICKNAME,
        "nickname in UTF-8": limits.MAX_NICKNAME_BYTES,
        "room name": limits.MAX_ROOM_NAME,
        "room name in UTF-8": limits.MAX_ROOM_NAME_BYTES,
        "topic": limits.MAX_TOPIC,
        "agent": limits.MAX_AGENT,
        "messages in a page": limits.MAX_PAGE,
        "search": limits.MAX_QUERY,
        "messages in the answer to a search": limits.MAX_FOUND,
        "messages looked through for scripts without spaces": RECENT,
        "files in the answer to list-files": limits.MAX_LISTED,
        "files looked through for scripts without spaces": RECENT_FILES,
        "members told as writing": limits.MAX_TYPING,
        "messages that last may mean": limits.MAX_HISTORY,
        "messages at once": flood.BURST,
        "messages a second": flood.RATE,
        "members in a roster message": limits.ROSTER_PAGE,
        "acts in one answer": limits.MAX_ACTS,
        "bans in one answer": limits.MAX_BANS,
        "a sealed private message": limits.MAX_SEALED,
        "private messages in one answer": limits.MAX_WHISPERS,
        "a file": limits.MAX_FILE,
        "all files of a room": limits.MAX_ROOM_FILES,
        "free on the host's disk": limits.KEEP_FREE,
        "unfinished uploads of a device": limits.MAX_UPLOADS,
        "HTTP connections of a member": link_limits.HTTP_CONNECTIONS,
        "the head of an HTTP request": link_limits.HTTP_HEAD,
        "a thumbnail": limits.MAX_THUMBNAIL,
        "a picture that gets one": limits.MAX_PICTURE_PIXELS,
        "files in a message": limits.MAX_ATTACHED,
        "caption of files": limits.MAX_CAPTION,
        "name of a file in UTF-8": limits.MAX_FILE_NAME_BYTES,
        "wrong passwords from one address": guesses.FREE,
        "wrong passwords in all": guesses.FREE_IN_ALL,
        "members in a room": RoomSettings(name="").max_members,
        "links from one address": link_limits.LINKS_PER_ADDRESS,
        "links that have not joined": link_limits.HALF_OPEN,
        "the same from one address": link_limits.HALF_OPEN_PER_ADDRESS,
        "bytes waiting for one member": link_limits.WRITE_CAP,
        "the same when the live stream goes on": link_limits.DRAINED,
    }


def test_waits_for_wrong_passwords_are_those_that_hold() -> None:
    part = section("The room's password")
    assert f"{guesses.FIRST_WAIT:.0f} seconds at first" in part
    assert guesses.LONGEST_WAIT == 3600
    assert "an hour at most" in part
    assert guesses.FORGIVEN_AFTER == 3600
    assert "one wrong password an hour is forgiven" in part


def test_times_are_those_that_hold() -> None:
    (rows,) = tables(section("Time"))
    assert {row[0]: float(row[1]) for row in rows} == {
        "TLS": link_limits.TLS_DEADLINE,
        "joined": link_limits.JOIN_DEADLINE,
        "ask": link_limits.PING_AFTER,
        "dead": link_limits.DEAD_AFTER,
        "last word": link_limits.LAST_WORD,
        "writing": typists.LASTS / 1000,
        "nickname held": nicknames.NICKNAME_HELD / 1000,
        "HTTP request": link_limits.HTTP_DEADLINE,
        "HTTP idle": link_limits.HTTP_IDLE,
        "thumbnail": link_limits.THUMBNAIL_WAIT,
    }


def test_names_of_the_handshake_are_those_in_use() -> None:
    assert f"`{ALPN}`" in text()
    assert f"version {NEWEST}" in text().splitlines()[0]
    assert OLDEST == NEWEST == 1
    assert f"port {limits.DEFAULT_PORT}" in text()


@pytest.mark.parametrize("row", range(7))
def test_nicknames_of_the_examples_are_one_or_two_as_it_says(row: int) -> None:
    (rows,) = tables(section("Nicknames and names"))
    assert len(rows) == 7
    first, second, same = rows[row][:3]
    assert (names.nickname_key(first) == names.nickname_key(second)) is (same == "yes")
