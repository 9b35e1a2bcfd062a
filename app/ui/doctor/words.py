"""What a check of the connection found, in sentences that say what to do next."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from app.session.checking import Finding, Step, Verdict
from app.session.connection import Problem
from app.ui.chat.names import isolated, one_line
from app.ui.sentences import sentence
from app.ui.texts import tr

if TYPE_CHECKING:
    from collections.abc import Iterable

About = dict[str, Any]


def title_of(step: Step) -> str:
    """Return what a step is called."""
    return {
        Step.RESOLVE: tr("Find the computer"),
        Step.CONNECT: tr("Reach it"),
        Step.TLS: tr("Is it a Papo room?"),
        Step.TRUST: tr("Is it the right host?"),
        Step.VERSION: tr("Do the versions fit?"),
        Step.NETWORK: tr("Your network"),
        Step.ADDRESS: tr("An address to tell others"),
        Step.LISTEN: tr("Your room’s port"),
        Step.REACH: tr("Answers at the address"),
        Step.FIREWALL: tr("Firewall"),
        Step.VPN: tr("VPN"),
        Step.ISOLATION: tr("Devices kept apart"),
    }[step]


def verdict_word(verdict: Verdict) -> str:
    """Return a verdict in a word: it is never told by its colour alone."""
    return {
        Verdict.GOOD: tr("Fine"),
        Verdict.HINT: tr("Note"),
        Verdict.DOUBTFUL: tr("Perhaps"),
        Verdict.BAD: tr("Problem"),
    }[verdict]


def words_of(finding: Finding) -> str:
    """Return what was found, and what to do about it."""
    make = _WORDS.get((finding.step, finding.code))
    if make is not None:
        return make({name: isolated(one_line(text)) for name, text in finding.about.items()})
    if finding.step is Step.FIREWALL:
        return _firewall(finding)
    return sentence(finding.code, **{k: isolated(one_line(v)) for k, v in finding.about.items()})


def command_of(finding: Finding) -> str:
    """Return the command that mends what was found, where there is one and it is needed."""
    wanted = finding.verdict in {Verdict.BAD, Verdict.DOUBTFUL}
    return one_line(finding.about.get("command", "")) if wanted else ""


def line_of(finding: Finding) -> str:
    """Return one finding as a line of plain text."""
    command = command_of(finding)
    end = f" [{command}]" if command else ""
    head = f"{verdict_word(finding.verdict)} · {title_of(finding.step)}"
    return f"{head}: {words_of(finding)}{end}"


def summary(findings: Iterable[Finding], *, hosting: bool) -> str:
    """Return what all of it comes to, in a sentence."""
    findings = list(findings)
    verdicts = {finding.verdict for finding in findings}
    if Verdict.BAD in verdicts:
        return tr("Something is in the way. What is marked as a problem says what to do.")
    if Verdict.DOUBTFUL in verdicts:
        return tr("Nothing is certainly wrong, but look at what is marked “Perhaps”.")
    if any(finding.code == "nothing-open" for finding in findings):
        return tr("No room is open yet. Nothing that can be seen from here would keep others out.")
    if hosting:
        return tr("As far as can be known from this computer, others can get in.")
    return tr("The way to the room is free.")


def report(findings: Iterable[Finding], about: str) -> str:
    """Return all of it as text to send to somebody who helps. It holds no secret."""
    head = tr("Papo’s check of the connection: {about}", about=about)
    return "\n".join([head, *(line_of(finding) for finding in findings)]) + "\n"


def _firewall(finding: Finding) -> str:
    name, port = finding.about.get("name", ""), finding.about.get("port", "")
    if finding.code == "open":
        return tr("{name} lets port {port} in.", name=name, port=port)
    if finding.code == "off":
        return tr("{name} is off.", name=name)
    if finding.code == "shut":
        return tr(
            "{name} is on and does not let port {port} in. Allow it with this command.",
            name=name,
            port=port,
        )
    if command_of(finding):
        return tr(
            "{name} is on, and only an administrator can see whether it lets port {port} in. "
            "This command allows it.",
            name=name,
            port=port,
        )
    return tr(
        "{name} is there, and only an administrator can see whether it lets port {port} in. "
        "Ask whoever takes care of this computer.",
        name=name,
        port=port,
    )


_WORDS: dict[tuple[Step, str], Callable[[About], str]] = {
    # --- joining
    (Step.RESOLVE, "ip"): lambda about: tr(
        "{address} is a number already, so nothing had to be looked up.", **about
    ),
    (Step.RESOLVE, "found"): lambda about: tr("{name} is {address}.", **about),
    (Step.RESOLVE, Problem.NO_SUCH_HOST): lambda about: tr(
        "No computer called {name} was found. Check how it is written, or ask for the address in "
        "numbers, such as 192.168.1.20.",
        **about,
    ),
    (Step.RESOLVE, "no-such-local-name"): lambda about: tr(
        "{name} was not found. Names that end in .local do not work in every network: ask for the "
        "address in numbers, such as 192.168.1.20.",
        **about,
    ),
    (Step.RESOLVE, "no-network"): lambda _about: _no_network(),
    (Step.CONNECT, "connected"): lambda about: tr("{address} answers.", **about),
    (Step.CONNECT, Problem.REFUSED): lambda about: tr(
        "The computer is there, but nothing is open at port {port}. Ask whether the room is open, "
        "and whether its address ends in another port.",
        **about,
    ),
    (Step.CONNECT, "no-answer-near"): lambda about: tr(
        "{address} is in your network and does not answer. Most likely a firewall on the host’s "
        "computer is in the way: ask its person to check the connection there. Or it sleeps, or the "
        "Wi-Fi keeps its devices apart.",
        **about,
    ),
    (Step.CONNECT, "no-answer-far"): lambda about: tr(
        "{address} is in another network than this computer. Join the same Wi-Fi or cable as the "
        "host, or ask for another of its addresses.",
        **about,
    ),
    (Step.CONNECT, "unreachable-near"): lambda about: tr(
        "{address} is in your network, but no computer there has it now. Ask whether the host’s "
        "address changed, and whether its computer is on.",
        **about,
    ),
    (Step.CONNECT, "unreachable-far"): lambda about: tr(
        "{address} is in another network than this computer, and there is no way to it. Join the "
        "same Wi-Fi or cable as the host.",
        **about,
    ),
    (Step.CONNECT, "no-network"): lambda _about: _no_network(),
    (Step.CONNECT, "no-socket"): lambda _about: tr(
        "This computer let Papo open no connection. A security program may forbid it: allow Papo "
        "there."
    ),
    (Step.TLS, "room"): lambda about: tr("A Papo room answers at {address}, encrypted.", **about),
    (Step.TLS, Problem.NOT_PAPO): lambda about: tr(
        "Something answers at {address}, but it is not a Papo room. Check the port.", **about
    ),
    (Step.TLS, "silent"): lambda about: tr(
        "Something takes the connection at {address} and says nothing. It may be another program: "
        "check the port. Or the host’s Papo hangs: ask for it to be started again.",
        **about,
    ),
    (Step.TLS, Problem.TURNED_AWAY): lambda about: tr(
        "{address} hung up at once. Too many may be at the door, or it is another program. Try again "
        "in a moment, and check the port.",
        **about,
    ),
    (Step.TRUST, "invited"): lambda _about: tr("It is the host that the invite names."),
    (Step.TRUST, "known"): lambda _about: tr("It is the host that you met before."),
    (Step.TRUST, "new"): lambda _about: tr(
        "You have not met this host. When you join, compare the words with its person, or use an "
        "invite."
    ),
    (Step.TRUST, "changed"): lambda about: tr(
        "Another host answers at {address} than the one you met there. Nothing was sent. Ask its "
        "person whether Papo was set up anew, and for an invite.",
        **about,
    ),
    (Step.TRUST, "not-the-invited"): lambda about: tr(
        "Another host answers at {address} than the one that the invite names. Nothing was sent. Ask "
        "for a new invite.",
        **about,
    ),
    (Step.VERSION, "fits"): lambda _about: tr("Both speak the same version."),
    (Step.VERSION, "fits-password"): lambda _about: tr(
        "Both speak the same version. The room asks for a password."
    ),
    (Step.VERSION, "silent"): lambda _about: tr(
        "The room took the connection and then said nothing. Ask for it to be opened again."
    ),
    (Step.VERSION, Problem.LOST): lambda _about: tr("The room hung up. Try again in a moment."),
    # --- hosting
    (Step.NETWORK, "one-network"): lambda about: tr(
        "You are in one network ({interfaces}). Whoever joins has to be in it, too.", **about
    ),
    (Step.NETWORK, "several-networks"): lambda about: tr(
        "You are in several networks ({interfaces}). Tell others the address of the one that they "
        "are in.",
        **about,
    ),
    (Step.NETWORK, "only-link-local"): lambda _about: tr(
        "This computer got no address from a router. Two computers on one cable can still meet; for "
        "more, connect to a router or Wi-Fi."
    ),
    (Step.NETWORK, "no-network"): lambda _about: _no_network(),
    (Step.ADDRESS, "wifi"): lambda about: _ranked(
        tr("{address}: for everybody in the same Wi-Fi ({interface}).", **about), about
    ),
    (Step.ADDRESS, "ethernet"): lambda about: _ranked(
        tr("{address}: for everybody in the same network ({interface}).", **about), about
    ),
    (Step.ADDRESS, "other"): lambda about: _ranked(
        tr("{address}: for everybody in the same network.", **about), about
    ),
    (Step.ADDRESS, "name"): lambda about: tr(
        "{address}: the computer’s name. It is easy to say, but not every network knows it.",
        **about,
    ),
    (Step.ADDRESS, "ipv6"): lambda about: tr(
        "{address}: works as well, but is long to type.", **about
    ),
    (Step.ADDRESS, "vpn"): lambda about: tr(
        "{address}: only for those in the same VPN ({interface}).", **about
    ),
    (Step.ADDRESS, "virtual"): lambda about: tr(
        "{address}: only for virtual machines and containers on this computer ({interface}).",
        **about,
    ),
    (Step.LISTEN, "room"): lambda about: tr("A room is open at port {port}.", **about),
    (Step.LISTEN, "nothing-open"): lambda about: tr(
        "No room is open at port {port} now. Host one to have the rest checked, too.", **about
    ),
    (Step.LISTEN, "closed"): lambda about: tr(
        "Your room should be open at port {port}, but nothing answers there. Close the room and host "
        "it again.",
        **about,
    ),
    (Step.LISTEN, "another-room"): lambda about: tr(
        "Another room than yours answers at port {port}. Host yours with another port.", **about
    ),
    (Step.LISTEN, "other-program"): lambda about: tr(
        "Another program has port {port}. Host with another port.", **about
    ),
    (Step.REACH, "answers"): lambda about: tr(
        "The room answers at {address}. This was asked from this computer; only another one can try "
        "the whole way.",
        **about,
    ),
    (Step.REACH, "no-answer"): lambda about: tr(
        "The room does not answer at {address}. Tell others another address.", **about
    ),
    (Step.REACH, "another-room"): lambda about: tr(
        "Another room answers at {address}. Tell others another address.", **about
    ),
    (Step.REACH, "only-here"): lambda about: tr(
        "The room is open for this computer alone ({address}). Host without that address to let "
        "others in.",
        **about,
    ),
    (Step.FIREWALL, "none-found"): lambda _about: tr(
        "No firewall was found on this computer. There may be one in the router."
    ),
    (Step.FIREWALL, "windows-off"): lambda _about: tr("Windows Defender Firewall is off."),
    (Step.FIREWALL, "windows-unreadable"): lambda about: tr(
        "Windows Defender Firewall is on. When Windows asks, allow Papo for private networks. "
        "Otherwise open Windows Security > Firewall & network protection > Allow an app through "
        "firewall, and tick Papo; or run this command as administrator, for port {port}.",
        **about,
    ),
    (Step.FIREWALL, "macos-off"): lambda _about: tr("The firewall of macOS is off."),
    (Step.FIREWALL, "macos-unreadable"): lambda _about: tr(
        "The firewall of macOS is on. Open System Settings > Network > Firewall > Options, add Papo "
        "and let it take incoming connections."
    ),
    (Step.VPN, "on"): lambda about: tr(
        "A VPN is on ({interfaces}). It may lead everything away from your own network: turn it off "
        "for a moment if others cannot get in.",
        **about,
    ),
    (Step.VPN, "off"): lambda _about: tr("No VPN was found."),
    (Step.ISOLATION, "wifi"): lambda _about: tr(
        "Some Wi-Fi networks, those for guests above all, keep their devices apart. That cannot be "
        "seen from here: if nobody gets in, try another Wi-Fi, a cable or a phone’s hotspot."
    ),
    (Step.ISOLATION, "unknown"): lambda _about: tr(
        "Whether the network keeps its devices apart cannot be seen from here. If nobody gets in, "
        "try another network or a phone’s hotspot."
    ),
}


def _no_network() -> str:
    return tr("This computer is in no network. Connect to the Wi-Fi or plug in the cable.")


def _ranked(text: str, about: About) -> str:
    if about.get("rank") != isolated("1"):
        return text
    return tr("{text} Try this one first.", text=text)
