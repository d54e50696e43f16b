"""How gunicorn's worker reads requests: in its own loop, so that no thread ever waits for a slow phone."""

import errno
import os
import re
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from io import BytesIO
from selectors import EVENT_READ
from ssl import SSLWantReadError, SSLWantWriteError
from tempfile import SpooledTemporaryFile
from typing import Any

from gunicorn.http import get_parser
from gunicorn.http.unreader import SocketUnreader
from gunicorn.sock import ssl_wrap_socket
from gunicorn.workers.gthread import ThreadWorker

from renewal import answering, duties

# Seconds. A phone that drops out of its net never hangs up; nothing must wait for it for ever.
LONGEST_SILENCE = 30
# Seconds, and then bytes a second on average: a sixth of what the slowest phones manage. Whoever sends a byte
# now and then would else hold a connection for days.
GRACE = 60
LEAST_RATE = 500
# Seconds for one piece of an answer, the largest of them 150 KB at that rate: who stopped reading, in a download that
# was paused or out of its net, would else hold a thread and what it makes for ever.
LONGEST_STALL = 300
# Bytes of a request that are held in memory: a photo scaled by the page, and some room. The rest is on disk.
READ_AHEAD = 128 * 1024
# Files of such requests per worker. Of the largest they fill 2 GB; past it the slowest upload is refused.
MOST_FILES = 100
# Bytes beyond the largest body that the app takes: the head, and the lines between chunks.
ROOM = 1024 * 1024
LONGEST_HEAD = 16 * 1024
# Bytes at once, and how often before it is another connection's turn.
PIECE = 64 * 1024
PIECES = 4
# Seconds, for a phone to read the last answer before its connection is closed.
LINGER = 2

CHUNKED = re.compile(rb"(?im)^transfer-encoding:")
LENGTH = re.compile(rb"(?im)^content-length:[ \t]*(\d{1,18})[ \t\r]*$")
CHUNK = re.compile(rb"([0-9a-fA-F]{1,8})[^\r\n]{0,99}\r\n")
LONGEST_CHUNK_LINE = 8 + 99 + 2


