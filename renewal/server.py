"""How gunicorn's worker reads requests: in its own loop, so that a slow phone costs a buffer, not a thread."""

import os
import re
import socket
import struct
import time
from collections.abc import Iterable
from functools import partial
from selectors import EVENT_READ
from typing import Any

from gunicorn.http.unreader import SocketUnreader
from gunicorn.workers.gthread import ThreadWorker

# Seconds. A phone that drops out of its net never hangs up; nothing must wait for it for ever.
LONGEST_SILENCE = 30
# Seconds, and then bytes a second on average: a sixth of what the slowest phones manage. Whoever sends a byte
# now and then would else hold a thread, or a connection, for days.
GRACE = 60
LEAST_RATE = 500
# Bytes of a request that are read before a thread takes it: a photo scaled by the page, and some room.
READ_AHEAD = 128 * 1024
LONGEST_HEAD = 16 * 1024
# Seconds, for a phone to read the last answer before its connection is closed.
LINGER = 2


def limit_silence(listeners: Iterable[Any]) -> None:
    """Every connection that is accepted inherits from its listener how long it may be silent in mid-request."""
    for listener in listeners:
        listener.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", LONGEST_SILENCE, 0))


CHUNKED = re.compile(rb"(?im)^transfer-encoding:")
LENGTH = re.compile(rb"(?im)^content-length:[ \t]*(\d{1,18})[ \t\r]*$")
CHUNK = re.compile(rb"([0-9a-fA-F]{1,8})[^\r\n]{0,99}\r\n")
LONGEST_CHUNK_LINE = 8 + 99 + 2


class RequestReader(SocketUnreader):
    """What has arrived of a request, first in the loop, then in a thread, and how long it may still take."""

    def begin(self) -> None:
        """A new request; what came right behind the last one is kept."""
        self.heard = time.monotonic()
        self.deadline = self.heard + GRACE
        self.needed = 0  # bytes up to the end, or to the next chunk's line; unknown until the head is there
        self.chunked = self.given_up = False
        self._find_end()

    def receive(self) -> bool:
        """Take what is there without waiting; False at the end of the stream. Raises OSError."""
        data = self.sock.recv(self.mxchunk)
        self._count(data)
        self.buf.seek(0, os.SEEK_END)
        self.buf.write(data)
        self._find_end()
        return bool(data)

    def chunk(self, size_hint: int | None = None) -> bytes:
        """As gunicorn's, in a thread. Raises BlockingIOError, as for silence, when it takes too long."""
        self.deadline += time.monotonic() - self.heard  # the app was busy: not the phone's time
        data = b"" if self.given_up else super().chunk(size_hint)
        self._count(data)
        if self.given_up or self.heard > self.deadline:
            raise BlockingIOError
        return data

    @property
    def ready(self) -> bool:
        """Whether a thread can take it without waiting for the phone, or has to."""
        if not self.needed:
            return False
        held = self.buf.seek(0, os.SEEK_END)
        return held >= READ_AHEAD or (held >= self.needed and not self.chunked)

    @property
    def late(self) -> bool:
        """Silent for too long, or too slow on the whole."""
        now = time.monotonic()
        return now > self.deadline or now > self.heard + LONGEST_SILENCE

    def _count(self, data: bytes) -> None:
        self.heard = time.monotonic()
        self.deadline += len(data) / LEAST_RATE

    def _find_end(self) -> None:
        if not self.needed:
            self._read_head()
        while self.chunked and self._read_chunk_line():
            pass

    def _read_head(self) -> None:
        head, end, _ = self.buf.getvalue().partition(b"\r\n\r\n")
        if end or len(head) > LONGEST_HEAD:
            self.chunked = bool(CHUNKED.search(head))
            length = None if self.chunked else LENGTH.search(head)
            self.needed = len(head) + len(end) + (int(length[1]) if length else 0)

    def _read_chunk_line(self) -> bool:
        """Whether another may follow at once. Gunicorn refuses what is no chunk."""
        self.buf.seek(self.needed)
        start = self.buf.read(LONGEST_CHUNK_LINE)
        line = CHUNK.match(start)
        if line:
            self.needed += line.end() + int(line[1], 16) + 2
        self.chunked = int(line[1], 16) > 0 if line else len(start) < LONGEST_CHUNK_LINE and b"\r\n" not in start
        return bool(line)


class RequestReadingWorker(ThreadWorker):
    """Gunicorn's threads, which get a request once it has arrived. All of this runs in the worker's loop."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reading: set[Any] = set()
        self.checked = 0.0

    def enqueue_req(self, conn: Any) -> None:
        """A new connection, or the next request on a kept one."""
        if not conn.initialized:
            conn.init()
            conn.parser.unreader = RequestReader(conn.sock)
        conn.sock.setblocking(False)
        conn.parser.unreader.begin()
        self.poller.register(conn.sock, EVENT_READ, partial(self.on_request_readable, conn))
        self.reading.add(conn)
        self.on_request_readable(conn, conn.sock)

    def on_request_readable(self, conn: Any, _sock: socket.socket) -> None:
        """Read on; hand over what is complete, or will not be."""
        reader = conn.parser.unreader
        try:
            while not reader.ready and reader.receive():
                pass
        except BlockingIOError:
            return
        except OSError:
            reader.given_up = True
        self.hand_over(conn)

    def hand_over(self, conn: Any) -> None:
        """To a thread; without a whole head there is nobody to answer."""
        self.poller.unregister(conn.sock)
        self.reading.remove(conn)
        if not conn.parser.unreader.needed:
            self.nr_conns -= 1
            conn.close()
        else:
            super().enqueue_req(conn)

    def finish_request(self, conn: Any, fs: Any) -> None:
        """As gunicorn's, which waits in the loop, two seconds each, for phones that do not hang up."""
        if not fs.cancelled() and not fs.exception() and fs.result():
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
            conn.parser.unreader.given_up = True
            self.hand_over(conn)
