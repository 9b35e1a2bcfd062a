"""The tutorial's client: one thread that prints what `recv(1024)` brings, one that sends what is typed.

Written anew from the description of its exchange, and as careless as it is: it answers `NICK` with
the nickname, sends `<nick>: <text>` without an end, and gives up on half a character. A program of its
own: `tutorial_client.py PORT NICKNAME`.
"""

from __future__ import annotations

import socket
import sys
import threading


def receive(server: socket.socket, nickname: str) -> None:
    """Print what comes, until something goes wrong."""
    while True:
        try:
            message = server.recv(1024).decode("utf-8")
            if not message:
                break
            if message == "NICK":
                server.send(nickname.encode("utf-8"))
            else:
                sys.stdout.write(f"{message}\n")
                sys.stdout.flush()
        except (OSError, UnicodeDecodeError) as error:
            sys.stdout.write(f"Ocorreu um erro! {error!r}\n")
            break
    server.close()
    sys.stdout.write("Desconectado\n")
    sys.stdout.flush()


def write(server: socket.socket, nickname: str) -> None:
    """Send what is typed."""
    for typed in sys.stdin:
        text = typed.removesuffix("\n")
        server.send(f"{nickname}: {text}".encode())


if __name__ == "__main__":
    client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    client.connect(("127.0.0.1", int(sys.argv[1])))
    threading.Thread(target=receive, args=(client, sys.argv[2])).start()
    threading.Thread(target=write, args=(client, sys.argv[2]), daemon=True).start()
