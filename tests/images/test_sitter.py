"""The person is looked for once; every later change starts from what was found."""

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from renewal.images.errors import ImageRejected
from renewal.images.portrait import find_sitter, keep, kept, open_photo, portrait_of
from tests.images.pictures import astronaut, to_bytes

WALL = to_bytes(astronaut(2.0))


def found(data):
    return find_sitter(open_photo(data))


def commented(picture, comment):
    """The picture as a JPEG that says of itself what our working copies say."""
    buffer = BytesIO()
    picture.save(buffer, "JPEG", comment=comment)
    return buffer.getvalue()


def comment_of(copy):
    return Image.open(BytesIO(copy)).info.get("comment")


def test_what_was_found_is_known_again_to_a_hundredth_of_a_pixel():
    first = found(WALL)
    assert kept(keep(first)).face.numbers == pytest.approx(first.face.numbers, abs=0.01)


def test_small_faces_far_behind_are_known_again_too():
    first = found(WALL)
    accompanied = replace(first, others=(first.face.moved(300, -40, 0.3), first.face.moved(-200, 20, 0.2)))
    again = kept(keep(accompanied))
    assert [other.numbers for other in again.others] == [
        pytest.approx(other.numbers, abs=0.01) for other in accompanied.others
    ]


def test_a_working_copy_is_believed_and_not_looked_at_again():
    blank = commented(Image.new("RGB", (900, 900), (90, 120, 150)), comment_of(keep(found(WALL))))
    assert kept(blank).face.centre == pytest.approx(found(WALL).face.centre, abs=0.01)


def test_an_upload_is_never_believed():
    with pytest.raises(ImageRejected, match="没有找到"):
        found(commented(Image.new("RGB", (900, 900), (90, 120, 150)), comment_of(keep(found(WALL)))))


def test_a_working_copy_of_an_earlier_release_says_nothing_and_is_looked_at():
    old = commented(astronaut(2.0), b"")
    assert kept(old).face.centre == pytest.approx(found(WALL).face.centre, abs=6)


def test_a_working_copy_says_nothing_else_of_the_picture():
    copy = keep(found(commented(astronaut(2.0), b"taken at home")))
    assert b"taken at home" not in copy
    assert Image.open(BytesIO(copy)).getexif() == {}


def test_the_place_is_told_in_pixels_of_the_picture_that_was_given():
    room = Image.new("RGB", (3000, 2400), (205, 205, 200))
    room.paste(astronaut(2.0), (1500, 1376))
    frame, alone = portrait_of(found(to_bytes(room))).frame, portrait_of(found(WALL)).frame
    assert (frame.x - 1500, frame.y - 1376) == pytest.approx((alone.x, alone.y), abs=0.03 * alone.height)
    assert frame.height == pytest.approx(alone.height, rel=0.05)
