"""One connection that speaks HTTP: what it answers, what it refuses, and what it costs."""

from __future__ import annotations

import base64
import hashlib
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.net import limits
from app.protocol import messages as m
from tests.helpers.http_place import ID, NOW, Client, Place


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place(tmp_path)
    yield made
    made.close()


@pytest.fixture
def client(place: Place) -> Client:
    return Client(place)


DATA = bytes(range(256)) * 1_000


def _put(client: Client, data: bytes = DATA, /, **headers: str) -> int:
    client.ask("PUT", f"/files/{ID}", data, **headers)
    return client.heard()[0]


def _path(data: bytes = DATA) -> str:
    return f"/files/{hashlib.sha256(data).hexdigest()}"


def test_file_goes_in_and_comes_out_on_one_connection(client: Client) -> None:
    assert _put(client) == 201
    client.ask("GET", _path())
    status, headers, body = client.heard()
    assert (status, body) == (200, DATA)
    assert headers["content-type"] == "application/octet-stream"
    assert headers["x-content-type-options"] == "nosniff"
    assert (
        headers["content-security-policy"] == "sandbox; default-src 'none'; frame-ancestors 'none'"
    )
    assert headers["content-disposition"].startswith("attachment;")
    assert "set-cookie" not in headers
    assert client.is_open()


@pytest.mark.parametrize(
    ("asked", "status", "first", "end"),
    [
        ("bytes=0-9", 206, 0, 10),
        ("bytes=255990-", 206, 255_990, 256_000),
        ("bytes=-5", 206, 255_995, 256_000),
        ("bytes=256000-", 416, 0, 0),
        ("bytes=0-1,5-6", 200, 0, 256_000),
        ("rubbish", 200, 0, 256_000),
    ],
)
def test_ranges_are_given(client: Client, asked: str, status: int, first: int, end: int) -> None:
    _put(client)
    client.ask("GET", _path(), range=asked)
    got, headers, body = client.heard()
    assert got == status
    if status == 416:
        assert headers["content-range"] == "bytes */256000"
        return
    assert body == DATA[first:end]
    if status == 206:
        assert headers["content-range"] == f"bytes {first}-{end - 1}/256000"


def test_range_of_another_version_and_what_is_known_already(client: Client) -> None:
    _put(client)
    client.ask("GET", _path(), range="bytes=1-2", if_range='"other"')
    _, headers, body = client.heard()
    assert body == DATA
    client.ask("GET", _path(), range="bytes=1-2", if_range=headers["etag"])
    assert client.heard()[2] == DATA[1:3]
    client.ask("GET", _path(), if_none_match=headers["etag"])
    assert client.heard()[0] == 304


def test_head_tells_and_sends_nothing(client: Client) -> None:
    _put(client)
    client.ask("HEAD", _path())
    status, headers, body = client.heard("HEAD")
    assert (status, headers["content-length"], body) == (200, "256000", b"")
    client.ask("HEAD", _path(b"none"))
    assert client.heard("HEAD")[0] == 404
    assert client.is_open()


def test_upload_in_parts_tells_where_to_go_on(client: Client) -> None:
    assert _put(client, DATA[:1000], content_range="bytes 0-999/256000") == 202
    client.ask("HEAD", f"/files/{ID}")
    status, headers, _ = client.heard("HEAD")
    assert (status, headers["upload-offset"], headers["upload-length"]) == (200, "1000", "256000")
    assert _put(client, DATA[2000:], content_range="bytes 2000-255999/256000") == 409
    again = Client(client.place)
    assert _put(again, DATA[1000:], content_range="bytes 1000-255999/256000") == 201
    again.ask("HEAD", f"/files/{ID}")
    assert again.heard("HEAD")[0] == 404


def test_whole_upload_that_was_not_finished_is_finished_by_asking(client: Client) -> None:
    _put(client, DATA[:-1], content_range="bytes 0-255998/256000")
    client.place.disk.broken = True
    assert _put(client, DATA[-1:], content_range="bytes 255999-255999/256000") == 507
    client.place.disk.broken = False
    again = Client(client.place)
    assert _put(again, DATA[-1:], content_range="bytes 255999-255999/256000") == 201


def test_beginning_again_forgets_what_was_sent(client: Client) -> None:
    _put(client, b"x" * 1000, content_range="bytes 0-999/256000")
    assert _put(client) == 201
    client.ask("GET", _path())
    assert client.heard()[2] == DATA


