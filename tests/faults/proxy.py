"""A bad network in this process: TCP proxies whose faults come by command or by seeded chance.

A seed gives the same dice, not the same timing: what the system does in between differs each time.
"""

from __future__ import annotations

import asyncio
import random
import socket
import struct
import threading
from collections import Counter
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from enum import Enum
from functools import partial
from types import TracebackType
from typing import Any, Self, TypeVar

from tests.helpers.processes import TIMEOUT

T = TypeVar("T")

_CHUNK = 64 * 1024
_CHUNKS_HELD = 16
"""Chunks that are read and not passed on; whoever sends more is made to wait, as by a real stall."""

_DRIBBLED = 1_500
"""Bytes of a chunk that are sent one by one: every frame's head is among them."""

_FIN_PATIENCE = 2.0
"""Seconds for both sides to hang up too after a clean end; then they are cut off."""


class Way(Enum):
    """The two directions of a connection."""

    TO_HOST = "to the host"
    TO_MEMBER = "to the member"


@dataclass(frozen=True)
class Weather:
    """Chances from 0 to 1, each asked for every chunk of bytes; `refuse` for every new connection.

    `longest`: seconds that a delay or a stall by chance takes at most.
    """

    cut: float = 0.0
    stall: float = 0.0
    delay: float = 0.0
    dribble: float = 0.0
    refuse: float = 0.0
    longest: float = 0.5


FAIR = Weather()


class Network:
    """One event loop in a thread, for all proxies. A context manager."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._proxies: list[Proxy] = []
        self._news = threading.Condition()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for proxy in self._proxies:
            self.run(proxy.end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def proxy(self, target: int, seed: int) -> Proxy:
        """Return a proxy to a port of this computer."""
        proxy = Proxy(self, target, random.Random(seed))
        self._proxies.append(proxy)
        self.call(proxy.listen)
        return proxy

    def after(self, seconds: float, call: Callable[[], object]) -> None:
        """Call something in the loop after a while, if this network still is."""
        self.call(lambda: self._loop.call_later(seconds, call))

    def note(self, change: Callable[[], None]) -> None:
        """Change what is waited for."""
        with self._news:
            change()
            self._news.notify_all()

    def wait_until(self, holds: Callable[[], bool]) -> None:
        """Wait until `holds`, asked after each change; raises TimeoutError."""
        with self._news:
            if not self._news.wait_for(holds, TIMEOUT):
                raise TimeoutError

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine in the loop to its end; from any other thread."""
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(TIMEOUT)

    def call(self, call: Callable[[], T]) -> T:
        """Call something in the loop and return what it returns; from any other thread."""

        async def calling() -> T:
            return call()

        return self.run(calling())


