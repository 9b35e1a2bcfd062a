"""Rooms that are found by themselves: DNS-SD (RFC 6763) over multicast DNS (RFC 6762).

`zeroconf` brings two things: DNS packets, read and written, and a responder with a browser that live on
an asyncio loop in a thread. Papo takes the packets, and does the rest itself: nothing here starts a
thread, all waiting goes through the one `Clock`, so that every rule is tested without a network and
without waiting, and all rooms of a process share a few sockets with the rest of Qt's event loop.
A `Responder` and a `Browser` are sans-IO and speak on one link (an interface); `Discovery` gives each
link its sockets and follows the interfaces as they come and go.

Where this differs from the letter of RFC 6762, and why:

- Questions and probes ask for answers by multicast, never by unicast (5.4, 8.1): a system's own
  responder mostly shares port 5353, and a unicast answer would reach only one of the two.
- A link's sockets are bound to the group's address where the system can do that (Linux), so that they
  never take a unicast packet away from that responder.
- The host name is made of the room's fingerprint, hence unique (8.1) and not probed for.
- A goodbye is obeyed at once, not a second later (10.1): an instance has one owner.
"""
