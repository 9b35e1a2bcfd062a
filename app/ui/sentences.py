"""Turn the codes of refusals and problems into sentences that say what to do next.

Needs no window: the command line tells the same sentences.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from app.protocol import limits
from app.protocol.errors import Refusal
from app.security.password import MAX_PASSWORD, PasswordProblem
from app.session.connection import Problem
from app.session.store_file import StoreProblem
from app.ui.files.sentences import FILE_SENTENCES
from app.ui.texts import tr

About = dict[str, object]


def sentence(code: str, **about: object) -> str:
    """Return the sentence for the code of a refusal, a problem or a failure.

    That is the value of a `Refusal`, `Problem`, `StoreProblem`, `PasswordProblem`, `FileFailure` or
    `LocalProblem`. `about` fills in what is known: `address`, `host`, `nick`, `limit`, `seconds` to
    wait, `own`, whether the room is hosted here, and `mine`, whether it is about what one sends
    oneself. A code from a newer peer gets a sentence that is
    true of all.
    """
    make = _SENTENCES.get(code) or FILE_SENTENCES.get(code, _unknown)
    known = {name: value for name, value in about.items() if value is not None and value != ""}
    return make(known)


def _host_of(about: About) -> str:
    return str(about.get("host") or tr("the host"))


def _address_of(about: About) -> str:
    return str(about.get("address") or tr("that address"))


def _unknown(_about: About) -> str:
    return tr("That did not work. Try again, or ask the host to update Papo.")


def _frame_too_large(_about: About) -> str:
    return tr("That was too much at once for this room. Send it in smaller parts.")


def _malformed(_about: About) -> str:
    return tr("The two programs did not understand each other. Update Papo on both computers.")


def _unexpected(_about: About) -> str:
    return tr("Something came out of turn. Join again; if it stays, update Papo on both computers.")


def _peer_too_old(_about: About) -> str:
    return tr("This room runs a newer Papo. Update yours to join.")


def _peer_too_new(_about: About) -> str:
    return tr("This room runs an older Papo. Ask its host to update.")


def _bad_proof(_about: About) -> str:
    return tr("The room could not check this computer’s key. Join again.")


def _nickname_empty(_about: About) -> str:
    return tr("Choose a nickname, so that others know who writes.")


def _nickname_too_long(about: About) -> str:
    longest = about.get("limit", limits.MAX_NICKNAME)
    return tr(
        "That nickname is too long. Choose one of at most %n character(s).", n=_number(longest)
    )


def _nickname_not_allowed(about: About) -> str:
    if "nick" in about:
        return tr(
            "“{nick}” has signs that a nickname cannot have. Choose another nickname.",
            nick=about["nick"],
        )
    return tr("That nickname has signs that a nickname cannot have. Choose another nickname.")


def _nickname_taken(about: About) -> str:
    if "nick" in about:
        return tr("“{nick}” is taken in this room. Choose another nickname.", nick=about["nick"])
    return tr("That nickname is taken in this room. Choose another nickname.")


def _room_full(_about: About) -> str:
    return tr("This room is full. Try again when somebody has left.")


def _text_empty(_about: About) -> str:
    return tr("Write something first.")


def _text_too_long(about: About) -> str:
    longest = about.get("limit", limits.MAX_TEXT)
    return tr(
        "A message has room for %n character(s). Shorten it, or send it in parts.",
        n=_number(longest),
    )


def _not_saved(about: About) -> str:
    if about.get("own"):
        return tr("Not saved: the disk of this computer is full. Free some space, then try again.")
    return tr(
        "Not saved: the disk of {host}’s computer is full. Ask for some space to be freed.",
        host=_host_of(about),
    )


def _topic_too_long(about: About) -> str:
    longest = about.get("limit", limits.MAX_TOPIC)
    return tr("A topic has room for %n character(s). Shorten it.", n=_number(longest))


def _not_permitted(_about: About) -> str:
    return tr("Your role in this room does not allow that. Ask the host.")


def _room_closed(_about: About) -> str:
    return tr("The host closed this room. You can still read and copy what was said.")


def _replaced(_about: About) -> str:
    return tr("You joined this room again from another window. Go on there, or try again here.")


def _too_slow(_about: About) -> str:
    return tr("This computer fell behind. Papo joins again and fetches what is missing.")


def _timed_out(_about: About) -> str:
    return tr("The room heard nothing from this computer for too long. Try again.")


def _too_many_links(_about: About) -> str:
    return tr("Too many connections come from this computer’s address. Try again in a moment.")


def _removed(_about: About) -> str:
    return tr("You were removed from this room. You may join it again.")


def _banned(_about: About) -> str:
    return tr("You are banned from this room. If that is a mistake, ask its host to lift the ban.")


def _room_locked(_about: About) -> str:
    return tr("This room is locked, so nobody new gets in. Ask its host to unlock it.")


def _muted(_about: About) -> str:
    return tr("You are muted here. You can read on; ask the host if you want to write again.")


def _hosts_only(_about: About) -> str:
    return tr("Only the host and moderators write here at the moment. You can read on.")


def _no_such_member(_about: About) -> str:
    return tr("That person is not in the room any more.")


def _no_such_message(_about: About) -> str:
    return tr("That message is not in this room any more.")


def _no_such_file(about: About) -> str:
    if about.get("mine"):
        return tr("The host does not have this file any more. Try again to send it anew.")
    return tr("The host does not have this file any more. Ask whoever sent it to send it again.")


def _too_many_files(about: About) -> str:
    return tr(
        "A message holds %n file(s) at most. Send the others in another one.",
        n=_number(about.get("limit")),
    )


def _no_files(_about: About) -> str:
    return tr("This room takes no files.")


def _not_an_emoji(_about: About) -> str:
    return tr("Only an emoji can be put to a message.")


def _too_many_emoji(_about: About) -> str:
    return tr("This message has as many different emoji as it can have. Choose one of those.")


def _wrong_password(_about: About) -> str:
    return tr("That is not this room’s password. Check it, then type it again.")


def _too_many_guesses(about: About) -> str:
    seconds = _number(about.get("seconds"))
    if seconds > 0:
        return tr(
            "Too many wrong passwords. Ask the host for the right one, then try again in "
            "%n second(s).",
            n=seconds,
        )
    return tr("Too many wrong passwords. Ask the host for the right one, then try again.")


def _password_not_asked(about: About) -> str:
    return tr(
        "The computer at {address} did not ask for the password, so it may not be the room you mean. "
        "Your nickname was not sent. Ask for an invite, or try again and compare the words.",
        address=_address_of(about),
    )


def _password_empty(_about: About) -> str:
    return tr("Type the room’s password.")


def _password_too_long(_about: About) -> str:
    return tr("A password has room for %n character(s). Shorten it.", n=MAX_PASSWORD)


def _password_not_allowed(_about: About) -> str:
    return tr("That password has signs that a password cannot have. Use letters and digits.")


def _no_such_host(about: About) -> str:
    # The name alone was looked for, so the port is left out.
    name = re.sub(r":\d+$", "", _address_of(about))
    return tr("No computer called {address} was found. Check the address.", address=name)


def _refused(about: About) -> str:
    return tr(
        "The computer at {address} is there, but no room is open on that port. "
        "Ask whether the room is open, and check the port.",
        address=_address_of(about),
    )


def _no_answer(about: About) -> str:
    return tr("No answer from {address}. Is the room still open there?", address=_address_of(about))


def _unreachable(about: About) -> str:
    return tr(
        "No way to {address} from here. Check that both computers are in the same network.",
        address=_address_of(about),
    )


def _not_papo(about: About) -> str:
    return tr(
        "Something answers at {address}, but it is not a Papo room. Check the port.",
        address=_address_of(about),
    )


def _turned_away(about: About) -> str:
    return tr(
        "Too many are at the door of {address}. Try again in a moment.",
        address=_address_of(about),
    )


def _lost(about: About) -> str:
    if "host" in about:
        return tr("The connection to {host}’s computer broke. Try again.", host=about["host"])
    return tr("The connection broke. Try again.")


def _wrong_host(about: About) -> str:
    return tr(
        "This room’s fingerprint changed. Nothing was sent. Check with {host} before you go on.",
        host=_host_of(about),
    )


def _unknown_host(_about: About) -> str:
    return tr(
        "This room is new to you, and nobody vouched for it. Use an invite, or accept new rooms."
    )


def _key_not_genuine(_about: About) -> str:
    return tr(
        "Not sent: the host gave another key than that person’s, so your message could have been read "
        "on the way. Ask them whether their device is still the same one."
    )


def _not_opened(_about: About) -> str:
    return tr("This private message cannot be opened here. Ask for it to be sent again.")


def _store_full(_about: About) -> str:
    return tr("This computer’s disk is full, so this room is not kept here for now.")


def _store_unwritable(_about: About) -> str:
    return tr("Papo cannot write to this computer’s disk, so this room is not kept here for now.")


def _store_in_use(_about: About) -> str:
    return tr("Another Papo on this computer has this room open, so it is not kept here.")


def _store_damaged(_about: About) -> str:
    return tr("What this computer kept of the room was damaged. It was set aside.")


def _store_newer(_about: About) -> str:
    return tr("A newer Papo kept this room on this computer. What it kept was set aside.")


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def _no_guests(_about: About) -> str:
    return tr("This room lets no guests in this way. Ask its host to, or join with Papo.")


def _not_for_guests(_about: About) -> str:
    return tr("Guests cannot do that, and it cannot be done with them: it needs Papo.")


_SENTENCES: dict[str, Callable[[About], str]] = {
    Refusal.FRAME_TOO_LARGE: _frame_too_large,
    Refusal.MALFORMED: _malformed,
    Refusal.UNEXPECTED: _unexpected,
    Refusal.PEER_TOO_OLD: _peer_too_old,
    Refusal.PEER_TOO_NEW: _peer_too_new,
    Refusal.BAD_PROOF: _bad_proof,
    Refusal.NICKNAME_EMPTY: _nickname_empty,
    Refusal.NICKNAME_TOO_LONG: _nickname_too_long,
    Refusal.NICKNAME_NOT_ALLOWED: _nickname_not_allowed,
    Refusal.NICKNAME_TAKEN: _nickname_taken,
    Refusal.ROOM_FULL: _room_full,
    Refusal.TEXT_EMPTY: _text_empty,
    Refusal.TEXT_TOO_LONG: _text_too_long,
    Refusal.NOT_SAVED: _not_saved,
    Refusal.TOPIC_TOO_LONG: _topic_too_long,
    Refusal.NOT_PERMITTED: _not_permitted,
    Refusal.ROOM_CLOSED: _room_closed,
    Refusal.REPLACED: _replaced,
    Refusal.TOO_SLOW: _too_slow,
    Refusal.TIMED_OUT: _timed_out,
    Refusal.TOO_MANY_LINKS: _too_many_links,
    Refusal.REMOVED: _removed,
    Refusal.BANNED: _banned,
    Refusal.ROOM_LOCKED: _room_locked,
    Refusal.MUTED: _muted,
    Refusal.HOSTS_ONLY: _hosts_only,
    Refusal.NO_SUCH_MEMBER: _no_such_member,
    Refusal.NO_SUCH_MESSAGE: _no_such_message,
    Refusal.NOT_AN_EMOJI: _not_an_emoji,
    Refusal.TOO_MANY_EMOJI: _too_many_emoji,
    Refusal.NO_SUCH_FILE: _no_such_file,
    Refusal.TOO_MANY_FILES: _too_many_files,
    Refusal.NO_FILES: _no_files,
    Refusal.NO_GUESTS: _no_guests,
    Refusal.NOT_FOR_GUESTS: _not_for_guests,
    Refusal.WRONG_PASSWORD: _wrong_password,
    Refusal.TOO_MANY_GUESSES: _too_many_guesses,
    Problem.PASSWORD_NOT_ASKED: _password_not_asked,
    PasswordProblem.EMPTY: _password_empty,
    PasswordProblem.TOO_LONG: _password_too_long,
    PasswordProblem.NOT_ALLOWED: _password_not_allowed,
    Problem.NO_SUCH_HOST: _no_such_host,
    Problem.REFUSED: _refused,
    Problem.NO_ANSWER: _no_answer,
    Problem.UNREACHABLE: _unreachable,
    Problem.NOT_PAPO: _not_papo,
    Problem.TURNED_AWAY: _turned_away,
    Problem.LOST: _lost,
    Problem.WRONG_HOST: _wrong_host,
    Problem.UNKNOWN_HOST: _unknown_host,
    Problem.KEY_NOT_GENUINE: _key_not_genuine,
    Problem.NOT_OPENED: _not_opened,
    StoreProblem.FULL: _store_full,
    StoreProblem.UNWRITABLE: _store_unwritable,
    StoreProblem.IN_USE: _store_in_use,
    StoreProblem.DAMAGED: _store_damaged,
    StoreProblem.NEWER: _store_newer,
}
