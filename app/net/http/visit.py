"""`HttpVisit`: one connection that speaks HTTP, request after request.

Reads no further while it answers, and reads of a file no more than its reader takes, so that a slow
one holds up nobody and costs no memory.
"""

from __future__ import annotations

from email.utils import formatdate
from http import HTTPStatus

import h11

from app.net import limits
from app.net.door import Caller
from app.net.http import saying
from app.net.http.doing import Doing
from app.net.http.fetching import Fetching, fetch, fetch_thumbnail
from app.net.http.requests import SAFE_HEADERS, Answer, Headers, Target, What, target_of, token_of
from app.net.http.sending import Sending, Spared, receive, upload_state
from app.net.http.serving import Server
from app.net.link import HandOver
from app.net.web.front import Upgrade
from app.room.files.room_files import RoomFiles
from app.room.files.store import StoredFile
from app.security.channel import MANY_RECORDS, ChannelError


class HttpVisit:
    """One connection. Owns its stream and its TLS; the server owns it.

    `link` is the member's link whose token came last.
    """

    def __init__(self, caller: Caller, connection: HandOver, server: Server) -> None:
        self.caller = caller
        self.link: int | None = None
        self.is_paged = False
        self._stream = connection.stream
        self._channel = connection.channel
        self._is_clear = connection.is_clear
        self._server = server
        self._http = h11.Connection(h11.SERVER, max_incomplete_event_size=limits.HTTP_HEAD)
        self._doing = Doing.LISTENING
        self._request: h11.Request | None = None
        self._fronted: Answer | Upgrade | None = None
        self._fetching: Fetching | None = None
        self._sending: Sending | None = None
        self._held: Answer | None = None
        self._behind = False
        self._discarded = 0
        self._progress = self._since = server.clock.monotonic()

    def start(self, said: bytes) -> None:
        """Begin, with what came with the end of the handshake."""
        self._stream.listener = self
        self._take(said)
        if self._stream.ended:
            self.end()

    def end(self) -> None:
        """Hang up at once; of an upload, what came is kept."""
        if self._doing is Doing.OVER:
            return
        self._doing = Doing.OVER
        self._let_go()
        self._stream.abort()
        self._server.forget(self)

    def look(self) -> None:
        """Hang up where it takes too long, or where its member may not go on."""
        now = self._server.clock.monotonic()
        if self._doing is Doing.ENDING:
            limit = limits.HTTP_IDLE if self._stream.waiting else limits.LAST_WORD
            late = now - self._progress > limit
        elif self._doing is Doing.MAKING:
            late = False
            if now - self._progress > limits.THUMBNAIL_WAIT:
                self.made()
        elif self._doing is Doing.LISTENING and self._sending is None:
            late = now - self._since > limits.HTTP_DEADLINE
        else:
            late = now - self._progress > limits.HTTP_IDLE
        if late or not self._may_go_on():
            self.end()

    def _may_go_on(self) -> bool:
        """Tell whether what is on its way still may be: nobody was banned or muted meanwhile."""
        files = self._server.room.files
        if self._doing is Doing.ENDING or (self._fetching is None and self._sending is None):
            return True
        if files is None or self.link is None or not files.is_here(self.link):
            return False
        if self._fetching is not None:
            return files.may_read(self.link, self._fetching.file)
        # What is whole is told to whoever sent it.
        return self._doing is Doing.MAKING or files.why_not_send(self.link) is None

    # --- the stream -------------------------------------------------------------------------------

    def on_readable(self) -> None:
        """Take what came."""
        data = self._stream.read()
        if self._doing is Doing.ENDING:
            self._discarded += len(data)
            if self._stream.ended or self._discarded > limits.DISCARDED:
                self.end()
            return
        if data:
            try:
                plain = self._channel.receive(data)
            except ChannelError:
                self.end()
                return
            if answer := self._channel.outgoing():
                self._stream.write(answer)
            self._take(plain)
        ended = self._stream.ended or self._channel.ended
        if ended and self._doing is Doing.LISTENING and not self._behind:
            self.end()

    def on_written(self) -> None:
        """Go on with the file, once its reader has taken what waited."""
        self._progress = self._server.clock.monotonic()
        fetching = self._fetching
        if fetching is not None and fetching.waits and not self._stream.waiting:
            fetching.waits = False
            self._server.soon(self)

    def on_broken(self) -> None:
        """Let go of what is of no use any more."""
        self.end()

    def _take(self, plain: bytes) -> None:
        if plain and self._doing is not Doing.OVER:
            self._progress = self._server.clock.monotonic()
            self._http.receive_data(plain)
            self._go_on()

    # --- requests ---------------------------------------------------------------------------------

    def _go_on(self) -> None:
        """Take what of the request is whole, as long as nothing else is to be done first.

        One request at most, and of its body what takes a moment: thousands may have come at once, and
        a body in chunks of a byte.
        """
        self._behind = False
        until = self._server.clock.monotonic() + limits.TURN_BUDGET
        while self._doing is Doing.LISTENING:
            try:
                event = self._http.next_event()
            except h11.RemoteProtocolError as error:
                self._answer(saying.not_understood(error.error_status_hint, str(error)))
                return
            if event is h11.NEED_DATA or event is h11.PAUSED:
                self._stream.set_reading(True)
                self._encourage()
                return
            if isinstance(event, h11.Request):
                self._on_request(event)
            elif isinstance(event, h11.Data):
                self._on_data(event.data)
                if self._doing is Doing.LISTENING and self._server.clock.monotonic() >= until:
                    self._wait_a_turn()
                    return
            elif isinstance(event, h11.EndOfMessage):
                self._on_whole()
                return
            elif isinstance(event, h11.ConnectionClosed):
                self.end()

    def _encourage(self) -> None:
        """Ask for the body of whoever waits to be asked."""
        if self._sending is not None and self._http.they_are_waiting_for_100_continue:
            wanted = h11.InformationalResponse(status_code=100, headers=[], reason=b"Continue")
            self._write(self._http.send(wanted))

    def _on_request(self, request: h11.Request) -> None:
        self._request = request
        self._fronted = self._server.front(request, secure=not self._is_clear)
        if request.method != b"PUT":
            return
        headers, target = Headers(request.headers), target_of(request.target)
        front = self._fronted
        found = front if isinstance(front, Answer) else self._authorised(target, headers)
        if isinstance(found, Answer):
            self._answer(found)
            return
        if target.what is not What.UPLOAD:
            self._answer(saying.NOT_ALLOWED)
            return
        link, files = found
        started = receive(files, link, target, headers, self._server.now())
        if isinstance(started, Spared):
            self._await_thumbnail(started.answer, started.file)
            return
        if isinstance(started, Answer):
            self._answer(started)
            return
        self._sending = started
        self._server.claim(target.key, self)
        self._doing = Doing.OPENING
        self._stream.set_reading(False)
        if self._open():
            self._server.soon(self)

    def _on_data(self, data: bytes | bytearray) -> None:
        refused = self._sending.take(data) if self._sending is not None else saying.NO_BODY_HERE
        if refused is not None:
            self._answer(refused)

    def _on_whole(self) -> None:
        if self._sending is not None:
            self._end_upload(self._sending)
            return
        if isinstance(self._fronted, Upgrade):
            self._switch(self._fronted)
            return
        if self._fronted is not None:
            self._server.show(self, self._fronted)
            self._answer(self._fronted)
            return
        request = self._request
        assert request is not None
        headers, target = Headers(request.headers), target_of(request.target)
        found = self._authorised(target, headers)
        if isinstance(found, Answer):
            self._answer(found)
            return
        link, files = found
        method = request.method
        if method in {b"GET", b"HEAD"} and target.what in {What.FILE, What.THUMBNAIL}:
            whole = target.what is What.FILE
            fetched = (fetch if whole else fetch_thumbnail)(files, link, target, headers)
            if isinstance(fetched, Answer):
                self._answer(fetched)
            else:
                self._begin(fetched)
        elif method == b"HEAD" and target.what is What.UPLOAD:
            self._answer(upload_state(files, link, target))
        elif method == b"DELETE" and target.what is What.UPLOAD:
            part = files.part(link, target.key)
            if part is not None:
                files.store.discard(part)
            self._answer(Answer(204, ""))
        else:
            self._answer(saying.NOT_ALLOWED)

    def _switch(self, upgrade: Upgrade) -> None:
        """Speak WebSocket from now on: whoever takes the connection over does."""
        headers = list(upgrade.headers)
        self._write(self._http.send(h11.InformationalResponse(status_code=101, headers=headers)))
        self._doing = Doing.OVER
        self._stream.set_reading(True)
        said, _ = self._http.trailing_data
        self._server.browse(self, HandOver(self._stream, self._channel, said))

    def _end_upload(self, sending: Sending) -> None:
        """Say that an upload has come, once there is a thumbnail where there can be one."""
        answer = sending.finish(self._server.now())
        self._server.save()
        self._await_thumbnail(answer, sending.stored)

    def _await_thumbnail(self, answer: Answer, file: StoredFile | None) -> None:
        self._held = answer
        self._progress = self._server.clock.monotonic()
        self._doing = Doing.MAKING
        self._stream.set_reading(False)
        if file is None or not self._server.make_thumbnail(self, file):
            self.made()

    def made(self) -> None:
        """Give the answer that waited for a thumbnail, whether there is one now or not."""
        answer, self._held = self._held, None
        if self._doing is Doing.MAKING and answer is not None:
            self._server.await_no_thumbnail(self)
            self._server.save()
            self._doing = Doing.LISTENING
            self._answer(answer)

    def _authorised(self, target: Target, headers: Headers) -> tuple[int, RoomFiles] | Answer:
        """Return the member whose token came with a request, or what is answered instead."""
        files = self._server.room.files
        if target.what is What.NOTHING or files is None:
            return saying.NOTHING_HERE if files is not None else saying.NO_FILES_HERE
        token = token_of(headers)
        link = files.link_of(token) if token is not None else None
        if link is None:
            return saying.NO_TOKEN if token is None else saying.STALE_TOKEN
        if not self._server.let_in(self, link):
            return saying.TOO_MANY_AT_ONCE
        self.link = link
        return link, files

    # --- answers ----------------------------------------------------------------------------------

    def _answer(self, answer: Answer) -> None:
        """Say something short, and hear the next request, or hang up where the body was not read."""
        self._let_go()
        if self._http.our_state not in {h11.IDLE, h11.SEND_RESPONSE}:
            self.end()
            return
        body = answer.payload
        headers = [*answer.safety, *answer.headers]
        if not answer.is_bodiless:
            headers += [("Content-Type", answer.media), ("Content-Length", str(len(body)))]
        if self._http.their_state is not h11.DONE:
            headers.append(("Connection", "close"))
        said = self._head(answer.status, headers)
        if body and (self._request is None or self._request.method != b"HEAD"):
            said += self._http.send(h11.Data(data=body)) or b""
        said += self._http.send(h11.EndOfMessage()) or b""
        self._write(said)
        self._next()

    def _begin(self, fetching: Fetching) -> None:
        assert self._request is not None
        self._write(self._head(fetching.status, [*SAFE_HEADERS, *fetching.headers]))
        self._fetching = fetching
        if self._request.method == b"HEAD":
            fetching.skip()
        self._doing = Doing.ANSWERING
        self._stream.set_reading(False)
        self._stream.widen()
        self._server.soon(self)

    def _head(self, status: int, headers: list[tuple[str, str]]) -> bytes:
        date = formatdate(self._server.clock.now(), usegmt=True)
        headers = [("Date", date), *headers]
        reason = HTTPStatus(status).phrase.encode()
        response = h11.Response(status_code=status, headers=headers, reason=reason)
        return self._http.send(response) or b""

    def _next(self) -> None:
        """Make ready for the next request, or say good-bye where there is none."""
        self._request = None
        self._progress = self._since = self._server.clock.monotonic()
        if self._http.our_state is h11.DONE and self._http.their_state is h11.DONE:
            self._http.start_next_cycle()
            self._doing = Doing.LISTENING
            self._wait_a_turn()
            return
        self._doing = Doing.ENDING
        self._channel.end()
        if last := self._channel.outgoing():
            self._stream.write(last)
        self._stream.set_reading(True)
        self._stream.finish()

    def _wait_a_turn(self) -> None:
        """Read nothing more before what came already has had its turn."""
        self._behind = True
        self._stream.set_reading(False)
        self._server.soon(self)

    # --- turns ------------------------------------------------------------------------------------

    def step(self) -> bool:
        """Do a slice of what is to be done; return whether more can be done at once."""
        if self._doing is Doing.OPENING:
            return self._open()
        if self._doing is Doing.ANSWERING:
            return self._send_slice()
        if self._doing is Doing.LISTENING:
            # A request that came together with the one before.
            self._go_on()
        return False

    def _open(self) -> bool:
        assert self._sending is not None
        self._progress = self._server.clock.monotonic()
        more = self._sending.open()
        if isinstance(more, Answer):
            self._doing = Doing.LISTENING
            self._answer(more)
            return False
        if not more:
            self._doing = Doing.LISTENING
            self._stream.set_reading(True)
            self._server.soon(self)
        return more

    def _send_slice(self) -> bool:
        fetching = self._fetching
        assert fetching is not None
        if self._stream.waiting:
            fetching.waits = True
            return False
        data = fetching.read()
        if data is None:
            # It is not what it was: to break off is the only way to say so.
            self.end()
            return False
        if data:
            self._progress = self._server.clock.monotonic()
            for part in self._http.send_with_data_passthrough(h11.Data(data=data)) or []:
                self._write(part)
            return self._doing is Doing.ANSWERING
        self._write(self._http.send(h11.EndOfMessage()))
        self._let_go()
        self._next()
        return False

    def _write(self, data: bytes | None) -> None:
        if data:
            self._stream.write(self._channel.seal(data, MANY_RECORDS))

    def _let_go(self) -> None:
        """Let go of the file that was sent or fetched."""
        if self._held is not None:
            self._held = None
            self._server.await_no_thumbnail(self)
        if self._fetching is not None:
            self._fetching.close()
            self._fetching = None
        if self._sending is not None:
            self._server.release(self._sending.part.upload.id, self)
            self._sending.close()
            self._sending = None
