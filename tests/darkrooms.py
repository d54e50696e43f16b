"""The processes in which pictures are worked on, looked at from outside."""

import time
from collections.abc import Callable

import psutil


def darkrooms(below: psutil.Process, *, recursive: bool = True) -> list[psutil.Process]:
    """Those that are alive: started by that process, or as well by those that it started."""
    return [each for each in below.children(recursive=recursive) if _is_darkroom(each)]


def kill_at_work(below: psutil.Process) -> bool:
    """Whether there was one that had a job: a socket beside the one by which jobs come."""
    at_work = [each for each in darkrooms(below) if len(each.net_connections("unix")) > 1]
    kill(at_work)
    return bool(at_work)


def kill(processes: list[psutil.Process]) -> None:
    """And wait until they hold nothing any more: their memory goes first, their locks after it."""
    for each in processes:
        each.kill()
    until(lambda: all(_is_over(each) for each in processes))


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


def _is_over(process: psutil.Process) -> bool:
    try:
        return bool(process.status() == psutil.STATUS_ZOMBIE and process.num_threads() <= 1)
    except psutil.NoSuchProcess:
        return True
