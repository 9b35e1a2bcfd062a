"""The keys of the window, in one table: actions are made from it, and the sheet shows it."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from enum import Enum, auto

from PyQt6.QtCore import QKeyCombination
from PyQt6.QtGui import QKeySequence

from app.ui.texts import tr


class Command(Enum):
    """What a key does. Those in `ACTIONS` are actions of the window, of a page or of the list."""

    SWITCH = auto()
    PREVIOUS = auto()
    NEXT = auto()
    PREVIOUS_UNREAD = auto()
    NEXT_UNREAD = auto()
    MOVE_UP = auto()
    MOVE_DOWN = auto()
    START = auto()
    INVITE = auto()
    SEARCH = auto()
    FILES = auto()
    EXPORT = auto()
    LEAVE = auto()
    STEP = auto()
    PAGE = auto()
    ENDS = auto()
    SELECT = auto()
    COPY = auto()
    RETRY = auto()
    DELETE = auto()
    UNDO = auto()
    REPLY = auto()
    EDIT_MESSAGE = auto()
    REACT = auto()
    ANSWERED = auto()
    VIEW = auto()
    FILE_MENU = auto()
    SEND = auto()
    BREAK = auto()
    EDIT_LAST = auto()
    BOLD = auto()
    ITALIC = auto()
    STRIKE = auto()
    CODE = auto()
    EMOJI = auto()
    ATTACH = auto()
    SUGGESTION = auto()
    MENU = auto()
    CLOSE = auto()
    SETTINGS = auto()
    CHECK = auto()
    SHORTCUTS = auto()
    QUIT = auto()


_Keys = str | QKeySequence.StandardKey

_STANDARD = QKeySequence.StandardKey
_MENU: tuple[_Keys, ...] = ("Shift+F10",) if sys.platform == "darwin" else ("Menu", "Shift+F10")

_KEYS: dict[Command, tuple[_Keys, ...]] = {
    Command.SWITCH: ("Ctrl+K",),
    Command.PREVIOUS: ("Alt+Up",),
    Command.NEXT: ("Alt+Down",),
    Command.PREVIOUS_UNREAD: ("Alt+Shift+Up",),
    Command.NEXT_UNREAD: ("Alt+Shift+Down",),
    Command.MOVE_UP: ("Ctrl+Shift+Up",),
    Command.MOVE_DOWN: ("Ctrl+Shift+Down",),
    Command.START: (_STANDARD.New,),
    Command.INVITE: ("Ctrl+I",),
    Command.SEARCH: (_STANDARD.Find,),
    Command.FILES: ("Ctrl+Shift+F",),
    Command.EXPORT: ("Ctrl+Shift+E",),
    Command.LEAVE: ("Ctrl+W",),
    Command.STEP: ("Up", "Down"),
    Command.PAGE: ("PgUp", "PgDown"),
    Command.ENDS: ("Home", "End"),
    Command.SELECT: ("Shift+Up", "Shift+Down"),
    Command.COPY: (_STANDARD.Copy,),
    Command.RETRY: ("Return",),
    Command.DELETE: ("Del",),
    Command.UNDO: (_STANDARD.Undo,),
    Command.REPLY: ("R",),
    Command.EDIT_MESSAGE: ("E",),
    Command.REACT: ("A",),
    Command.ANSWERED: ("Q",),
    Command.VIEW: ("Return",),
    Command.FILE_MENU: ("Space",),
    Command.SEND: ("Return",),
    Command.BREAK: ("Shift+Return",),
    Command.EDIT_LAST: ("Up",),
    Command.BOLD: ("Ctrl+B",),
    Command.ITALIC: ("Ctrl+I",),
    Command.STRIKE: ("Ctrl+Shift+X",),
    Command.CODE: ("Ctrl+Shift+M",),
    Command.EMOJI: ("Ctrl+E",),
    Command.ATTACH: ("Ctrl+O",),
    Command.SUGGESTION: ("Up", "Down", "Tab"),
    Command.MENU: _MENU,
    Command.CLOSE: ("Esc",),
    Command.SETTINGS: ("Ctrl+,",),
    Command.CHECK: ("Ctrl+Shift+D",),
    Command.SHORTCUTS: ("Ctrl+/", "F1"),
    Command.QUIT: ("Ctrl+Q",),
}

ACTIONS = frozenset(
    {
        Command.SWITCH,
        Command.PREVIOUS,
        Command.NEXT,
        Command.PREVIOUS_UNREAD,
        Command.NEXT_UNREAD,
        Command.MOVE_UP,
        Command.MOVE_DOWN,
        Command.START,
        Command.INVITE,
        Command.SEARCH,
        Command.FILES,
        Command.EXPORT,
        Command.LEAVE,
        Command.EMOJI,
        Command.ATTACH,
        Command.SETTINGS,
        Command.CHECK,
        Command.SHORTCUTS,
        Command.QUIT,
    }
)
"""Commands whose keys are shortcuts of an action; the keys of the others go to what has the focus."""


@dataclass(frozen=True)
class Line:
    """One command as the sheet shows it."""

    command: Command
    text: str


@dataclass(frozen=True)
class Group:
    """The commands for one part of the window."""

    title: str
    lines: tuple[Line, ...]


def sequences(command: Command) -> list[QKeySequence]:
    """Return the keys of a command, the first of a standard one on this system."""
    return [QKeySequence(keys) for keys in _KEYS[command]]


def combination(command: Command) -> QKeyCombination:
    """Return the first keys of a command, as an event tells them."""
    return sequences(command)[0][0]


def native_keys(command: Command) -> list[str]:
    """Return the keys of a command, each as this system writes it: Ctrl+K, or ⌘K."""
    native = QKeySequence.SequenceFormat.NativeText
    return [named(keys.toString(native)) for keys in sequences(command)]


def named(keys: str) -> str:
    """Return keys with the arrows as they are drawn on the keys, and Enter as it is called."""
    first, plus, last = keys.rpartition("+")
    name = {"Up": "↑", "Down": "↓", "Return": tr("Enter"), "PgDown": "PgDn"}.get(last, last)
    return f"{first}{plus}{name}"


def groups() -> tuple[Group, ...]:
    """Return every command with its text, in the language of now."""
    return (
        Group(
            tr("Rooms"),
            (
                Line(Command.SWITCH, tr("Go to a room, a person or a command")),
                Line(Command.PREVIOUS, tr("Previous room")),
                Line(Command.NEXT, tr("Next room")),
                Line(Command.PREVIOUS_UNREAD, tr("Previous unread room")),
                Line(Command.NEXT_UNREAD, tr("Next unread room")),
                Line(Command.START, tr("Host or join a room")),
                Line(Command.INVITE, tr("Invite people")),
                Line(Command.SEARCH, tr("Search in this room")),
                Line(Command.FILES, tr("Files and pictures")),
                Line(Command.EXPORT, tr("Export transcript")),
                Line(Command.LEAVE, tr("Leave the room")),
                Line(Command.MOVE_UP, tr("In the list of rooms: move the room up")),
                Line(Command.MOVE_DOWN, tr("In the list of rooms: move the room down")),
            ),
        ),
        Group(
            tr("Messages"),
            (
                Line(Command.STEP, tr("Previous or next message")),
                Line(Command.PAGE, tr("A page up or down")),
                Line(Command.ENDS, tr("First or newest message")),
                Line(Command.SELECT, tr("Select several messages")),
                Line(Command.COPY, tr("Copy what is selected")),
                Line(Command.RETRY, tr("Try again to send what failed")),
                Line(Command.DELETE, tr("Delete the message")),
                Line(Command.UNDO, tr("Undo deleting")),
                Line(Command.REPLY, tr("Reply to the message")),
                Line(Command.EDIT_MESSAGE, tr("Edit your message")),
                Line(Command.REACT, tr("React to the message")),
                Line(Command.ANSWERED, tr("Go to the answered message, and back with Esc")),
                Line(Command.VIEW, tr("View the message’s pictures, download or open its file")),
                Line(Command.FILE_MENU, tr("What can be done with the message’s files")),
            ),
        ),
        Group(
            tr("Writing"),
            (
                Line(Command.SEND, tr("Send")),
                Line(Command.BREAK, tr("New line")),
                Line(Command.EDIT_LAST, tr("Edit your last message, where nothing is written")),
                Line(Command.BOLD, tr("Bold, for what is selected")),
                Line(Command.ITALIC, tr("Italic, for what is selected")),
                Line(Command.STRIKE, tr("Strike through, for what is selected")),
                Line(Command.CODE, tr("Code, for what is selected")),
                Line(Command.EMOJI, tr("Insert an emoji")),
                Line(Command.ATTACH, tr("Attach files")),
                Line(Command.SUGGESTION, tr("Choose a suggestion, and take it")),
            ),
        ),
        Group(
            tr("Window"),
            (
                Line(Command.MENU, tr("What can be done with a room, message or person")),
                Line(Command.CLOSE, tr("Close what is open, or go back")),
                Line(Command.SETTINGS, tr("Settings")),
                Line(Command.CHECK, tr("Check the connection")),
                Line(Command.SHORTCUTS, tr("Keyboard shortcuts")),
                Line(Command.QUIT, tr("Quit")),
            ),
        ),
    )


def text_of(command: Command) -> str:
    """Return what a command is called, in the language of now."""
    return next(line.text for group in groups() for line in group.lines if line.command is command)
