import cv2
import numpy as np
import pytest

from renewal.images.decode import decode
from renewal.images.faces import find_faces
from renewal.images.outline import trace
from tests.images.variants import VARIANTS, person_mask

NAMES = ("plain wall", "original", "blue wall", "gradient wall", "dark wall", "tilted 15° right", "noisy")


@pytest.mark.parametrize("variant", [v for v in VARIANTS if v.name in NAMES], ids=lambda variant: variant.name)
def test_the_outline_follows_the_person(variant):
    picture = decode(variant.data, longest=1200)
    traced = trace(np.asarray(picture.image), find_faces(picture.image)[0])
    onto = traced.matrix @ np.vstack((variant.matrix * picture.image.width / picture.width, (0, 0, 1)))
    truth = cv2.warpAffine(person_mask(), onto, traced.person.shape[::-1]) > 127
    (x, y), unit = traced.eyes, traced.unit
    shown = np.s_[: round(y + 1.7 * unit), round(x - 1.1 * unit) : round(x + 1.1 * unit)]  # in a photo
    person, truth = traced.person[shown], truth[shown]
    assert (person & truth).sum() / (person | truth).sum() > 0.95


def test_the_same_picture_gives_the_same_outline():
    picture = decode(VARIANTS[0].data, longest=800)
    face = find_faces(picture.image)[0]
    pixels = np.asarray(picture.image)
    assert (trace(pixels, face).person == trace(pixels, face).person).all()
