"""What Papo reads from its own folder: damaged, or written by somebody else.

A damaged file is set aside and never an exception; what was set aside is still there.
"""

from __future__ import annotations

import logging
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
from hypothesis import strategies as st

from app.protocol.messages import Said
from app.room.log import Log
from app.room.log_file import StorageError
from app.security.certificate import load_or_create_room_key
from app.security.channel import host_context
from app.security.identity import load_or_create_device_key
from app.security.invite import Address
from app.security.trust import How, KnownRooms
from app.session.store import RoomStore
from app.session.store_file import StoreFailed
from app.support.files import Loaded
from app.support.settings import RecentRoom, SettingsFile
from tests.fuzz.engine import Run, Target
from tests.fuzz.inputs import Case, Cases, altered, one, one_byte_wrong
from tests.helpers.corpus import own_strings

NOW = datetime(2026, 3, 6, 12, tzinfo=UTC)
_FINGERPRINT = bytes(range(32))


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def _reading(load: Callable[[Path], Loaded[Any] | None]) -> Callable[[], Any]:
    """Return what opens a target that loads a file of the case's first part, and loads it again."""

    @contextmanager
    def opened() -> Iterator[Run]:
        def run(case: Case) -> None:
            with _folder() as folder:
                path = folder / "file"
                path.write_bytes(case[0])
                load(path)
                load(path)

        yield run

    return opened


# --- settings and known rooms ---------------------------------------------------------------------


def _settings(path: Path) -> None:
    settings = SettingsFile(path)
    settings.add_recent(RecentRoom(name="Room", at=0.0))
    settings.save()
    assert SettingsFile(path).set_aside is None


def _known_rooms(path: Path) -> None:
    known = KnownRooms.load(path).value
    address = Address("10.0.0.1", 9090)
    list(known)
    known.check(address, _FINGERPRINT)
    known.remember(address, _FINGERPRINT, "Room", How.INVITE, 0.0)
    assert KnownRooms.load(path).set_aside is None
    known.forget(_FINGERPRINT)


_SETTINGS: dict[str, Any] = {
    "nickname": "ana",
    "room_name": "Room",
    "port": 9090,
    "history": "last:50",
    "target": "papo://10.0.0.1/",
    "recent": [{"name": "Lab", "at": 1.7e9, "hosted": True, "target": ""}],
    "window_geometry": "AdnQywADAAA=",
    "roster_shown": True,
}
_KNOWN: dict[str, Any] = {
    "rooms": [
        {
            "fingerprint": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
            "room": "Lab",
            "addresses": [{"host": "10.0.0.1", "port": 9090}],
            "how": "invite",
            "first_seen": 1.7e9,
            "last_seen": 1.7e9,
        }
    ]
}


def _json(value: dict[str, Any]) -> Cases:
    whole = msgspec.json.encode(value)
    return one(
        st.one_of(
            altered(value).map(_as_json),
            altered(value).flatmap(altered).map(_as_json),
            one_byte_wrong(st.just(whole)),
            st.binary(max_size=80),
            st.sampled_from(
                [
                    b"",
                    b"null",
                    b"[" * 100_000,
                    b'{"later":' + b"[" * 2000 + b"]" * 2000 + b"}",
                    b'{"later":' + b"[" * 100_000,
                    whole.replace(b"1700000000.0", b"1e400"),
                    whole.replace(b"9090", b"9" * 400),
                    whole.replace(b"Lab", b"\\ud800"),
                    whole.replace(b"Lab", b"\xff\xfe"),
                    whole.replace(b"Lab", b"\\u0000"),
                    b"\xef\xbb\xbf" + whole,
                    whole.decode().encode("utf-16"),
                ]
            ),
        )
    )


def _as_json(value: Any) -> bytes:
    try:
        return msgspec.json.encode(value)
    except (TypeError, ValueError):
        return repr(value).encode("utf-8", "surrogatepass")


# --- keys -----------------------------------------------------------------------------------------


def _device_key(path: Path) -> None:
    key = load_or_create_device_key(path)
    assert len(key.value.sign(b"data")) > 8


