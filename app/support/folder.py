"""Where everything lies that Papo stores: one folder, the same on every run."""

from __future__ import annotations

import hashlib
from pathlib import Path

from app.support.files import make_private_folder


class DataFolder:
    """The folder of one installation, made private to its owner when it is first used.

    `downloads` is where files go that were fetched without saying where: the person's own folder for
    such, or one inside this folder where everything is to stay together.
    """

    def __init__(self, path: Path, downloads: Path | None = None) -> None:
        self.path = path
        self.downloads = downloads or path / "downloads"

    def prepare(self) -> None:
        """Make the folder where there is none; raises OSError where that is refused."""
        make_private_folder(self.path)

    @property
    def settings(self) -> Path:
        """What the window remembers."""
        return self.path / "settings.json"

    @property
    def device_key(self) -> Path:
        """This installation's own key."""
        return self.path / "device.pem"

    @property
    def known_rooms(self) -> Path:
        """The fingerprints of rooms that were joined."""
        return self.path / "known_rooms.json"

    @property
    def log(self) -> Path:
        """What the program noted about itself; never a message's text."""
        return self.path / "papo.log"

    @property
    def outgoing(self) -> Path:
        """Files that were made to be sent: archives, cleaned copies, pasted pictures."""
        return self.path / "outgoing"

    @property
    def viewed(self) -> Path:
        """Files that were fetched to be shown in the window; emptied at each start."""
        return self.path / "viewed"

    @property
    def in_use(self) -> Path:
        """A file that is locked while a run uses the folder."""
        return self.path / "in_use.lock"

    @property
    def window(self) -> Path:
        """A file that is locked while a window of this folder is open."""
        return self.path / "window.lock"

    @property
    def window_socket(self) -> Path:
        """Where a second start reaches that window."""
        return self.path / "window.sock"

    @property
    def window_name(self) -> Path:
        """What that way is called where it is in no folder of ours."""
        return self.path / "window.name"

    def replica(self, fingerprint: bytes) -> Path:
        """Return the file in which a member keeps what it knows of a room."""
        return self.path / "replicas" / f"{fingerprint.hex()}.db"

    def room(self, name: str) -> Path:
        """Return the folder of a room hosted here; one name is one room. Made where missing."""
        # A room's name may hold what no file system takes, so its hash names the folder.
        folder = self.path / "rooms" / hashlib.sha256(name.encode()).hexdigest()[:32]
        make_private_folder(folder)
        return folder
