"""One number of workers fits no two machines."""

import pytest

from renewal import capacity

MACHINE = capacity.memory()


@pytest.mark.parametrize(
    ("cores", "memory", "workers"),
    [(1, 512, 2), (2, 512, 2), (2, 4096, 2), (4, 8192, 4), (64, 262_144, 4), (4, 600, 3), (2, 400, 1), (1, 128, 1)],
)
def test_workers_are_as_many_as_cores_but_no_more_than_fit(cores, memory, workers) -> None:
    assert capacity.workers(cores, memory) == workers


def test_threads_take_what_memory_is_left() -> None:
    assert capacity.threads(2, 16_384) == capacity.MOST_THREADS
    assert capacity.LEAST_THREADS < capacity.threads(2, 520) < capacity.MOST_THREADS
    assert capacity.threads(1, 128) == capacity.LEAST_THREADS


@pytest.mark.parametrize(
    ("files", "cores"),
    [
        ({"cpu.max": "100000 100000"}, 1),
        ({"cpu.max": "50000 100000"}, 1),
        ({"cpu/cpu.cfs_quota_us": "100000", "cpu/cpu.cfs_period_us": "100000"}, 1),
        ({"cpu.max": "max 100000"}, None),
        ({"cpu/cpu.cfs_quota_us": "-1", "cpu/cpu.cfs_period_us": "100000"}, None),
        ({"cpu.max": "6400000 100000"}, None),
        ({}, None),
    ],
)
def test_a_containers_cores_count_where_they_are_fewer(tmp_path, files, cores) -> None:
    _write(tmp_path, files)
    assert capacity.cores(tmp_path) == (cores or capacity.cores(tmp_path / "none"))


@pytest.mark.parametrize(
    ("files", "memory"),
    [
        ({"memory.max": "536870912\n"}, 512),
        ({"memory/memory.limit_in_bytes": "268435456\n"}, 256),
        ({"memory.max": "max\n"}, MACHINE),
        ({"memory/memory.limit_in_bytes": "9223372036854771712\n"}, MACHINE),
    ],
)
def test_a_containers_memory_counts_where_it_is_less(tmp_path, files, memory) -> None:
    _write(tmp_path, files)
    assert capacity.memory(tmp_path) == memory


def _write(folder, files) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)
