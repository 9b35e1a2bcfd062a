"""Make the tone that announces a message: `python resources/sounds/make.py`.

Two soft sine notes a fourth apart (D5, G5), each with a quiet octave above it, that come up within
8 ms and fade away. Mono, 16 bit, 22,050 Hz. The tone is ours, under Papo's licence.
"""

from __future__ import annotations

import math
import struct
import wave
from pathlib import Path

RATE = 22_050
SECONDS = 0.55
NOTES = ((0.0, 587.33), (0.11, 783.99))
"""When each begins, in seconds, and its pitch, in hertz."""
RISE, FADE = 0.008, 0.11
LOUDNESS = 0.28

OUT = Path(__file__).with_name("message.wav")


def sample(moment: float) -> float:
    """Return the tone at a moment, in seconds, between -1 and 1."""
    value = 0.0
    for start, pitch in NOTES:
        since = moment - start
        if since < 0:
            continue
        envelope = min(1.0, since / RISE) * math.exp(-since / FADE)
        phase = 2 * math.pi * pitch * since
        value += envelope * (math.sin(phase) + 0.18 * math.sin(2 * phase))
    # The very end is silence, or it would click.
    return LOUDNESS * value * min(1.0, (SECONDS - moment) / 0.05)


def tone() -> bytes:
    """Return the samples as 16-bit little-endian numbers."""
    count = round(RATE * SECONDS)
    return b"".join(struct.pack("<h", round(32767 * sample(n / RATE))) for n in range(count))


def main() -> None:
    """Write the file."""
    with wave.open(str(OUT), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(tone())
    print(f"{OUT}: {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
