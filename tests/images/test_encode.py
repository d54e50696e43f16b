"""Bytes are kept within a limit at the best quality that fits, without trying every one of them."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageFilter

from renewal.images.encode import to_jpeg
from tests.images.pictures import astronaut

NOISE = Image.fromarray(np.random.default_rng(3).integers(0, 256, (300, 300, 3)).astype(np.uint8))
PICTURES = {
    "a photo": astronaut(1.0),
    "a photo enlarged": astronaut(2.0),
    "a photo out of focus": astronaut(1.0).filter(ImageFilter.GaussianBlur(4)),
    "noise": NOISE,
    "nothing": Image.new("RGB", (300, 300), "white"),
}
QUALITIES = (92, 86, 78, 68, 56, 42, 28)


def sizes(picture):
    for quality in QUALITIES:
        buffer = BytesIO()
        picture.save(buffer, "JPEG", quality=quality)
        yield len(buffer.getvalue())


@pytest.mark.parametrize("name", PICTURES)
@pytest.mark.parametrize("largest", [15_000, 30_000, 60_000, 100_000])
def test_a_picture_comes_out_at_the_best_quality_that_fits(name, largest):
    each = list(sizes(PICTURES[name]))
    assert len(to_jpeg(PICTURES[name], largest)) == next((size for size in each if size <= largest), each[-1])


def test_what_fits_at_no_quality_comes_out_at_the_worst():
    assert len(to_jpeg(NOISE, 1000)) == list(sizes(NOISE))[-1]


def test_a_comment_is_said_and_nothing_else():
    said = Image.open(BytesIO(to_jpeg(NOISE, 1_000_000, b"here")))
    assert said.info["comment"] == b"here"
    assert not said.getexif()
