from io import BytesIO

import pytest
from PIL import Image

from renewal.images.portrait import make_portrait
from renewal.images.preview import preview
from tests.images.pictures import astronaut, to_bytes


@pytest.mark.parametrize(("webp", "type_", "most"), [(True, "image/webp", 3600), (False, "image/jpeg", 6000)])
def test_a_page_shows_a_one_inch_photo_in_a_few_kilobytes(webp: bool, type_: str, most: int):
    small, media_type = preview(make_portrait(to_bytes(astronaut())).jpeg, webp)
    picture = Image.open(BytesIO(small))
    assert (picture.size, Image.MIME[picture.format], media_type) == ((160, 224), type_, type_)
    assert len(small) <= most
