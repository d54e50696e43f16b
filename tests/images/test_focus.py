import cv2
import numpy as np
import pytest
from PIL import Image

from renewal.images.cutting import cut
from renewal.images.decode import Picture
from renewal.images.focus import soft_edge
from renewal.images.framing import Adjustment
from renewal.images.portrait import find_sitter
from renewal.images.review import is_good
from tests.images.composed import put, room
from tests.images.scenes import Scene

SEEN = np.ones((413, 295), bool)


def disc(x: int, radius: int) -> np.ndarray:
    return cv2.circle(np.zeros((413, 295), np.float32), (x, 200), radius, 1.0, -1)


def painted(mask: np.ndarray, blur: float, room_: int = 90) -> np.ndarray:
    """A grey person before a darker room, with that blur at the edge."""
    alpha = cv2.GaussianBlur(mask, (0, 0), blur)
    return np.repeat(np.rint(room_ + alpha * (170 - room_)).astype(np.uint8)[..., None], 3, 2)


@pytest.fixture
def both():
    """Somebody in focus and, at the left shoulder, somebody who is not."""
    return np.maximum(painted(disc(190, 90), 1.0), painted(disc(70, 50), 6.0))


def test_a_neighbour_out_of_focus_is_seen(both):
    person = (disc(190, 90) > 0) | (disc(70, 50) > 0)
    assert soft_edge(both, person, SEEN) > 60


def test_without_the_neighbour_in_the_mask_nothing_is_soft(both):
    assert soft_edge(both, disc(190, 90) > 0, SEEN) == 0


@pytest.mark.parametrize("blur", [1.0, 2.5, 6.0])
def test_a_photo_that_is_soft_all_over_has_nobody_behind(blur):
    person = disc(150, 100)
    assert soft_edge(painted(person, blur), person > 0, SEEN) == 0


def test_an_edge_without_contrast_says_nothing():
    person = disc(150, 100)
    assert soft_edge(painted(person, 1.0, room_=165), person > 0, SEEN) == 0


def test_what_was_repeated_beyond_the_picture_says_nothing(both):
    person = (disc(190, 90) > 0) | (disc(70, 50) > 0)
    seen = SEEN.copy()
    seen[:, :110] = False
    assert soft_edge(both, person, seen) == 0


def test_nobody_has_no_edge():
    assert soft_edge(painted(disc(150, 100), 1.0), ~SEEN, SEEN) == 0


def test_a_neighbour_out_of_focus_at_the_shoulder_is_never_offered_as_the_applicant_s():
    hall = Scene(room("flags", 705, 750).copy())
    behind = put(hall, "6 left", 0.5, (60, 120), blur=6.0)
    scene = put(Scene(behind.pixels), "6 second", 1.0, (117, 0))
    picture = Picture(Image.fromarray(scene.pixels), 750, 705, "PNG")
    subject = cut(find_sitter(picture), Adjustment())
    assert subject.soft > 40
    assert not is_good(subject)
