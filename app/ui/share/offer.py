"""What of a room can be offered to others now, read from its session."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, replace

from app.protocol.errors import Refusal
from app.security.invite import InvalidTarget, Invite, parse_target
from app.session.connection import Phase, SharedAddress, Verified
from app.session.guest_page import guest_page_at
from app.session.room_session import RoomSession
from app.ui.chat.names import one_line
from app.ui.texts import tr

LONGEST_SCANNED = 180
"""Bytes that a QR code of version 9 (53 modules a side) holds with error correction M.

A denser code is scanned badly from a screen (ISO/IEC 18004, table 7).
"""


@dataclass(frozen=True)
class Offer:
    """How others get in. `problem` is the sentence that says why they cannot, or empty.

    `room` is one line of plain text from a peer. `scanned` is the link for the QR code: `invite`,
    or a shorter one to the same room, or where browsers are let in the guest page (`page`), since
    what scans is a phone. `caution` is something to know before passing it on.
    """

    room: str
    invite: str = ""
    scanned: str = ""
    page: str = ""
    addresses: tuple[SharedAddress, ...] = ()
    fingerprint: bytes = b""
    caution: str = ""
    problem: str = ""


def why_not(session: RoomSession) -> str:
    """Return why nobody can be invited to this room now, or an empty text."""
    connection = session.connection
    if connection.phase is Phase.CHANGED:
        return tr("This room’s fingerprint changed. Check with the host before you invite anybody.")
    if connection.phase is not Phase.STOPPED:
        return ""
    if session.hosted_here:
        return tr("This room is closed. Host it again to invite people.")
    if connection.problem == Refusal.ROOM_CLOSED:
        return tr("The host closed this room, so nobody can join it now.")
    return tr("You are not connected to this room. Join it again to invite people.")


def offer_of(session: RoomSession) -> Offer:
    """Return what there is to share of a session's room."""
    sharing = session.sharing
    offer = Offer(room=one_line(session.info.name))
    problem = why_not(session)
    if problem:
        return replace(offer, problem=problem)
    addresses = sharing.addresses
    if not addresses and session.address:
        addresses = (SharedAddress(session.address, "other"),)
    if not addresses and not sharing.invite:
        return replace(
            offer,
            problem=tr("There is nothing to share yet. The invite comes with the connection."),
        )
    page = guest_page_at(addresses) if session.info.browser_guests else ""
    return Offer(
        room=offer.room,
        invite=sharing.invite,
        scanned=page or scannable(sharing.invite),
        page=page,
        addresses=addresses,
        fingerprint=sharing.fingerprint or session.connection.fingerprint or b"",
        caution=_caution(session, addresses),
    )


def scannable(link: str) -> str:
    """Return the invite, or one to the same room that is short enough to be scanned well.

    The further addresses go first, then the room's name, which is only a hint.
    """
    if len(link) <= LONGEST_SCANNED:
        return link
    try:
        invite = parse_target(link)
    except InvalidTarget:
        return link
    if not isinstance(invite, Invite):
        return link
    shorter = replace(invite, addresses=invite.addresses[:1])
    if len(shorter.link()) > LONGEST_SCANNED:
        shorter = replace(shorter, room="")
    return shorter.link()


def _caution(session: RoomSession, addresses: tuple[SharedAddress, ...]) -> str:
    if addresses and _is_only_here(addresses[0].text):
        return tr(
            "This address works on this computer only. Connect it to a network to invite others."
        )
    if session.sharing.invite and session.verified is Verified.FIRST_USE:
        return tr(
            "You have not verified the host yourself. Compare the words before you pass it on."
        )
    return ""


def _is_only_here(text: str) -> bool:
    try:
        target = parse_target(text)
        if isinstance(target, Invite):
            return False
        return target.host == "localhost" or ipaddress.ip_address(target.host).is_loopback
    except ValueError:
        return False
