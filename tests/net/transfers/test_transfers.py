"""Files between members of a real room: sent, fetched, rested, cut off, gone on with."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from app.host_options import HostOptions
from app.lobby import HostedRoom, Lobby
from app.net.transfers.engine import Engine
from app.net.transfers.http_link import Place
from app.net.transfers.turns import Turns
from app.protocol.attachments import FileRef
from app.security.invite import Address, Invite, parse_target
from app.session.files.transfer import FileFailure, LocalFile, Stage, Transfer
from app.session.files.transfers import Folders
from app.session.room_session import RoomSession
from app.session.timeline import MessageEntry, SendState
from tests.helpers.doors import Break, BreakingWay
from tests.helpers.sessions import messages
from tests.net.conftest import MakeLobby, own_session

MIB = 1 << 20
LONG = 20_000


def _invite(hosted: HostedRoom) -> Invite:
    invite = parse_target(hosted.sharing.invite)
    assert isinstance(invite, Invite)
    return replace(invite, addresses=(Address("127.0.0.1", hosted.host.port),))


def _enter(lobby: Lobby, hosted: HostedRoom, nick: str, qtbot: QtBot) -> RoomSession:
    session = lobby.join(_invite(hosted), nick)
    with qtbot.waitSignals([session.joined, session.caught_up]):
        pass
    return session


@pytest.fixture
def ana(make_lobby: MakeLobby, hosted: HostedRoom, qtbot: QtBot) -> RoomSession:
    return _enter(make_lobby(), hosted, "ana", qtbot)


@pytest.fixture
def tom(make_lobby: MakeLobby, hosted: HostedRoom, qtbot: QtBot) -> RoomSession:
    return _enter(make_lobby(), hosted, "tom", qtbot)


def _file(folder: Path, size: int, name: str = "harvest.bin") -> Path:
    path = folder / name
    path.write_bytes(os.urandom(size))
    return path


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _last(session: RoomSession) -> MessageEntry:
    return messages(session)[-1]


def _send(session: RoomSession, *paths: Path, caption: str = "") -> bytes:
    assert session.send_files([LocalFile(path) for path in paths], caption) is None
    return _last(session).cid


def _got(session: RoomSession, cid: bytes) -> MessageEntry | None:
    found = [entry for entry in messages(session) if entry.cid == cid and entry.seq]
    return found[0] if found else None


def _wait_for(session: RoomSession, cid: bytes, qtbot: QtBot) -> tuple[FileRef, ...]:
    qtbot.waitUntil(lambda: _got(session, cid) is not None, timeout=LONG)
    entry = _got(session, cid)
    assert entry is not None
    return entry.files


def _now(session: RoomSession, number: bytes) -> Transfer:
    found = session.transfers.get(number)
    assert found is not None
    return found


def _end(session: RoomSession, number: bytes, qtbot: QtBot) -> Transfer:
    qtbot.waitUntil(lambda: _now(session, number).is_over, timeout=LONG)
    return _now(session, number)


def _in_the_middle(session: RoomSession, number: bytes) -> bool:
    one = _now(session, number)
    return one.stage is Stage.MOVING and 0 < one.done < one.size


def test_files_go_up_with_one_message_and_come_down_elsewhere(
    ana: RoomSession, tom: RoomSession, hosted: HostedRoom, qtbot: QtBot, tmp_path: Path
) -> None:
    paths = [_file(tmp_path, size, f"n{size}.bin") for size in (0, 1, 70_000, 3 * MIB)]
    cid = _send(ana, *paths, caption="look")
    for session in (tom, own_session(hosted)):
        refs = _wait_for(session, cid, qtbot)
        assert [ref.name for ref in refs] == [path.name for path in paths]
        saved = [session.transfers.save(ref) for ref in refs]
        ends = [_end(session, one.id, qtbot) for one in saved]
        assert [_hash(one.path) for one in ends] == [_hash(path) for path in paths]
        assert {one.path.parent.name for one in ends} == {"downloads"}
        assert not list(ends[0].path.parent.glob(".*"))
    assert _got(ana, cid) == replace(_last(ana), state=SendState.SENT)
    assert all(one.stage is Stage.DONE for one in ana.transfers.all)


def test_text_is_not_held_back_by_a_file(
    ana: RoomSession, tom: RoomSession, qtbot: QtBot, tmp_path: Path
) -> None:
    cid = _send(ana, _file(tmp_path, 16 * MIB))
    ana.send("meanwhile")
    _wait_for(tom, cid, qtbot)
    assert [entry.text for entry in messages(tom)] == ["meanwhile", ""]


def test_file_that_the_host_has_is_not_sent_again(
    ana: RoomSession, tom: RoomSession, hosted: HostedRoom, qtbot: QtBot, tmp_path: Path
) -> None:
    path = _file(tmp_path, 2 * MIB)
    _wait_for(tom, _send(ana, path), qtbot)
    seen: list[int] = []
    tom.transfers.changed.connect(lambda number: seen.append(_now(tom, number).done))
    refs = _wait_for(ana, _send(tom, path), qtbot)
    assert refs[0].hash == _hash(path)
    assert hosted.host.room.files is not None
    assert hosted.host.room.files.store.used == 2 * MIB


@pytest.mark.parametrize("what", ["pause", "cut"])
def test_upload_goes_on_where_it_was_left_off(
    ana: RoomSession, tom: RoomSession, hosted: HostedRoom, qtbot: QtBot, tmp_path: Path, what: str
) -> None:
    path = _file(tmp_path, 24 * MIB)
    cid = _send(ana, path)
    (one,) = ana.transfers.of_message(cid)
    qtbot.waitUntil(lambda: _in_the_middle(ana, one.id), timeout=LONG)
    if what == "pause":
        ana.transfers.pause(one.id)
        assert _now(ana, one.id).stage is Stage.PAUSED
        ana.transfers.resume(one.id)
    else:
        hosted.host._http.stop()
    (ref,) = _wait_for(tom, cid, qtbot)
    assert ref.hash == _hash(path)


def test_upload_that_is_cancelled_is_gone_at_the_host_and_so_is_its_message(
    ana: RoomSession, hosted: HostedRoom, qtbot: QtBot, tmp_path: Path
) -> None:
    cid = _send(ana, _file(tmp_path, 24 * MIB))
    (one,) = ana.transfers.of_message(cid)
    files = hosted.host.room.files
    assert files is not None
    qtbot.waitUntil(lambda: files.store.used > 0, timeout=LONG)
    ana.transfers.cancel(one.id)
    assert ana.transfers.all == ()
    assert messages(ana) == []
    qtbot.waitUntil(lambda: files.store.used == 0)


def test_message_goes_with_the_files_that_are_left(
    ana: RoomSession, tom: RoomSession, qtbot: QtBot, tmp_path: Path
) -> None:
    small, large = _file(tmp_path, 1000, "small.bin"), _file(tmp_path, 24 * MIB, "large.bin")
    cid = _send(ana, small, large)
    one = ana.transfers.of_message(cid)[1]
    qtbot.waitUntil(lambda: _in_the_middle(ana, one.id), timeout=LONG)
    ana.transfers.cancel(one.id)
    assert [ref.name for ref in _wait_for(tom, cid, qtbot)] == ["small.bin"]


def _change(path: Path, how: str) -> None:
    if how == "removed":
        path.unlink()
    elif how == "truncated":
        os.truncate(path, MIB)
    else:
        with path.open("r+b") as file:
            file.seek(20 * MIB)
            file.write(b"another")


@pytest.mark.parametrize("how", ["changed", "truncated"])
def test_file_that_changes_while_it_is_sent_is_not_sent(
    ana: RoomSession, hosted: HostedRoom, qtbot: QtBot, tmp_path: Path, how: str
) -> None:
    path = _file(tmp_path, 24 * MIB)
    cid = _send(ana, path)
    (one,) = ana.transfers.of_message(cid)
    qtbot.waitUntil(lambda: _in_the_middle(ana, one.id), timeout=LONG)
    _change(path, how)
    assert _end(ana, one.id, qtbot).failure == FileFailure.CHANGED
    assert (_last(ana).state, _last(ana).failure) == (SendState.FAILED, FileFailure.CHANGED)
    files = hosted.host.room.files
    assert files is not None
    qtbot.waitUntil(lambda: files.store.used == 0)
    ana.discard(cid)
    assert messages(ana) == []


@pytest.mark.parametrize(
    ("how", "failure"), [("removed", FileFailure.GONE), ("changed", FileFailure.CHANGED)]
)
def test_file_that_changed_since_it_was_chosen_is_not_sent(
    ana: RoomSession, qtbot: QtBot, tmp_path: Path, how: str, failure: FileFailure
) -> None:
    path = _file(tmp_path, 24 * MIB)
    cid = _send(ana, path)
    _change(path, how)
    (one,) = ana.transfers.of_message(cid)
    assert _end(ana, one.id, qtbot).failure == failure


def test_download_rests_and_goes_on_and_is_cancelled(
    ana: RoomSession, tom: RoomSession, qtbot: QtBot, tmp_path: Path
) -> None:
    path = _file(tmp_path, 24 * MIB)
    (ref,) = _wait_for(tom, _send(ana, path), qtbot)
    one = tom.transfers.save(ref)
    qtbot.waitUntil(lambda: _in_the_middle(tom, one.id), timeout=LONG)
    tom.transfers.pause(one.id)
    parts = [part.stat().st_size for part in one.path.parent.iterdir()]
    assert 0 < parts[0] < ref.size
    tom.transfers.resume(one.id)
    assert _hash(_end(tom, one.id, qtbot).path) == ref.hash
    other = tom.transfers.save(ref, tmp_path / "elsewhere" / "as I like.bin")
    qtbot.waitUntil(lambda: _in_the_middle(tom, other.id), timeout=LONG)
    tom.transfers.cancel(other.id)
    qtbot.waitUntil(lambda: list((tmp_path / "elsewhere").iterdir()) == [])


def test_session_that_ends_in_mid_transfer_goes_on_at_the_next_visit(
    make_lobby: MakeLobby, hosted: HostedRoom, tom: RoomSession, qtbot: QtBot, tmp_path: Path
) -> None:
    lobby = make_lobby()
    ana = _enter(lobby, hosted, "ana", qtbot)
    theirs = _file(tmp_path, 24 * MIB, "theirs.bin")
    (ref,) = _wait_for(ana, _send(tom, theirs), qtbot)
    path = _file(tmp_path, 24 * MIB)
    cid = _send(ana, path, caption="both ways")
    (up,) = ana.transfers.of_message(cid)
    down = ana.transfers.save(ref)
    qtbot.waitUntil(
        lambda: _in_the_middle(ana, up.id) or _in_the_middle(ana, down.id), timeout=LONG
    )
    ana.leave()
    lobby.forget(ana)
    again = _enter(lobby, hosted, "ana", qtbot)
    assert [one.id for one in again.transfers.all] == [up.id, down.id]
    (sent,) = _wait_for(tom, cid, qtbot)
    assert sent.hash == _hash(path)
    assert _hash(_end(again, down.id, qtbot).path) == ref.hash


def test_file_of_a_deleted_message_is_not_there(
    ana: RoomSession, tom: RoomSession, qtbot: QtBot, tmp_path: Path
) -> None:
    (ref,) = _wait_for(tom, _send(ana, _file(tmp_path, 1000)), qtbot)
    with qtbot.waitSignal(tom.timeline.changed):
        ana.moderation.delete(_last(ana).seq)
    one = tom.transfers.save(ref)
    assert _end(tom, one.id, qtbot).failure == FileFailure.NOT_THERE
    assert list(one.path.parent.iterdir()) == []


def test_room_that_is_closed_and_opened_again_takes_the_rest(
    make_lobby: MakeLobby, qtbot: QtBot, tmp_path: Path
) -> None:
    lobby, mine = make_lobby(), make_lobby()
    options = HostOptions(name="Workshop", nickname="Marina", port=0)
    hosted = lobby.host(options)
    ana = _enter(mine, hosted, "ana", qtbot)
    path = _file(tmp_path, 24 * MIB)
    cid = _send(ana, path)
    (one,) = ana.transfers.of_message(cid)
    files = hosted.host.room.files
    assert files is not None
    qtbot.waitUntil(lambda: files.store.used > MIB, timeout=LONG)
    with qtbot.waitSignal(hosted.stopped):
        hosted.stop()
    qtbot.waitUntil(lambda: _now(ana, one.id).stage is Stage.WAITING)
    hosted = lobby.host(replace(options, port=hosted.host.port))
    assert hosted.host.room.files is not None
    assert 0 < hosted.host.room.files.store.used < 24 * MIB
    ana.leave()
    mine.forget(ana)
    again = _enter(mine, hosted, "ana", qtbot)
    (ref,) = _wait_for(again, cid, qtbot)
    assert ref.hash == _hash(path)


# --- connections that break -------------------------------------------------------------------


@pytest.fixture
def way(hosted: HostedRoom) -> Iterator[BreakingWay]:
    way = BreakingWay(hosted.host.port)
    yield way
    way.close()


def _lead(session: RoomSession, way: BreakingWay, folder: Path) -> None:
    """Let the files of a session, and they alone, go by that way."""
    place = Place(Address("127.0.0.1", way.own_port), session.sharing.fingerprint)
    clock = session._clock
    engine = Engine(session.transfers, lambda: place, Turns(clock, session), clock)
    session.transfers.use(engine, Folders(folder / "saved", folder / "viewed"))
    # A token for the new one.
    session.transfers.enter()


_breaks = st.builds(
    Break, after=st.integers(0, 4_000) | st.integers(0, 700_000), to_host=st.booleans(),
    reset=st.booleans(),
)  # fmt: skip


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(_breaks, max_size=5))
def test_connections_that_break_anywhere_cost_nothing_but_time(
    ana: RoomSession, tom: RoomSession, way: BreakingWay, qtbot: QtBot, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, breaks: list[Break],
) -> None:  # fmt: skip
    monkeypatch.setattr("app.session.files.transfers.FIRST_RETRY", 0.01)
    for session in (ana, tom):
        _lead(session, way, tmp_path / session.nickname)
    path = _file(tmp_path, 600_000)
    way.breaks.clear()
    way.breaks.extend(breaks)
    cid = _send(ana, path)
    (ref,) = _wait_for(tom, cid, qtbot)
    assert ref.hash == _hash(path)
    way.breaks.clear()
    way.breaks.extend(breaks)
    ended = _end(tom, tom.transfers.save(ref).id, qtbot)
    assert _hash(ended.path) == ref.hash
    assert not list(ended.path.parent.glob(".*"))


# --- this computer's disk ---------------------------------------------------------------------


Fetch = Callable[[FileRef], Transfer]


@pytest.mark.parametrize("kind", ["file", "link", "folder"])
def test_name_that_is_taken_is_left_alone(
    ana: RoomSession, tom: RoomSession, qtbot: QtBot, tmp_path: Path, kind: str
) -> None:
    (ref,) = _wait_for(tom, _send(ana, _file(tmp_path, 1000)), qtbot)
    folder = tmp_path / "there"
    folder.mkdir()
    taken, secret = folder / "harvest.bin", tmp_path / "secret"
    secret.write_text("mine")
    if kind == "file":
        taken.write_text("mine")
    elif kind == "link":
        taken.symlink_to(secret)
    else:
        taken.mkdir()
    ended = _end(tom, tom.transfers.save(ref, taken).id, qtbot)
    assert ended.path.name == "harvest (2).bin"
    assert _hash(ended.path) == ref.hash
    assert secret.read_text() == "mine"
    assert sorted(path.name for path in folder.iterdir()) == ["harvest (2).bin", "harvest.bin"]


@pytest.mark.skipif(os.name == "nt", reason="modes are Unix's")
def test_saved_file_has_the_mode_of_any_file_and_a_viewed_one_is_private(
    ana: RoomSession, tom: RoomSession, qtbot: QtBot, tmp_path: Path
) -> None:
    (ref,) = _wait_for(tom, _send(ana, _file(tmp_path, 1000)), qtbot)
    ordinary = tmp_path / "ordinary"
    ordinary.touch()
    saved = _end(tom, tom.transfers.save(ref).id, qtbot)
    viewed = _end(tom, tom.transfers.view(ref).id, qtbot)
    assert saved.path.stat().st_mode == ordinary.stat().st_mode
    assert viewed.path.stat().st_mode & 0o777 == 0o600
    assert viewed.path.parent.stat().st_mode & 0o777 == 0o700
    assert tom.transfers.view(ref).id == viewed.id
    tom.transfers.close()
    assert not viewed.path.exists()
    assert saved.path.exists()
