import pytest

from renewal.images.avatar import make_avatar
from renewal.images.errors import ImageRejected
from tests.images.pictures import astronaut, opened, sheet, to_bytes


@pytest.mark.parametrize("size", [(96, 96), (40, 50), (3000, 400)])
def test_any_photo_becomes_a_small_square(size):
    avatar = make_avatar(to_bytes(sheet(size, paper="teal")))
    assert len(avatar) <= 10_000
    assert (opened(avatar).format, opened(avatar).size) == ("JPEG", (96, 96))


def test_the_avatar_keeps_the_part_where_faces_are():
    tall = sheet((300, 900), paper="white")
    tall.paste(astronaut(0.5).resize((300, 300)), (0, 150))
    brightness = opened(make_avatar(to_bytes(tall))).convert("L").resize((1, 1)).getpixel((0, 0))
    assert brightness < 200


def test_what_is_no_photo_is_no_avatar():
    with pytest.raises(ImageRejected):
        make_avatar(b"nothing")
