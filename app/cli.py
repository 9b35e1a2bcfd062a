"""The command line: `papo`, `papo host` and the rest. What it promises is in `--help`."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import NoReturn

from PyQt6.QtCore import QCoreApplication, QObject, QStandardPaths

from app import __version__, doctor, qt_messages
from app.headless import HeadlessHost, HeadlessMember, complain
from app.headless_files import FileRun, HeadlessFetch, HeadlessSend
from app.host_options import asked_for
from app.link_command import LINK_COMMAND, with_link_command
from app.lobby import Lobby
from app.net.door import BadBindAddress, PortTaken
from app.net.qt_clock import QtClock
from app.pictures.command import is_worker
from app.protocol.limits import DEFAULT_PORT, MAX_PORT
from app.protocol.names import clean_nickname, clean_room_name
from app.room.history import History
from app.room.log_file import LogInUse
from app.security.finding import find_target
from app.security.invite import Address, Invite
from app.security.password import PasswordProblem, password_problem
from app.session.files.planning import CannotSend, planned_upload
from app.session.files.transfer import LocalFile
from app.session.room_session import RoomSession
from app.support import crash
from app.support.clock import Clock
from app.support.descriptors import raise_limit
from app.support.ending import end_process
from app.support.files import first_line
from app.support.folder import DataFolder
from app.support.logs import start_logging
from app.support.settings import SettingsFile
from app.support.sizes import parse_size
from app.ui.sentences import sentence
from app.ui.start.checks import nickname_problem, room_problem, target_problem
from app.ui.startup import (
    cannot_store,
    default_nickname,
    default_room_name,
    no_port,
    not_our_address,
    room_in_use,
    was_set_aside,
)
from app.ui.texts import set_language, system_language, tr

USAGE_ERROR = 2

MAX_PASSWORD_BYTES = 8 * 1024
"""Bytes of a password file that are looked at: more than the longest password has, in any script."""


class _Parser(argparse.ArgumentParser):
    """Complains in one line."""

    def error(self, message: str) -> NoReturn:
        complain(message)
        complain(tr("See papo --help."))
        self.exit(USAGE_ERROR)


def main(arguments: list[str] | None = None) -> int:
    """Run Papo and return its exit status."""
    if is_worker(sys.argv[1:] if arguments is None else arguments):
        from app.pictures.worker import run  # noqa: PLC0415 - a decoder is loaded there alone

        return run()
    crash.install()
    qt_messages.install()
    set_language(system_language())
    options = _parser().parse_args(with_link_command(arguments))
    options.password = None
    if getattr(options, "password_file", None):
        try:
            options.password = _password(
                Path(options.password_file), joining=options.command != "host"
            )
        except ValueError as error:
            complain(str(error))
            return 1
    raise_limit()
    QCoreApplication.setApplicationName("papo")
    QCoreApplication.setApplicationVersion(__version__)
    folder = DataFolder(_data_path(options.data), _downloads(options.data))
    if getattr(options, "headless", False):
        return _headless(options, folder)
    # The window is imported only where there is one: a headless host needs no display library.
    from app.application import run_window  # noqa: PLC0415

    return run_window(folder, options)


def run_process() -> NoReturn:
    """Run Papo as a program of its own: never returns."""
    end_process(main())


def _headless(options: argparse.Namespace, folder: DataFolder) -> int:
    # GLib's event loop walks lists where Qt's own does not: with thousands of members it shows.
    os.environ.setdefault("QT_NO_GLIB", "1")
    app = QCoreApplication(sys.argv[:1])
    clock = QtClock()
    if options.command == "doctor":
        return doctor.run(options, folder, clock, app)
    try:
        lobby = Lobby(folder, clock)
    except OSError as error:
        complain(cannot_store(folder.path, error))
        return 1
    start_logging(folder.log)
    if chosen := SettingsFile(folder.settings).values.downloads:
        lobby.set_downloads(Path(chosen))
    runner = _runner(options, lobby, clock)
    for path in lobby.set_aside:
        complain(was_set_aside(path))
    if runner is None:
        return 1
    status = app.exec()
    runner.deleteLater()
    return status


def _runner(options: argparse.Namespace, lobby: Lobby, clock: Clock) -> QObject | None:
    if options.command == "host":
        return _host(options, lobby)
    if options.command == "join":
        return _join(options, lobby, clock)
    return _carry_files(options, lobby, clock)


def _host(options: argparse.Namespace, lobby: Lobby) -> HeadlessHost | None:
    settings = SettingsFile(lobby.folder.settings).values
    nickname = options.nick or default_nickname(settings)
    name = options.room or default_room_name(settings, nickname)
    try:
        hosted = lobby.host(
            asked_for(options, name=name, nickname=options.nick or "", unlisted=settings.unlisted)
        )
    except PortTaken:
        complain(no_port())
    except BadBindAddress:
        complain(not_our_address(options.bind))
    except LogInUse:
        complain(room_in_use())
    except OSError as error:
        complain(cannot_store(lobby.folder.path, error))
    else:
        return HeadlessHost(hosted, options.port)
    return None


def _join(options: argparse.Namespace, lobby: Lobby, clock: Clock) -> HeadlessMember:
    return HeadlessMember(_session(options, lobby), clock, json=options.json)


def _carry_files(options: argparse.Namespace, lobby: Lobby, clock: Clock) -> FileRun | None:
    if options.command == "fetch":
        session = _session(options, lobby)
        folder = Path(options.out).expanduser().absolute()
        return HeadlessFetch(session, clock, options.file, folder, only_list=options.list)
    files = list(dict.fromkeys(Path(one).expanduser().absolute() for one in options.files))
    for path in files:
        try:
            planned_upload(LocalFile(path), b"", 0, at=0, most=0)
        except CannotSend as cannot:
            complain(f"{path}: {sentence(cannot.failure)}")
            return None
    session = _session(options, lobby)
    return HeadlessSend(session, clock, files, options.caption)


def _session(options: argparse.Namespace, lobby: Lobby) -> RoomSession:
    return lobby.join(
        options.target,
        options.nick or default_nickname(SettingsFile(lobby.folder.settings).values),
        accept_new=options.accept_new,
        can_ask=False,
        whole_history=True,
        password=options.password or "",
    )


def _password(path: Path, *, joining: bool) -> str:
    """Return the first line of the file, without its end; raises ValueError with a sentence.

    A password is never an argument: other users of a computer see those. Empty is a choice for a
    host alone: the room asks for none from then on.
    """
    try:
        line, others_can_read = first_line(path, MAX_PASSWORD_BYTES)
    except OSError as error:
        problem = tr(
            "The password file {path} cannot be read: {error}", path=path, error=error.strerror
        )
        raise ValueError(problem) from None
    try:
        password = line.decode("utf-8-sig")
    except UnicodeDecodeError:
        problem = tr("The password file {path} is not text in UTF-8. Write it anew.", path=path)
        raise ValueError(problem) from None
    refused = password_problem(password)
    if not password and not joining:
        complain(
            tr("The password file {path} is empty, so this room asks for no password.", path=path)
        )
    elif refused is PasswordProblem.EMPTY:
        problem = tr("The password file {path} is empty. Write the password into it.", path=path)
        raise ValueError(problem)
    elif refused is not None:
        raise ValueError(sentence(refused))
    if others_can_read:
        complain(
            tr("Others on this computer can read {path}. Let nobody but you: chmod 600.", path=path)
        )
    return password


def _data_path(given: str | None) -> Path:
    if given:
        return Path(given).expanduser().absolute()
    place = QStandardPaths.StandardLocation.GenericDataLocation
    return Path(QStandardPaths.writableLocation(place)) / "papo"


def _downloads(given: str | None) -> Path | None:
    """Return the person's folder for what is fetched; None where all is to stay in one folder."""
    place = QStandardPaths.StandardLocation.DownloadLocation
    found = QStandardPaths.writableLocation(place)
    return Path(found) if found and not given else None