class RequestReader(SocketUnreader):
    """A request as it arrives, in the loop, and how long it may still take; then, in a thread, all of it.

    `most` says by a request's head how many bytes its body may have. What is larger is read but not kept, so that
    the phone hears the app's refusal.
    """

    def __init__(self, sock: socket.socket, most: Callable[[bytes], int]) -> None:
        super().__init__(sock)
        self.most = most

    def begin(self) -> None:
        """A new request; what came right behind the last one is kept."""
        self.began = self.heard = time.monotonic()
        self.deadline = self.heard + GRACE
        self.needed = 0  # bytes up to the end, or to the next chunk's line; unknown until the head is there
        self.held = 0
        self.head = b""
        self.largest = self.most(b"") + ROOM
        self.chunked = self.on_disk = False
        self.shortage: OSError | None = None
        self.ahead: Any = SpooledTemporaryFile(READ_AHEAD)  # noqa: SIM115  # closed by settle
        self._keep(self.take_buffered())

    def receive(self) -> bool:
        """Take what is there without waiting; False at the end of the stream. Raises OSError."""
        try:
            data = self.sock.recv(PIECE)  # over TLS the first ones shake hands
        except (SSLWantReadError, SSLWantWriteError) as not_yet:
            raise BlockingIOError from not_yet
        self.heard = time.monotonic()
        self.deadline += len(data) / LEAST_RATE
        self._keep(data)
        return bool(data)

    def refuse(self, why: int) -> None:
        """Keep the head only. In a thread, the app's reading of the body raises an OSError of this errno."""
        with suppress(OSError):  # a full disk complains once more
            self.ahead.close()
        self.ahead, self.on_disk = BytesIO(self.head), False
        self.shortage = OSError(why, os.strerror(why))

    def offer(self, *, ended: bool) -> None:
        """To a thread. Unless the phone has `ended` the stream, more is a matter of waiting."""
        self.ahead.seek(0)
        if not ended and not self.shortage:
            self.shortage = BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    def chunk(self, size_hint: int | None = None) -> bytes:
        """As gunicorn's, in a thread, but it never waits. Raises OSError where the phone would have to send more."""
        data: bytes = self.ahead.read(min(max(size_hint or 0, self.mxchunk), self.max_body_chunk))
        if not data and self.shortage:
            raise self.shortage
        return data

    def settle(self, *, kept: bool) -> None:
        """After the answer; of a connection that is kept, the next request's start is too."""
        if kept:
            self.buf.seek(0, os.SEEK_END)
            self.buf.write(self.ahead.read())
        self.ahead.close()

    @property
    def ready(self) -> bool:
        """Whether all has come, or so much that the app refuses it anyway."""
        if self.chunked:
            return self.shortage is not None or self.held > self.largest
        return 0 < min(self.needed, 3 * self.largest) <= self.held

    @property
    def late(self) -> bool:
        """Silent for too long, or too slow on the whole."""
        now = time.monotonic()
        return now > self.deadline or now > self.heard + LONGEST_SILENCE

    @property
    def rate(self) -> float:
        """Bytes a second so far."""
        return self.held / (time.monotonic() - self.began + 1)

    def _keep(self, data: bytes) -> None:
        self.held += len(data)
        if self.shortage:
            return
        try:
            self.ahead.seek(0, os.SEEK_END)
            self.ahead.write(data)
            self.ahead.flush()  # here a full disk is noticed
        except OSError:
            self.refuse(errno.ENOSPC)
        else:
            self.on_disk = self.held > READ_AHEAD
            self._find_end()

    def _find_end(self) -> None:
        if not self.needed:
            self._read_head()
        while self.chunked and self._read_chunk_line():
            pass

    def _read_head(self) -> None:
        self.ahead.seek(0)
        head, end, _ = self.ahead.read(READ_AHEAD).partition(b"\r\n\r\n")
        if end or len(head) > LONGEST_HEAD:
            self.head = head + end
            self.largest = self.most(self.head) + ROOM
            self.chunked = bool(CHUNKED.search(head))
            length = None if self.chunked else LENGTH.search(head)
            self.needed = len(self.head) + (int(length[1]) if length else 0)
        if self.needed > self.largest:
            self.refuse(errno.EAGAIN)

    def _read_chunk_line(self) -> bool:
        """Whether another may follow at once. Gunicorn refuses what is no chunk."""
        self.ahead.seek(self.needed)
        start = self.ahead.read(LONGEST_CHUNK_LINE)
        line = CHUNK.match(start)
        if line:
            self.needed += line.end() + int(line[1], 16) + 2
        self.chunked = int(line[1], 16) > 0 if line else len(start) < LONGEST_CHUNK_LINE and b"\r\n" not in start
        return bool(line)


