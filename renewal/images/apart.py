"""Pictures are worked on apart: in one process beside all workers of a server, the darkroom.

OpenCV, its nets and what malloc keeps of large pictures are there once, and a picture that kills a decoder takes
nobody's request along. Without a server, in commands and tests, they are worked on where they are asked for.
"""

import fcntl
import logging
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from subprocess import DEVNULL, Popen
from tempfile import TemporaryFile
from time import monotonic
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from renewal.images.errors import ImageRejected
from renewal.logs import Elsewhere

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

ROOT = Path(__file__).parents[2]
# Seconds. Who waits may stand behind other uploads; a look says whether the darkroom is still there.
LONGEST_WAIT, LOOK = 40, 0.5
TRIES = 2
PAUSE = 2  # seconds between two starts, when one fails by itself
IDLE = 120  # seconds, after which the darkroom gives all its memory back: people choose a photo in less
NOT_DONE = "这张照片没能处理完，其他内容都在。请再试一次；还是不行的，请用手机重新拍一张。"

log = logging.getLogger(__name__)
Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


class Darkroom:
    """The way to it for all who are forked behind this: whoever finds that it is not there starts it.

    A job is a connection, handed through a pair of sockets without a name: nobody else can get at them, nothing is left
    behind, and the darkroom hears of the server's end by the end of the stream.
    """

    def __init__(self, idle: float = IDLE, folder: str | None = None) -> None:
        self.idle = idle
        self._jobs, self._taken = socket.socketpair()
        self._lock = TemporaryFile(dir=folder)  # noqa: SIM115  # as long as the server
        self._started: list[Popen[bytes]] = []
        self._not_before = 0.0

    def close(self) -> None:
        """As the server's end does."""
        for each in (self._jobs, self._taken, self._lock):
            each.close()
        for started in self._started:
            started.wait()

    def ask(self, job: tuple[str, tuple[Any, ...], dict[str, Any]]) -> Any:
        """What its door returns or raises. Raises ImageRejected when it cannot be had."""
        until = monotonic() + LONGEST_WAIT
        for _ in range(TRIES):
            with suppress(EOFError, OSError):  # it ended in the middle, or time is up
                result, error, trace = self._hand_in(job, until)
                break
        else:
            log.error("%s: the process that works on pictures died of it or did not answer", job[0])
            raise ImageRejected(NOT_DONE)
        if error or trace:
            raise error or Elsewhere(trace)
        return result

    def _hand_in(self, job: object, until: float) -> Any:
        """Raises EOFError or OSError when it was not done."""
        from multiprocessing.connection import Pipe  # with the first picture: no start has to wait for it

        line, theirs = Pipe()
        with line:
            with theirs:
                socket.send_fds(self._jobs, [b"j"], [theirs.fileno()])
            self._await(line, until)
            line.recv()  # it is our turn: no upload lies in the darkroom's memory before
            line.send(job)
            self._await(line, until)
            return line.recv()

    def _await(self, line: "Connection", until: float) -> None:
        self.attend()
        while not line.poll(LOOK):
            self.attend()
            if monotonic() > until:
                raise TimeoutError

    def attend(self) -> None:
        """Start it, if there is none. The lock is the darkroom's as long as it lives: it is started with it."""
        if monotonic() < self._not_before and any((each.poll() or 0) > 0 for each in self._started):
            return
        # Opened anew: what is inherited by a fork is one lock for all. When it is taken, or there is no memory for a
        # process, who waits looks again.
        with suppress(OSError), open(f"/dev/fd/{self._lock.fileno()}", "rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            given = (self._taken.fileno(), lock.fileno())
            command = (sys.executable, "-m", "renewal.images.darkroom", str(given[0]), str(self.idle))
            # A session of its own: Ctrl-C is for the server, whose end it hears of. What decodes strangers' pictures
            # inherits no environment, in which the office's secrets are.
            one = Popen(  # noqa: S603  # our own module
                command, cwd=ROOT, stdin=DEVNULL, pass_fds=given, start_new_session=True, env={"LANG": "C.UTF-8"}
            )
            self._not_before = monotonic() + PAUSE
            # Asked how they are, so that those that ended do not stay zombies.
            self._started = [*(each for each in self._started if each.poll() is None), one]


darkroom: Darkroom | None = None


def open_darkroom(folder: str | None) -> None:
    """For this process and those forked from it. Its lock lies in `folder`, or where the system has such files."""
    global darkroom
    if sys.platform == "linux":  # elsewhere what is opened anew is one lock with the rest
        darkroom = Darkroom(folder=folder)


def wake() -> None:
    """Somebody was shown where to send a picture: until it comes, the darkroom has loaded what it needs."""
    if darkroom:
        darkroom.attend()


def ask(door: Callable[Arguments, Result], *args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
    """What `door`, one of darkroom.DOORS, returns for these arguments. Raises what it raises, and ImageRejected when
    the darkroom died of it twice."""
    if darkroom is None:
        return door(*args, **kwargs)
    result: Result = darkroom.ask((door.__name__, args, kwargs))
    return result
