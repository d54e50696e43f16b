"""How the app is served: each setting with its reason. `gunicorn -c gunicorn.conf.py wsgi:app`."""

import atexit
import ctypes
import gc
import os
import resource
import shutil
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from click import ClickException
from gunicorn import sock
from gunicorn.glogging import Logger

from renewal import capacity, logs
from renewal.images import apart
from renewal.store.trouble import DatabaseUnfit
from renewal.tls import Certificate

# Until there are workers: what a start makes stays, and to look for garbage in it takes an eighth of the start.
gc.disable()

# Only this machine, unless the container (or who knows what stands in front) says otherwise.
bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"

# With these files it speaks TLS itself, for an office without a proxy; one that was renewed needs no restart.
certfile = os.environ.get("RENEWAL_TLS_CERT") or None
keyfile = os.environ.get("RENEWAL_TLS_KEY") or None
do_handshake_on_connect = False  # renewal/server.py does it, and waits for nobody
_certificate = Certificate()


def ssl_context(conf, make):
    """The one that the files give."""
    return _certificate.context(conf, make)


# By the cores and the memory of the machine, or of the container: the reasons stand in renewal/capacity.py.
_memory = capacity.memory()
workers = int(os.environ.get("WEB_CONCURRENCY") or capacity.workers(capacity.cores(), _memory))
# Requests are read by the worker's own loop (renewal/server.py): a thread never waits for a phone that sends, only
# for the disk, or for one that reads slowly. Each keeps a database connection of a quarter megabyte, but begins
# only when all others are busy.
threads = capacity.threads(workers, _memory)
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
# Nobody watches a small office's container for months: a leak in a library ends with its worker.
# The jitter keeps both workers from restarting together.
max_requests = 20_000
max_requests_jitter = 2_000
# The heartbeat must not wait for a busy disk, nor the start fail on a full one.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108  # a RAM disk, not a guessable file

# Which proxies are believed is decided in one place, renewal/web/proxies.py, not here as well.
forwarded_allow_ips = ""

ONLY_LOOPBACK = (
    "ONLY THIS MACHINE IS ANSWERED: neither RENEWAL_HOSTS nor RENEWAL_PUBLIC_URL is set. "
    "Who asks for any host but localhost, 127.0.0.1 or [::1] gets a 400."
)

# Bytes. What is larger, an upload or a table, goes back to the system as soon as it is done with; below it blocks are
# used again, and so much of them stays at hand: brotli takes half a megabyte for a page, twice as dear from the system.
LARGE_BLOCK = AT_HAND = 2 * 1024 * 1024
ARENAS = 2


def _remove_meters(folder, master):
    """Also after a start that failed; workers end by here, too, and leave it."""
    if os.getpid() == master:
        shutil.rmtree(folder, ignore_errors=True)


# Where each worker keeps its counts for /metrics, so that any of them tells of all: in memory, until the server ends.
METERS = "PROMETHEUS_MULTIPROC_DIR"
if METERS not in os.environ and any(os.environ.get(f"RENEWAL_METRICS_{by}") for by in ("ALLOW", "TOKEN", "TOKEN_FILE")):
    os.environ[METERS] = tempfile.mkdtemp(prefix="renewal-meters-", dir=worker_tmp_dir)
    atexit.register(_remove_meters, os.environ[METERS], os.getpid())


def post_worker_init(worker):
    """Counted: who watches sees that workers die."""
    worker.wsgi.extensions.get("worker_began", int)()


def on_starting(server):
    """Once, in the process that has loaded the app anyway, before it listens and before there are workers."""
    set_limits()
    set_up(server)
    apart.open_darkroom(worker_tmp_dir)
    gc.freeze()  # a worker that looked for garbage here would get pages of its own of all that is shared
    gc.enable()


def set_limits():
    """Of the process, which the workers inherit."""
    # By itself glibc keeps blocks as large as any that was once given back: uploads of 20 MB would stay for good.
    with suppress(OSError, AttributeError):  # not on Linux, or another C library
        mallopt_trim_threshold, mallopt_mmap_threshold, mallopt_arena_max = -1, -3, -8
        ctypes.CDLL(None).mallopt(mallopt_mmap_threshold, LARGE_BLOCK)
        ctypes.CDLL(None).mallopt(mallopt_trim_threshold, AT_HAND)
        ctypes.CDLL(None).mallopt(mallopt_arena_max, ARENAS)
    # Many shells allow 1024 open files but 4096 on request; a worker dies of the first connection too many.
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    with suppress(OSError, ValueError):  # macOS calls it infinite and refuses that
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def set_up(server):
    """As `flask setup`, in a database that is nobody else's: a second container on its volume ends here."""
    app = server.app.wsgi()
    try:
        if server.cfg.is_ssl:
            sock.ssl_context(server.cfg)
    except OSError as unusable:
        sys.exit(f"Error: RENEWAL_TLS_CERT 或 RENEWAL_TLS_KEY 的文件不能使用：{unusable}")
    try:
        app.extensions["renewal"].services.database.claim()
        with app.app_context():
            app.cli.main(["setup"], standalone_mode=False)
    except ClickException as trouble:
        sys.exit(f"Error: {trouble.format_message()}")
    except DatabaseUnfit as unfit:
        sys.exit(f"Error: {unfit}")


def when_ready(server):
    """Said once."""
    if not server.app.wsgi().extensions["renewal"].hosts:
        server.log.warning(ONLY_LOOPBACK)


# One per user by default, so that two instances of one user would fight over it; nothing here uses it.
control_socket_disable = True


PROBES = frozenset({"/healthz", "/readyz", "/metrics"})


class PrivateLogger(Logger):
    """Logs that give nothing away: no query, no token that opens a receipt or a confirmation, no error's words."""

    def setup(self, cfg):
        """As gunicorn's, in the format that the app's own log has."""
        super().setup(cfg)
        said, requests = logs.formats(os.environ.get("RENEWAL_LOG_FORMAT") or "text")
        for log, form in ((self.error_log, said), (self.access_log, requests)):
            for handler in log.handlers:
                handler.setFormatter(form)

    def atoms(self, resp, _req, environ, request_time):
        """Of gunicorn's those that a line has, and no header of a request. Tokens in the path are blanked and the path
        is quoted: a newline forges no line."""
        path = quote(environ.get("PATH_INFO", ""), encoding="latin-1")
        return {
            "t": self.now(),
            "h": environ.get("REMOTE_ADDR", "-"),
            "m": environ["REQUEST_METHOD"],
            "U": logs.blanked(path),
            "s": str(resp.status).partition(" ")[0],
            "B": resp.sent,
            "M": int(request_time.total_seconds() * 1000),
            "{renewal.request_id}e": environ.get("renewal.request_id", "-"),
        }

    def access(self, resp, req, environ, request_time):
        """As gunicorn's, without those that look every few seconds whether all is well, as long as it is."""
        if environ.get("PATH_INFO") not in PROBES or not str(resp.status).startswith("200"):
            super().access(resp, req, environ, request_time)


logger_class = PrivateLogger
accesslog = "-"
access_log_format = "%(t)s %(h)s %(m)s %(U)s %(s)s %(B)sB %(M)sms %({renewal.request_id}e)s"