class RequestReadingWorker(ThreadWorker):
    """Gunicorn's threads, which get a request once it has arrived. All of this runs in the worker's loop."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        answering.be_brief()
        self.reading: set[Any] = set()
        self.on_disk: set[Any] = set()
        self.checked = 0.0

    def run(self) -> None:
        """As gunicorn's, and beside it what the machine does by itself: no container needs a cron. Begun here, for a
        thread begun before the fork would stay behind."""
        with duties.looked_after(self.wsgi.extensions["renewal"].services):
            super().run()

    def enqueue_req(self, conn: Any) -> None:
        """A new connection, or the next request on a kept one."""
        if not conn.initialized:
            self.open(conn)
            conn.parser.unreader = RequestReader(conn.sock, self.wsgi.extensions["largest_body"])
        conn.sock.setblocking(False)
        conn.parser.unreader.begin()
        self.poller.register(conn.sock, EVENT_READ, partial(self.on_request_readable, conn))
        self.reading.add(conn)
        self.on_request_readable(conn, conn.sock)

    def open(self, conn: Any) -> None:
        """As gunicorn's connections do, but they shake hands first, and wait for the phone."""
        if self.cfg.is_ssl:
            with suppress(OSError):  # hung up already: what is read next says so
                conn.sock = ssl_wrap_socket(conn.sock, self.cfg)
        conn.parser = get_parser(self.cfg, conn.sock, conn.client)
        conn.initialized = True

    def on_request_readable(self, conn: Any, _sock: socket.socket) -> None:
        """Read on; hand over what is complete, or will not be."""
        reader = conn.parser.unreader
        ended = False
        try:
            for _ in range(PIECES):
                if reader.ready or ended:
                    break
                ended = not reader.receive()
        except BlockingIOError:
            pass
        except OSError:
            reader.refuse(errno.EAGAIN)
            ended = True
        if reader.on_disk and conn not in self.on_disk:
            self.admit_file(conn)
        if reader.ready or ended:
            self.hand_over(conn, ended=ended)

    def admit_file(self, conn: Any) -> None:
        """One more on disk; if it is one too many, the slowest is refused, or this one if all others are complete."""
        self.on_disk.add(conn)
        if len(self.on_disk) <= MOST_FILES:
            return
        readers = {one: one.parser.unreader for one in self.on_disk & self.reading}
        slowest = min(readers, key=lambda one: (readers[one].ready, readers[one].rate))
        readers[slowest].refuse(errno.ENOSPC)
        self.on_disk.remove(slowest)
        if slowest is not conn and readers[slowest].ready:
            self.hand_over(slowest)

    def hand_over(self, conn: Any, *, ended: bool = False) -> None:
        """To a thread; without a whole head there is nobody to answer."""
        self.poller.unregister(conn.sock)
        self.reading.remove(conn)
        if not conn.parser.unreader.needed:
            self.nr_conns -= 1
            conn.close()
        else:
            conn.parser.unreader.offer(ended=ended)
            super().enqueue_req(conn)

    def handle_request(self, req: Any, conn: Any) -> Any:
        """As gunicorn's, in a thread; an answer that is not read ends, and with it what makes it."""
        conn.sock.settimeout(LONGEST_STALL)
        return super().handle_request(req, conn)

    def finish_request(self, conn: Any, fs: Any) -> None:
        """As gunicorn's, which waits in the loop, two seconds each, for phones that do not hang up."""
        kept = not fs.cancelled() and not fs.exception() and bool(fs.result())
        self.on_disk.discard(conn)
        conn.parser.unreader.settle(kept=kept)
        if kept:
            super().finish_request(conn, fs)
            return
        try:
            conn.sock.setblocking(False)
            conn.sock.shutdown(socket.SHUT_WR)
            self.poller.register(conn.sock, EVENT_READ, partial(self.on_lingering_readable, conn))
        except OSError:  # hung up already, or closed after an error in mid-answer
            self.nr_conns -= 1
            conn.close()
        else:
            conn.timeout = time.monotonic() + LINGER
            self.pending_conns.append(conn)

    def on_lingering_readable(self, conn: Any, sock: socket.socket) -> None:
        """What still comes is not wanted, but closing upon it would take the answer back."""
        try:
            if sock.recv(LONGEST_HEAD):
                return
        except BlockingIOError:
            return
        except OSError:
            pass
        self.poller.unregister(sock)
        self.pending_conns.remove(conn)
        self.nr_conns -= 1
        conn.close()

    def murder_pending(self) -> None:
        """As gunicorn's, after each turn of the loop; once a second, those who are late are answered so."""
        super().murder_pending()
        if time.monotonic() < self.checked + 1:
            return
        self.checked = time.monotonic()
        for conn in [conn for conn in self.reading if conn.parser.unreader.late]:
            conn.parser.unreader.refuse(errno.EAGAIN)
            self.on_disk.discard(conn)
            self.hand_over(conn)
