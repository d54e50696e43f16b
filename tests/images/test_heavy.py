import subprocess
import sys
from collections.abc import Iterator
from threading import Thread

import pytest

from renewal.images import heavy
from renewal.images.decode import decode
from tests.images.pictures import to_bytes
from tests.images.test_decode import quartered

HOLDER = "import sys; from renewal.images import heavy\nwith heavy.alone(): print('in', flush=True); sys.stdin.read()"
SOON, LONG = 0.3, 30  # seconds


@pytest.fixture
def holder() -> Iterator[subprocess.Popen[bytes]]:
    """Another process with a heavy picture, until its input ends."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdout.readline() == b"in\n"
        yield process
        process.kill()


def begun(data: bytes) -> Thread:
    thread = Thread(target=decode, args=(data,), kwargs={"longest": 500}, daemon=True)
    thread.start()
    thread.join(SOON)
    return thread


HEAVY = to_bytes(quartered(3000, 2400), "PNG")


def test_a_heavy_picture_waits_for_the_one_of_another_process(holder):
    waiting = begun(HEAVY)
    assert waiting.is_alive()
    holder.stdin.close()
    waiting.join(LONG)
    assert not waiting.is_alive()


def test_a_process_that_dies_gives_the_lock_back(holder):
    waiting = begun(HEAVY)
    assert waiting.is_alive()
    holder.kill()
    waiting.join(LONG)
    assert not waiting.is_alive()


def test_two_threads_of_one_process_take_turns():
    with heavy.alone():
        waiting = begun(HEAVY)
        assert waiting.is_alive()
    waiting.join(LONG)
    assert not waiting.is_alive()


def test_a_light_picture_waits_for_nobody_even_when_heavy_ones_queue(holder):
    queue = [begun(HEAVY) for _ in range(3)]
    for kind in ("JPEG", "PNG", "WEBP"):
        assert decode(to_bytes(quartered(1200, 900), kind), longest=500).width == 1200
    assert decode(to_bytes(quartered(4000, 3000)), longest=2000).width == 4000
    holder.stdin.close()
    for waiting in queue:
        waiting.join(LONG)
        assert not waiting.is_alive()
