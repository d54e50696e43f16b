import cv2
import numpy as np
import pytest

from renewal.images.matte import cut_out, spread, whiten


def scene(wall=(200, 205, 210), person=(60, 40, 30), noise=0.0, soft=4):
    """A round head before a wall with a soft edge, and its true mask."""
    rows, columns = np.indices((413, 295))
    distance = np.hypot(rows - 200, columns - 147) - 90
    alpha = np.clip(0.5 - distance / soft, 0, 1)[..., None]
    pixels = alpha * np.array(person) + (1 - alpha) * np.array(wall)
    pixels += np.random.default_rng(0).normal(0, noise, pixels.shape)
    return np.clip(pixels, 0, 255).astype(np.uint8), alpha[..., 0]


ALL = np.ones((413, 295), bool)


def guessed(alpha, off=0):
    """The mask as a model gives it: coarse, soft, some pixels too wide or too narrow."""
    kernel = np.ones((2 * abs(off) + 1, 2 * abs(off) + 1))
    wrong = cv2.dilate(alpha, kernel) if off > 0 else cv2.erode(alpha, kernel)
    small = cv2.resize(wrong.astype(np.float32), (183, 256), interpolation=cv2.INTER_AREA)
    return cv2.GaussianBlur(cv2.resize(small, (295, 413)), (0, 0), 1.5)


@pytest.mark.parametrize("wall", [(200, 205, 210), (90, 130, 190), (255, 230, 120), (120, 120, 120)])
@pytest.mark.parametrize("noise", [0, 5])
@pytest.mark.parametrize("off", [-1, 0, 2])
def test_the_edge_is_found_where_the_colours_change(wall, noise, off):
    pixels, alpha = scene(wall, noise=noise)
    assert abs(cut_out(pixels, guessed(alpha, off), ALL).alpha - alpha).mean() < 0.011


def test_the_edge_is_found_before_a_pattern():
    pixels, alpha = scene(person=(150, 40, 30))
    stripes = np.indices(alpha.shape)[1] // 12 % 2 * 160
    pixels = np.where(alpha[..., None] > 0.5, pixels, stripes[..., None]).astype(np.uint8)
    assert abs(cut_out(pixels, guessed(alpha), ALL).alpha - alpha).mean() < 0.015


def test_a_pattern_of_the_person_s_colour_away_from_the_edge_is_background():
    pixels, alpha = scene(person=(150, 40, 30))
    near = cv2.dilate(alpha, np.ones((7, 7))) > 0.02
    dots = (np.indices(alpha.shape) // 4 % 2).all(axis=0) & ~near
    pixels[dots] = (150, 40, 30)
    assert cut_out(pixels, guessed(alpha), ALL).alpha[dots].max() == 0


def test_a_person_in_the_colour_of_what_is_behind_stays_whole():
    pixels, alpha = scene(wall=(30, 28, 26), person=(32, 30, 28), noise=3)
    assert cut_out(pixels, guessed(alpha), ALL).alpha[cv2.erode(alpha, np.ones((15, 15))) == 1].min() > 0.9


def test_what_is_surely_background_lies_off_the_edge_and_in_the_picture():
    pixels, alpha = scene()
    seen = ALL.copy()
    seen[:40] = False
    bare = cut_out(pixels, guessed(alpha), seen).bare
    assert bare[50, 20]
    assert not bare[:40].any()
    assert not bare[alpha > 0].any()


def test_the_background_becomes_white_and_the_person_stays():
    pixels, alpha = scene()
    white = whiten(pixels, cut_out(pixels, guessed(alpha), ALL))
    far = cv2.dilate(alpha, np.ones((9, 9))) == 0
    assert white[far].min() >= 250
    assert abs(white[cv2.erode(alpha, np.ones((9, 9))) == 1].astype(int) - (60, 40, 30)).max() <= 2


@pytest.mark.parametrize("wall", [(60, 160, 90), (200, 40, 40), (40, 60, 200)])
def test_the_edge_loses_the_colour_of_the_background(wall):
    pixels, alpha = scene(wall=wall, person=(30, 30, 30))
    white = whiten(pixels, cut_out(pixels, guessed(alpha), ALL))
    edge = white[(alpha > 0.2) & (alpha < 0.8)].astype(int)
    assert (edge.max(axis=1) - edge.min(axis=1)).mean() < 20


def test_soft_hair_is_neither_cut_hard_nor_left_with_a_rim():
    pixels, alpha = scene(wall=(60, 160, 90), person=(30, 30, 30), soft=10)
    white = whiten(pixels, cut_out(pixels, guessed(alpha), ALL))[200, 40:100].astype(int)
    assert (np.diff(white.mean(axis=1)) < 12).all()
    assert (white.max(axis=1) - white.min(axis=1)).max() < 40


def test_colours_spread_from_where_they_are_known():
    colours = np.zeros((60, 80, 3), np.float32)
    colours[:, :40], colours[:, 40:] = (100, 0, 0), (0, 0, 200)
    known = np.zeros((60, 80), bool)
    known[:30] = True
    filled = spread(colours, known)
    assert filled[38, 4] == pytest.approx((100, 0, 0), abs=12)
    assert filled[38, 75] == pytest.approx((0, 0, 200), abs=12)


def test_with_nothing_known_the_wall_is_white():
    assert (spread(np.zeros((20, 20, 3), np.float32), np.zeros((20, 20), bool)) == 255).all()
