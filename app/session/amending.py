"""`Amending`: one's own edits and reactions, from the moment they are wished until the log has them."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from app.protocol.errors import Refusal
from app.protocol.messages import AnyMessage, Edit, React, Said
from app.session.keeping import Keeper
from app.session.marks import PendingEdit, SendState
from app.session.outbox import Outbox
from app.session.store import RoomStore
from app.session.store_file import Outgoing
from app.session.timeline import Timeline

Kind = Literal["edit", "react", "unreact"]


@dataclass(frozen=True, slots=True)
class Act:
    """What one wishes to do to the message `about`. `text`: the new one, or the emoji."""

    cid: bytes
    kind: Kind
    about: int
    text: str
    at: int
    failure: str | None = None


class Amending:
    """Keeps wishes on the disk, in order, and shows them; the outbox says when they are sent.

    A refused edit stays until it is sent again or given up, or its message is gone; a refused reaction
    goes away.
    """

    def __init__(
        self,
        timeline: Timeline,
        keeper: Keeper,
        outbox: Outbox,
        send: Callable[[AnyMessage], None],
        now: Callable[[], int],
    ) -> None:
        """`now` is in Unix milliseconds."""
        self._timeline = timeline
        self._keeper = keeper
        self._outbox = outbox
        self._send = send
        self._now = now
        self._acts: dict[bytes, Act] = {}
        self._by_message: dict[int, dict[bytes, Act]] = {}
        outbox.use_acts(self._carry)

    @property
    def on_their_way(self) -> int:
        """How many the host has not answered yet."""
        return sum(act.failure is None for act in self._acts.values())

    def add(self, kind: Kind, about: int, text: str) -> None:
        """Do something to a message; a new edit takes the place of one that failed."""
        if kind == "edit":
            for old in tuple(self._by_message.get(about, {}).values()):
                if old.failure is not None:
                    self._drop(old)
        act = Act(secrets.token_bytes(16), kind, about, text, self._now())
        self._put(act)
        self._keep(act)
        self._show(about)
        self._outbox.add_act(act.cid)

    def show(self, device: bytes) -> None:
        """Show what was not sent, or not confirmed, at an earlier visit."""
        facts = self._keeper.facts
        confirmed = []
        for one in self._keeper.outbox:
            kind = _kind(one.act)
            if kind is None or one.cid in self._acts:
                continue
            act = Act(one.cid, kind, one.about, one.text, one.at, one.failure)
            if not one.seq:
                self._put(act)
                self._show(act.about)
            elif facts.kept and one.seq > facts.covered:
                confirmed.append(_line(act, one.seq, device, self._timeline.marks.nick))
            else:
                self._forget(act)
        self._timeline.take_acts(confirmed)

    def retry(self, cid: bytes) -> bool:
        """Send an edit that failed once more; return whether the cid is one's."""
        act = self._acts.get(cid)
        if act is None:
            return False
        act = replace(act, failure=None)
        self._put(act)
        self._keep(act)
        self._show(act.about)
        self._outbox.add_act(cid)
        return True

    def discard(self, cid: bytes) -> bool:
        """Give an edit up; return whether the cid is one's."""
        act = self._acts.get(cid)
        if act is not None:
            self._drop(act)
            self._show(act.about)
        return act is not None

    def forget(self) -> None:
        """Give everything up: the host's log is another, and its numbers mean other messages."""
        for one in self._keeper.outbox:
            if one.act:
                self._keeper.write(partial(RoomStore.drop_outgoing, cid=one.cid))
        self._acts.clear()
        messages, self._by_message = tuple(self._by_message), {}
        for about in messages:
            self._show(about)

    def note_acked(self, cid: bytes, seq: int, covered: int) -> bool:
        """Take note that the log has it as line `seq`, of which we have all up to `covered`."""
        act = self._take(cid)
        if act is None:
            return False
        marks = self._timeline.marks
        self._timeline.take_acts((_line(act, seq, marks.device, marks.nick),))
        self._show(act.about)
        if self._keeper.facts.kept and seq > covered:
            # The line itself is to come; until then this is all that is kept of it.
            self._keep(act, seq)
        else:
            self._forget(act)
        return True

    def note_failed(self, cid: bytes, code: str) -> bool | None:
        """Take note that the host refused it; return whether a row shows that.

        None where the cid is none of these.
        """
        act = self._acts.get(cid)
        if act is None:
            return None
        later = list(self._by_message[act.about].values())
        later = later[later.index(act) + 1 :]
        gone = act.kind != "edit" or code == Refusal.NO_SUCH_MESSAGE
        if gone or any(one.kind == "edit" for one in later):
            self._drop(act)
        else:
            act = replace(act, failure=code)
            self._put(act)
            self._keep(act)
        self._show(act.about)
        return cid in self._acts

    def note_deleted(self, about: int) -> None:
        """Give up what was refused to be done to a message that is gone: no row shows it."""
        for act in tuple(self._by_message.get(about, {}).values()):
            if act.failure is not None:
                self._drop(act)
                self._show(about)

    def _carry(self, cid: bytes) -> bool:
        act = self._acts.get(cid)
        if act is None:
            return False
        if act.failure is not None:
            return True
        if act.kind == "edit":
            self._send(Edit(cid=cid, seq=act.about, text=act.text))
        else:
            self._send(React(cid=cid, seq=act.about, emoji=act.text, on=act.kind == "react"))
        return True

    def _put(self, act: Act) -> None:
        self._acts[act.cid] = act
        self._by_message.setdefault(act.about, {})[act.cid] = act

    def _take(self, cid: bytes) -> Act | None:
        act = self._acts.pop(cid, None)
        if act is not None:
            acts = self._by_message[act.about]
            del acts[cid]
            if not acts:
                del self._by_message[act.about]
        return act

    def _drop(self, act: Act) -> None:
        self._take(act.cid)
        self._forget(act)

    def _forget(self, act: Act) -> None:
        self._keeper.write(partial(RoomStore.drop_outgoing, cid=act.cid))

    def _keep(self, act: Act, seq: int = 0) -> None:
        outgoing = Outgoing(
            cid=act.cid,
            text=act.text,
            at=act.at,
            failure=act.failure,
            seq=seq,
            act=act.kind,
            about=act.about,
        )
        self._keeper.write(lambda store: store.put_outgoing(outgoing))

    def _show(self, about: int) -> None:
        edit: PendingEdit | None = None
        reactions: dict[str, bool] = {}
        for act in self._by_message.get(about, {}).values():
            if act.kind == "edit":
                state = SendState.SENDING if act.failure is None else SendState.FAILED
                edit = PendingEdit(act.cid, act.text, state, act.failure or "")
            else:
                reactions[act.text] = act.kind == "react"
        self._timeline.wish(about, edit, reactions)


def _kind(text: str) -> Kind | None:
    if text == "edit":
        return "edit"
    if text == "react":
        return "react"
    return "unreact" if text == "unreact" else None


def _line(act: Act, seq: int, device: bytes, nick: str) -> Said:
    """Return the line of the log that it became."""
    return Said(
        seq=seq,
        author=0,
        at=act.at,
        cid=act.cid,
        text=act.text,
        nick=nick,
        device=device,
        kind=act.kind,
        about=act.about,
    )
