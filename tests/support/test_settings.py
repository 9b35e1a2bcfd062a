"""What is remembered between runs, and what becomes of a damaged file."""

from __future__ import annotations

from pathlib import Path

from app.support.settings import MAX_RECENT, RecentRoom, SettingsFile


def test_values_come_back(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path / "settings.json")
    file.values.nickname = "Дуда 👋"
    file.values.window_geometry = b"\x00\xff"
    file.add_recent(RecentRoom(name="Lab", at=1.5, target="papo://…"))
    file.save()
    again = SettingsFile(tmp_path / "settings.json")
    assert again.values == file.values
    assert again.set_aside is None


def test_damaged_file_is_set_aside_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    for damaged in (b"{", b"\xff\xfe", b"[]", b'{"port": "many"}', b""):
        path.write_bytes(damaged)
        file = SettingsFile(path)
        assert file.values.nickname == ""
        assert file.set_aside is not None
        assert file.set_aside.read_bytes() == damaged


def test_fields_of_a_newer_version_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(b'{"nickname": "Ana", "from_the_future": [1, 2]}')
    file = SettingsFile(path)
    assert file.values.nickname == "Ana"
    assert file.set_aside is None


def test_recent_rooms_are_few_and_each_once(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path / "settings.json")
    for number in range(30):
        file.add_recent(RecentRoom(name=f"room {number}", at=float(number)))
    file.add_recent(RecentRoom(name="room 25", at=99.0))
    names = [room.name for room in file.values.recent]
    assert len(names) == MAX_RECENT
    assert names[0] == "room 25"
    assert len(set(names)) == len(names)


def test_looks_and_habits_come_back_and_what_cannot_be_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    file = SettingsFile(path)
    file.values.scheme, file.values.text_size = "dark", 200
    file.values.language, file.values.away_after = "pt_BR", 0
    file.save()
    assert SettingsFile(path).values == file.values
    assert file.folder == tmp_path
    for wrong in (b'{"scheme": "pink"}', b'{"text_size": 5000}', b'{"away_after": -1}'):
        path.write_bytes(wrong)
        again = SettingsFile(path)
        assert again.set_aside is not None
        assert again.values.text_size == 100
