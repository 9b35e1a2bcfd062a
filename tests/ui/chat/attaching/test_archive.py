"""A folder as one archive: what goes in comes out again, and nothing else goes in."""

from __future__ import annotations

import os
import random
import stat
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.ui.chat.attaching import archive
from app.ui.chat.attaching.archive import (
    Contents,
    TooLarge,
    Unreadable,
    archive_name,
    count,
    pack,
)

posix_only = pytest.mark.skipif(os.name == "nt", reason="such names and files are not there")
HOSTILE = ["a\nb.txt", "..hidden", "\u202egnp.exe", "ü" * 120 + ".txt", "back\\slash", " ", "-rf"]


def contents_of(path: Path) -> dict[str, bytes | None]:
    """Return the files and folders of an archive; None stands for a folder."""
    with zipfile.ZipFile(path) as whole:
        assert whole.testzip() is None
        return {one.filename: None if one.is_dir() else whole.read(one) for one in whole.infolist()}


def packed(folder: Path, target: Path, **options: int) -> tuple[dict[str, bytes | None], Contents]:
    contents = Contents()
    for _ in pack(folder, target, contents, **options):
        pass
    return contents_of(target), contents


NAMES = st.text(
    st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=20
).filter(lambda name: name not in {".", ".."} and len(name.encode()) <= 255)
TREES = st.recursive(
    st.binary(max_size=2000),
    lambda inner: st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=8,
)


def write_tree(at: Path, tree: dict[str, object] | bytes) -> None:
    if isinstance(tree, bytes):
        at.write_bytes(tree)
        return
    at.mkdir()
    for name, inner in tree.items():
        assert isinstance(inner, bytes | dict)
        write_tree(at / name, inner)


def tree_of(folder: Path) -> dict[str, bytes | None]:
    found: dict[str, bytes | None] = {}
    for path, _, files in os.walk(folder):
        place = Path(path).relative_to(folder.parent)
        found[f"{place}/"] = None
        found |= {f"{place}/{name}": (Path(path) / name).read_bytes() for name in files}
    return found


@posix_only
@given(tree=st.dictionaries(NAMES, TREES, max_size=5))
@settings(max_examples=60, deadline=None)
def test_what_is_packed_comes_out_the_same(tree: dict[str, object]) -> None:
    with TemporaryDirectory() as where:
        folder = Path(where) / "Photos"
        write_tree(folder, tree)
        counted = Contents()
        for _ in count(folder, counted):
            pass
        found, contents = packed(folder, Path(where) / "out.zip")
        assert found == tree_of(folder)
        assert contents == counted
        assert counted.files == sum(data is not None for data in found.values())
        assert counted.size == sum(len(data) for data in found.values() if data)


@posix_only
def test_hostile_names_stay_names_within_the_archive(tmp_path: Path) -> None:
    folder = tmp_path / "Photos"
    folder.mkdir()
    for name in HOSTILE:
        (folder / name).write_text(name)
    (folder / os.fsdecode(b"caf\xe9.txt")).write_text("latin")
    (folder / os.fsdecode(b"caf\xe8.txt")).write_text("latin too")
    found, contents = packed(folder, tmp_path / "out.zip")
    assert contents.files == len(HOSTILE) + 2
    assert len(found) == len(HOSTILE) + 3
    assert all(name.startswith("Photos/") and "/../" not in name for name in found)
    assert found["Photos/..hidden"] == b"..hidden"


@posix_only
def test_links_and_special_files_are_left_out_and_counted(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "key").write_text("key")
    folder = tmp_path / "Photos"
    folder.mkdir()
    (folder / "a.txt").write_text("a")
    (folder / "link").symlink_to(secret)
    (folder / "file link").symlink_to(secret / "key")
    (folder / "broken").symlink_to(tmp_path / "nothing")
    os.mkfifo(folder / "pipe")
    found, contents = packed(folder, tmp_path / "out.zip")
    assert found == {"Photos/": None, "Photos/a.txt": b"a"}
    assert (contents.files, contents.links, contents.special) == (1, 3, 1)


@posix_only
def test_a_link_that_takes_the_place_of_a_file_is_not_followed(tmp_path: Path) -> None:
    folder = tmp_path / "Photos"
    folder.mkdir()
    (tmp_path / "secret").write_text("secret")
    for number in range(3):
        (folder / f"{number}.txt").write_text("mine")
    contents = Contents()
    work = pack(folder, tmp_path / "out.zip", contents)
    while contents.files < 1:
        next(work)
    for path in folder.iterdir():
        path.unlink()
        path.symlink_to(tmp_path / "secret")
    for _ in work:
        pass
    assert b"secret" not in contents_of(tmp_path / "out.zip").values()
    assert contents.left_out == 2


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything")
def test_what_cannot_be_read_is_counted(tmp_path: Path) -> None:
    folder = tmp_path / "Photos"
    folder.mkdir()
    (folder / "closed").write_text("x")
    (folder / "closed").chmod(0)
    assert packed(folder, tmp_path / "out.zip")[1].unreadable == 1


