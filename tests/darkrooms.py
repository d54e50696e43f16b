"""The processes in which pictures are worked on, looked at from outside."""

import time
from collections.abc import Callable

import psutil


def darkrooms(below: psutil.Process) -> list[psutil.Process]:
    """Those that are alive."""
    return [each for each in below.children(recursive=True) if _is_darkroom(each)]


def kill_at_work(below: psutil.Process) -> bool:
    """Whether there was one that had a job: a socket beside the one by which jobs come."""
    at_work = [each for each in darkrooms(below) if len(each.net_connections("unix")) > 1]
    for each in at_work:
        each.kill()
    return bool(at_work) and until(lambda: not set(at_work) & set(darkrooms(below)))


def until(condition: Callable[[], object]) -> bool:
    for _ in range(600):
        if condition():
            return True
        time.sleep(0.02)
    raise AssertionError("it never came")


def _is_darkroom(process: psutil.Process) -> bool:
    try:
        return "renewal.images.darkroom" in process.cmdline()
    except psutil.NoSuchProcess:  # or a zombie
        return False