def _room_key(path: Path) -> None:
    # What was taken for a key is one that TLS takes as well.
    host_context(load_or_create_room_key(path, NOW).value.path)


def _a_room_key() -> bytes:
    with _folder() as folder:
        return load_or_create_room_key(folder / "room.pem", NOW).value.path.read_bytes()


def _pem() -> st.SearchStrategy[bytes]:
    pem = _a_room_key()
    end = b"-----END PRIVATE KEY-----\n"
    key, certificate = pem.split(end)
    strange = [
        key + end,
        certificate,
        certificate + key + end,
        pem + pem,
        _a_room_key().split(end)[0] + end + certificate,
        pem.replace(b"PRIVATE KEY", b"ENCRYPTED PRIVATE KEY"),
        pem.replace(b"PRIVATE KEY", b"RSA PRIVATE KEY"),
        pem.replace(b"CERTIFICATE", b"X509 CRL"),
        pem.replace(b"\n", b"\r\n"),
        pem.replace(b"\n", b""),
        b"\x00" + pem,
    ]
    whole = st.just(pem)
    return st.one_of(
        one_byte_wrong(whole),
        one_byte_wrong(one_byte_wrong(whole)),
        st.integers(0, len(pem)).map(lambda end: pem[:end]),
        st.sampled_from(strange),
        one_byte_wrong(st.sampled_from(strange)),
        st.binary(max_size=80),
    )


# --- databases ------------------------------------------------------------------------------------


def _said(seq: int) -> Said:
    text = own_strings()[seq % len(own_strings())].encode("utf-8", "replace").decode()
    return Said(
        seq=seq,
        author=1,
        nick="ana",
        device=bytes(32),
        at=seq * 1000,
        cid=seq.to_bytes(16, "big"),
        text=text,
    )


def _fill_log(path: Path) -> None:
    log = Log.open(path).value
    for _ in range(20):
        log.append(bytes(32), _said(log.next_seq))
    log.note_member(bytes(32), "ana", 1)
    log.note_floor(bytes(32), 0)
    log.note_topic("Topic")
    log.commit()
    log.index(1000)
    log.close()


def _use_log(path: Path) -> None:
    log = Log.open(path).value
    try:
        # What is damaged and was not found at opening may refuse, in the one way that is known.
        with suppress(StorageError):
            list(log.members())
            log.floors()
            log.topic()
            log.between(0, log.last_seq, 200, newest=True)
            log.search("img", 0, 2**53, 50)
            log.seq_of(bytes(32), bytes(16))
            log.append(bytes(32), _said(log.next_seq))
            log.commit()
            log.index(1000)
    finally:
        log.close()


def _fill_store(path: Path) -> None:
    store = RoomStore.load(path).value
    store.note(log=bytes(16), name="Room", topic="Topic", draft="half a")
    store.begin(0)
    store.add(0, 20, tuple(_said(seq) for seq in range(1, 21)))
    store.commit()
    store.close()


def _use_store(path: Path) -> None:
    store = RoomStore.load(path).value
    # The keeper above it knows this one failure, and no other.
    with suppress(StoreFailed):
        store.before(2**53, 200)
        store.gaps(0, 2**53)
        store.between(0, 2**53, '"img"', 50)
        covered = store.facts.covered
        store.add(covered, covered + 1, (_said(covered + 1),))
        store.note(draft="more")
        store.commit()
    with suppress(StoreFailed):
        store.close()


