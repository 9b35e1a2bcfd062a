"""Every limit of decoding a picture, each with its reason. What the wire promises is in `protocol`.

A picture of MAX_PICTURE_PIXELS takes 100 MB once it is decoded, and the program itself never holds more
than MAX_DECODED of one. Both hold because it is decoded elsewhere: jpeg and webp are made smaller while
they are read, png and gif take their 100 MB in the worker, which has no more than WORKER_MEMORY in all,
and only what was scaled down to be shown comes back.
"""

from app.protocol.limits import MAX_PICTURE_PIXELS, MAX_THUMBNAIL

MAX_SOURCE = 100 * 1024 * 1024
"""Bytes of a file that is looked at as a picture: 25 megapixels of noise, as a png."""

DECODER_MEMORY = -(-MAX_PICTURE_PIXELS * 4 // 1024**2)
"""MiB that a decoder may allocate for one picture: 4 bytes a pixel, at 8 half as many pixels."""

MAX_DECODED = 64 * 1024 * 1024
"""Bytes of a picture that come back to be shown: 16 megapixels, more than a screen has."""

MAX_ANIMATION = 32 * 1024 * 1024
"""Bytes of all frames of an animation that come back: 36 of 640 by 360, more where they are smaller."""

MAX_FRAMES = 200
"""Frames of an animation that come back; it begins again after them."""

SHORTEST_FRAME = 20
"""Milliseconds: a frame that says less is shown for SHORT_FRAME, as in browsers."""

SHORT_FRAME = 100

LONGEST_FRAME = 60_000
"""The same at most: one that stands still is a picture."""

WORKER_MEMORY = 768 * 1024 * 1024
"""Bytes of address space of the worker: Python and Qt take 100, an animated webp four pictures."""

WORKER_CPU = 15
"""Seconds of one core that one job may take, where the system counts them."""

WORKER_FILE = 128 * 1024 * 1024
"""Bytes that the worker may write into one file."""

WORKER_FILES = 64
"""Files that the worker may have open."""

NICENESS = 10
"""How far the worker steps back: messages are passed on while pictures wait."""

MAX_LINE = 64 * 1024
"""Bytes of a job or of an answer: two paths of the longest, escaped."""

THUMBNAIL_SIDE = 640
"""Pixels of a thumbnail's box: a card of 320 on a screen of twice the density."""

THUMBNAIL_BYTES = MAX_THUMBNAIL

THUMBNAIL_QUALITY = (85, 70, 50)
"""Of a jpeg: the first that fits is taken."""

RESIZED_QUALITY = 90
"""Of a picture that is made smaller before it is sent: nobody sees a difference."""

JOB_DEADLINE = 10.0
"""Seconds until a job is given up and its process ended: the largest picture takes one or two."""

THUMBNAIL_DEADLINE = 5.0
"""The same for a thumbnail, for others wait for theirs."""

IDLE_AFTER = 30.0
"""Seconds after the last job at which the process ends: it holds 40 MB, and starts in 0.1 s."""

MAX_JOBS = 512
"""Jobs that wait; further ones fail."""
