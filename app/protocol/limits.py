"""Every limit of the wire, each with its reason."""

MAX_FRAME_BEFORE_JOIN = 1024
"""Bytes in a frame's body until a member has joined: strangers get little memory."""

MAX_FRAME = 64 * 1024
"""Bytes in a frame's body once joined: a 5,000-character message in any script fits thrice."""

MAX_TEXT = 5_000
"""Code points in a message. A longer one is refused, never cut."""

MAX_EMOJI = 16
"""Code points in one emoji: a family with skin tones has ten, a flag of tags seven."""

MAX_REACTIONS = 20
"""Different emoji at one message: two rows of them."""

MAX_NICKNAME = 32
"""Code points in a nickname: what a roster row can show."""

MAX_NICKNAME_BYTES = 128
"""UTF-8 bytes in a nickname."""

MAX_ROOM_NAME = 64
"""Code points in a room's name."""

MAX_ROOM_NAME_BYTES = 256
"""UTF-8 bytes in a room's name: it must fit the host's hello, before joining."""

MAX_TOPIC = 250
"""Code points in a topic: one line of the header."""

MAX_AGENT = 64
"""Code points in a program's name and version, as told in a hello."""

MAX_PAGE = 200
"""Messages in one page of history."""

MAX_QUERY = 200
"""Code points in a search."""

MAX_FOUND = 50
"""Messages in the answer to a search: a screenful or two."""

MAX_TYPING = 8
"""Members named as writing at one moment: more than a window shows."""

MAX_HISTORY = 100_000
"""Messages that "the last N" may mean at most."""

MAX_ACTS = 100
"""Things done, in one answer to whoever asks what was done."""

MAX_BANS = 200
"""Bans in one answer; the oldest beyond that hold, and are not listed."""

MAX_SEALED = 20_480
"""Bytes of a sealed private message: the longest text and what sealing adds (`security/sealed.py`)."""

MAX_WHISPERS = 20
"""Private messages in one answer, so that the longest still come in few frames."""

ROSTER_PAGE = 200
"""Members in one roster message: 200 of the largest still fit a frame."""

MAX_PORT = 65_535
DEFAULT_PORT = 9090
"""The tutorial's port, and ours."""

MAX_FILE = 4 * 1024**3
"""Bytes in one file: a film in good quality."""

MAX_ROOM_FILES = 20 * 1024**3
"""Bytes of all files of a room on its host's disk."""

KEEP_FREE = 1024**3
"""Bytes that files leave free on the host's disk: it belongs to a person with other things to do."""

MAX_UPLOADS = 8
"""Unfinished uploads of one device."""

MAX_WAITING_FILES = 200
"""Files of one device that are at the host and in no message: empty ones, too, cost it something."""

MAX_TRANSFERS = 8
"""Files that one member sends and fetches at the same time, each on a connection of its own."""

MAX_FILE_NAME_BYTES = 255
"""UTF-8 bytes in a file's name: what the usual file systems take."""

MAX_ATTACHED = 10
"""Files in one message."""

MAX_CAPTION = 2_000
"""Code points in the text of a message with files."""

MAX_PICTURE_PIXELS = 25_000_000
"""Pixels of a picture that is shown in the window: a good camera's. A larger one is just a file."""

MAX_PICTURE_SIDE = 65_535
"""Pixels of its longer side: what a jpeg's header can say."""

MAX_THUMBNAIL = 256 * 1024
"""Bytes of a thumbnail: a page of pictures is there at once, and the room's disk hardly fuller."""

MAX_LISTED = 100
"""Files in the answer to who asks which there are: two screenfuls of small pictures."""
