"""`Task`: something that is done with one link to the host: a transfer, or an errand."""

from __future__ import annotations

import base64
from typing import Protocol

from app.net import limits
from app.net.http.requests import Headers
from app.net.transfers.http_link import HttpLink, Loss
from app.net.transfers.turns import Worker
from app.room.files.disk import Disk

UNAUTHORISED = 401

MAX_ANSWER = 64 * 1024
"""Bytes of an answer that nobody reads: ours has a line."""


class Crew(Protocol):
    """What a task needs of the engine."""

    token: bytes
    disk: Disk

    def soon(self, worker: Worker) -> None:
        """Call `step` before long."""

    def lend(self, task: Task, *, fresh: bool = False) -> None:
        """Find a link for a task, a new one if `fresh`; `on_ready` follows, or `on_lost`."""

    def take_back(self, link: HttpLink) -> None:
        """Take a link that a task needs no more."""

    def over(self, task: Task) -> None:
        """Forget a task."""

    def not_admitted(self) -> None:
        """Ask for another token."""


class Task:
    """The base of all tasks: how a link is got, spoken over, and given back.

    `is_over`: it was done, or let go of; nothing happens then any more.
    """

    def __init__(self, crew: Crew) -> None:
        self.is_over = False
        self.link: HttpLink | None = None
        self._crew = crew
        self._unread = 0

    def step(self) -> bool:
        """Begin: find a link."""
        if not self.is_over:
            self._crew.lend(self)
        return False

    def drop(self) -> None:
        """Let go of everything; what is there stays."""
        self.is_over = True
        self._give_back()
        self._crew.over(self)

    # --- for what is derived ----------------------------------------------------------------------

    def _ask(
        self,
        method: str,
        target: str,
        headers: tuple[tuple[str, str], ...] = (),
        *,
        has_body: bool = False,
        patience: float = limits.HTTP_IDLE,
    ) -> None:
        assert self.link is not None
        token = base64.urlsafe_b64encode(self._crew.token).decode().rstrip("=")
        self._unread = 0
        self.link.request(
            method,
            target,
            [("Authorization", f"Bearer {token}"), *headers],
            has_body=has_body,
            patience=patience,
        )

    def _go_on(self) -> None:
        """Make the next request, over this link or another; `on_ready` follows."""
        if self.link is not None and self.link.is_free:
            self.on_ready()
        else:
            self._give_back()
            self._crew.lend(self)

    def _give_back(self) -> None:
        link, self.link = self.link, None
        if link is not None:
            self._crew.take_back(link)

    def _let_go(self, loss: Loss) -> None:
        """Be told that the way is lost, and that another link is of no use at once."""
        raise NotImplementedError

    # --- the link ---------------------------------------------------------------------------------

    def on_ready(self) -> None:
        """Make the request."""
        raise NotImplementedError

    def on_continue(self) -> None:
        """Nothing was announced."""

    def on_head(self, status: int, headers: Headers) -> None:
        """Take the head of the answer."""
        raise NotImplementedError

    def on_body(self, data: bytes | bytearray) -> None:
        """Pass over what is said in words."""
        self._unread += len(data)
        if self._unread > MAX_ANSWER and self.link is not None:
            self._give_back()
            self.on_lost(Loss.NONSENSE)

    def on_end(self) -> None:
        """Act on the answer."""
        raise NotImplementedError

    def on_writable(self) -> None:
        """Nothing waits to be sent."""

    def on_lost(self, loss: Loss) -> None:
        """Try another link where the old one was stale, else let go."""
        self.link = None
        if self.is_over:
            return
        if loss is Loss.STALE:
            self._crew.lend(self, fresh=True)
        else:
            self._let_go(loss)
