from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageFilter

from renewal.images.errors import ImageRejected
from renewal.images.looking import find_faces
from renewal.images.quality import Quality, check, findings, judge
from tests.images.pictures import astronaut

FACE = find_faces(astronaut(1.5))[0]
GOOD = Quality(4.0, 210, 0, 1.15, 0.0)


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


@pytest.mark.parametrize("aside", [0.3, -0.3])
def test_a_turned_face_is_told(aside):
    assert codes(replace(GOOD, aside=aside)) == ["turned"]


@pytest.mark.parametrize("noise", [0, 8, 16])
@pytest.mark.parametrize("factor", [0.4, 1.0])
def test_sharpness_depends_neither_on_the_light_nor_on_the_contrast(noise, factor):
    def change(image: Image.Image) -> Image.Image:
        grain = np.random.default_rng(1).normal(0, noise, (image.height, image.width, 1))
        return Image.fromarray(np.clip(np.asarray(image) * factor + grain, 0, 255).astype(np.uint8))

    assert "blurred" not in codes(judged(change))


@pytest.mark.parametrize(
    ("change", "words"), [({"light": 30}, "太暗"), ({"shine": 0.6}, "太亮"), ({"sharpness": 1.4}, "太模糊")]
)
def test_what_hides_the_face_is_an_error(change, words):
    with pytest.raises(ImageRejected, match=words) as refusal:
        check(replace(GOOD, **change))
    assert "请" in str(refusal.value)


@pytest.mark.parametrize("change", [{"light": 50}, {"shine": 0.4}, {"sharpness": 1.9}, {"uneven": 3.0}, {"aside": 0.5}])
def test_everything_less_is_only_a_warning(change):
    quality = replace(GOOD, **change)
    check(quality)
    assert len(codes(quality)) == 1


def test_every_finding_says_what_to_do():
    worst = Quality(0.0, 0, 1.0, 9.0, 1.0)
    assert all("请" in finding.text for finding in findings(worst))
    assert codes(GOOD) == []
