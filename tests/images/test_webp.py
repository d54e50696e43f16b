from io import BytesIO

import pytest
from PIL import Image

from renewal.images import webp
from tests.images.pictures import astronaut, to_bytes
from tests.images.test_decode import assert_quartered, quartered


@pytest.mark.parametrize("lossless", [True, False])
@pytest.mark.parametrize("size", [(120, 80), (90, 60), (33, 22), (1, 1)])
def test_a_picture_comes_out_at_the_size_that_was_asked_for(size, lossless):
    picture = webp.read(to_bytes(quartered(), "WEBP", lossless=lossless), size)
    assert (picture.mode, picture.size) == ("RGB", size)
    if size > (30, 20):
        assert_quartered(picture, 24)


def test_it_gives_the_very_pixels_that_pillow_gives():
    data = to_bytes(astronaut(1.0), "WEBP")
    with Image.open(BytesIO(data)) as image:
        assert webp.read(data, image.size).tobytes() == image.convert("RGB").tobytes()


@pytest.mark.parametrize("lossless", [True, False])
def test_transparency_is_kept(lossless):
    stored = quartered()
    stored.putalpha(Image.linear_gradient("L").resize(stored.size))
    picture = webp.read(to_bytes(stored, "WEBP", lossless=lossless), (60, 40))
    assert picture.mode == "RGBA"
    assert picture.getpixel((30, 2))[3] < 20
    assert picture.getpixel((30, 37))[3] > 235


def test_what_is_broken_or_moves_is_an_error():
    frames = [quartered(), quartered().rotate(180)]
    moving = to_bytes(frames[0], "WEBP", save_all=True, append_images=frames[1:])
    whole = to_bytes(astronaut(1.0), "WEBP")
    for data in (moving, whole[: len(whole) // 2], whole[:10], b""):
        with pytest.raises(ValueError, match="libwebp"):
            webp.read(data, (60, 40))
