"""Who may send and fetch a file: the rules of messages, and a token that says who asks."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.protocol import limits
from app.protocol import messages as m
from app.protocol.attachments import unpack
from app.protocol.codec import encode
from app.protocol.errors import Refusal
from app.room.effects import Broadcast, Effect, Send
from app.room.files.room_files import RoomFiles
from app.room.files.store import UNUSED_AFTER, FileStore
from app.room.history import History
from app.room.log import Log
from app.room.room import Room
from app.room.settings import RoomSettings

NOW = 1_700_000_000_000
DATA = b"\x89PNG\r\n\x1a\n and so on"
DIGEST = hashlib.sha256(DATA).digest()
ANA, TOM, EVE = b"a" * 32, b"t" * 32, b"e" * 32


class Rooms:
    """A room with files, opened again as often as one likes."""

    def __init__(self, folder: Path, history: str = "all") -> None:
        self.folder = folder
        self.history = History.parse(history)
        self.cids = 0
        self.open()

    def open(self) -> None:
        keeps = self.history.name != "none"
        log = Log.open(self.folder / "log.db", keeps=keeps).value
        store = FileStore(self.folder / "files", log)
        self.room = Room(RoomSettings(name="Lab", history=self.history), log, store)

    @property
    def files(self) -> RoomFiles:
        assert self.room.files is not None
        return self.room.files

    def close(self) -> None:
        self.files.close()
        self.room.log.close()

    def join(self, link: int, device: bytes, *, local: bool = False) -> None:
        self.room.admit(link, device, "192.168.1.9", local=local)
        self.room.handle(link, m.Join(nick=f"n{device[0]}"), NOW)

    def send_file(self, link: int, data: bytes = DATA, name: str = "a.png") -> bytes:
        number = hashlib.sha256(data + bytes([link])).digest()[:16]
        part = self.files.begin(link, number, name=name, size=len(data), digest=b"", now=NOW)
        self.files.store.open(part)
        self.files.store.write(part, data)
        return self.files.store.finish(part).hash

    def say(self, link: int, *files: m.Attach, text: str = "", reply_to: int = 0) -> list[Effect]:
        self.cids += 1
        say = m.Say(cid=self.cids.to_bytes(16, "big"), text=text, files=files, reply_to=reply_to)
        return [*self.room.handle(link, say, NOW), *self.room.settle(NOW)]


@pytest.fixture
def rooms(tmp_path: Path) -> Iterator[Rooms]:
    made = Rooms(tmp_path)
    made.join(1, ANA)
    made.join(2, TOM)
    yield made
    made.close()


def _attach(digest: bytes = DIGEST, name: str = "") -> m.Attach:
    return m.Attach(hash=digest, name=name)


def _refusal(effects: list[Effect]) -> str | None:
    for effect in effects:
        if isinstance(effect, Send) and isinstance(effect.message, m.Rejected):
            return effect.message.code
    return None


def _said(effects: list[Effect]) -> list[m.Said]:
    live = [e.message for e in effects if isinstance(e, Broadcast)]
    return [said for one in live if isinstance(one, m.Live) for said in one.said]


def _may_fetch(rooms: Rooms, link: int) -> bool:
    return rooms.files.readable(link, DIGEST, "") is not None


def test_message_carries_what_the_host_found_out(rooms: Rooms) -> None:
    rooms.send_file(1)
    (said,) = _said(rooms.say(1, _attach(name="../ho\u202eliday.png"), text="look"))
    assert said.kind == "files"
    attached = unpack(said.text)
    assert attached.caption == "look"
    (ref,) = attached.files
    assert (ref.hash, ref.name, ref.size) == (DIGEST.hex(), "holiday.png", len(DATA))
    assert ref.media == "image/png"


def test_log_gives_the_line_as_it_was_told(rooms: Rooms) -> None:
    rooms.send_file(1)
    rooms.send_file(1, b"second", "b.txt")
    wishes = _attach(), _attach(hashlib.sha256(b"second").digest(), "notes.txt")
    (said,) = _said(rooms.say(1, *wishes, text="two \x1c of them"))
    rooms.close()
    rooms.open()
    (read,) = rooms.room.log.between(0, 9, 9, newest=False)
    assert (read.text, read.kind) == (said.text, "files")
    for query in ("notes", "them", "png"):
        (found,) = rooms.room.log.search(query, 0, 99, 9)
        assert found.text == said.text


def test_message_without_files_costs_no_byte_more() -> None:
    say = m.Say(cid=bytes(16), text="hi")
    assert b"files" not in encode(say)


def test_file_is_there_for_who_sent_it_and_for_who_may_read_a_message_with_it(
    rooms: Rooms,
) -> None:
    rooms.send_file(1)
    assert _may_fetch(rooms, 1)
    assert not _may_fetch(rooms, 2)
    rooms.say(1, _attach())
    assert _may_fetch(rooms, 2)


def test_file_that_one_may_not_fetch_cannot_be_attached_or_taken_for_sent(rooms: Rooms) -> None:
    rooms.send_file(1)
    assert _refusal(rooms.say(2, _attach())) == Refusal.NO_SUCH_FILE
    assert rooms.files.known(2, DIGEST, len(DATA)) is None
    assert rooms.files.known(1, DIGEST, len(DATA)) is not None
    assert rooms.files.known(1, DIGEST, len(DATA) + 1) is None
    rooms.say(1, _attach())
    assert rooms.files.known(2, DIGEST, len(DATA)) is not None
    assert _refusal(rooms.say(2, _attach())) is None


def test_floor_of_the_history_holds_for_files(tmp_path: Path) -> None:
    rooms = Rooms(tmp_path, "joined")
    rooms.join(1, ANA)
    rooms.send_file(1)
    rooms.say(1, _attach())
    rooms.join(3, EVE)
    assert not _may_fetch(rooms, 3)
    rooms.say(1, _attach(), text="again, for Eve")
    assert _may_fetch(rooms, 3)
    rooms.close()


def test_file_of_a_deleted_message_is_gone_for_all_and_then_from_the_disk(rooms: Rooms) -> None:
    rooms.send_file(1)
    rooms.say(1, _attach(), text="one")
    rooms.say(1, _attach(), text="two")
    for seq, is_there in ((1, True), (2, False)):
        rooms.room.handle(1, m.Delete(cid=bytes([seq]) * 16, seq=seq), NOW)
        rooms.room.settle(NOW)
        rooms.files.store.sweep(NOW)
        assert _may_fetch(rooms, 2) is is_there
        assert (rooms.files.store.stored(DIGEST) is not None) is is_there
    (first, second, *_) = rooms.room.log.between(0, 9, 9, newest=False)
    assert (first.kind, first.text, second.kind) == ("deleted", "", "deleted")
    assert rooms.room.log.search("png", 0, 99, 9) == []


def test_file_of_a_message_stays_when_the_room_opens_again(rooms: Rooms) -> None:
    rooms.send_file(1)
    rooms.say(1, _attach())
    rooms.close()
    rooms.open()
    rooms.join(5, TOM)
    while rooms.files.store.sweep(NOW + 10 * UNUSED_AFTER):
        pass
    assert _may_fetch(rooms, 5)


def test_room_that_keeps_nothing_keeps_files_while_it_is_open(tmp_path: Path) -> None:
    rooms = Rooms(tmp_path, "none")
    rooms.join(1, ANA)
    rooms.join(2, TOM)
    rooms.send_file(1)
    rooms.say(1, _attach())
    rooms.join(3, EVE)
    rooms.room.tick(NOW)
    while rooms.files.store.sweep(NOW + 10 * UNUSED_AFTER):
        pass
    assert _may_fetch(rooms, 2)
    assert not _may_fetch(rooms, 3)
    rooms.close()
    rooms.open()
    while rooms.files.store.sweep(NOW):
        pass
    assert rooms.files.store.stored(DIGEST) is None
    rooms.close()


def test_message_with_files_can_be_answered_and_reacted_to_and_not_edited(rooms: Rooms) -> None:
    rooms.send_file(1)
    rooms.say(1, _attach(), text="look")
    (answer,) = _said(rooms.say(2, text="nice", reply_to=1))
    assert answer.about == 1
    react = m.React(cid=b"r" * 16, seq=1, emoji="👍")
    assert _refusal(rooms.room.handle(2, react, NOW)) is None
    edit = m.Edit(cid=b"x" * 16, seq=1, text="other")
    assert _refusal(rooms.room.handle(1, edit, NOW)) == Refusal.NOT_PERMITTED
    rooms.room.settle(NOW)
    lines = rooms.room.log.between(0, 9, 9, newest=False)
    assert [line.kind for line in lines] == ["files", "text", "react"]
    assert unpack(lines[0].text).caption == "look"


@pytest.mark.parametrize(
    ("count", "text", "code"),
    [
        (limits.MAX_ATTACHED, "x" * limits.MAX_CAPTION, None),
        (limits.MAX_ATTACHED + 1, "", Refusal.TOO_MANY_FILES),
        (1, "x" * (limits.MAX_CAPTION + 1), Refusal.TEXT_TOO_LONG),
        (0, " ", Refusal.TEXT_EMPTY),
        (1, " ", None),
    ],
)
def test_message_holds_so_many_files_and_so_much_text(
    rooms: Rooms, count: int, text: str, code: str | None
) -> None:
    rooms.send_file(1)
    assert _refusal(rooms.say(1, *[_attach()] * count, text=text)) == code


def test_same_message_twice_is_one_even_when_its_file_is_gone(rooms: Rooms) -> None:
    rooms.send_file(1)
    say = m.Say(cid=b"c" * 16, text="", files=(_attach(),))
    acked = Send(1, m.Acked(cid=say.cid, seq=1))
    for _ in range(2):
        effects = [*rooms.room.handle(1, say, NOW), *rooms.room.settle(NOW)]
        assert acked in effects
    assert rooms.room.log.last_seq == 1
    rooms.room.handle(1, m.Delete(cid=b"x" * 16, seq=1), NOW)
    rooms.room.settle(NOW)
    rooms.files.store.sweep(NOW)
    assert rooms.files.store.stored(DIGEST) is None
    assert rooms.room.handle(1, say, NOW) == [acked]


def test_room_without_a_store_takes_no_files() -> None:
    room = Room(RoomSettings(name="Lab"))
    room.admit(1, ANA, "")
    room.handle(1, m.Join(nick="Ana"), NOW)
    say = m.Say(cid=bytes(16), text="x", files=(_attach(),))
    assert _refusal(room.handle(1, say, NOW)) == Refusal.NO_FILES
    assert _refusal(room.handle(1, m.AskToken(), NOW)) == Refusal.NO_FILES


# --- tokens -----------------------------------------------------------------------------------


def _token(rooms: Rooms, link: int) -> bytes:
    (effect,) = rooms.room.handle(link, m.AskToken(), NOW)
    assert isinstance(effect, Send)
    assert isinstance(effect.message, m.Token)
    return effect.message.token


def test_token_is_its_members_until_there_is_another(rooms: Rooms) -> None:
    first, toms = _token(rooms, 1), _token(rooms, 2)
    assert rooms.files.link_of(first) == 1
    assert rooms.files.link_of(toms) == 2
    second = _token(rooms, 1)
    assert rooms.files.link_of(first) is None
    assert rooms.files.link_of(second) == 1
    assert rooms.files.link_of(bytes(32)) is None


@pytest.mark.parametrize("how", ["leaves", "is lost", "is replaced", "is banned", "is removed"])
def test_token_ends_with_its_members_stay(rooms: Rooms, how: str) -> None:
    token = _token(rooms, 2)
    rooms.join(9, b"h" * 32, local=True)
    tom = next(member for member in rooms.room.members if member.device == TOM)
    if how == "leaves":
        rooms.room.handle(2, m.Leave(), NOW)
    elif how == "is lost":
        rooms.room.drop(2, NOW)
    elif how == "is replaced":
        rooms.join(7, TOM)
    else:
        remove = m.Remove(member=tom.number, ban=how == "is banned")
        assert _refusal(rooms.room.handle(9, remove, NOW)) is None
    assert rooms.files.link_of(token) is None


def test_muted_member_may_fetch_and_not_send(rooms: Rooms) -> None:
    rooms.join(9, b"h" * 32, local=True)
    rooms.send_file(1)
    rooms.say(1, _attach())
    tom = next(member for member in rooms.room.members if member.device == TOM)
    rooms.room.handle(9, m.Mute(member=tom.number), NOW)
    assert rooms.files.why_not_send(2) is Refusal.MUTED
    assert rooms.files.why_not_send(1) is None
    assert _may_fetch(rooms, 2)


def test_spoilt_row_of_a_file_does_not_spoil_the_page(rooms: Rooms) -> None:
    rooms.send_file(1)
    rooms.say(1, _attach(), text="look")
    rooms.room.log.note("UPDATE attached SET media = ?", ("a/b\r\nX: y",))
    rooms.room.log.commit()
    (said,) = rooms.room.log.between(0, 9, 9, newest=False)
    assert (said.kind, said.text) == ("text", "look")


def test_room_that_takes_no_files_any_more_gives_those_it_has(rooms: Rooms) -> None:
    rooms.send_file(1)
    rooms.say(1, _attach())
    store = rooms.files.store
    store.set_quotas(replace(store.quotas, file=0))
    assert _refusal(rooms.say(1, _attach())) == Refusal.NO_FILES
    assert _may_fetch(rooms, 2)
    assert rooms.files.new_token(2).max_file == 0


def test_who_has_a_token_is_told_by_it_how_large_a_file_may_be_now(rooms: Rooms) -> None:
    token = rooms.files.new_token(2)
    quotas = replace(rooms.files.store.quotas, file=77)
    assert rooms.files.set_quotas(quotas) == [Send(2, m.Token(token=token.token, max_file=77))]
    assert rooms.files.link_of(token.token) == 2
    assert rooms.files.set_quotas(replace(quotas, room=5)) == []
    rooms.room.drop(2, NOW, "left")
    assert rooms.files.set_quotas(replace(quotas, file=78)) == []
