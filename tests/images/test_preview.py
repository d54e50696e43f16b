from renewal.images.portrait import make_portrait
from renewal.images.preview import preview
from tests.images.pictures import astronaut, opened, to_bytes


def test_a_page_shows_a_one_inch_photo_in_a_few_kilobytes():
    photo = make_portrait(to_bytes(astronaut())).jpeg
    small = preview(photo)
    assert opened(small).size == (176, 246)
    assert len(small) <= 10_000 < len(photo)
