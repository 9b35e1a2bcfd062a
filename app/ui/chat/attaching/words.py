"""What is said of what is chosen to be sent."""

from __future__ import annotations

from app.protocol import limits
from app.session.files.transfer import FileFailure
from app.ui.chat.attaching.item import Item, Trouble, Try
from app.ui.chat.attaching.parcel import MOST_ITEMS, Parcel, size_of
from app.ui.chat.names import isolated
from app.ui.files.sizes import human_size
from app.ui.texts import locale, tr


def title(parcel: Parcel, room: str) -> str:
    """Return what the person is about to do."""
    items = parcel.items
    called = isolated(room) or tr("this room")
    if len(items) == 1 and items[0].is_folder:
        return tr(
            "Send “{folder}” to {room} as one archive",
            folder=isolated(items[0].path.name),
            room=called,
        )
    return tr("Send %n file(s) to {room}", n=len(items), room=called)


def line_of(item: Item, parcel: Parcel) -> str:
    """Return what is known of an item, or what keeps it from being sent."""
    trouble = parcel.trouble_of(item)
    if trouble:
        return trouble_sentence(trouble, parcel.most)
    if item.is_folder:
        return _folder_line(item)
    parts = [human_size(size_of(item, shrinks=parcel.shrinks))]
    if item.size == 0:
        parts = [tr("Empty")]
    picture = item.smaller if parcel.shrinks and item.smaller is not None else item.look
    if picture is not None:
        number = locale().toString
        parts.append(
            tr(
                "{width} × {height} pixels",
                width=number(picture.width),
                height=number(picture.height),
            )
        )
    return " · ".join(parts)


def _folder_line(item: Item) -> str:
    contents = item.contents
    if contents is None:
        return tr("Folder · counting its files…")
    said = tr(
        "Folder · {files}, {size}",
        files=tr("%n file(s)", n=contents.files),
        size=human_size(contents.size),
    )
    left = left_out(item)
    return f"{said}. {left}" if left else said


def left_out(item: Item) -> str:
    """Return what of a folder is not sent; empty where that is nothing."""
    contents = item.contents
    if contents is None:
        return ""
    parts = []
    if contents.links:
        parts.append(tr("%n link(s)", n=contents.links))
    if contents.special:
        parts.append(tr("%n special file(s)", n=contents.special))
    if contents.unreadable:
        parts.append(tr("%n thing(s) that cannot be read", n=contents.unreadable))
    return tr("Left out: {things}.", things=", ".join(parts)) if parts else ""


def trouble_sentence(trouble: str, most: int) -> str:
    """Return why something cannot be sent, and what to do, for a `FileFailure` or a `Trouble`."""
    sentences = {
        FileFailure.GONE: tr("It is not there any more. Remove it, or put it back."),
        FileFailure.CHANGED: tr("It is something else by now. Remove it and choose it again."),
        FileFailure.UNREADABLE: tr("This computer does not let Papo read it. Remove it."),
        FileFailure.NOT_A_FILE: tr("That is no file that can be sent. Remove it."),
        FileFailure.NO_SPACE: tr("This computer’s disk is full. Free some space, then send again."),
        FileFailure.UNWRITABLE: tr(
            "Papo cannot write to this computer’s disk. Remove it, or try again."
        ),
        Trouble.EMPTY_FOLDER: tr("There is no file in this folder. Remove it."),
        Trouble.LOCATION_STAYS: tr(
            "Its location could not be removed. Remove the picture, or keep the location."
        ),
    }
    if trouble == FileFailure.TOO_LARGE:
        if most:
            return tr(
                "Too large: this room takes files of up to {size}. Remove it.",
                size=human_size(most),
            )
        return tr("Too large for this room. Remove it.")
    found = next((said for code, said in sentences.items() if code.value == trouble), "")
    return found or tr("It cannot be sent. Remove it.")


def notes(parcel: Parcel) -> str:
    """Return what is to be known before sending, beside the options; empty where that is nothing."""
    said = []
    if parcel.is_text:
        said.append(tr("The text is too long for a message, so it goes as a text file."))
    if parcel.messages > 1:
        said.append(
            tr(
                "A message holds %n file(s) at most, so these go as {messages} messages.",
                n=limits.MAX_ATTACHED,
                messages=locale().toString(parcel.messages),
            )
        )
    if parcel.left_out:
        said.append(
            tr(
                "{left} not taken: %n at once is the most. Choose their folder instead.",
                n=MOST_ITEMS,
                left=tr("%n file(s)", n=parcel.left_out),
            )
        )
    return " ".join(said)


def location_line(parcel: Parcel) -> str:
    """Return what becomes of where pictures were made; empty where none says it."""
    count = sum(
        item.is_located and not (parcel.shrinks and item.smaller is not None)
        for item in parcel.items
    )
    if not count:
        return ""
    if parcel.keeps_location:
        return tr("%n picture(s) will say where they were taken.", n=count)
    return tr("The location is removed from %n picture(s).", n=count)


def shrink_line(parcel: Parcel) -> str:
    """Return what making pictures smaller brings; empty where none is large."""
    large = [item for item in parcel.items if item.is_large_picture]
    if not large:
        return ""
    if not parcel.shrinks:
        return tr("Large enough for any screen, and faster to send.")
    if any(item.tried in {Try.RUNNING, Try.NOT_TRIED} for item in large):
        return tr("Trying it out…")
    before = sum(item.size for item in large)
    after = sum(size_of(item, shrinks=True) for item in large)
    if after >= before:
        return tr("That would not make them smaller. They go as they are.")
    return tr("{before} → {after}", before=human_size(before), after=human_size(after))
