import numpy as np
import pytest
from PIL import Image, ImageDraw

from renewal.images.errors import ImageRejected
from renewal.images.signature import make_signature
from tests.images.pictures import opened, sheet, sign, to_bytes
from tests.images.sheets import REFUSED, SIGNED, photographed


def packed(image: Image.Image) -> bytes:
    return to_bytes(image, "PNG" if image.mode == "RGBA" else "JPEG")


def ink(png: bytes) -> np.ndarray:
    """How much ink there is, 0 to 255, with the drawing brought to one size."""
    alpha = opened(png).convert("RGBA").getchannel("A")
    return np.asarray(alpha.crop(alpha.point(lambda value: 255 * (value > 90)).getbbox()).resize((300, 110)))


TRUE_INK = ink(make_signature(packed(sign(sheet((1200, 600)), width=9))).png)


@pytest.mark.parametrize("name", SIGNED)
def test_a_signature_becomes_small_clear_ink_and_a_white_picture(name):
    signature = make_signature(packed(SIGNED[name]()))
    png, jpeg = opened(signature.png), opened(signature.jpeg)
    assert (png.format, jpeg.format) == ("PNG", "JPEG")
    assert len(signature.png) <= 20_000
    assert len(signature.jpeg) <= 30_000
    assert png.size == jpeg.size
    assert png.width <= 600
    assert png.height <= 240
    assert png.convert("RGBA").getextrema()[3] == (0, 255)
    assert min(jpeg.convert("L").getpixel(corner) for corner in ((0, 0), (0, png.height - 1))) > 245


@pytest.mark.parametrize("name", [name for name in SIGNED if name not in ("pad, clear", "pad, white", "12 megapixels")])
def test_the_strokes_stay_and_shadows_and_lines_go(name):
    """Thin strokes cover less than the thick true ones, so each must lie close to the other."""
    drawn, true = ink(make_signature(packed(SIGNED[name]())).png) > 128, TRUE_INK > 128
    near_true, near_drawn = (np.asarray(_blurred(part)) > 8 for part in (true, drawn))
    assert (drawn & ~near_true).sum() < 0.05 * drawn.sum()
    assert (true & ~near_drawn).sum() < 0.07 * true.sum()


def _blurred(mask: np.ndarray) -> Image.Image:
    grown = Image.fromarray((mask * 255).astype(np.uint8))
    return grown.resize((75, 27), Image.Resampling.BOX).resize((300, 110), Image.Resampling.BILINEAR)


def test_the_signature_is_cut_to_its_ink():
    png = opened(make_signature(packed(sign(sheet((2000, 800)), width=12))).png).convert("RGBA")
    left, top, right, bottom = png.getchannel("A").point(lambda value: 255 * (value > 40)).getbbox()
    assert max(left, top, png.width - right, png.height - bottom) <= 0.05 * png.width


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_signature_is_refused_in_words(name):
    draw, words = REFUSED[name]
    with pytest.raises(ImageRejected, match=words) as refusal:
        make_signature(packed(draw()))
    assert "请" in str(refusal.value)


@pytest.mark.parametrize("edge", ["left", "top", "right", "bottom"])
def test_ink_that_runs_over_any_edge_is_refused(edge):
    signed = sign(sheet((1600, 800)), width=12)
    box = {
        "left": (650, 0, 1600, 800),
        "top": (0, 400, 1600, 800),
        "right": (0, 0, 1000, 800),
        "bottom": (0, 0, 1600, 400),
    }
    with pytest.raises(ImageRejected, match="碰到了边"):
        make_signature(packed(signed.crop(box[edge])))


def test_a_speck_beside_the_signature_is_left_out():
    specked = sign(sheet((1200, 600)), width=9)
    ImageDraw.Draw(specked).ellipse((60, 60, 63, 63), fill="black")
    clean = opened(make_signature(packed(sign(sheet((1200, 600)), width=9))).png).size
    assert opened(make_signature(packed(specked)).png).size == clean


def test_a_very_detailed_signature_still_fits():
    scribble = sheet((2000, 800))
    draw = ImageDraw.Draw(scribble)
    wave = [(200 + t * 1.5, 400 + 180 * np.sin(t / 9) * np.cos(t / 70)) for t in range(1000)]
    draw.line(wave, fill="black", width=5)
    assert len(make_signature(packed(photographed(scribble))).png) <= 20_000
