"""Large pictures are decoded one at a time, for each may take what all others together leave."""

from collections.abc import Iterator
from threading import Thread

import pytest

from renewal.images import decode as decoding
from renewal.images.decode import decode
from tests.images.pictures import to_bytes
from tests.images.test_decode import quartered

SOON, LONG = 0.3, 30  # seconds
HEAVY = to_bytes(quartered(3000, 2400), "PNG")


def begun(data: bytes) -> Thread:
    thread = Thread(target=decode, args=(data,), kwargs={"longest": 500}, daemon=True)
    thread.start()
    thread.join(SOON)
    return thread


@pytest.fixture
def queue() -> Iterator[list[Thread]]:
    """Heavy ones behind another that is worked on until the test is over."""
    with decoding._HEAVY:
        waiting = [begun(HEAVY) for _ in range(2)]
        yield waiting
    for each in waiting:
        each.join(LONG)
        assert not each.is_alive()


def test_heavy_pictures_wait_for_the_one_before_them(queue):
    assert all(each.is_alive() for each in queue)


def test_a_light_picture_waits_for_nobody_even_when_heavy_ones_queue(queue):
    for kind in ("JPEG", "PNG", "WEBP"):
        assert decode(to_bytes(quartered(1200, 900), kind), longest=500).width == 1200
    assert decode(to_bytes(quartered(4000, 3000)), longest=2000).width == 4000
