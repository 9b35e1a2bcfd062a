"""`Outbox`: one's own messages, from the moment they are written until the log has them."""

from __future__ import annotations

from collections.abc import Callable

from app.protocol.attachments import FileRef
from app.protocol.messages import AnyMessage, Attach, Say
from app.session.files.transfer import FileFailure, Transfer
from app.session.keeping import Keeper
from app.session.store_file import Outgoing
from app.session.timeline import MessageEntry, SendState, Timeline


class Outbox:
    """Sends messages in the order in which they were written, each once it is on the disk.

    What it holds is what is pending in the timeline. `send` carries a message where there is
    somebody to carry it to; after each joining `send_all` sends everything again.
    """

    def __init__(
        self, timeline: Timeline, keeper: Keeper, send: Callable[[AnyMessage], None]
    ) -> None:
        self._timeline = timeline
        self._keeper = keeper
        self._send = send
        self._open = False
        self._order: dict[bytes, None] = {}
        """What is to be sent: messages and what is done to some, in the order in which it was wished."""
        self._carry_act: Callable[[bytes], bool] = _carry_no_act
        self._whisper: Callable[[MessageEntry], None] = _carry_nothing
        self._files_of: Callable[[bytes], tuple[Transfer, ...]] = _no_files
        self._attached: Callable[[bytes], tuple[Attach, ...] | None] = _nothing_attached

    def use(self, whisper: Callable[[MessageEntry], None]) -> None:
        """Let `whisper` carry the private messages."""
        self._whisper = whisper

    def use_files(
        self,
        files_of: Callable[[bytes], tuple[Transfer, ...]],
        attached: Callable[[bytes], tuple[Attach, ...] | None],
    ) -> None:
        """Let `files_of` tell which files a message has, and `attached` once the host has them all."""
        self._files_of = files_of
        self._attached = attached

    def use_acts(self, carry: Callable[[bytes], bool]) -> None:
        """Let `carry` send edits and reactions; it returns whether a cid is still one of these."""
        self._carry_act = carry

    def add_act(self, cid: bytes) -> None:
        """Send an edit or a reaction, which is kept, after all that was written before it."""
        self._order[cid] = None
        self._keeper.secure(lambda: self._do(cid))

    def show(self, nick: str, device: bytes) -> None:
        """Show what was not sent, or not confirmed, at an earlier visit."""
        for message in self._keeper.outbox:
            self._order[message.cid] = None
            if message.act:
                continue
            if self._timeline.find_pending(message.cid) is None:
                files = (
                    tuple(one.ref for one in self._files_of(message.cid)) if message.files else ()
                )
                self._timeline.add_pending(_entry(message, nick, device, files))

    def keep_all(self) -> None:
        """Put everything into a store that was not there before."""
        for entry in self._timeline.pending:
            self._keep(entry)

    def add(self, entry: MessageEntry) -> None:
        """Send a new message."""
        self._order[entry.cid] = None
        self._timeline.add_pending(entry)
        self._keep(entry)
        self._keeper.secure(lambda: self._say(entry.cid))

    def retry(self, cid: bytes) -> None:
        """Send a message once more."""
        if self._timeline.find_pending(cid) is None:
            return
        self._timeline.set_state(cid, SendState.SENDING)
        self._keep_state(cid)
        self._keeper.secure(lambda: self._say(cid))

    def discard(self, cid: bytes) -> None:
        """Give a message up."""
        self._order.pop(cid, None)
        self._timeline.discard(cid)
        self._keeper.write(lambda store: store.drop_outgoing(cid))

    def close(self) -> None:
        """Hold messages back from now on: they would overtake older ones."""
        self._open = False

    def send_all(self) -> None:
        """Send everything that is not acknowledged, oldest first, and new ones from now on."""
        self._keeper.flush()
        self._open = True
        pending = {entry.cid: entry for entry in self._timeline.pending}
        for cid in tuple(self._order):
            if cid in pending:
                self._carry(pending[cid])
            elif not self._carry_act(cid):
                del self._order[cid]

    def send_private(self, device: bytes) -> None:
        """Send what waits for the key of a device."""
        for entry in self._timeline.pending:
            if entry.private_with == device:
                self._carry(entry)

    def note_acked(self, cid: bytes, seq: int) -> None:
        """Take note that the host's log has a message."""
        self._order.pop(cid, None)
        self._timeline.set_state(cid, SendState.SENT)
        self._keep_state(cid, seq)

    def note_failed(self, cid: bytes, code: str) -> None:
        """Take note that the host refused a message."""
        self._timeline.set_state(cid, SendState.FAILED, code)
        self._keep_state(cid)

    def answer_nothing(self) -> None:
        """Let what waits answer nothing: the numbers mean other messages now."""
        answers = [entry.cid for entry in self._timeline.pending if entry.reply_to]
        self._timeline.answer_nothing()
        for cid in answers:
            self._keep_state(cid)

    def _keep_state(self, cid: bytes, seq: int = 0) -> None:
        entry = self._timeline.find_pending(cid)
        if entry is not None:
            self._keep(entry, seq)

    def _keep(self, entry: MessageEntry, seq: int = 0) -> None:
        failed = entry.state is SendState.FAILED
        outgoing = Outgoing(
            cid=entry.cid,
            text=entry.text,
            at=entry.at,
            failure=entry.failure if failed else None,
            seq=seq,
            to=entry.private_with,
            to_nick=entry.private_nick,
            about=entry.reply_to,
            files=len(entry.files),
        )
        self._keeper.write(lambda store: store.put_outgoing(outgoing))

    def set_files(self, cid: bytes, files: tuple[FileRef, ...]) -> None:
        """Let other files go with a message; it is sent where the host has them all."""
        self._timeline.set_files(cid, files)
        self._keep_state(cid)
        self._say(cid)

    def say(self, cid: bytes) -> None:
        """Send a message whose files are at the host now."""
        self._say(cid)

    def _say(self, cid: bytes) -> None:
        entry = self._timeline.find_pending(cid)
        if entry is not None:
            self._carry(entry)

    def _do(self, cid: bytes) -> None:
        if self._open:
            self._carry_act(cid)

    def _carry(self, entry: MessageEntry) -> None:
        if not self._open or entry.state is not SendState.SENDING:
            return
        if entry.private_with:
            self._whisper(entry)
        elif entry.files:
            attached = self._attached(entry.cid)
            if attached is not None:
                self._send(
                    Say(cid=entry.cid, text=entry.text, reply_to=entry.reply_to, files=attached)
                )
        else:
            self._send(Say(cid=entry.cid, text=entry.text, reply_to=entry.reply_to))


def _entry(message: Outgoing, nick: str, device: bytes, files: tuple[FileRef, ...]) -> MessageEntry:
    state = SendState.SENT if message.seq else SendState.SENDING
    failure = message.failure
    if message.files > len(files) and failure is None and not message.seq:
        # What was to go with it is not known any more: it cannot be sent as it was meant.
        failure = FileFailure.GONE
    return MessageEntry(
        cid=message.cid,
        seq=0,
        author=-1,
        nick=nick,
        device=device,
        at=message.at,
        text=message.text,
        mine=True,
        state=state if failure is None else SendState.FAILED,
        failure=failure or "",
        private_with=message.to,
        private_nick=message.to_nick,
        reply_to=message.about,
        files=files,
    )


def _carry_no_act(_cid: bytes) -> bool:
    """Stand in until somebody carries edits and reactions."""
    return False


def _no_files(_cid: bytes) -> tuple[Transfer, ...]:
    """Stand in until somebody knows the files."""
    return ()


def _nothing_attached(_cid: bytes) -> tuple[Attach, ...] | None:
    """Stand in until somebody sends the files."""
    return None


def _carry_nothing(_entry: MessageEntry) -> None:
    """Stand in until somebody carries private messages."""
