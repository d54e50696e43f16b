"""How the app is served: each setting with its reason. `gunicorn -c gunicorn.conf.py wsgi:app`."""

import ctypes
import os
import re
import resource
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from gunicorn.glogging import Logger

# Only this machine, unless the container (or who knows what stands in front) says otherwise.
bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"

# Two processes: a picture being worked on in one leaves the other free, and one that dies is not missed.
workers = 2
# Requests are read by the worker's own loop (renewal/server.py): a thread never waits for a phone that sends, only
# for the disk, or for one that reads slowly. Each keeps a database connection of a quarter megabyte, but begins
# only when all others are busy.
threads = 320
# Per worker: phones that are still sending, and those that keep a connection for the next step. With three files
# for each thread's database and MOST_FILES it stays below the 4096 open files that the strictest systems allow.
worker_connections = 2900
worker_class = "renewal.server.RequestReadingWorker"
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
    if not server.app.wsgi().extensions["renewal"].hosts:
        server.log.warning(ONLY_LOOPBACK)


# One per user by default, so that two instances of one user would fight over it; nothing here uses it.
control_socket_disable = True


class PrivateLogger(Logger):
    """An access log that gives nothing away: no query, no token that opens a receipt or a confirmation."""

    def atoms(self, resp, req, environ, request_time):
        """As gunicorn's, with tokens in the path blanked and the path quoted: a newline forges no line."""
        path = quote(environ.get("PATH_INFO", ""), encoding="latin-1")
        path = re.sub(r"^/(receipts|employer|renewal/face/return)/[^/]+?(?=(\.pdf)?$|/)", r"/\1/***", path)
        return super().atoms(resp, req, environ, request_time) | {"U": path}

    def access(self, resp, req, environ, request_time):
        """As gunicorn's, without the container's own health check every half minute."""
        if environ.get("PATH_INFO") != "/healthz":
            super().access(resp, req, environ, request_time)


logger_class = PrivateLogger
accesslog = "-"
access_log_format = "%(t)s %(h)s %(m)s %(U)s %(s)s %(B)sB %(M)sms"
