"""The tutorial's server: one thread a client, `recv(1024)`, every message sent to every client.

Written anew from the description of its exchange (NICK, the two greetings in Portuguese, the console's
lines). Its weaknesses are the point: no framing, no limits, and a reader that stalls stalls everyone.
"""

from __future__ import annotations

import socket
import sys
import threading

clients: list[socket.socket] = []
nicknames: list[str] = []


def broadcast(message: bytes) -> None:
    """Send to everyone, one after the other."""
    for client in clients.copy():
        client.send(message)


def handle(client: socket.socket) -> None:
    """Relay what one client says, until it goes."""
    while True:
        try:
            message = client.recv(1024)
            if not message:
                break
            sys.stdout.write(f"{nicknames[clients.index(client)]} disse {message!r}\n")
            broadcast(message)
        except (OSError, ValueError):
            break
    if client in clients:
        nicknames.pop(clients.index(client))
        clients.remove(client)
    client.close()


def receive(server: socket.socket) -> None:
    """Let clients in, one at a time."""
    while True:
        client, address = server.accept()
        sys.stdout.write(f"Conectado com {address}\n")
        client.send(b"NICK")
        nickname = client.recv(1024).decode()
        nicknames.append(nickname)
        clients.append(client)
        sys.stdout.write(f"Nickname: {nickname}\n")
        broadcast(f"{nickname} conectou ao servidor!\n".encode())
        client.send(b"Conectado ao Servidor\n")
        threading.Thread(target=handle, args=(client,), daemon=True).start()


if __name__ == "__main__":
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", int(sys.argv[1])))
        listener.listen()
        receive(listener)
