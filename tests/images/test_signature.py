import pytest
from PIL import ImageDraw

from renewal.images.errors import ImageRejected
from renewal.images.signature import make_signature
from tests.images.pictures import coffee, opened, sheet, sign, to_bytes


def test_a_signature_from_the_pad_becomes_clear_ink_and_a_white_picture():
    signature = make_signature(to_bytes(sign(sheet(mode="RGBA", paper=(0, 0, 0, 0))), "PNG"))
    png, jpeg = opened(signature.png), opened(signature.jpeg)
    assert len(signature.png) <= 20_000
    assert (png.format, jpeg.format) == ("PNG", "JPEG")
    assert png.size == jpeg.size
    assert png.convert("RGBA").getpixel((0, 0))[3] == 0
    assert png.convert("RGBA").getextrema()[3] == (0, 255)
    assert jpeg.getpixel((0, 0)) == (255, 255, 255)


def test_the_signature_is_cut_to_its_ink():
    png = opened(make_signature(to_bytes(sign(sheet((2000, 800)), width=12))).png).convert("RGBA")
    left, top, right, bottom = png.getchannel("A").point(lambda value: 255 * (value > 40)).getbbox()
    assert left < 12
    assert top < 12
    assert png.width - right < 12
    assert png.height - bottom < 12


def test_a_blank_sheet_is_refused():
    with pytest.raises(ImageRejected, match="没有看到签名"):
        make_signature(to_bytes(sheet(), "PNG"))


def test_a_mere_dot_is_refused():
    dotted = sheet()
    ImageDraw.Draw(dotted).ellipse((400, 150, 412, 162), fill="black")
    with pytest.raises(ImageRejected, match="点"):
        make_signature(to_bytes(dotted, "PNG"))


def test_a_photo_of_something_else_is_refused():
    with pytest.raises(ImageRejected):
        make_signature(to_bytes(coffee()))
