import pytest
from PIL import Image

from renewal.images.errors import ImageRejected
from renewal.images.faces import find_faces
from renewal.images.portrait import make_portrait
from tests.images.pictures import astronaut, cat, coffee, opened, to_bytes


def test_a_snapshot_becomes_a_one_inch_photo():
    portrait = make_portrait(to_bytes(astronaut()))
    photo = opened(portrait.jpeg)
    assert (photo.format, photo.mode, photo.size) == ("JPEG", "RGB", (295, 413))
    assert len(portrait.jpeg) <= 60_000
    (face,) = find_faces(photo)
    assert abs(face.x + face.width / 2 - 295 / 2) < 15
    assert 0.25 < face.height / 413 < 0.4


def test_metadata_is_gone():
    exif = Image.Exif()
    exif[0x010F] = "a maker"
    photo = opened(make_portrait(to_bytes(astronaut(), exif=exif)).jpeg)
    assert not photo.getexif()
    assert "icc_profile" not in photo.info


def test_a_sideways_photo_comes_out_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    sideways = astronaut().transpose(Image.Transpose.ROTATE_90)
    photo = opened(make_portrait(to_bytes(sideways, exif=exif)).jpeg)
    assert len(find_faces(photo)) == 1


@pytest.mark.parametrize("picture", [cat, coffee])
def test_a_photo_without_a_face_is_refused(picture):
    with pytest.raises(ImageRejected, match="没有找到"):
        make_portrait(to_bytes(picture()))


def test_a_photo_of_two_people_is_refused():
    two = Image.new("RGB", (2048, 1024))
    two.paste(astronaut(), (0, 0))
    two.paste(astronaut(), (1024, 0))
    with pytest.raises(ImageRejected, match="不止一张"):
        make_portrait(to_bytes(two))


def test_a_photo_too_small_is_refused():
    with pytest.raises(ImageRejected, match="太小"):
        make_portrait(to_bytes(astronaut(0.5)))
