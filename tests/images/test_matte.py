import cv2
import numpy as np
import pytest

from renewal.images.matte import cut_out, spread, whiten


def scene(background=(200, 205, 210), person=(60, 40, 30), noise=0.0):
    """A round head before a background with a soft edge, and its true mask."""
    rows, columns = np.indices((413, 295))
    distance = np.hypot(rows - 200, columns - 147) - 90
    alpha = np.clip(0.5 - distance / 4, 0, 1)[..., None]
    pixels = alpha * np.array(person) + (1 - alpha) * np.array(background)
    pixels += np.random.default_rng(0).normal(0, noise, pixels.shape)
    return np.clip(pixels, 0, 255).astype(np.uint8), alpha[..., 0]


ALL = np.ones((413, 295), bool)


def soft(alpha):
    """How surely the model says person: its edge is a few pixels wide and a little off."""
    return cv2.GaussianBlur(alpha.astype(np.float32), (0, 0), 3)


@pytest.mark.parametrize("background", [(200, 205, 210), (90, 130, 190), (255, 230, 120), (120, 120, 120)])
@pytest.mark.parametrize("noise", [0, 5])
def test_the_edge_is_found_to_a_pixel(background, noise):
    pixels, alpha = scene(background, noise=noise)
    assert abs(cut_out(pixels, soft(alpha), ALL).alpha - alpha).mean() < 0.01


def test_the_background_becomes_white_and_the_person_stays():
    pixels, alpha = scene()
    white = whiten(pixels, cut_out(pixels, soft(alpha), ALL))
    assert white[alpha == 0].min() >= 250
    inside = cv2.erode((alpha == 1).astype(np.uint8), np.ones((15, 15))) > 0
    assert abs(white[inside].astype(int) - pixels[inside]).max() <= 2


def test_the_edge_loses_the_colour_of_the_background():
    pixels, alpha = scene(background=(60, 160, 90), person=(30, 30, 30))
    white = whiten(pixels, cut_out(pixels, soft(alpha), ALL))
    edge = white[(alpha > 0.2) & (alpha < 0.8)].astype(int)
    assert (edge.max(axis=1) - edge.min(axis=1)).mean() < 12


def test_behind_a_pattern_the_edge_is_found_too():
    pixels, alpha = scene()
    pixels[::24] = np.where(alpha[::24, :, None] < 0.5, 90, pixels[::24])
    assert abs(cut_out(pixels, soft(alpha), ALL).alpha - alpha).mean() < 0.01


def test_what_is_bare_is_surely_background_that_the_camera_saw():
    pixels, alpha = scene()
    seen = ALL.copy()
    seen[:, :20] = False
    bare = cut_out(pixels, soft(alpha), seen).bare
    assert bare.any()
    assert not bare[:, :20].any()
    assert alpha[bare].max() == 0


def test_colours_spread_from_where_they_are_known():
    colours = np.zeros((60, 80, 3), np.float32)
    colours[:, :40], colours[:, 40:] = (100, 0, 0), (0, 0, 200)
    known = np.zeros((60, 80), bool)
    known[:30] = True
    filled = spread(colours, known)
    assert filled[38, 4] == pytest.approx((100, 0, 0), abs=12)
    assert filled[38, 75] == pytest.approx((0, 0, 200), abs=12)


def test_with_nothing_known_the_background_is_white():
    assert (spread(np.zeros((20, 20, 3), np.float32), np.zeros((20, 20), bool)) == 255).all()
