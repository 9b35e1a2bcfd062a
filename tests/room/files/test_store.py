"""A store of files: what is in it is whole, whatever happened on the way."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.room.files.part import LOOK, Part
from app.room.files.problems import FileProblem, FileRefused
from app.room.files.quotas import Quotas
from app.room.files.store import PART, STALE_AFTER, UNUSED_AFTER, FileStore
from app.room.log import Log
from tests.helpers.frail_disk import FrailDisk
from tests.room.files.uploads import upload

TEXT = b"What the disk keeps, it keeps whole." * 100
DIGEST = hashlib.sha256(TEXT).digest()


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    opened = Log.open(tmp_path / "log.db").value
    yield opened
    opened.close()


@pytest.fixture
def disk() -> FrailDisk:
    return FrailDisk()


@pytest.fixture
def store(tmp_path: Path, log: Log, disk: FrailDisk) -> Iterator[FileStore]:
    opened = FileStore(tmp_path / "files", log, Quotas(file=10_000, room=20_000, uploads=3), disk)
    yield opened
    opened.close()


def _open(store: FileStore, part: Part) -> Part:
    while store.open(part):
        pass
    return part


def _send(store: FileStore, number: int, data: bytes = TEXT) -> bytes:
    part = _open(store, store.begin(upload(number, len(data))))
    store.write(part, data)
    return store.finish(part).hash


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_file_is_kept_under_its_hash(store: FileStore, tmp_path: Path) -> None:
    assert _send(store, 1) == DIGEST
    assert _names(tmp_path / "files") == {DIGEST.hex()}
    with store.read(DIGEST) as file:
        assert file.read() == TEXT
    assert (tmp_path / "files" / DIGEST.hex()).stat().st_mode & 0o077 == 0


def test_same_bytes_are_there_once_and_belong_to_whoever_sent_them(store: FileStore) -> None:
    _send(store, 1)
    used = store.used
    part = _open(store, store.begin(upload(2, len(TEXT), device=b"e" * 32)))
    store.write(part, TEXT)
    assert store.finish(part).senders == {b"d" * 32, b"e" * 32}
    assert store.used == used == len(TEXT)


def test_empty_file_is_a_file(store: FileStore) -> None:
    assert _send(store, 1, b"") == hashlib.sha256(b"").digest()


def test_two_uploads_of_one_name_are_two_files(store: FileStore) -> None:
    first = _open(store, store.begin(upload(1, 3)))
    second = _open(store, store.begin(upload(2, 3)))
    store.write(first, b"one")
    store.write(second, b"two")
    assert store.finish(first).hash != store.finish(second).hash


def test_upload_goes_on_after_the_store_was_opened_again(
    store: FileStore, log: Log, tmp_path: Path
) -> None:
    part = _open(store, store.begin(upload(1, len(TEXT))))
    store.write(part, TEXT[:1000])
    store.close()
    log.commit()
    again = FileStore(tmp_path / "files", log, store.quotas)
    found = again.part(part.upload.id, part.upload.device)
    assert found is not None
    assert found.offset == 1000
    assert again.used == 1000
    _open(again, found)
    again.write(found, TEXT[1000:])
    assert again.finish(found).hash == DIGEST


def test_reading_a_long_part_again_is_done_in_steps(log: Log, tmp_path: Path) -> None:
    store = FileStore(tmp_path / "files", log)
    data = bytes(3 * LOOK + 5)
    part = _open(store, store.begin(upload(1, len(data) + 1)))
    store.write(part, data)
    part.close()
    steps = 1
    while store.open(part):
        steps += 1
    assert steps == 4
    store.write(part, b"x")
    assert store.finish(part).hash == hashlib.sha256(data + b"x").digest()


def test_wrong_hash_is_thrown_away_and_said(store: FileStore, tmp_path: Path) -> None:
    part = _open(store, store.begin(upload(1, len(TEXT), digest=bytes(32))))
    store.write(part, TEXT)
    with pytest.raises(FileRefused) as refused:
        store.finish(part)
    assert refused.value.problem is FileProblem.HASH_WRONG
    assert _names(tmp_path / "files") == set()
    assert store.used == 0


def test_more_than_was_announced_is_not_taken(store: FileStore) -> None:
    part = _open(store, store.begin(upload(1, 5)))
    with pytest.raises(FileRefused):
        store.write(part, b"123456")
    assert part.offset == 0


@pytest.mark.parametrize(
    ("size", "problem"),
    [(10_001, FileProblem.TOO_LARGE), (10_000, None)],
)
def test_file_may_be_so_large(store: FileStore, size: int, problem: FileProblem | None) -> None:
    assert _problem(store, 1, size) is problem


def _problem(store: FileStore, number: int, size: int) -> FileProblem | None:
    try:
        store.begin(upload(number, size))
    except FileRefused as refused:
        return refused.problem
    return None


def test_room_may_hold_so_much(store: FileStore) -> None:
    for number in range(3):
        _send(store, number, bytes([number]) * 6_000)
    assert _problem(store, 9, 2_001) is FileProblem.ROOM_FULL
    assert _problem(store, 9, 2_000) is None


def test_uploads_at_the_same_time_do_not_get_past_the_rooms_quota(store: FileStore) -> None:
    parts = [_open(store, store.begin(upload(n, 10_000))) for n in range(3)]
    store.write(parts[0], bytes(10_000))
    store.write(parts[1], bytes(10_000))
    with pytest.raises(FileRefused) as refused:
        store.write(parts[2], b"x")
    assert refused.value.problem is FileProblem.ROOM_FULL


def test_device_may_have_so_many_unfinished_uploads(store: FileStore) -> None:
    assert [_problem(store, n, 5) for n in range(4)] == [None] * 3 + [FileProblem.TOO_MANY]


def test_disk_keeps_some_bytes_free(store: FileStore, disk: FrailDisk) -> None:
    disk.free_bytes = store.quotas.keep_free + 99
    assert _problem(store, 1, 100) is FileProblem.NO_SPACE
    assert _problem(store, 1, 99) is None


def test_full_disk_keeps_what_it_took_and_the_upload_goes_on_later(
    store: FileStore, disk: FrailDisk
) -> None:
    part = _open(store, store.begin(upload(1, len(TEXT))))
    disk.room = 1234
    with pytest.raises(FileRefused) as refused:
        store.write(part, TEXT)
    assert refused.value.problem is FileProblem.DISK
    assert part.offset == store.used == 1234
    disk.room = None
    _open(store, part)
    store.write(part, TEXT[1234:])
    assert store.finish(part).hash == DIGEST


def test_disk_that_refuses_the_last_step_loses_nothing(store: FileStore, disk: FrailDisk) -> None:
    part = _open(store, store.begin(upload(1, len(TEXT))))
    store.write(part, TEXT)
    disk.broken = True
    with pytest.raises(FileRefused):
        store.finish(part)
    disk.broken = False
    assert store.finish(_open(store, part)).hash == DIGEST


def test_id_in_use_is_not_given_to_anything_else(store: FileStore) -> None:
    part = store.begin(upload(1, 100))
    assert store.part(part.upload.id, b"x" * 32) is None
    for other in (upload(1, 100, device=b"x" * 32), upload(1, 101)):
        with pytest.raises(FileRefused) as refused:
            store.begin(other)
        assert refused.value.problem is FileProblem.ANOTHER
    assert store.begin(upload(1, 100)) is part


def test_device_may_have_so_many_files_in_no_message(
    log: Log, tmp_path: Path, disk: FrailDisk
) -> None:
    quotas = Quotas(waiting=3)
    store = FileStore(tmp_path / "files", log, quotas, disk)
    hashes = [_send(store, number, bytes(number)) for number in range(3)]
    log.commit()
    for opened in (store, FileStore(tmp_path / "files", log, quotas, disk)):
        with pytest.raises(FileRefused) as refused:
            opened.begin(upload(9, 1))
        assert refused.value.problem is FileProblem.TOO_MANY
    store.begin(upload(8, 1, device=b"e" * 32))
    store.mark_used(hashes[0])
    _send(store, 4, b"four")
    _sweep(store, log, UNUSED_AFTER + 1)
    _send(store, 5, b"five")
    store.close()


def test_file_without_a_message_goes_after_a_while(
    store: FileStore, log: Log, tmp_path: Path
) -> None:
    _send(store, 1)
    log.commit()
    store.sweep(UNUSED_AFTER)
    assert store.stored(DIGEST) is not None
    while store.sweep(UNUSED_AFTER + 1):
        pass
    assert store.stored(DIGEST) is None
    assert _names(tmp_path / "files") == set()
    assert store.used == 0


def _sweep(store: FileStore, log: Log, now: int) -> None:
    log.commit()
    while store.sweep(now):
        log.commit()


def test_file_that_was_long_on_its_way_waits_as_long_for_its_message(
    store: FileStore, log: Log
) -> None:
    part = _open(store, store.begin(upload(1, len(TEXT))))
    store.write(part, TEXT)
    store.finish(part, 20 * UNUSED_AFTER)
    _sweep(store, log, 21 * UNUSED_AFTER)
    assert store.stored(DIGEST) is not None
    _sweep(store, log, 21 * UNUSED_AFTER + 1)
    assert store.stored(DIGEST) is None


def test_file_waits_for_the_others_of_its_message(store: FileStore, log: Log) -> None:
    _send(store, 1)
    other = store.begin(upload(2, 50))
    stranger = store.begin(upload(3, 50, device=b"e" * 32))
    _sweep(store, log, 2 * UNUSED_AFTER)
    assert store.stored(DIGEST) is not None
    store.discard(other)
    assert store.part(stranger.upload.id, b"e" * 32) is stranger
    _sweep(store, log, 2 * UNUSED_AFTER)
    assert store.stored(DIGEST) is None


def test_file_that_is_sent_again_waits_for_its_new_message(store: FileStore, log: Log) -> None:
    _send(store, 1)
    store.mark_used(DIGEST)
    log.commit()
    part = _open(store, store.begin(upload(2, len(TEXT))))
    store.write(part, TEXT)
    store.finish(part, UNUSED_AFTER)
    _sweep(store, log, 2 * UNUSED_AFTER)
    assert store.stored(DIGEST) is not None


def test_stale_upload_goes(store: FileStore, log: Log, tmp_path: Path) -> None:
    part = _open(store, store.begin(upload(1, 100)))
    store.write(part, b"x" * 50)
    part.close()
    log.commit()
    while store.sweep(STALE_AFTER + 1):
        pass
    assert store.part(part.upload.id, part.upload.device) is None
    assert _names(tmp_path / "files") == set()


def test_what_nobody_knows_is_swept_in_helpings(store: FileStore, log: Log, tmp_path: Path) -> None:
    kept = _send(store, 1)
    log.commit()
    for number in range(50):
        (tmp_path / "files" / f"{number:032x}{PART}").write_bytes(b"left over")
    (tmp_path / "files" / ("ab" * 32)).write_bytes(b"left over")
    (tmp_path / "files" / "thumbs.db").write_bytes(b"not ours")
    helpings = 1
    while store.sweep(0):
        helpings += 1
    assert helpings > 3
    assert _names(tmp_path / "files") == {kept.hex()}


def test_file_that_somebody_took_away_can_be_sent_again(store: FileStore, tmp_path: Path) -> None:
    _send(store, 1)
    (tmp_path / "files" / DIGEST.hex()).unlink()
    assert store.stored(DIGEST) is None
    assert _send(store, 2) == DIGEST
    assert store.stored(DIGEST) is not None


def test_quotas_that_were_chosen_hold_at_once_and_the_next_time(tmp_path: Path) -> None:
    log = Log.open(tmp_path / "room.db").value
    store = FileStore(tmp_path / "kept", log)
    assert store.quotas == Quotas()
    chosen = Quotas(file=5, room=50, keep_free=7)
    store.set_quotas(chosen)
    assert _problem(store, 9, 6) is FileProblem.TOO_LARGE
    store.set_quotas(replace(chosen, file=40))
    store.begin(upload(1, 40))
    log.close()
    log = Log.open(tmp_path / "room.db").value
    assert FileStore(tmp_path / "kept", log).quotas == replace(chosen, file=40)
    log.close()


def test_room_that_takes_no_files_takes_no_empty_one_either(store: FileStore) -> None:
    digest = _send(store, 1)
    begun = store.begin(upload(2, 10))
    store.set_quotas(replace(store.quotas, file=0))
    assert _problem(store, 9, 0) is FileProblem.NO_FILES
    with pytest.raises(FileRefused) as refused:
        store.begin(begun.upload)
    assert refused.value.problem is FileProblem.NO_FILES
    assert store.stored(digest) is not None


def test_use_counts_whole_files_and_all_bytes(store: FileStore, disk: FrailDisk) -> None:
    disk.free_bytes = 2**40
    _send(store, 1)
    part = _open(store, store.begin(upload(2, 100)))
    store.write(part, b"x" * 30)
    use = store.use
    assert (use.files, use.used, use.free) == (1, len(TEXT) + 30, 2**40)