def test_a_file_that_vanishes_meanwhile_is_counted(tmp_path: Path) -> None:
    folder = tmp_path / "Photos"
    folder.mkdir()
    for number in range(2):
        (folder / f"{number}.txt").write_bytes(b"x" * 10)
    contents = Contents()
    work = pack(folder, tmp_path / "out.zip", contents)
    while contents.files < 1:
        next(work)
    for path in folder.iterdir():
        path.unlink()
    for _ in work:
        pass
    assert (contents.files, contents.unreadable) == (1, 1)
    assert len(contents_of(tmp_path / "out.zip")) == 2


def test_the_archive_does_not_hold_itself(tmp_path: Path) -> None:
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / "a.txt").write_text("a")
    found, _ = packed(folder, folder / "out.zip")
    assert found == {"home/": None, "home/a.txt": b"a"}


def test_a_file_that_grows_is_taken_as_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "logs"
    folder.mkdir()
    log = folder / "log.txt"
    log.write_bytes(b"x" * (2 * archive.CHUNK))
    contents = Contents()
    for _ in pack(folder, tmp_path / "out.zip", contents):
        with log.open("ab") as file:
            file.write(b"y" * archive.CHUNK)
    assert contents_of(tmp_path / "out.zip")["logs/log.txt"] == b"x" * (2 * archive.CHUNK)


def test_an_archive_that_gets_too_large_is_given_up_and_leaves_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "Photos"
    folder.mkdir()
    for number in range(4):
        (folder / f"{number}.bin").write_bytes(random.Random(number).randbytes(50_000))
    with pytest.raises(TooLarge):
        packed(folder, tmp_path / "out.zip", most=100_000)
    assert not (tmp_path / "out.zip").exists()


def test_given_up_halfway_nothing_is_left(tmp_path: Path) -> None:
    folder = tmp_path / "Photos"
    folder.mkdir()
    (folder / "big.txt").write_bytes(b"x" * 4 * archive.CHUNK)
    contents = Contents()
    work = pack(folder, tmp_path / "out.zip", contents)
    while contents.size < archive.CHUNK:
        next(work)
    assert contents.size < 4 * archive.CHUNK
    close = getattr(work, "close", None)
    assert close is not None
    close()
    assert not (tmp_path / "out.zip").exists()


def test_nothing_that_is_there_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "Photos").mkdir()
    (tmp_path / "out.zip").write_text("mine")
    with pytest.raises(FileExistsError):
        packed(tmp_path / "Photos", tmp_path / "out.zip")
    assert (tmp_path / "out.zip").read_text() == "mine"


def test_a_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        packed(tmp_path / "nothing", tmp_path / "out.zip")
    with pytest.raises(Unreadable):
        for _ in count(tmp_path / "nothing", Contents()):
            pass
    assert not (tmp_path / "out.zip").exists()


def test_times_and_modes_are_kept_and_what_is_packed_already_is_not_packed(tmp_path: Path) -> None:
    folder = tmp_path / "Photos"
    folder.mkdir()
    for name, at in (("old.txt", -5_000_000_000), ("now.txt", 1_700_000_000), ("p.jpg", 2**40)):
        (folder / name).write_bytes(b"abc" * 1000)
        (folder / name).chmod(0o640)
        os.utime(folder / name, (at, at))
    packed(folder, tmp_path / "out.zip")
    with zipfile.ZipFile(tmp_path / "out.zip") as whole:
        entries = {one.filename: one for one in whole.infolist()}
    assert entries["Photos/old.txt"].date_time[0] == 1980
    assert entries["Photos/now.txt"].date_time[0] == 2023
    assert entries["Photos/p.jpg"].date_time[0] == 2107
    assert entries["Photos/now.txt"].compress_size < 500
    assert entries["Photos/p.jpg"].compress_type == zipfile.ZIP_STORED
    if os.name != "nt":
        assert stat.S_IMODE(entries["Photos/now.txt"].external_attr >> 16) == 0o640


@pytest.mark.parametrize(
    ("folder", "name"),
    [("Photos", "Photos.zip"), ("..", "file.zip"), ("/", "file.zip"), ("CON", "_CON.zip")],
)
def test_the_archive_is_called_after_its_folder(folder: str, name: str) -> None:
    assert archive_name(Path(folder)) == name
