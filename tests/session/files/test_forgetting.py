"""What was fetched to be shown does not outlive the message that it belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.protocol.attachments import FileRef
from app.session.files.transfer import Stage
from tests.helpers.transport import live
from tests.session.files.test_transfers import Bench
from tests.session.test_files import REF, with_files
from tests.session.test_moderating import deleting

OTHER = FileRef(hash="cd" * 32, name="b.png", size=5, media="image/png")


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(tmp_path)
    bench.enter(with_files(1))
    yield bench
    bench.session.close()


def fetched(path: Path) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"x" * REF.size)
    return path


def test_copy_that_was_shown_goes_with_its_message(bench: Bench) -> None:
    viewed = bench.transfers.view(REF)
    path = fetched(viewed.path)
    bench.transfers.note_done(viewed.id, path)
    bench.session.receive(live(deleting(2, 1)))
    assert not path.exists()
    assert bench.transfers.viewed(REF.hash) is None


def test_what_the_person_saved_stays(bench: Bench) -> None:
    saved = bench.transfers.save(REF)
    path = fetched(saved.path)
    bench.transfers.note_done(saved.id, path)
    bench.session.receive(live(deleting(2, 1)))
    assert path.exists()
    assert bench.now(saved).stage is Stage.DONE


def test_fetching_it_is_given_up(bench: Bench) -> None:
    viewed = bench.transfers.view(REF)
    bench.pass_()
    bench.session.receive(live(deleting(2, 1)))
    assert bench.carrier.given_up == [viewed.id]


def test_copy_stays_while_other_messages_are_deleted(bench: Bench) -> None:
    bench.session.receive(live(with_files(2, ref=REF)))
    viewed = bench.transfers.view(REF)
    path = fetched(viewed.path)
    bench.transfers.note_done(viewed.id, path)
    bench.session.receive(live(with_files(3, ref=OTHER)))
    bench.session.receive(live(deleting(4, 3)))
    assert path.exists()
