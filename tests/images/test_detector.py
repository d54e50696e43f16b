import numpy as np
import pytest

from renewal.images.detector import NEAR_SIDE, Find, look_far, look_near, moved
from tests.images.pictures import astronaut

EYES = np.array(((201.5, 101.0), (247.5, 103.5)))  # in base pixels


def pixels(scale: float) -> np.ndarray:
    return np.asarray(astronaut(scale))


@pytest.mark.parametrize("scale", [0.4, 1.0, 2.5])
def test_one_face_is_one_find_though_many_anchors_see_it(scale):
    (find,) = look_far(pixels(scale))
    assert 0.8 < find.score <= 1
    assert find.width == pytest.approx(105 * scale, rel=0.1)
    assert np.abs(find.points[:2] / scale - EYES).max() < 6


@pytest.mark.parametrize("crop", [(0, 0, 300, 512), (0, 0, 512, 280)], ids=["upright", "lying"])
def test_a_picture_that_is_not_square_is_not_distorted(crop):
    (find,) = look_far(np.asarray(astronaut(1.0).crop(crop)))
    assert np.abs(find.points[:2] - EYES).max() < 6
    assert find.box[1, 0] == pytest.approx(find.box[1, 1], rel=0.05)


def test_the_near_net_sees_a_face_that_fills_half_of_its_patch():
    patch = np.asarray(astronaut(1.0).crop((125, 20, 325, 220)).resize((NEAR_SIDE, NEAR_SIDE)))
    best = look_near(patch)[0]
    assert best.score > 0.8
    assert np.abs(best.points[:2] * 200 / NEAR_SIDE + (125, 20) - EYES).max() < 6


@pytest.mark.parametrize("shape", [(1, 1), (1, 900), (900, 1), (192, 192), (600, 601)])
def test_nothing_is_seen_in_an_empty_picture_of_any_shape(shape):
    assert look_far(np.full((*shape, 3), 128, np.uint8)) == []


def test_a_find_is_moved_back_to_where_it_came_from():
    find = Find(0.9, np.array(((60.0, 70.0), (20.0, 20.0))), np.full((6, 2), 50.0))
    back = moved(find, np.array((10, 20)), 0.5)
    assert back.centre == (100, 100)
    assert back.width == 40
    assert back.points[0] == pytest.approx((80, 60))


def test_the_mirror_image_of_a_find_has_left_and_right_changed():
    find = Find(0.9, np.array(((60.0, 70.0), (20.0, 20.0))), np.arange(12, dtype=float).reshape(6, 2))
    mirrored = find.mirrored(100)
    assert mirrored.centre == (40, 70)
    assert tuple(mirrored.points[0]) == (98, 3)
    assert tuple(mirrored.points[5]) == (92, 9)
    assert (mirrored.mirrored(100).points == find.points).all()
