import cv2
import numpy as np
import pytest

from renewal.images.matte import cut_out, spread, whiten


def scene(wall=(200, 205, 210), person=(60, 40, 30), noise=0.0):
    """A round head before a wall with a soft edge, and its true mask."""
    rows, columns = np.indices((413, 295))
    distance = np.hypot(rows - 200, columns - 147) - 90
    alpha = np.clip(0.5 - distance / 4, 0, 1)[..., None]
    pixels = alpha * np.array(person) + (1 - alpha) * np.array(wall)
    pixels += np.random.default_rng(0).normal(0, noise, pixels.shape)
    return np.clip(pixels, 0, 255).astype(np.uint8), alpha[..., 0]


ALL = np.ones((413, 295), bool)


@pytest.mark.parametrize("wall", [(200, 205, 210), (90, 130, 190), (255, 230, 120), (120, 120, 120)])
@pytest.mark.parametrize("noise", [0, 5])
def test_the_edge_is_found_to_a_pixel(wall, noise):
    pixels, alpha = scene(wall, noise=noise)
    rough = cv2.dilate((alpha > 0.5).astype(np.uint8), np.ones((5, 5))) > 0
    assert abs(cut_out(pixels, rough, ALL).alpha - alpha).mean() < 0.01


def test_the_wall_becomes_white_and_the_person_stays():
    pixels, alpha = scene()
    white = whiten(pixels, cut_out(pixels, alpha > 0.5, ALL))
    assert white[alpha == 0].min() >= 250
    assert abs(white[alpha == 1].astype(int) - pixels[alpha == 1]).max() <= 2


def test_the_edge_loses_the_colour_of_the_wall():
    pixels, alpha = scene(wall=(60, 160, 90), person=(30, 30, 30))
    white = whiten(pixels, cut_out(pixels, alpha > 0.5, ALL))
    edge = white[(alpha > 0.2) & (alpha < 0.8)].astype(int)
    assert (edge.max(axis=1) - edge.min(axis=1)).mean() < 12


def test_a_pattern_is_rougher_than_paint_and_grain():
    painted = cut_out(*_with_mask(scene(noise=8)), ALL).rough
    pixels, alpha = scene()
    pixels[::24] = pixels[:, ::24] = 90
    assert painted < 5
    assert cut_out(pixels, alpha > 0.5, ALL).rough > 12


def _with_mask(drawn):
    return drawn[0], drawn[1] > 0.5


def test_a_person_in_the_colour_of_the_wall_has_no_contrast():
    pixels, alpha = scene(wall=(200, 200, 200), person=(206, 206, 206))
    assert cut_out(pixels, alpha > 0.5, ALL).contrast < 15


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
