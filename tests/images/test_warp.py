import numpy as np
import pytest

from renewal.images.warp import between, inside, level, levelling


def dotted():
    picture = np.zeros((300, 400), np.uint8)
    picture[96:105, 246:255] = 255
    return picture


@pytest.mark.parametrize("turn", [0, 10, -35, 90])
@pytest.mark.parametrize("scale", [0.3, 0.5, 1.0, 2.5])
def test_the_matrix_says_where_a_point_went(turn, scale):
    cut, matrix = level(dotted(), (220, 120), turn, scale, (301, 301))
    x, y = matrix @ (250, 100, 1)
    rows, columns = np.nonzero(cut > 100)
    assert (columns.mean(), rows.mean()) == pytest.approx((x, y), abs=1.0)


def test_the_centre_goes_to_the_middle():
    assert levelling((220, 120), 33, 1.7, (200, 100)) @ (220, 120, 1) == pytest.approx((100, 50))


def test_a_cut_beyond_the_picture_knows_so():
    _, matrix = level(dotted(), (0, 0), 0, 1.0, (100, 100))
    known = inside((300, 400), matrix, (100, 100))
    assert not known[:49].any()
    assert known[51:, 51:].all()


def test_one_cut_leads_to_another():
    first, second = levelling((50, 60), 20, 2, (90, 90)), levelling((70, 40), -10, 0.5, (30, 30))
    there = between(first, second) @ (*(first @ (10, 20, 1)), 1)
    assert there == pytest.approx(second @ (10, 20, 1))
