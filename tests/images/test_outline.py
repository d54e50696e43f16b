import cv2
import numpy as np
import pytest

from renewal.images import warp
from renewal.images.decode import decode
from renewal.images.faces import find_faces
from renewal.images.framing import Frame
from renewal.images.outline import Silhouette, in_photo, trace
from tests.images.variants import VARIANTS, before, brick_wall, person_mask, wall

NAMES = (
    *("plain wall", "original", "blue wall", "gradient wall", "dark wall", "brick wall", "busy wall"),
    *("tilted 15° right", "noisy"),
)
SIZE = (295, 413)


@pytest.mark.parametrize("variant", [v for v in VARIANTS if v.name in NAMES], ids=lambda variant: variant.name)
def test_the_outline_follows_the_person_before_any_background(variant):
    picture = decode(variant.data, longest=1200)
    traced = trace(np.asarray(picture.image), find_faces(np.asarray(picture.image))[0])
    onto = traced.matrix @ np.vstack((variant.matrix * picture.image.width / picture.width, (0, 0, 1)))
    truth = cv2.warpAffine(person_mask(), onto, traced.person.shape[::-1]) > 127
    (x, y), unit = traced.eyes, traced.unit
    shown = np.s_[: round(y + 1.3 * unit), round(x - 0.9 * unit) : round(x + 0.9 * unit)]  # in a photo
    person, truth = traced.person[shown], truth[shown]
    assert (person & truth).sum() / (person | truth).sum() > 0.95


def test_the_same_picture_gives_the_same_outline():
    pixels, face, _ = found(before(wall((205, 205, 200)))[0])
    assert (trace(pixels, face).sure == trace(pixels, face).sure).all()


def test_a_person_is_found_only_where_the_picture_is():
    pixels, face, _ = found(before(wall((205, 205, 200)))[0][:, :620])
    traced = trace(pixels, face)
    assert not traced.known.all()
    assert not (traced.person & ~traced.known).any()


@pytest.fixture(scope="module")
def crowd():
    """Somebody behind the person's shoulder: the pixels, the person's face, the other one."""
    behind, _ = before(brick_wall(), 0.7, (185, 290))
    pixels, face, (other,) = found(before(behind, 1.4, (-100, 260))[0])
    return pixels, face, other


def around(pixels, face, others) -> Silhouette:
    return in_photo(pixels, frame_of(face), face, others, trace(pixels, face, others))


def frame_of(face):
    return Frame(*face.below_eyes(0.3), 2.5 * face.width, face.tilt)


def test_somebody_else_is_not_part_of_the_person(crowd):
    pixels, mine, other = crowd
    frame = frame_of(mine)
    matrix = warp.levelling((frame.x, frame.y), frame.turn, SIZE[1] / frame.height, SIZE)
    column, row = np.int64(matrix @ (*other.below_eyes(0), 1))
    assert around(pixels, mine, [other]).sure[row, column] == 0
    traced = trace(pixels, mine, [other])
    column, row = np.int64(traced.matrix @ (*other.below_eyes(0), 1))
    assert not traced.person[row, column]
    assert traced.sure[row, column] > 0.5  # the model does see them


def test_people_who_touch_are_told(crowd):
    pixels, mine, other = crowd
    assert around(pixels, mine, [other]).joined > 12
    assert around(pixels, mine, []).joined == 0


def test_a_clear_picture_leaves_little_doubt_and_a_dim_or_blurred_one_more():
    pixels, face, others = found(before(wall((90, 130, 190)))[0])
    assert around(pixels, face, others).doubt < 0.3
    for worse in (pixels // 12, cv2.GaussianBlur(pixels, (0, 0), 12)):
        assert around(worse, face, others).doubt > 0.8


def found(pixels):
    pixels = np.ascontiguousarray(pixels)
    face, *others = find_faces(pixels)
    return pixels, face, others
