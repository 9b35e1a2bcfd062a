"""nginx, whose files are fetched and sent over TLS 1.3 as Papo's are.

One worker, everything else as it comes, but for what Papo has not either: no log of requests, and
uploads of any size.
"""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from app.security.certificate import load_or_create_room_key
from tests.bench.machine import LOOPBACK
from tests.bench.peers.base import Peer

_SETTINGS = """\
{user}daemon off;
worker_processes 1;
pid {folder}/pid;
error_log stderr;
events {{ worker_connections 256; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen {address}:{port} ssl;
        ssl_certificate {key};
        ssl_certificate_key {key};
        ssl_protocols TLSv1.3;
        client_max_body_size 0;
        location /files/ {{
            root {folder};
            dav_methods PUT;
        }}
    }}
}}
"""


class Nginx(Peer):
    """`nginx` with a room's kind of certificate; serves what is in the folder `files` of its own."""

    name = "nginx"
    protocol = "http"
    program = "nginx"

    def command(self, folder: Path, port: int, members: int) -> list[str]:
        """Serve the folder `files` in `folder`."""
        del members
        (folder / "files").mkdir()
        key = load_or_create_room_key(folder / "room.pem", datetime.now(UTC)).value.path
        settings = folder / "nginx.conf"
        # As root it would give itself up for a user that may not write here.
        user = "" if os.geteuid() else "user root;\n"
        settings.write_text(
            _SETTINGS.format(folder=folder, address=LOOPBACK, port=port, key=key, user=user)
        )
        return [self.path, "-p", str(folder), "-c", str(settings)]

    @property
    def version(self) -> str:
        """What it calls itself."""
        done = subprocess.run(
            [self.path, "-v"], capture_output=True, text=True, timeout=10, check=False
        )
        return done.stderr.strip().removeprefix("nginx version: ")
