import numpy as np
import pytest

from renewal.images.masks import grown, largest_share, opened, piece_at, raggedness, rim


def block():
    mask = np.zeros((100, 100), bool)
    mask[20:80, 20:80] = True
    return mask


def test_a_grown_mask_reaches_that_far():
    assert np.flatnonzero(grown(block(), 5)[50]).tolist() == list(range(15, 85))


def test_opening_leaves_what_is_wide_and_takes_what_is_thin():
    thin = block()
    thin[5:8, 20:80] = True
    assert opened(thin, 2)[6].max() == 0
    assert opened(thin, 2)[50].tolist() == block()[50].tolist()
    assert opened(0.4 * thin, 2)[50].max() == pytest.approx(0.4)


def test_the_rim_of_a_mask_is_its_outermost_pixels():
    assert rim(block()).sum() == 4 * 60 - 4
    assert not (rim(block()) & ~block()).any()
    assert not rim(np.ones((5, 5), bool)).any()


def test_a_smooth_mask_is_not_ragged_and_a_bitten_one_is():
    bitten = block()
    bitten[20:50, 40:45] = False
    bitten[78:95, 60:63] = True
    assert raggedness(block(), 4) < 0.01
    assert raggedness(bitten, 4) > 0.04


def test_a_mask_in_pieces_does_not_hang_together():
    pieces = block()
    pieces[:, 48:52] = False
    assert largest_share(block()) == 1.0
    assert largest_share(pieces) == 0.5
    assert largest_share(np.zeros((5, 5), bool)) == 0.0


def test_the_piece_at_a_place_is_the_one_with_most_pixels_there():
    pieces = block()
    pieces[:, 40:44] = False
    assert piece_at(pieces, (60, 50), 10)[50].nonzero()[0].tolist() == list(range(44, 80))
    assert piece_at(pieces, (42, 50), 20)[50].nonzero()[0].tolist() == list(range(20, 40))


def test_where_nothing_is_there_is_no_piece():
    assert not piece_at(block(), (5, 5), 4).any()
    assert not piece_at(block(), (-50, 50), 4).any()
