"""How the app is served: each setting with its reason. `gunicorn -c gunicorn.conf.py wsgi:app`."""

import ctypes
import os
import re
import resource
import socket
import struct
import time
from contextlib import suppress
from functools import partial
from pathlib import Path
from selectors import EVENT_READ
from urllib.parse import quote

from gunicorn.glogging import Logger
from gunicorn.http.unreader import SocketUnreader
from gunicorn.workers.gthread import ThreadWorker

# Only this machine, unless the container (or who knows what stands in front) says otherwise.
bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"

# Two processes: a picture being worked on in one leaves the other free, and one that dies is not missed.
workers = 2
# Requests are read by the worker's own loop (see RequestReader), so that a slow phone costs a buffer, not a thread.
# A thread waits only for the disk, or for the rest of an upload above READ_AHEAD, as browsers without JavaScript
# send. Each keeps a database connection of a quarter megabyte, but begins only when all others are busy.
threads = 320
# Per worker: phones that are still sending, and those that keep a connection for the next step. With three files
# for each thread's database it stays below the 4096 open files that the strictest systems allow.
worker_connections = 3000
# The app is built once and shared by the workers' memory; a broken setting stops the start, not each worker.
preload_app = True

# A phone reads a page for a minute before the next step; a new connection would cost it two round trips.
keepalive = 75
# The worker's own heartbeat, not a limit for a request: thirty seconds without one means it hangs.
timeout = 30
# Within the ten seconds a container is given to stop; a phone cut off in an upload tries again by itself.
graceful_timeout = 8
# Nobody watches a small office's container for months: a leak in a picture library ends with its worker.
# The jitter keeps both workers from restarting together.
max_requests = 20_000
max_requests_jitter = 2_000
# The heartbeat must not wait for a busy disk.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108  # a RAM disk, not a guessable file

# Which proxies are believed is decided in one place, renewal/web/proxies.py, not here as well.
forwarded_allow_ips = ""

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

ONLY_LOOPBACK = (
    "ONLY THIS MACHINE IS ANSWERED: neither RENEWAL_HOSTS nor RENEWAL_PUBLIC_URL is set. "
    "Who asks for any host but localhost, 127.0.0.1 or [::1] gets a 400."
)

# Bytes. What is larger goes back to the system as soon as it is done with.
LARGE_BLOCK = 256 * 1024


def on_starting(_server):
    """Limits of the process, which the workers inherit."""
    # By itself glibc keeps the blocks of large pictures: twenty of them left 500 MB behind in each worker.
    with suppress(OSError, AttributeError):  # not on Linux, or another C library
        mallopt_mmap_threshold = -3
        ctypes.CDLL(None).mallopt(mallopt_mmap_threshold, LARGE_BLOCK)
    # Many shells allow 1024 open files but 4096 on request; a worker dies of the first connection too many.
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    with suppress(OSError, ValueError):  # macOS calls it infinite and refuses that
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def when_ready(server):
    """Once, before there are workers."""
    limit_silence(server.LISTENERS)
    if not server.app.wsgi().extensions["renewal"].hosts:
        server.log.warning(ONLY_LOOPBACK)


def limit_silence(listeners):
    """Every line that is taken inherits from its listener how long it may be silent in mid-request."""
    for listener in listeners:
        listener.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", LONGEST_SILENCE, 0))


CHUNKED = re.compile(rb"(?im)^transfer-encoding:")
LENGTH = re.compile(rb"(?im)^content-length:[ \t]*(\d{1,18})[ \t\r]*$")
CHUNK = re.compile(rb"([0-9a-fA-F]{1,8})[^\r\n]{0,99}\r\n")
LONGEST_CHUNK_LINE = 8 + 99 + 2


