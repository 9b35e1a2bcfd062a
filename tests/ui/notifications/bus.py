"""A private message bus, and a notification service on it that remembers what it was asked."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from PyQt6.QtCore import QMetaType, QObject, pyqtClassInfo, pyqtSignal, pyqtSlot
from PyQt6.QtDBus import QDBusArgument, QDBusConnection, QDBusMessage

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"

_ALONE = f"""<busconfig>
    <type>session</type>
    <listen>unix:tmpdir={tempfile.gettempdir()}</listen>
    <policy context="default">
        <allow send_destination="*" eavesdrop="true"/>
        <allow eavesdrop="true"/>
        <allow own="*"/>
    </policy>
</busconfig>
"""
"""A bus that starts nobody: what this machine has installed stays out of it."""


# PyQt6 6.11 types it as what returns nothing.
_class_info: Any = pyqtClassInfo


@contextmanager
def private_bus() -> Iterator[str]:
    """Give the address of a bus of one's own; skips without the program, but never in CI."""
    program = shutil.which("dbus-daemon")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("not installed: dbus-daemon")
        pytest.skip("not installed: dbus-daemon")
    with tempfile.NamedTemporaryFile("w", suffix=".conf") as config:
        config.write(_ALONE)
        config.flush()
        daemon = subprocess.Popen(
            [program, f"--config-file={config.name}", "--nofork", "--nopidfile", "--print-address"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert daemon.stdout is not None
        address = daemon.stdout.readline().decode().strip()
    try:
        yield address
    finally:
        daemon.terminate()
        daemon.wait(10)
        daemon.stdout.close()


@_class_info("D-Bus Interface", NAME)
class FakeService(QObject):
    """Answers at once; `notes` holds what was shown, `closed` what was to be taken away."""

    asked = pyqtSignal()

    def __init__(self, bus: QDBusConnection, capabilities: tuple[str, ...]) -> None:
        super().__init__()
        self._bus = bus
        self._capabilities = capabilities
        self._last = 40
        self.notes: list[dict[str, Any]] = []
        self.closed: list[int] = []
        option = QDBusConnection.RegisterOption.ExportAllSlots
        assert bus.registerObject(PATH, self, option)
        assert bus.registerService(NAME)

    @pyqtSlot(result="QStringList")
    def GetCapabilities(self) -> list[str]:  # noqa: N802 - the specification's name
        return list(self._capabilities)

    @pyqtSlot(
        "QString", "uint", "QString", "QString", "QString", "QStringList", "QVariantMap", int,
        result="uint",
    )  # fmt: skip
    def Notify(  # noqa: N802 - the specification's name
        self,
        app: str,
        replaces: int,
        _icon: str,
        title: str,
        body: str,
        actions: list[str],
        hints: dict[str, object],
        _timeout: int,
    ) -> int:
        self._last += 0 if replaces else 1
        number = replaces or self._last
        self.notes.append(
            {
                "app": app,
                "id": number,
                "replaces": replaces,
                "title": title,
                "body": body,
                "actions": actions,
                "hints": hints,
            }
        )
        self.asked.emit()
        return number

    @pyqtSlot("uint")
    def CloseNotification(self, number: int) -> None:  # noqa: N802 - the specification's name
        self.closed.append(number)
        self.asked.emit()

    def act(self, number: int, action: str) -> None:
        """Let the person choose an action."""
        self._tell("ActionInvoked", number, action)

    def put_away(self, number: int, reason: int) -> None:
        """Let a notification be closed for that reason."""
        argument = QDBusArgument(reason, QMetaType.Type.UInt.value)  # type: ignore[call-overload]
        self._tell("NotificationClosed", number, argument)

    def _tell(self, signal: str, number: int, argument: object) -> None:
        message = QDBusMessage.createSignal(PATH, NAME, signal)
        number_argument = QDBusArgument(number, QMetaType.Type.UInt.value)  # type: ignore[call-overload]
        message.setArguments([number_argument, argument])
        assert self._bus.send(message)


_HANGING = f"""
import signal, sys
from PyQt6.QtCore import QCoreApplication, QObject
from PyQt6.QtDBus import QDBusConnection
app = QCoreApplication([])
bus = QDBusConnection.connectToBus(sys.argv[1], "hanging")
thing = QObject()
bus.registerObject({PATH!r}, thing)
print(bus.registerService({NAME!r}), flush=True)
signal.pause()
"""


@contextmanager
def hanging_service(address: str) -> Iterator[None]:
    """Let a service be there that takes calls, and answers none."""
    process = subprocess.Popen([sys.executable, "-c", _HANGING, address], stdout=subprocess.PIPE)
    assert process.stdout is not None
    try:
        assert process.stdout.readline().strip() == b"True"
        yield
    finally:
        process.kill()
        process.wait(10)
        process.stdout.close()