# --- the parser -------------------------------------------------------------------------------


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="papo",
        description=tr("A chat room on your own computer. Without a command, the window opens."),
    )
    parser.add_argument("--version", action="version", version=f"papo {__version__}")
    parser.add_argument("--data", metavar="DIR", help=tr("keep everything under DIR"))
    commands = parser.add_subparsers(dest="command", metavar="host | join | send | fetch | doctor")
    host = commands.add_parser("host", help=tr("host a room on this computer"))
    host.add_argument("--room", type=_room, metavar="NAME", help=tr("the room's name"))
    host.add_argument("--port", type=_port, default=DEFAULT_PORT, metavar="N", help=tr("the port"))
    host.add_argument("--bind", metavar="ADDR", help=tr("listen on this address alone"))
    host.add_argument(
        "--guests",
        action=argparse.BooleanOptionalAction,
        default=None,
        help=tr("let phones and browsers in; encrypted only where they ask for https"),
    )
    host.add_argument(
        "--plain",
        action=argparse.BooleanOptionalAction,
        default=None,
        help=tr("let plain-text programs in (netcat, telnet); not encrypted"),
    )
    host.add_argument("--no-discovery", action="store_true", help=tr("do not announce the room"))
    host.add_argument(
        "--history",
        type=_history,
        default=History(),
        metavar="all|joined|none|N",
        help=tr("what newcomers see: everything, what is said from then on, nothing is kept, "
                "or the last N messages"),
    )  # fmt: skip
    host.add_argument(
        "--max-members", type=_positive, default=500, metavar="N", help=tr("how many may be in")
    )
    host.add_argument(
        "--no-flood-limit",
        action="store_true",
        help=tr("lift the message rate and the caps per address (trusted labs only)"),
    )
    host.add_argument(
        "--max-file",
        type=_size,
        metavar="SIZE",
        help=tr("the largest file that the room takes, such as 500M or 4G; 0: no files at all"),
    )
    host.add_argument(
        "--max-files", type=_size, metavar="SIZE", help=tr("all files of the room together")
    )
    host.add_argument(
        "--keep-free",
        type=_size,
        metavar="SIZE",
        help=tr("what files leave free of this computer’s disk"),
    )
    join = commands.add_parser("join", help=tr("join a room"))
    join.add_argument("target", type=_target, metavar="ADDRESS[:PORT]|INVITE")
    join.add_argument(
        "--json",
        action="store_true",
        help=tr("each line of the input is a JSON object: say, edit, react or token"),
    )
    send = commands.add_parser("send", help=tr("send files to a room, without a window"))
    send.add_argument("files", nargs="+", metavar="FILE")
    send.add_argument(
        "--to", dest="target", type=_target, required=True, metavar="ADDRESS[:PORT]|INVITE"
    )
    send.add_argument("--caption", default="", metavar="TEXT", help=tr("what is said with them"))
    fetch = commands.add_parser("fetch", help=tr("fetch files of a room, without a window"))
    fetch.add_argument("target", type=_target, metavar="ADDRESS[:PORT]|INVITE")
    fetch.add_argument(
        "--file",
        default="all",
        metavar="NAME|SHA256|all",
        help=tr("which; all that you may see where it is left out"),
    )
    fetch.add_argument(
        "--out", default=".", metavar="DIR", help=tr("into this folder; this one if left out")
    )
    fetch.add_argument("--list", action="store_true", help=tr("only say what there is"))
    check = doctor.add_parser(commands, _target, _port)
    link = commands.add_parser(LINK_COMMAND)
    link.add_argument("target", type=_target, metavar="INVITE")
    for command in (send, fetch):
        command.set_defaults(headless=True)
    for command in (join, send, fetch):
        command.add_argument(
            "--accept-new",
            action="store_true",
            help=tr("accept a host that was never met before, unseen"),
        )
    for command in (host, join, send, fetch):
        command.add_argument("--nick", type=_nick, metavar="NAME", help=tr("your nickname"))
        command.add_argument(
            "--password-file",
            metavar="F",
            help=tr("a file whose first line is the room's password"),
        )
        if command in {host, join}:
            command.add_argument("--headless", action="store_true", help=tr("without a window"))
    for command in (host, join, send, fetch, check, link):
        # Given before or after the command; the latter must not undo the former.
        command.add_argument(
            "--data",
            metavar="DIR",
            default=argparse.SUPPRESS,
            help=tr("keep everything under DIR"),
        )
    return parser


def _room(text: str) -> str:
    _complain_if(room_problem(text))
    return clean_room_name(text)


def _nick(text: str) -> str:
    _complain_if(nickname_problem(text))
    return clean_nickname(text)


def _target(text: str) -> Address | Invite:
    _complain_if(target_problem(text))
    return find_target(text)


def _complain_if(problem: str) -> None:
    if problem:
        raise argparse.ArgumentTypeError(problem)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= MAX_PORT):
        raise argparse.ArgumentTypeError(tr("A port is a number from 1 to 65535."))
    return int(text)


def _positive(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 7 and int(text) > 0):
        raise argparse.ArgumentTypeError(tr("A number from 1 on is needed here."))
    return int(text)


def _size(text: str) -> int:
    try:
        return parse_size(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            tr("A size is a number with a unit, such as 500M or 4G.")
        ) from None


def _history(text: str) -> History:
    try:
        return History.parse(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            tr("The history is all, joined, none, or a number of messages.")
        ) from None