class RequestReader(SocketUnreader):
    """What has arrived of a request, first in the loop, then in a thread, and how long it may still take."""

    def begin(self):
        """A new request; what came right behind the last one is kept."""
        self.heard = time.monotonic()
        self.deadline = self.heard + GRACE
        self.needed = None  # bytes up to the end, or to the next chunk's line; known once the head is there
        self.chunked = self.given_up = False
        self._find_end()

    def receive(self):
        """Take what is there without waiting; False at the end of the stream. Raises OSError."""
        data = self.sock.recv(self.mxchunk)
        self._count(data)
        self.buf.seek(0, os.SEEK_END)
        self.buf.write(data)
        self._find_end()
        return bool(data)

    def chunk(self, size_hint=None):
        """As gunicorn's, in a thread. Raises BlockingIOError, as for silence, when it takes too long."""
        self.deadline += time.monotonic() - self.heard  # the app was busy: not the phone's time
        data = b"" if self.given_up else super().chunk(size_hint)
        self._count(data)
        if self.given_up or self.heard > self.deadline:
            raise BlockingIOError
        return data

    @property
    def ready(self):
        """Whether a thread can take it without waiting for the phone, or has to."""
        if self.needed is None:
            return False
        held = self.buf.seek(0, os.SEEK_END)
        return held >= READ_AHEAD or (held >= self.needed and not self.chunked)

    @property
    def late(self):
        """Silent for too long, or too slow on the whole."""
        now = time.monotonic()
        return now > self.deadline or now > self.heard + LONGEST_SILENCE

    def _count(self, data):
        self.heard = time.monotonic()
        self.deadline += len(data) / LEAST_RATE

    def _find_end(self):
        if self.needed is None:
            self._read_head()
        while self.chunked and self._read_chunk_line():
            pass

    def _read_head(self):
        head, end, _ = self.buf.getvalue().partition(b"\r\n\r\n")
        if end or len(head) > LONGEST_HEAD:
            self.chunked = bool(CHUNKED.search(head))
            length = None if self.chunked else LENGTH.search(head)
            self.needed = len(head) + len(end) + (int(length[1]) if length else 0)

    def _read_chunk_line(self):
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

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.reading = set()
        self.checked = 0.0

    def enqueue_req(self, conn):
        """A new connection, or the next request on a kept one."""
        if not conn.initialized:
            conn.init()
            conn.parser.unreader = RequestReader(conn.sock)
        conn.sock.setblocking(False)
        conn.parser.unreader.begin()
        self.poller.register(conn.sock, EVENT_READ, partial(self.on_request_readable, conn))
        self.reading.add(conn)
        self.on_request_readable(conn, conn.sock)

    def on_request_readable(self, conn, _sock):
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

    def hand_over(self, conn):
        """To a thread; without a whole head there is nobody to answer."""
        self.poller.unregister(conn.sock)
        self.reading.remove(conn)
        if conn.parser.unreader.needed is None:
            self.nr_conns -= 1
            conn.close()
        else:
            super().enqueue_req(conn)

    def finish_request(self, conn, fs):
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

    def on_lingering_readable(self, conn, sock):
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

    def murder_pending(self):
        """As gunicorn's, after each turn of the loop; once a second, those who are late are answered so."""
        super().murder_pending()
        if time.monotonic() < self.checked + 1:
            return
        self.checked = time.monotonic()
        for conn in [conn for conn in self.reading if conn.parser.unreader.late]:
            conn.parser.unreader.given_up = True
            self.hand_over(conn)


worker_class = RequestReadingWorker


# One per user by default, so that two instances of one user would fight over it; nothing here uses it.
control_socket_disable = True


class PrivateLogger(Logger):
    """An access log that gives nothing away: no query, no token that opens a receipt or a confirmation."""

    def atoms(self, resp, req, environ, request_time):
        """As gunicorn's, with tokens in the path blanked and the path quoted: a newline forges no line."""
        path = quote(environ.get("PATH_INFO", ""), encoding="latin-1")
        path = re.sub(r"^/(receipts|employer)/[^/]+?(?=(\.pdf)?$|/)", r"/\1/***", path)
        return super().atoms(resp, req, environ, request_time) | {"U": path}

    def access(self, resp, req, environ, request_time):
        """As gunicorn's, without the container's own health check every half minute."""
        if environ.get("PATH_INFO") != "/healthz":
            super().access(resp, req, environ, request_time)


logger_class = PrivateLogger
accesslog = "-"
access_log_format = "%(t)s %(h)s %(m)s %(U)s %(s)s %(B)sB %(M)sms"
