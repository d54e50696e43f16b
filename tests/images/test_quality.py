from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image, ImageFilter

from renewal.images.faces import find_faces
from renewal.images.quality import Quality, findings, judge
from tests.images.pictures import astronaut

FACE = find_faces(astronaut(1.5))[0]
GOOD = Quality(0.18, 210, 0, 1.15, 0.0)


def judged(change: Callable[[Image.Image], Image.Image]) -> Quality:
    return judge(change(astronaut(1.5)), FACE)


def codes(quality: Quality) -> list[str]:
    return [finding.code for finding in findings(quality)]


def test_a_good_photo_has_nothing_to_mend():
    assert codes(judged(lambda image: image)) == []


def test_blur_is_measured_and_grain_does_not_hide_it():
    measured = [judged(lambda image, r=r: image.filter(ImageFilter.GaussianBlur(r))).sharpness for r in (0, 2, 4, 6)]
    assert measured == sorted(measured, reverse=True)
    assert "blurred" in codes(judged(lambda image: image.filter(ImageFilter.GaussianBlur(5))))
    assert "blurred" not in codes(judged(lambda image: image.filter(ImageFilter.GaussianBlur(1))))


@pytest.mark.parametrize(
    ("factor", "code"), [(0.25, "dark"), (0.35, "dark"), (0.6, None), (1.1, None), (2.0, "bright")]
)
def test_light_is_measured_on_the_face(factor, code):
    quality = judged(lambda image: image.point(lambda value: min(255, round(value * factor))))
    assert codes(quality) == ([code] if code else [])


def test_light_from_one_side_is_seen():
    def shade(image: Image.Image) -> Image.Image:
        pixels = np.asarray(image).astype(float)
        middle = FACE.x + FACE.width / 2
        across = np.clip(0.62 - (np.arange(image.width) - middle) / FACE.width, 0.3, 1.1)
        return Image.fromarray((pixels * across[None, :, None]).clip(0, 255).astype(np.uint8))

    assert "uneven" in codes(judged(shade))


@pytest.mark.parametrize(
    ("quality", "code"),
    [
        (Quality(0.18, 210, 0, 1.15, None), "eyes"),
        (Quality(0.18, 210, 0, 1.15, 0.15), "turned"),
        (Quality(0.18, 210, 0, 1.15, -0.15), "turned"),
    ],
)
def test_hidden_eyes_and_a_turned_face_are_told(quality, code):
    assert codes(quality) == [code]


def test_every_finding_says_what_to_do():
    worst = Quality(0.0, 0, 1.0, 9.0, None)
    assert all("请" in finding.text for finding in findings(worst))
    assert codes(GOOD) == []
