from concurrent.futures import ThreadPoolExecutor

import cv2
import numpy as np
import pytest
import skimage.data
from PIL import Image, ImageOps

from renewal.images.decode import decode
from renewal.images.looking import find_faces
from tests.images.pictures import astronaut, cat, coffee
from tests.images.variants import VARIANTS

EYES = ((201.5, 101.0), (247.5, 103.5))  # in base pixels
SEEN = [variant for variant in VARIANTS if not variant.rejected]
WALL = (190, 190, 190)


@pytest.mark.parametrize("variant", SEEN, ids=lambda variant: variant.name)
def test_the_face_is_found_with_its_eyes_in_every_variant(variant):
    picture = decode(variant.data, longest=1200)
    face, *others = find_faces(picture.image)
    matrix = variant.matrix * picture.image.width / picture.width
    scale = float(np.hypot(matrix[0, 0], matrix[1, 0]))
    assert not others
    assert face.width / scale == pytest.approx(101, abs=12)
    seen = sorted(face.eyes, key=lambda eye: np.hypot(*(matrix @ (*EYES[0], 1) - eye)))
    for eye, meant in zip(seen, EYES, strict=True):
        mirrored = "mirrored" in variant.name  # the file is mirrored, the upright picture is not
        assert np.hypot(*(matrix @ (*meant, 1) - eye)) < (6 if mirrored else 5) * scale


@pytest.mark.parametrize("degrees", [-45, -30, -18, -9, 9, 18, 30, 45, 90, -90])
def test_the_lean_of_the_head_is_measured(degrees):
    upright = find_faces(astronaut(1.2))[0].tilt
    leaning = find_faces(astronaut(1.2).rotate(-degrees, expand=True, fillcolor=WALL))[0].tilt
    assert leaning - upright == pytest.approx(degrees, abs=3)


def test_a_picture_upside_down_is_seen_to_be_so():
    face = find_faces(astronaut(1.2).rotate(180))[0]
    assert abs(face.tilt) == pytest.approx(180, abs=5)
    assert face.mouth[1] < face.eyes[0][1]


def test_the_left_eye_in_the_picture_comes_first():
    (face,) = find_faces(astronaut(1.0))
    assert face.eyes[0][0] < face.nose[0] < face.eyes[1][0]
    assert face.ears[0][0] < face.eyes[0][0]
    assert face.eyes[0][1] < face.nose[1] < face.mouth[1]


def test_a_mirrored_face_is_found_in_the_mirrored_place():
    (face,), (mirrored,) = find_faces(astronaut(1.0)), find_faces(ImageOps.mirror(astronaut(1.0)))
    assert 511 - mirrored.centre[0] == pytest.approx(face.centre[0], abs=4)
    assert mirrored.tilt == pytest.approx(-face.tilt, abs=2)


@pytest.mark.parametrize("scale", [0.3, 0.6, 1.0, 2.0, 4.0])
def test_the_face_grows_with_the_picture(scale):
    (face,) = find_faces(astronaut(scale))
    assert face.width == pytest.approx(101 * scale, rel=0.08)


@pytest.mark.parametrize("share", [0.10, 0.07, 0.05, 0.04])
@pytest.mark.parametrize("place", [(0.3, 0.9), (0.7, 0.9), (0.5, 0.6)])
def test_a_face_small_in_the_picture_is_found(share, place):
    person = astronaut(share * 1200 / 101)
    room = Image.new("RGB", (1200, 1200), (205, 205, 200))
    corner = round(place[0] * 1200 - person.width / 2), round(place[1] * 1200 - person.height)
    room.paste(person, corner)
    (face,) = find_faces(room)
    assert face.width == pytest.approx(share * 1200, rel=0.12)


def test_a_face_that_fills_the_picture_is_found():
    (face,) = find_faces(astronaut(4.0).crop((630, 190, 1160, 800)))
    assert face.width == pytest.approx(404, rel=0.08)


PATTERNS = ("brick", "gravel", "rocket", "page", "text", "clock", "coins", "moon", "hubble_deep_field", "retina")


@pytest.mark.parametrize("name", PATTERNS)
def test_patterns_have_no_face(name):
    pixels = getattr(skimage.data, name)()
    assert find_faces(Image.fromarray(cv2.resize(pixels, (1000, 800))).convert("RGB")) == ()


@pytest.mark.parametrize("picture", [cat, coffee, lambda: Image.new("RGB", (600, 400), "white")])
def test_what_has_no_face_has_none(picture):
    assert find_faces(picture()) == ()


@pytest.mark.parametrize("size", [(1, 1), (3, 2000), (2000, 3)])
def test_a_sliver_has_no_face(size):
    assert find_faces(Image.new("RGB", size, "white")) == ()


def test_many_pictures_at_once_give_what_one_gives():
    alone = find_faces(astronaut(1.0))
    with ThreadPoolExecutor(6) as pool:
        assert set(pool.map(find_faces, [astronaut(1.0)] * 12)) == {alone}