def test_announced_hash_spares_sending_what_is_there_and_holds_for_what_is_sent(
    client: Client,
) -> None:
    digest = base64.b64encode(hashlib.sha256(DATA).digest()).decode()
    announced = {"repr_digest": f"sha-256=:{digest}:"}
    assert _put(client, DATA[:-1] + b"!", **announced) == 422
    assert _put(client, **announced) == 201
    fresh = Client(client.place)
    fresh.ask(
        "PUT",
        f"/files/{'3' * 32}",
        None,
        content_length="256000",
        expect="100-continue",
        **announced,
    )
    assert fresh.heard()[0] == 200


def test_body_is_asked_for_where_it_is_wanted(client: Client) -> None:
    client.ask("PUT", f"/files/{ID}", None, content_length="5", expect="100-continue")
    assert bytes(client.stream.taken) == b"HTTP/1.1 100 Continue\r\n\r\n"
    client.stream.taken.clear()
    client.say(b"hello")
    assert client.heard()[0] == 201


def test_body_that_is_not_wanted_is_not_asked_for(client: Client) -> None:
    client.ask("PUT", f"/files/{ID}", None, content_length="2000001", expect="100-continue")
    status, headers, body = client.heard()
    assert (status, headers["connection"]) == (413, "close")
    assert body == b"The file is larger than this room takes.\n"
    assert client.stream.finished


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "/", {}, 404),
        ("GET", f"/files/{'0' * 64}", {}, 404),
        ("GET", f"/files/{ID}", {}, 405),
        ("POST", f"/files/{ID}", {}, 405),
        ("DELETE", f"/files/{'0' * 64}", {}, 405),
        ("DELETE", f"/files/{ID}", {}, 204),
        ("PUT", f"/files/{ID}", {}, 411),
        ("PUT", f"/files/{'0' * 64}", {"content_length": "0"}, 405),
        ("PUT", f"/files/{ID}", {"content_length": "5", "content_range": "bytes 0-9/10"}, 400),
        ("PUT", f"/files/{ID}", {"content_length": "5", "content_range": "rubbish"}, 400),
    ],
)
def test_request_is_answered_in_words(
    client: Client, method: str, path: str, headers: dict[str, str], status: int
) -> None:
    client.ask(method, path, **headers)
    got, told, body = client.heard()
    assert got == status
    if status != 204:
        assert told["content-type"] == "text/plain; charset=utf-8"
        assert body.endswith(b".\n")


@pytest.mark.parametrize("token", ["", "AAAA", "A" * 43, "é" * 43])
def test_nobody_without_a_token_gets_or_leaves_anything(client: Client, token: str) -> None:
    _put(client)
    stranger = Client(client.place)
    client.place.token = token
    for method, path in (("GET", _path()), ("HEAD", _path()), ("PUT", f"/files/{'4' * 32}")):
        stranger.ask(method, path, b"x" if method == "PUT" else None)
        status, headers, _ = stranger.heard(method)
        assert (status, headers["www-authenticate"]) == (401, 'Bearer realm="papo"')
    assert client.place.room.files is not None
    assert client.place.room.files.store.used == len(DATA)


def test_body_that_is_longer_than_it_says_is_not_taken(client: Client) -> None:
    chunks = b"400\r\n" + bytes(1024) + b"\r\n0\r\n\r\n"
    client.ask(
        "PUT", f"/files/{ID}", None, transfer_encoding="chunked", content_range="bytes 0-9/10"
    )
    client.say(chunks)
    assert client.heard()[0] == 400


def test_body_in_chunks_of_a_byte_takes_many_turns(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "TURN_BUDGET", 0.0)
    client.ask(
        "PUT", f"/files/{ID}", None, transfer_encoding="chunked", content_range="bytes 0-499/500"
    )
    client.stream.incoming = b"1\r\nx\r\n" * 500 + b"0\r\n\r\n"
    client.visit.on_readable()
    turns = 0
    while client.place.ready:
        turns += 1
        assert not client.place.ready.popleft().step()
        assert client.stream.reading is not bool(client.place.ready)
    assert turns >= 500
    assert client.heard()[0] == 201
    client.ask("GET", _path(b"x" * 500))
    assert client.heard()[2] == b"x" * 500


