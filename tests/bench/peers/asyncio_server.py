"""A line server over asyncio's streams: one `write` a message a member, no back-pressure."""

from __future__ import annotations

import asyncio
import sys

writers: set[asyncio.StreamWriter] = set()


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Ask for a nickname, then relay lines to everyone."""
    writer.write(b"NICK")
    nickname = await reader.read(1024)
    writers.add(writer)
    broadcast(nickname + b" conectou ao servidor!\n")
    writer.write(b"Conectado ao Servidor\n")
    try:
        while line := await reader.readline():
            broadcast(line)
    except OSError:
        pass
    finally:
        writers.discard(writer)
        writer.close()


def broadcast(line: bytes) -> None:
    """Write to everyone at once; what a slow reader leaves, memory keeps."""
    for writer in writers:
        writer.write(line)


async def main() -> None:
    """Listen until killed."""
    server = await asyncio.start_server(serve, "127.0.0.1", int(sys.argv[1]), backlog=1024)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
