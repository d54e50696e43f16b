import numpy as np
import pytest
from PIL import Image, ImageFilter, ImageOps

from renewal.images.errors import ImageRejected
from renewal.images.faces import find_faces, only_face
from tests.images.pictures import astronaut, cat, coffee
from tests.images.variants import base, person_mask


def refusal(image: Image.Image) -> str:
    with pytest.raises(ImageRejected) as refused:
        only_face(image)
    assert "请" in str(refused.value)
    return str(refused.value)


def room(*people: tuple[float, tuple[int, int]]) -> Image.Image:
    """People of several sizes cut out and set before a wall, the last in front."""
    wall = Image.new("RGB", (1400, 1100), (200, 200, 200))
    for scale, place in people:
        side = round(512 * scale)
        person, mask = (Image.fromarray(pixels).resize((side, side)) for pixels in (base(), person_mask()))
        wall.paste(person, place, mask)
    return wall


@pytest.mark.parametrize("picture", [cat, coffee, lambda: Image.new("RGB", (600, 400), "white")])
def test_what_has_no_face_is_refused_in_words(picture):
    assert "没有找到" in refusal(picture())


def test_the_largest_face_comes_first():
    first, second = find_faces(room((1.0, (850, 400)), (1.4, (0, 300))))
    assert first.width > second.width
    assert first.x < 600


@pytest.mark.parametrize("scale", [1.4, 1.0, 0.7])
def test_a_second_person_of_comparable_size_is_refused(scale):
    assert "不止一张" in refusal(room((scale, (850, 400)), (1.4, (0, 300))))


@pytest.mark.parametrize("place", [(430, 400), (0, 400)], ids=["right of the head", "left of it"])
def test_a_smaller_face_at_head_and_shoulders_is_refused(place):
    assert "不止一张" in refusal(room((1.4, (0, 300)), (0.5, place)).crop((0, 200, 900, 1100)))


@pytest.mark.parametrize("scale", [0.25, 0.35, 0.45])
def test_a_small_face_far_behind_is_no_reason_to_refuse(scale):
    assert only_face(room((scale, (1100, 100)), (1.4, (0, 300)))).x < 600


@pytest.mark.parametrize(
    "box",
    [(200, 0, 512, 512), (0, 0, 215, 512), (0, 100, 512, 512), (100, 0, 360, 155)],
    ids=["left", "right", "forehead", "chin"],
)
def test_a_face_cut_by_the_edge_is_refused(box):
    left, top, right, bottom = (2 * side for side in box)
    words = refusal(astronaut(2.0).crop((left, top, right, bottom)))
    assert "没有拍全" in words or "没有找到" in words


@pytest.mark.parametrize("box", [(170, 50, 280, 200), (160, 0, 300, 512)], ids=["close", "narrow"])
def test_a_face_that_just_fits_is_whole(box):
    left, top, right, bottom = (4 * side for side in box)
    assert only_face(astronaut(4.0).crop((left, top, right, bottom)))


@pytest.mark.parametrize("degrees", [-12, -6, 6, 12])
def test_the_eye_line_of_the_one_face_is_known_within_two_degrees(degrees):
    upright = only_face(astronaut(2.0)).tilt
    leaning = only_face(astronaut(2.0).rotate(-degrees, fillcolor=(190, 190, 190))).tilt
    assert leaning - upright == pytest.approx(degrees, abs=2)


def test_a_cut_is_seen_in_a_leaning_picture_too():
    lying = astronaut(2.0).crop((400, 0, 1024, 1024)).rotate(90, expand=True)
    assert "没有拍全" in refusal(lying)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda image: image.point(lambda value: value // 8), "太暗"),
        (lambda image: image.point(lambda value: min(255, round(value * 1.7) + 60)), "太亮"),
        (lambda image: image.filter(ImageFilter.GaussianBlur(8)), "太模糊"),
    ],
)
def test_what_no_clerk_can_compare_is_refused_for_the_light_or_the_blur(change, words):
    assert words in refusal(change(astronaut(2.0)))


@pytest.mark.parametrize(
    "change",
    [
        ImageOps.mirror,
        lambda image: ImageOps.grayscale(image).convert("RGB"),
        lambda image: image.rotate(30, fillcolor=(190, 190, 190)),
        lambda image: image.rotate(90),
        lambda image: image.rotate(180),
        lambda image: image.point(lambda value: value // 3),
        lambda image: image.filter(ImageFilter.GaussianBlur(3)),
        lambda image: image.resize((300, 300)),
    ],
    ids=["mirrored", "grey", "leaning", "lying", "upside down", "dark", "soft", "small"],
)
def test_what_a_clerk_can_live_with_passes(change):
    assert only_face(change(astronaut(2.0))).score > 0.7


def test_a_face_by_a_lamp_at_its_side_passes():
    across = np.clip(np.linspace(2.2, -1.1, 1024), 0.22, 1.15)[None, :, None]
    lit = np.clip(np.asarray(astronaut(2.0)) * across, 0, 255).astype(np.uint8)
    assert only_face(Image.fromarray(lit))
