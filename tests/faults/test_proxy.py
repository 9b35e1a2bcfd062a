"""The proxy does what it is told: to what comes through, not to what it says about itself."""

from __future__ import annotations

import select
import socket
import sys
import threading
from collections.abc import Iterator

import pytest

from tests.faults.proxy import Network, Proxy, Way, Weather

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"),
    reason="elsewhere a port cannot be kept by a second socket",
)

PATIENCE = 30.0


class Echo:
    """A server that sends back what it gets, and says when a connection ended and how."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.ends: list[str] = []
        self._ended = threading.Condition()
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def wait_for_end(self) -> str:
        with self._ended:
            assert self._ended.wait_for(lambda: self.ends, PATIENCE)
            return self.ends[0]

    def close(self) -> None:
        # Closing alone would not wake who waits for the next connection.
        self._listener.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(PATIENCE)
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                connected, _ = self._listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._echo, args=(connected,))
            self._threads.append(thread)
            thread.start()

    def _echo(self, connected: socket.socket) -> None:
        end = "fin"
        with connected:
            try:
                while data := connected.recv(65536):
                    connected.sendall(data)
            except OSError:
                end = "reset"
        with self._ended:
            self.ends.append(end)
            self._ended.notify_all()


@pytest.fixture
def echo() -> Iterator[Echo]:
    server = Echo()
    yield server
    server.close()


@pytest.fixture
def proxy(echo: Echo) -> Iterator[Proxy]:
    with Network() as network:
        yield network.proxy(echo.port, seed=1)


@pytest.fixture
def member(proxy: Proxy) -> Iterator[socket.socket]:
    with _connected(proxy) as connected:
        yield connected


def _connected(proxy: Proxy) -> socket.socket:
    connected = socket.create_connection(("127.0.0.1", proxy.port), PATIENCE)
    connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connected


def _echoed(connected: socket.socket, data: bytes) -> bytes:
    connected.sendall(data)
    return _received(connected, len(data))


def _received(connected: socket.socket, count: int) -> bytes:
    got = b""
    while len(got) < count and (more := connected.recv(count - len(got))):
        got += more
    return got


def _is_silent(connected: socket.socket) -> bool:
    return not select.select([connected], [], [], 0)[0]


def test_everything_comes_through(member: socket.socket) -> None:
    data = bytes(range(256)) * 1000
    writer = threading.Thread(target=member.sendall, args=(data,))
    writer.start()
    assert _received(member, len(data)) == data
    writer.join()


def test_end_comes_through(member: socket.socket, echo: Echo) -> None:
    assert _echoed(member, b"hello") == b"hello"
    member.shutdown(socket.SHUT_WR)
    assert echo.wait_for_end() == "fin"
    assert member.recv(1) == b""


def test_cut_by_fin_is_an_orderly_end_for_both(
    member: socket.socket, proxy: Proxy, echo: Echo
) -> None:
    assert _echoed(member, b"hello") == b"hello"
    proxy.cut(reset=False)
    assert member.recv(1) == b""
    assert echo.wait_for_end() == "fin"


def test_cut_by_rst_is_a_reset_for_both(member: socket.socket, proxy: Proxy, echo: Echo) -> None:
    assert _echoed(member, b"hello") == b"hello"
    proxy.cut(reset=True)
    with pytest.raises(ConnectionResetError):
        member.recv(1)
    assert echo.wait_for_end() == "reset"


def test_one_connection_is_cut_and_not_the_other(member: socket.socket, proxy: Proxy) -> None:
    assert _echoed(member, b"1") == b"1"
    with _connected(proxy) as other:
        assert _echoed(other, b"2") == b"2"
        proxy.cut(reset=True, link=1)
        assert _echoed(other, b"3") == b"3"
        with pytest.raises(ConnectionResetError):
            member.recv(1)


def test_stall_ends_by_itself(member: socket.socket, proxy: Proxy) -> None:
    assert _echoed(member, b"1") == b"1"
    proxy.stall(0.2)
    before = proxy.read(Way.TO_HOST)
    member.sendall(b"2")
    proxy.wait_until_read(Way.TO_HOST, before + 1)
    assert _is_silent(member)
    assert member.recv(1) == b"2"


@pytest.mark.parametrize("way", Way)
def test_what_is_held_comes_with_the_release(member: socket.socket, proxy: Proxy, way: Way) -> None:
    assert _echoed(member, b"1") == b"1"
    proxy.hold(way)
    before = proxy.read(way)
    member.sendall(b"23")
    proxy.wait_until_read(way, before + 2)
    assert _is_silent(member)
    proxy.release()
    assert _received(member, 2) == b"23"


def test_what_is_held_is_lost_with_a_cut(member: socket.socket, proxy: Proxy, echo: Echo) -> None:
    assert _echoed(member, b"1") == b"1"
    proxy.hold(Way.TO_HOST)
    before = proxy.read(Way.TO_MEMBER)
    member.sendall(b"2")
    proxy.wait_until_read(Way.TO_HOST, 2)
    proxy.cut(reset=False)
    proxy.release()
    assert echo.wait_for_end() == "fin"
    assert proxy.read(Way.TO_MEMBER) == before


def test_dribble_brings_the_same_bytes(member: socket.socket, proxy: Proxy) -> None:
    assert _echoed(member, b"1") == b"1"
    proxy.dribble(2)
    data = bytes(range(256)) * 10
    assert _echoed(member, data) == data


def test_delay_brings_the_same_bytes(member: socket.socket, proxy: Proxy) -> None:
    assert _echoed(member, b"1") == b"1"
    proxy.delay(0.01)
    assert _echoed(member, b"later") == b"later"


def test_refused_connection_is_refused_and_taken_again(proxy: Proxy) -> None:
    proxy.refuse(True)
    with pytest.raises(ConnectionRefusedError):
        _connected(proxy)
    proxy.refuse(False)
    with _connected(proxy) as member:
        assert _echoed(member, b"1") == b"1"


def test_storm_alters_nothing_that_it_lets_through(proxy: Proxy) -> None:
    proxy.weather = Weather(cut=0.2, stall=0.1, delay=0.1, dribble=0.3, refuse=0.1, longest=0.01)
    whole = 0
    for number in range(60):
        data = bytes([number]) * 100
        got = b""
        try:
            with _connected(proxy) as member:
                got = _echoed(member, data)
        except OSError:
            pass
        assert data.startswith(got)
        whole += got == data
    assert 0 < whole < 60
