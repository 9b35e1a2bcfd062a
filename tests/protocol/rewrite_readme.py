"""Write the examples of `app/protocol/README.md` anew: `python -m tests.protocol.rewrite_readme`.

For whoever changed a message on purpose; the tests compare the page with the code as it was written.
"""

from __future__ import annotations

import json
import re

from app.protocol.codec import encode_json
from app.protocol.framing import HEADER
from tests.protocol.test_protocol_readme import README, as_written, text

BYTES_A_LINE = 24
WIDTH = 100


def _hex(frame: bytes) -> str:
    size = len(frame) - HEADER
    lines = [f"{frame[:HEADER].hex(' ')}   # {size} bytes"]
    body = frame[HEADER:]
    lines += [body[start : start + BYTES_A_LINE].hex(" ") for start in range(0, size, BYTES_A_LINE)]
    return "\n".join(lines) + "\n"


def _json(body: bytes) -> str:
    value = json.loads(body)
    line = json.dumps(value, ensure_ascii=False)
    if len(line) <= WIDTH:
        return line + "\n"
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def main() -> None:
    """Replace each block of the conversation by what the code sends now."""
    page = text()
    for name, (_, message, frame) in as_written().items():
        for kind, block in (("json", _json(encode_json(message))), ("hex", _hex(frame))):
            start = re.search(rf"^```{kind} {name}\n", page, re.MULTILINE)
            assert start
            end = page.index("```", start.end())
            page = page[: start.end()] + block + page[end:]
    README.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
