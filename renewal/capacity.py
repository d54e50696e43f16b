"""How much of the machine is ours: what gunicorn.conf.py sizes workers and threads by. Sizes are in MB."""

import os
from collections.abc import Iterator
from math import ceil
from pathlib import Path

CGROUP = Path("/sys/fs/cgroup")

# The master's 40, 120 of the darkroom, and a large picture, of which it works on one at a time.
SHARED = 310
# 45 of a worker after a thousand journeys, a picture in the darkroom, and some room: `python -m bench.thousand`.
WORKER = 75
# Of a thread that was needed once: its connection to the database and its stack.
THREAD = 0.3
# Ten connections of each fit a PostgreSQL as it is installed, in two containers; SQLite has one writer anyway.
MOST_WORKERS = 4
# Requests are read ahead: a thread waits only for the disk, or for a phone that reads slowly.
MOST_THREADS, LEAST_THREADS = 320, 64


def cores(cgroup: Path = CGROUP) -> int:
    """Those we may run on, or fewer when a container's limit comes to less; 1 at least."""
    ours = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min([ours, *_quotas(cgroup)]))


def memory(cgroup: Path = CGROUP) -> int:
    """The machine's, or less when a container's limit is lower."""
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    limits = (_numbers(cgroup / file) for file in ("memory.max", "memory/memory.limit_in_bytes"))
    return min([machine, *(limit[0] for limit in limits if limit)]) // 2**20


def workers(cores: int, memory: int) -> int:
    """Two even on one core, so that none is missed when it dies; one where two would not fit."""
    return max(1, min(max(2, cores), (memory - SHARED) // WORKER, MOST_WORKERS))


def threads(workers: int, memory: int) -> int:
    """Of each worker, from what its share of the memory leaves."""
    left = (memory - SHARED) / workers - WORKER
    return int(max(LEAST_THREADS, min(MOST_THREADS, left / THREAD)))


def _quotas(cgroup: Path) -> Iterator[int]:
    """CPU time per time, whole cores: of version 2, in one file, and of version 1."""
    v1 = [*_numbers(cgroup / "cpu/cpu.cfs_quota_us"), *_numbers(cgroup / "cpu/cpu.cfs_period_us")]
    for numbers in (_numbers(cgroup / "cpu.max"), v1):
        if len(numbers) == 2 and numbers[0] > 0:
            yield ceil(numbers[0] / numbers[1])


def _numbers(file: Path) -> list[int]:
    """None of a file that is not there, or says `max`; -1 is version 1's word for it."""
    try:
        return [int(word) for word in file.read_text().split()]
    except (OSError, ValueError):
        return []
