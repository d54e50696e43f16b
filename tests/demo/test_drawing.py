"""Nobody's photograph stands in the demonstration, and no drawing passes for one."""

from io import BytesIO
from random import Random

import pytest
from PIL import Image

from renewal.demo import heads, strokes
from renewal.demo.heads import Look
from renewal.images.errors import ImageRejected
from renewal.images.selfie import examine_selfie


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


@pytest.mark.parametrize("woman", [True, False])
def test_a_portrait_is_one_inch_on_white(woman):
    for seed in range(8):
        photo = opened(heads.portrait(Look.of(woman, 30 + 4 * seed, Random(seed))))
        assert (photo.format, photo.size) == ("JPEG", (295, 413))
        assert all(min(photo.getpixel(corner)) > 245 for corner in ((2, 2), (292, 2), (2, 200)))
        assert max(photo.getpixel((147, 80))) < 200, "there is hair"


def test_another_chance_draws_another_head_and_the_same_one_the_same():
    one, again, other = (heads.portrait(Look.of(False, 40, Random(seed))) for seed in (1, 1, 2))
    assert one == again != other


def test_the_checks_for_applicants_know_a_drawing_when_they_see_one():
    with pytest.raises(ImageRejected, match="真人"):
        examine_selfie(heads.selfie(Look.of(False, 40, Random(3)), Random(3)))


@pytest.mark.parametrize("characters", [2, 3])
def test_a_signature_is_dark_ink_on_clear_ground_and_on_white(characters):
    for seed in range(8):
        clear, white = map(opened, strokes.signature(characters, Random(seed)))
        assert clear.size == white.size
        assert clear.width <= 600
        assert clear.height <= 240
        lightest, most = clear.getchannel("A").getextrema()
        assert (lightest, most > 200) == (0, True)
        assert min(white.convert("L").getextrema()) < 60
