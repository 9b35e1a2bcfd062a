"""What a screen reader finds: the tree and the events of a program, over AT-SPI's own D-Bus.

The interfaces are those of at-spi2-core (`xml/*.xml` in its source). No binding is needed: the
client speaks D-Bus itself, as a process of its own would.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from jeepney import (  # type: ignore[import-untyped]
    DBusAddress,
    HeaderFields,
    MatchRule,
    MessageType,
    new_method_call,
)
from jeepney.bus_messages import message_bus  # type: ignore[import-untyped]
from jeepney.io.blocking import (  # type: ignore[import-untyped]
    DBusConnection,
    open_dbus_connection,
)

LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")

LIST = 31
LIST_ITEM = 32
ENTRY = 61
"""`AtspiRole` of at-spi2-core's `atspi-constants.h`."""
FOCUSED = 1 << 12
"""Of a set of `AtspiStateType`."""
POLITE = 1
"""`AtspiLive`."""

_ACCESSIBLE = "org.a11y.atspi.Accessible"
_ROOT = "/org/a11y/atspi/accessible/root"
_REGISTRY = "org.a11y.atspi.Registry"
_EVENTS = "org.a11y.atspi.Event.Object"
_TIMEOUT = 20.0

Key = tuple[str, str]
"""Who has an object, and its path there."""


@dataclass(frozen=True)
class Event:
    """One event: `name` is the signal's, `detail` its first word, `value` what comes with it."""

    source: Key
    name: str
    detail: str
    first: int
    second: int
    value: Any


class Reader:
    """A screen reader's ears: asks for objects, and hears their events."""

    def __init__(self, bus: str) -> None:
        self._bus: DBusConnection = open_dbus_connection(bus)
        rule = MatchRule(type="signal", interface=_EVENTS)
        self._ask(message_bus.AddMatch(rule))
        registry = DBusAddress("/org/a11y/atspi/registry", _REGISTRY, _REGISTRY)
        self._ask(new_method_call(registry, "RegisterEvent", "s", ("object:",)))
        self.heard: list[Event] = []

    def close(self) -> None:
        self._bus.close()

    # --- the tree -------------------------------------------------------------------------------

    def children(self, of: Key = (_REGISTRY, _ROOT)) -> list[Key]:
        found: list[Key] = self._call(of, _ACCESSIBLE, "GetChildren")[0]
        return found

    def child(self, of: Key, number: int) -> Key:
        found: Key = self._call(of, _ACCESSIBLE, "GetChildAtIndex", "i", (number,))[0]
        return found

    def child_count(self, of: Key) -> int:
        return int(self._property(of, _ACCESSIBLE, "ChildCount"))

    def name(self, of: Key) -> str:
        return str(self._property(of, _ACCESSIBLE, "Name"))

    def role(self, of: Key) -> int:
        return int(self._call(of, _ACCESSIBLE, "GetRole")[0])

    def states(self, of: Key) -> int:
        """Return the set of states as one number, bit n for `AtspiStateType` n."""
        low, high = self._call(of, _ACCESSIBLE, "GetState")[0]
        return int(low) | int(high) << 32

    def place(self, of: Key) -> tuple[int, int, int, int]:
        """Return x, y, width and height on the screen."""
        component = "org.a11y.atspi.Component"
        found: tuple[int, int, int, int] = self._call(of, component, "GetExtents", "u", (0,))[0]
        return found

    def find(self, name: str, *, role: int | None = None, under: Key | None = None) -> Key | None:
        """Return the first object of that name, or None; lists are not searched."""
        for key in self.children(under) if under else self.children():
            kind = self.role(key)
            if role in {None, kind} and self.name(key) == name:
                return key
            if kind != LIST and (found := self.find(name, role=role, under=key)):
                return found
        return None

    def wait_for(self, name: str, *, role: int | None = None) -> Key:
        """Return the object of that name as soon as there is one."""
        found: list[Key] = []

        def is_there() -> bool:
            key = self.find(name, role=role)
            found.extend([] if key is None else [key])
            return bool(found)

        self.wait_until(is_there)
        return found[0]

    def wait_until(self, holds: Callable[[], bool]) -> None:
        """Wait until that holds, asked again whenever something happened. Raises TimeoutError."""
        end = time.monotonic() + _TIMEOUT
        while not holds():
            if time.monotonic() > end:
                raise TimeoutError(self.heard[-10:])
            self.listen(0.1)

    # --- events ---------------------------------------------------------------------------------

    def wait_for_event(self, where: Callable[[Event], bool]) -> Event:
        """Return the first event, of those heard since `heard` was emptied, for which it holds."""
        seen = 0
        found: list[Event] = []

        def is_heard() -> bool:
            nonlocal seen
            while seen < len(self.heard) and not found:
                seen += 1
                found.extend(event for event in self.heard[seen - 1 : seen] if where(event))
            return bool(found)

        self.wait_until(is_heard)
        return found[0]

    def listen(self, seconds: float) -> None:
        """Take in what comes, for that long at most; returns after the first."""
        try:
            self._take(self._bus.receive(timeout=seconds))
        except TimeoutError:
            return

    def _take(self, message: Any) -> None:
        header = message.header
        fields = header.fields
        if header.message_type != MessageType.signal:
            return
        if fields.get(HeaderFields.interface) != _EVENTS:
            return
        detail, first, second, value, *_ = message.body
        source = (fields[HeaderFields.sender], fields[HeaderFields.path])
        name = fields[HeaderFields.member]
        self.heard.append(Event(source, name, detail, first, second, value[1]))

    # --- D-Bus ----------------------------------------------------------------------------------

    def _property(self, of: Key, interface: str, name: str) -> Any:
        body = (interface, name)
        return self._call(of, "org.freedesktop.DBus.Properties", "Get", "ss", body)[0][1]

    def _call(
        self, of: Key, interface: str, method: str, signature: str = "", body: tuple[Any, ...] = ()
    ) -> Any:
        address = DBusAddress(of[1], of[0], interface)
        return self._ask(new_method_call(address, method, signature or None, body))

    def _ask(self, message: Any) -> Any:
        serial = next(self._bus.outgoing_serial)
        self._bus.send(message, serial=serial)
        end = time.monotonic() + _TIMEOUT
        while True:
            answer = self._bus.receive(timeout=max(0.0, end - time.monotonic()))
            if answer.header.fields.get(HeaderFields.reply_serial) != serial:
                # Events that come meanwhile are heard all the same.
                self._take(answer)
                continue
            if answer.header.message_type == MessageType.error:
                raise LookupError(answer.header.fields.get(HeaderFields.error_name), answer.body)
            return answer.body


