from io import BytesIO

import pytest
from PIL import Image, ImageChops

from renewal.images.portrait import make_portrait
from renewal.images.preview import as_webp, preview
from renewal.images.signature import make_signature
from tests.factories import signature_png
from tests.images.pictures import astronaut, to_bytes


@pytest.mark.parametrize(("webp", "type_", "most"), [(True, "image/webp", 3600), (False, "image/jpeg", 6000)])
def test_a_page_shows_a_one_inch_photo_in_a_few_kilobytes(webp: bool, type_: str, most: int):
    small, media_type = preview(make_portrait(to_bytes(astronaut())).jpeg, webp)
    picture = Image.open(BytesIO(small))
    assert (picture.size, Image.MIME[picture.format], media_type) == ((160, 224), type_, type_)
    assert len(small) <= most


def test_a_signature_is_the_same_in_three_quarters_of_the_bytes():
    png = make_signature(signature_png()).png
    webp = as_webp(png)
    assert len(webp) <= 0.75 * len(png)
    before, after = (Image.open(BytesIO(data)).convert("RGBA") for data in (png, webp))
    assert ImageChops.difference(before, after).getbbox(alpha_only=False) is None