def test_full_disk_is_said_and_the_upload_can_go_on(client: Client) -> None:
    client.place.disk.room = 100_000
    assert _put(client) == 507
    client.place.disk.room = None
    again = Client(client.place)
    again.ask("HEAD", f"/files/{ID}")
    assert again.heard("HEAD")[1]["upload-offset"] == "100000"
    assert _put(again, DATA[100_000:], content_range="bytes 100000-255999/256000") == 201


def test_later_connection_takes_an_upload_over(client: Client) -> None:
    client.ask("PUT", f"/files/{ID}", DATA[:5000], content_length="256000")
    again = Client(client.place)
    assert _put(again, DATA[5000:], content_range="bytes 5000-255999/256000") == 201
    assert not client.is_open()


def test_upload_that_is_given_up_while_it_is_sent(client: Client) -> None:
    client.ask("PUT", f"/files/{ID}", DATA[:5000], content_length="256000")
    other = Client(client.place)
    other.ask("DELETE", f"/files/{ID}")
    assert other.heard()[0] == 204
    client.say(DATA[5000:9000])
    assert client.heard()[0] == 409


# --- time, and who is slow --------------------------------------------------------------------


def _pass(place: Place, seconds: float) -> None:
    place.clock.advance(seconds)
    for visit in list(place.visits):
        visit.look()


def test_head_that_comes_a_byte_at_a_time_is_cut_off(client: Client) -> None:
    for byte in b"GET / HTTP/1.1":
        client.say(bytes([byte]))
        _pass(client.place, 1.0)
    assert not client.is_open()


def test_body_that_stops_is_cut_off_and_what_came_is_kept(client: Client) -> None:
    client.ask("PUT", f"/files/{ID}", DATA[:5000], content_length="256000")
    _pass(client.place, limits.HTTP_IDLE - 1)
    client.say(DATA[5000:6000])
    _pass(client.place, limits.HTTP_IDLE - 1)
    assert client.is_open()
    _pass(client.place, 2)
    assert not client.is_open()
    again = Client(client.place)
    again.ask("HEAD", f"/files/{ID}")
    assert again.heard("HEAD")[1]["upload-offset"] == "6000"


def test_reader_that_takes_nothing_costs_little_and_is_cut_off(client: Client) -> None:
    data = bytes(1_500_000)
    _put(client, data)
    client.stream.stuck = True
    client.ask("GET", _path(data))
    assert client.stream.waiting <= limits.FILE_SLICE + 2_000
    client.stream.stuck = False
    client.stream.take()
    client.visit.on_written()
    client.place.run()
    assert client.heard()[2] == data
    client.stream.stuck = True
    client.ask("GET", _path(data))
    _pass(client.place, limits.HTTP_IDLE + 1)
    assert not client.is_open()


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(takes=st.lists(st.integers(10_000, 2 * limits.FILE_SLICE), min_size=1, max_size=8))
def test_reader_that_takes_some_at_a_time_gets_all_in_order(place: Place, takes: list[int]) -> None:
    data = b"".join(number.to_bytes(4) for number in range(100_000))
    client = Client(place)
    _put(client, data)
    client.stream.stuck = True
    client.ask("GET", _path(data))
    while client.stream.out:
        for take in takes:
            client.stream.taken += client.stream.out[:take]
            del client.stream.out[:take]
            client.visit.on_written()
            place.run()
            assert client.stream.waiting <= limits.FILE_SLICE + 2_000
    assert client.heard()[2] == data


@pytest.mark.parametrize("what", ["leaves", "message is deleted"])
def test_transfer_ends_where_its_right_does(client: Client, what: str) -> None:
    place = client.place
    data = bytes(1_500_000)
    _put(client, data)
    digest = hashlib.sha256(data).digest()
    place.room.handle(1, m.Say(cid=bytes(16), text="", files=(m.Attach(hash=digest),)), NOW)
    place.room.settle(NOW)
    place.token = place.join(2, b"t" * 32)
    reader = Client(place)
    reader.stream.stuck = True
    reader.ask("GET", _path(data))
    _pass(place, 1)
    assert reader.is_open()
    if what == "leaves":
        place.room.handle(2, m.Leave(), NOW)
    else:
        place.room.handle(1, m.Delete(cid=b"d" * 16, seq=1), NOW)
        place.room.settle(NOW)
    _pass(place, 1)
    assert not reader.is_open()


