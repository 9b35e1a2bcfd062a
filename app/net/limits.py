"""Every limit of a link's life, each with its reason."""

from app.protocol.limits import MAX_TRANSFERS

TLS_DEADLINE = 5.0
"""Seconds from the first contact to the end of the TLS handshake: a slow Wi-Fi needs one."""

JOIN_DEADLINE = 10.0
"""Seconds from the first contact until joined."""

CONNECT_DEADLINE = 6.0
"""Seconds for one address to answer at all: one lost SYN is sent again after 1 and after 3."""

PING_AFTER = 15.0
"""Seconds of silence before asking whether the other side is there."""

DEAD_AFTER = 28.0
"""Seconds of silence before a link counts as dead: so a pulled cable is said within 30."""

TEXT_SILENCE = 1.0
"""Seconds of silence at the door until it takes somebody for a guest by plain text, and asks.

A Papo whose first bytes are late (they were lost, and are sent again after a second) is asked too; it
knows what that means, and connects anew.
"""

TEXT_DEADLINE = 60.0
"""Seconds that a guest by plain text has for its nickname and the password: somebody types them."""

LINE_SILENCE = 0.1
"""Seconds of silence that end a line of a guest by plain text: the tutorial's client ends none."""

TYPED_SILENCE = 2.0
"""The same after a single byte: some telnets send every key by itself, and nobody types that fast.

Likewise in the middle of a character: a network has cut the message, and the rest is on its way.
"""

TEXT_READ = 4 * 1024
"""Bytes read at once of who speaks plain text: each may be a command or a line, which cost more."""

TEXT_MUCH = 1024
"""Bytes at once after which such a guest is not read for LINES_REST: nobody types so much."""

LINES_AT_ONCE = 100
"""Lines of one such guest in a turn of the event loop: the others have theirs, too."""

LINES_REST = 0.01
"""Seconds until its next turn: no flood of commands or empty lines is a host's whole work."""

NICK_MOST = 512
"""Characters of a nickname that the room is asked about: more than any may have."""

FITS_TUTORIAL = 700
"""Bytes of the past for the tutorial's client: it reads 1,024 at once, and breaks on half a letter."""

PIECE = 1_000
"""Bytes that the tutorial's client is sent at once: it takes 1,024, and ends on half a character."""

PIECE_GAP = 0.05
"""Seconds between two such pieces: it has read the first by then."""

NICKNAMES_ASKED = 5
"""Nicknames that a guest by plain text may offer: a person finds a free one, garbage never does."""

VISITS_RATE = 1.0
"""Guests by plain text a second from one address, once LINKS_PER_ADDRESS of them came at once: each is
somebody new to the room, is told to everyone, and is remembered with its number."""

BACKLOG = 20
"""Messages of the past that a guest by plain text is shown: a screenful."""

LINKS_PER_ADDRESS = 64
"""Links from one address: a whole class behind one router still fits."""

HALF_OPEN = 64
"""Links that have not joined, in all. The oldest silent one gives way to a new one."""

HALF_OPEN_PER_ADDRESS = 8
"""The same from one address."""

LISTEN_BACKLOG = 1024
"""Connections that the kernel holds for us: Qt's 50 makes a storm of joins wait a second."""

WRITE_CAP = 1024 * 1024
"""Bytes that may wait for one member. Who falls further behind is cut, and catches up from the log."""

DRAINED = 64 * 1024
"""Bytes waiting for a member at which it is let into the live stream again."""

TURN_BUDGET = 0.004
"""Seconds of one event-loop turn that writing to members may take; the rest goes on in the next."""

LINK_BUDGET = 0.004
"""Seconds of one event-loop turn that taking one link's messages may take; the rest goes on in the
next: a read may bring ten thousand that are of no use to anybody."""

SEND_BUFFER = 256 * 1024
"""Bytes of a socket's kernel buffer: left alone, the kernel holds megabytes for a slow reader."""

FILE_BUFFER = 1024 * 1024
"""The same where files are fetched: their reader goes on while the host waits for its own disk."""

READ_BUFFER = 128 * 1024
"""Bytes read ahead of our parsing: at most two frames."""

WEB_SLICE = 1024
"""Bytes of a WebSocket read between two looks at the clock: frames of six bytes, of no use to anybody
but allowed in any number, are read in Python, and READ_BUFFER of them take half a second."""

WEB_BUDGET = 0.002
"""Seconds of one event-loop turn that reading one WebSocket may take; the rest goes on in the next."""

LAST_WORD = 1.0
"""Seconds that a closing link has to take the last word."""

PORTS_TO_TRY = 20
"""Ports tried upwards from the one asked for, before any free one is taken."""

FIRST_RETRIES = 4
"""Quick further attempts when a door hangs up before TLS stands, as one does that is flooded."""

HTTP_HEAD = 16 * 1024
"""Bytes of an HTTP request before its body: a browser's are one or two thousand."""

HTTP_DEADLINE = 10.0
"""Seconds to send the head of a request, from the first contact or from the answer before it."""

PAGE_CONNECTIONS = 24
"""Connections of one address that were served the guest page: a browser opens six or eight, and there
may be two behind one address. Beyond that they count as half-open, as before."""

PAGE_CONNECTIONS_IN_ALL = 256
"""The same of all addresses: a class that scans the code at one moment."""

THUMBNAIL_WAIT = 10.0
"""Seconds that an upload's answer waits for a thumbnail: two of the slowest, or a dozen of others'."""

HTTP_IDLE = 30.0
"""Seconds without a byte after which a transfer is broken off; it can be resumed."""

FILE_SLICE = 128 * 1024
"""Bytes of a file read and written at once: a millisecond or less, so that messages pass between.

A reader waits for no more than the rest of one, besides what the system holds for it.
"""

FILE_AHEAD = 256 * 1024
"""Bytes of a file that wait at a member who sends it, besides what the system holds for it."""

DISCARDED = 8 * 1024 * 1024
"""Bytes of a refused body that are read and thrown away, so that the refusal is read at all."""

HTTP_CONNECTIONS = MAX_TRANSFERS
"""HTTP connections of one member at a time."""
