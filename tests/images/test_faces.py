from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from PIL import Image

from renewal.images.decode import decode
from renewal.images.errors import ImageRejected
from renewal.images.faces import find_faces, only_face
from tests.images.pictures import astronaut, cat, coffee
from tests.images.variants import VARIANTS

EYES = ((201.5, 101.0), (247.5, 103.5))  # in base pixels
SEEN = [variant for variant in VARIANTS if not variant.rejected]


@pytest.mark.parametrize("variant", SEEN, ids=lambda variant: variant.name)
def test_the_face_is_found_with_both_eyes_in_every_variant(variant):
    picture = decode(variant.data, longest=1200)
    face, *others = find_faces(picture.image)
    matrix = variant.matrix * picture.image.width / picture.width
    scale = float(np.hypot(matrix[0, 0], matrix[1, 0]))
    assert not others
    assert face.width / scale == pytest.approx(101, abs=12)
    seen = sorted(face.eyes, key=lambda eye: np.hypot(*(matrix @ (*EYES[0], 1) - eye)))
    for eye, meant in zip(seen, EYES, strict=True):
        mirrored = "mirrored" in variant.name  # the file is mirrored, the upright picture is not
        assert np.hypot(*(matrix @ (*meant, 1) - eye)) < (5 if mirrored else 4) * scale


@pytest.mark.parametrize("degrees", [-18, -9, 9, 18, 90, -90])
def test_the_lean_of_the_head_is_measured(degrees):
    upright = find_faces(astronaut(1.2))[0].tilt
    leaning = find_faces(astronaut(1.2).rotate(-degrees, expand=True, fillcolor=(190, 190, 190)))[0].tilt
    assert leaning - upright == pytest.approx(degrees, abs=3)


@pytest.mark.parametrize("scale", [0.3, 0.6, 1.0, 2.0, 4.0])
def test_the_face_grows_with_the_picture(scale):
    (face,) = find_faces(astronaut(scale))
    assert face.width == pytest.approx(101 * scale, rel=0.08)


@pytest.mark.parametrize("picture", [cat, coffee, lambda: Image.new("RGB", (600, 400), "white")])
def test_what_has_no_face_has_none(picture):
    assert find_faces(picture()) == ()
    with pytest.raises(ImageRejected, match="没有找到"):
        only_face(picture())


def two_people(scale: float) -> Image.Image:
    two = Image.new("RGB", (1200, 614), (200, 200, 200))
    two.paste(astronaut(1.2), (0, 0))
    two.paste(astronaut(scale), (700, 40))
    return two


def test_the_largest_face_comes_first():
    first, second = find_faces(two_people(0.8))
    assert first.width > second.width
    with pytest.raises(ImageRejected, match="不止一张"):
        only_face(two_people(0.8))


def test_a_small_face_on_the_wall_does_not_count():
    assert only_face(two_people(0.45)).x < 600


def test_many_pictures_at_once_give_what_one_gives():
    alone = find_faces(astronaut(1.0))
    with ThreadPoolExecutor(6) as pool:
        assert set(pool.map(find_faces, [astronaut(1.0)] * 12)) == {alone}