def test_muted_sender_may_not_go_on(client: Client) -> None:
    place = client.place
    place.room.admit(9, b"h" * 32, "", local=True)
    place.room.handle(9, m.Join(nick="host"), NOW)
    sender = next(member for member in place.room.members if member.device == b"a" * 32)
    client.ask("PUT", f"/files/{ID}", None, content_length="100")
    client.say(b"half")
    _pass(place, 1)
    assert client.is_open()
    place.room.handle(9, m.Mute(member=sender.number), NOW)
    _pass(place, 1)
    assert not client.is_open()
    fresh = Client(place)
    fresh.ask("PUT", f"/files/{ID}", b"rest", content_range="bytes 4-7/100")
    status, headers, _ = fresh.heard()
    assert (status, headers["papo-problem"]) == (403, "muted")


def test_thousands_of_requests_at_once_take_thousands_of_turns(place: Place) -> None:
    client = Client(place)
    client.stream.incoming = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n" * 3_000
    answered = 0
    while client.stream.incoming or place.ready:
        if client.stream.reading and client.stream.incoming:
            client.visit.on_readable()
        elif place.ready.popleft().step():
            place.ready.append(client.visit)
        said = bytes(client.stream.taken).count(b"HTTP/1.1 404")
        assert said <= 1
        answered += said
        client.stream.taken.clear()
    assert answered == 3_000
    assert client.is_open()


def test_requests_that_come_at_once_are_answered_in_turn(client: Client) -> None:
    _put(client)
    one = f"GET {_path()} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {client.place.token}\r\n\r\n"
    client.say(one.encode() * 3)
    client.place.run()
    for _ in range(3):
        assert client.heard()[2] == DATA


# --- what is no HTTP --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "garbage",
    [
        b"\x00\x00\x00\x08\x81\xa1t\xa4ping",
        b"GET / HTTP/1.1\r\nHost: x\r\n bad\r\n: y\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"X: " + b"a" * 20_000,
        b"GET /" + b"a" * 20_000,
        b"PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
        b"PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
        b"PUT / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc",
    ],
)
def test_nonsense_is_refused_and_hung_up_on(client: Client, garbage: bytes) -> None:
    client.say(garbage)
    client.place.run()
    status, headers, _ = client.heard()
    assert 400 <= status < 600
    assert headers["connection"] == "close"
    _pass(client.place, limits.LAST_WORD + 1)
    assert not client.is_open()


_words = st.sampled_from(
    [b"GET ", b"PUT ", b"HEAD ", b"DELETE ", b" HTTP/1.1\r\n", b"\r\n", b"Host: x\r\n", b"\r\n\r\n",
     f"/files/{ID}".encode(), f"/files/{'a' * 64}".encode(), b"Content-Length: 10\r\n",
     b"Content-Range: bytes 0-9/10\r\n", b"Transfer-Encoding: chunked\r\n", b"A\r\n0123456789\r\n",
     b"0\r\n\r\n", b"Expect: 100-continue\r\n", b"Range: bytes=0-5\r\n", b"Connection: close\r\n",
     b"TOKEN"]
)  # fmt: skip


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.lists(_words | st.binary(max_size=30), max_size=12).map(b"".join), max_size=6))
def test_any_bytes_in_any_chunks_end_in_an_answer_or_in_waiting(
    place: Place, chunks: list[bytes]
) -> None:
    client = Client(place)
    for chunk in chunks:
        header = f"Authorization: Bearer {place.token}\r\n".encode()
        client.say(chunk.replace(b"TOKEN", header))
        place.run()
    assert client.stream.waiting == 0
    place.clock.advance(2 * limits.HTTP_IDLE)
    client.visit.look()
    client.visit.look()
    assert not client.is_open()
    assert place.sending == {}


def test_endless_nonsense_costs_bounded_memory(client: Client) -> None:
    tracemalloc.start()
    sent = 0
    while client.is_open() and sent < 1_000:
        client.say(b"a" * limits.READ_BUFFER)
        sent += 1
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4 * 1024 * 1024
    assert not client.is_open()


def test_endless_requests_without_reading_answers_cost_bounded_memory(client: Client) -> None:
    data = bytes(300_000)
    _put(client, data)
    client.stream.stuck = True
    one = f"GET {_path(data)} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {client.place.token}\r\n\r\n"
    client.say(one.encode() * 10_000)
    assert not client.stream.reading
    assert client.stream.waiting < 2 * limits.FILE_SLICE
