"""One heavy picture at a time on this machine, whichever worker got it."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def alone() -> Iterator[None]:
    """Wait until no other thread or process of this installation is inside.

    The system gives the lock of a process that dies back; a semaphore would stay taken. It lies on this file, which
    every worker has and none has to write: neither a folder nor a fork is needed to share it.
    """
    with open(__file__, "rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