class Proxy:
    """Listens on `port` and carries everything to a port of this computer and back.

    Public methods are for other threads, and have happened when they return; those that take a
    `link` mean all connections where it is None, else the one with that number, from 1 on.
    """

    def __init__(self, network: Network, target: int, chance: random.Random) -> None:
        self.target = target
        self.weather = FAIR
        self.chance = chance
        self.links: dict[int, Link] = {}
        self.accepted = 0
        self._members: list[socket.socket] = []
        self._network = network
        self._listener: socket.socket | None = None
        self._accepting: asyncio.Task[None] | None = None
        self._running: set[asyncio.Task[None]] = set()
        self._read: Counter[Way] = Counter()
        self.held: set[Way] = set()
        # Bound, never listening: while nobody may connect the port stays ours all the same.
        self._reservation = _bound(0)
        self.port: int = self._reservation.getsockname()[1]

    # --- by command -----------------------------------------------------------------------------

    def refuse(self, refused: bool) -> None:
        """Refuse new connections as a closed port does, or take them again."""
        self._network.run(self._stop_listening()) if refused else self._network.call(self.listen)

    def cut(self, *, reset: bool, link: int | None = None) -> None:
        """End connections, by RST or by FIN; what was held is lost."""
        self._network.run(self._cut_all(self._chosen(link), reset=reset))

    def stall(self, seconds: float, link: int | None = None) -> None:
        """Pass nothing on for so long, then go on with everything that came."""
        self._each(link, lambda one: one.stall(seconds))

    def hold(self, way: Way) -> None:
        """Pass nothing on in that direction, on old connections and new ones, until `release`."""
        self._network.call(partial(self._hold, way, held=True))

    def release(self) -> None:
        """Pass everything on that is held."""
        for way in Way:
            self._network.call(partial(self._hold, way, held=False))

    def dribble(self, chunks: int, link: int | None = None) -> None:
        """Pass the next chunks on one byte at a time, in both directions."""
        self._each(link, lambda one: one.dribble(chunks))

    def delay(self, seconds: float, link: int | None = None) -> None:
        """Pass every chunk on that much later from now on."""
        self._each(link, lambda one: one.set_delay(seconds))

    # --- what can be waited for -----------------------------------------------------------------

    def read(self, way: Way) -> int:
        """Return how many bytes were taken from their sender in that direction."""
        return self._read[way]

    def wait_until_read(self, way: Way, count: int) -> None:
        """Wait until so many bytes were taken from their sender, passed on or not."""
        self._network.wait_until(lambda: self._read[way] >= count)

    # --- in the loop ----------------------------------------------------------------------------

    def listen(self) -> None:
        if self._listener is None:
            self._listener = _bound(self.port)
            self._listener.listen(64)
            self._listener.setblocking(False)
            self._accepting = asyncio.ensure_future(self._accept(self._listener))

    async def end(self) -> None:
        await self._stop_listening()
        self._reservation.close()
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
        for member in self._members:
            member.close()

    def note_read(self, way: Way, count: int) -> None:
        self._network.note(lambda: self._read.update({way: count}))

    async def _cut_all(self, links: list[Link], *, reset: bool) -> None:
        for link in links:
            link.cut(reset=reset)
        for link in links:
            await link.stopped.wait()

    async def _stop_listening(self) -> None:
        accepting, self._accepting = self._accepting, None
        listener, self._listener = self._listener, None
        if accepting is not None and listener is not None:
            accepting.cancel()
            await asyncio.gather(accepting, return_exceptions=True)
            listener.close()

    async def _accept(self, listener: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        while True:
            member, _ = await loop.sock_accept(listener)
            self.accepted += 1
            if self.chance.random() < self.weather.refuse:
                _close(member, reset=True)
                continue
            self._members.append(member)
            task = asyncio.ensure_future(self._serve(self.accepted, member))
            self._running.add(task)
            task.add_done_callback(self._running.discard)

    async def _serve(self, number: int, member: socket.socket) -> None:
        host = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        host.setblocking(False)
        try:
            await asyncio.get_running_loop().sock_connect(host, ("127.0.0.1", self.target))
            if host.getsockname() == host.getpeername():
                raise ConnectionRefusedError("nobody listens, and the kernel connected us to us")
        except (OSError, asyncio.CancelledError):
            _close(host, reset=True)
            _close(member, reset=True)
            return
        link = Link(self, member, host)
        self.links[number] = link
        try:
            await link.run()
        finally:
            del self.links[number]
            # Cancelled before its first step, the link has closed nothing.
            host.close()
            member.close()

    def _each(self, link: int | None, call: Callable[[Link], None]) -> None:
        def calling() -> None:
            for one in self._chosen(link):
                call(one)

        self._network.call(calling)

    def _chosen(self, link: int | None) -> list[Link]:
        if link is None:
            return list(self.links.values())
        return [self.links[link]] if link in self.links else []

    def _hold(self, way: Way, *, held: bool) -> None:
        (self.held.add if held else self.held.discard)(way)
        for link in self.links.values():
            link.set_gate(way, is_open=not held)


class _Cut(Exception):
    """The dice said so."""


class Link:
    """One connection. Owns both sockets. All of it happens in the loop."""

    def __init__(self, proxy: Proxy, member: socket.socket, host: socket.socket) -> None:
        self._proxy = proxy
        self._member = member
        self._host = host
        self._reset = True
        self._delay = 0.0
        self._dribbles: Counter[Way] = Counter()
        self._cut = asyncio.Event()
        self.stopped = asyncio.Event()
        self._gates = {way: asyncio.Event() for way in Way}
        for way, gate in self._gates.items():
            if way not in proxy.held:
                gate.set()
        for side in (member, host):
            side.setblocking(False)
            side.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    async def run(self) -> None:
        """Carry everything until both sides have ended, or one is cut."""
        ways = [(Way.TO_HOST, self._member, self._host), (Way.TO_MEMBER, self._host, self._member)]
        cut = asyncio.ensure_future(self._cut.wait())
        tasks: set[asyncio.Task[Any]] = set()
        for way, source, sink in ways:
            chunks: asyncio.Queue[bytes] = asyncio.Queue(_CHUNKS_HELD)
            tasks.add(asyncio.ensure_future(self._read(way, source, chunks)))
            tasks.add(asyncio.ensure_future(self._write(way, sink, chunks)))
        pending = {*tasks, cut}
        try:
            while pending != {cut} and not cut.done():
                done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
                if any(task.exception() is not None for task in done):
                    break
            else:
                # Ended by both sides, in order, if it was not cut.
                self._reset = self._reset and cut.done()
        finally:
            for task in (*tasks, cut):
                task.cancel()
            await asyncio.gather(*tasks, cut, return_exceptions=True)
            self.stopped.set()
            try:
                if not self._reset:
                    await asyncio.wait_for(self._part(), _FIN_PATIENCE)
            except (OSError, TimeoutError):
                pass
            finally:
                _close(self._member, reset=self._reset)
                _close(self._host, reset=self._reset)

    def cut(self, *, reset: bool) -> None:
        self._reset = reset
        self._cut.set()

    def stall(self, seconds: float) -> None:
        for way in Way:
            self.set_gate(way, is_open=False)
        asyncio.get_running_loop().call_later(seconds, self._end_stall)

    def set_gate(self, way: Way, *, is_open: bool) -> None:
        (self._gates[way].set if is_open else self._gates[way].clear)()

    def dribble(self, chunks: int) -> None:
        for way in Way:
            self._dribbles[way] += chunks

    def set_delay(self, seconds: float) -> None:
        self._delay = seconds

    def _end_stall(self) -> None:
        for way in Way:
            self.set_gate(way, is_open=way not in self._proxy.held)

    async def _read(self, way: Way, source: socket.socket, chunks: asyncio.Queue[bytes]) -> None:
        while data := await asyncio.get_running_loop().sock_recv(source, _CHUNK):
            self._proxy.note_read(way, len(data))
            await chunks.put(data)
        await chunks.put(b"")

    async def _write(self, way: Way, sink: socket.socket, chunks: asyncio.Queue[bytes]) -> None:
        while data := await chunks.get():
            await self._pass_on(way, sink, data)
        await self._gates[way].wait()
        sink.shutdown(socket.SHUT_WR)

    async def _pass_on(self, way: Way, sink: socket.socket, data: bytes) -> None:
        loop = asyncio.get_running_loop()
        weather, chance = self._proxy.weather, self._proxy.chance
        if chance.random() < weather.stall:
            self.stall(chance.uniform(0.0, weather.longest))
        delay = self._delay
        if chance.random() < weather.delay:
            delay += chance.uniform(0.0, weather.longest)
        if delay:
            await asyncio.sleep(delay)
        await self._gates[way].wait()
        if chance.random() < weather.cut:
            # In mid-frame, most of the time.
            await loop.sock_sendall(sink, data[: chance.randrange(len(data))])
            self._reset = chance.random() < 0.5
            raise _Cut
        if self._dribbles[way] or chance.random() < weather.dribble:
            self._dribbles[way] = max(0, self._dribbles[way] - 1)
            for at in range(min(len(data), _DRIBBLED)):
                await loop.sock_sendall(sink, data[at : at + 1])
                await asyncio.sleep(0)
            data = data[_DRIBBLED:]
        await loop.sock_sendall(sink, data)

    async def _part(self) -> None:
        """End both sides by FIN, and read on until they end too: unread bytes would make it an RST."""
        for side in (self._member, self._host):
            side.shutdown(socket.SHUT_WR)
        for side in (self._member, self._host):
            while await asyncio.get_running_loop().sock_recv(side, _CHUNK):
                pass


def _bound(port: int) -> socket.socket:
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    bound.bind(("127.0.0.1", port))
    return bound


def _close(side: socket.socket, *, reset: bool) -> None:
    if reset:
        side.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    side.close()
