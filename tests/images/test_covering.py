import numpy as np
import pytest
from PIL import Image, ImageFilter, ImageOps

from renewal.images.covering import Traits, traits
from renewal.images.errors import ImageRejected
from renewal.images.faces import only_face
from renewal.images.looking import find_faces
from tests.images.covered import hand, on_face
from tests.images.coverings import HIDES_EYES, HIDES_MOUTH, HIDES_NOTHING, covered, drawn, plain, sketched
from tests.images.real import SINGLES


def measured(image: Image.Image) -> Traits:
    face = find_faces(image)[0]
    return traits(np.asarray(image), face.points, face.width, face.tilt)


@pytest.mark.parametrize("name", HIDES_EYES)
def test_hidden_eyes_are_refused(name):
    with pytest.raises(ImageRejected, match=r"双眼|被遮住|没有找到") as refusal:
        only_face(covered(HIDES_EYES[name]))
    assert "摘下墨镜" in str(refusal.value)


@pytest.mark.parametrize("name", HIDES_MOUTH)
def test_a_hidden_mouth_is_refused(name):
    with pytest.raises(ImageRejected, match=r"被遮住|没有找到") as refusal:
        only_face(covered(HIDES_MOUTH[name]))
    assert "口罩" in str(refusal.value)


@pytest.mark.parametrize("name", HIDES_NOTHING)
def test_what_leaves_eyes_and_mouth_open_passes(name):
    assert only_face(covered(HIDES_NOTHING[name]))


@pytest.mark.parametrize("case", SINGLES, ids=lambda case: case.name)
def test_real_people_without_colours_are_open(case):
    assert only_face(ImageOps.grayscale(Image.fromarray(case.scene.pixels)).convert("RGB"))


@pytest.mark.parametrize("name", ["obama2", "biden", "6 left"])
def test_a_hand_over_the_eyes_of_a_real_face_is_refused(name):
    case = next(case for case in SINGLES if case.name == name)
    with pytest.raises(ImageRejected, match=r"手|摘下"):
        only_face(Image.fromarray(on_face(case.scene, hand).pixels))


@pytest.mark.parametrize(
    "change",
    [
        ImageOps.mirror,
        ImageOps.grayscale,
        lambda image: image.rotate(25, fillcolor=(190, 190, 190)),
        lambda image: image.rotate(-25, fillcolor=(190, 190, 190)),
        lambda image: image.filter(ImageFilter.GaussianBlur(3)),
        lambda image: image.point(lambda value: value // 3),
        lambda image: image.point(lambda value: min(255, value + 50)),
        lambda image: image.resize((300, 300)),
        lambda image: image.resize((2400, 2400)),
    ],
    ids=["mirrored", "grey", "leaning", "leaning back", "blurred", "dark", "bright", "small", "large"],
)
def test_an_open_face_stays_open_however_it_was_taken(change):
    seen = measured(change(plain()).convert("RGB"))
    assert (seen.hides_eyes, seen.hides_mouth, seen.is_drawn) == (False, False, False)


@pytest.mark.parametrize("name", ["black sunglasses", "a blue mask", "a scarf"])
@pytest.mark.parametrize("degrees", [-20, 20])
def test_a_covered_face_stays_covered_when_it_leans(name, degrees):
    paint = {**HIDES_EYES, **HIDES_MOUTH}[name]
    with pytest.raises(ImageRejected):
        only_face(covered(paint).rotate(degrees, fillcolor=(190, 190, 190)))


@pytest.mark.parametrize("picture", [drawn, lambda: drawn(round_eyes=True), sketched])
def test_a_drawing_is_no_person(picture):
    with pytest.raises(ImageRejected, match="没有找到"):
        only_face(picture())


def test_a_photograph_has_grain_everywhere_and_a_drawing_has_none():
    assert measured(plain()).flat < 0.25
    assert measured(drawn()).flat > 0.5


def test_a_face_at_the_edge_of_the_picture_is_measured_too():
    image = plain().crop((300, 60, 600, 460))
    face = find_faces(plain())[0]
    seen = traits(np.asarray(image), face.points - (300, 60), face.width, face.tilt)
    assert all(np.isfinite(value).all() for value in vars(seen).values())