_CONTENTS = st.one_of(
    st.none(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(),
    st.text(max_size=8),
    st.binary(max_size=40),
)


def _damaged(fill: Callable[[Path], None], use: Callable[[Path], None]) -> Callable[[], Any]:
    """Return what opens a target whose cases are edits of a sound database."""

    @contextmanager
    def opened() -> Iterator[Run]:
        with _folder() as folder:
            sound = folder / "sound" / "file.db"
            sound.parent.mkdir()
            fill(sound)

            def run(case: Case) -> None:
                with _folder() as place:
                    path = place / "file.db"
                    shutil.copy(sound, path)
                    _edit(path, case)
                    use(path)
                    use(path)

            before = logging.root.manager.disable
            logging.disable(logging.WARNING)
            try:
                yield run
            finally:
                logging.disable(before)

    return opened


def _edit(path: Path, case: Case) -> None:
    """Each part is one edit: its first byte says of which kind."""
    for part in case:
        kind, rest = part[:1], part[1:]
        if kind == b"w":
            path.write_bytes(rest)
        elif kind == b"s":
            # In place of a value, where the schema knows of no type.
            wrong = suppress(sqlite3.Error, UnicodeDecodeError)
            with closing(sqlite3.connect(path)) as database, wrong:
                database.executescript(rest.decode())
        elif len(rest) >= 4:
            data = bytearray(path.read_bytes())
            at = int.from_bytes(rest[:4], "big") % (len(data) or 1)
            if kind == b"t":
                del data[at:]
            else:
                data[at : at + len(rest) - 4] = rest[4:]
            path.write_bytes(bytes(data))


_PLACES = st.integers(0, 2**17).map(lambda at: at.to_bytes(4, "big"))
_BYTES = st.builds(lambda at, data: b"b" + at + data, _PLACES, st.binary(min_size=1, max_size=8))


def _sql(statements: list[str]) -> st.SearchStrategy[bytes]:
    return st.sampled_from(statements).map(lambda text: b"s" + text.encode())


def _edits(statements: list[str]) -> Cases:
    return st.one_of(
        st.lists(_BYTES, min_size=1, max_size=4).map(tuple),
        _sql(statements).map(lambda edit: (edit,)),
        st.tuples(_sql(statements), _sql(statements)),
        _PLACES.map(lambda at: (b"t" + at,)),
        st.binary(max_size=200).map(lambda data: (b"w" + data,)),
        st.binary(max_size=80).map(lambda data: (b"w" + b"SQLite format 3\0" + data,)),
    )


def _emptied(tables: list[str]) -> list[str]:
    return [f"{what} {table};" for what in ("DELETE FROM", "DROP TABLE") for table in tables]


def _set(columns: dict[str, list[str]]) -> list[str]:
    values = ["NULL", "'x'", "x'00'", "-1", "9223372036854775807", "1.5", "CAST(x'ff' AS TEXT)"]
    return [
        f"UPDATE OR IGNORE {table} SET {column} = {value};"  # noqa: S608 - our own words
        for table, names in columns.items()
        for column in names
        for value in values
    ]


_LOG_EDITS = [
    *_emptied(["meta", "devices", "members", "floors", "messages", "words"]),
    *_set(
        {
            "meta": ["value", "key"],
            "devices": ["device"],
            "members": ["device", "key", "number"],
            "floors": ["device", "floor"],
            "messages": ["seq", "member", "device", "nick", "at", "cid", "text"],
        }
    ),
    *(f"PRAGMA user_version = {version};" for version in (0, -1, 2, 2**31 - 1)),
    "DELETE FROM meta WHERE key = 'id';",
    "DELETE FROM meta WHERE key = 'indexed';",
    "DELETE FROM meta WHERE key = 'closed';",
    "DELETE FROM meta WHERE key = 'topic';",
]
_STORE_EDITS = [
    *_emptied(["room", "outbox", "said", "gaps", "words"]),
    *_set(
        {
            "room": ["log", "name", "topic", "draft", "kept", "start", "covered"],
            "said": ["seq", "author", "device", "nick", "at", "cid", "text"],
            "gaps": ["after", "until", "at"],
            "outbox": ["cid", "text", "at", "failure", "failed", "seq"],
        }
    ),
    *(f"PRAGMA user_version = {version};" for version in (0, -1, 1, 2, 99)),
]

TARGETS = (
    Target("settings", _json(_SETTINGS), _reading(_settings), 80),
    Target("known-rooms", _json(_KNOWN), _reading(_known_rooms), 80),
    Target("device-key", one(st.deferred(_pem)), _reading(_device_key), 60),
    Target("room-key", one(st.deferred(_pem)), _reading(_room_key), 60),
    Target("log-file", _edits(_LOG_EDITS), _damaged(_fill_log, _use_log), 40),
    Target("store-file", _edits(_STORE_EDITS), _damaged(_fill_store, _use_store), 40),
)