@contextmanager
def accessibility_bus(display: str) -> Iterator[dict[str, str]]:
    """Run a session bus with AT-SPI; give what a program's environment needs to be read there.

    Skips where there is no AT-SPI at all, but never in CI.
    """
    launcher = next((path for path in LAUNCHERS if os.access(path, os.X_OK)), None)
    if launcher is None or shutil.which("dbus-daemon") is None:
        reason = "not installed: at-spi2-core, dbus"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "DISPLAY": display},
        text=True,
    )
    assert daemon.stdout is not None
    address = daemon.stdout.readline().strip()
    environment = {"DBUS_SESSION_BUS_ADDRESS": address}
    # Its socket and its settings are nobody else's.
    with TemporaryDirectory() as folder:
        own = {"XDG_RUNTIME_DIR": folder, "GSETTINGS_BACKEND": "memory", "DISPLAY": display}
        bus = subprocess.Popen(
            [launcher, "--launch-immediately"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **environment, **own},
        )
        try:
            yield environment
        finally:
            for process in (bus, daemon):
                process.terminate()
                process.wait(10)
            daemon.stdout.close()


@contextmanager
def reader(environment: dict[str, str]) -> Iterator[Reader]:
    """Give a screen reader on the bus that `accessibility_bus` runs; it says there that it is one."""
    session = open_dbus_connection(environment["DBUS_SESSION_BUS_ADDRESS"])
    place = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
    answer = session.send_and_get_reply(new_method_call(place, "GetAddress"), timeout=_TIMEOUT)
    status = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.freedesktop.DBus.Properties")
    enabled = ("org.a11y.Status", "ScreenReaderEnabled", ("b", True))
    session.send_and_get_reply(new_method_call(status, "Set", "ssv", enabled), timeout=_TIMEOUT)
    session.close()
    made = Reader(answer.body[0])
    try:
        yield made
    finally:
        made.close()
