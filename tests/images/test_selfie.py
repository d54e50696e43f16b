import pytest
from PIL import Image

from renewal.images.errors import ImageRejected
from renewal.images.selfie import examine_selfie
from tests.images.pictures import astronaut, opened, to_bytes
from tests.images.variants import VARIANTS

BY_NAME = {variant.name: variant for variant in VARIANTS}
PASSES = (
    "original 512",
    "original",
    "dark skin",
    "headscarf",
    "glasses",
    "tilted 15° left",
    "sideways by EXIF 6",
    "dark wall",
    "HEIC",
)
REFUSED = {
    "a cat": "没有找到",
    "two people": "不止一张",
    "tiny in the frame": "太远",
    "blurred": "太模糊",
    "overexposed": "太亮",
    "sunglasses": "没有看清双眼",
    "chin cut": "没有拍全",
    "pitch dark": "太暗",
    "sideways without EXIF": "横着",
}


@pytest.mark.parametrize("name", PASSES)
def test_a_clear_selfie_passes(name):
    assert examine_selfie(BY_NAME[name].data).jpeg


@pytest.mark.parametrize("name", REFUSED)
def test_what_no_clerk_can_compare_is_refused_in_words(name):
    with pytest.raises(ImageRejected, match=REFUSED[name]) as refusal:
        examine_selfie(BY_NAME[name].data)
    assert "请" in str(refusal.value)


@pytest.mark.parametrize("name", ["dark", "side light", "bright", "a little blurred"])
def test_what_a_clerk_can_live_with_passes(name):
    assert examine_selfie(BY_NAME[name].data).jpeg


def test_a_selfie_is_kept_small_and_bare():
    exif = Image.Exif()
    exif[0x010F] = "a maker"
    selfie = examine_selfie(to_bytes(astronaut(4.0), quality=95, exif=exif))
    photo = opened(selfie.jpeg)
    assert max(photo.size) <= 1200
    assert len(selfie.jpeg) <= 100_000
    assert not photo.getexif()


def test_the_same_picture_saved_again_has_nearly_the_same_hash():
    first = examine_selfie(to_bytes(astronaut(), quality=95))
    again = examine_selfie(to_bytes(astronaut(1.5), quality=60))
    other = examine_selfie(to_bytes(astronaut().transpose(Image.Transpose.FLIP_LEFT_RIGHT)))
    moved = examine_selfie(to_bytes(astronaut().crop((40, 0, 1000, 1000))))
    assert (first.perceptual_hash ^ again.perceptual_hash).bit_count() <= 3
    assert (first.perceptual_hash ^ other.perceptual_hash).bit_count() > 12
    assert (first.perceptual_hash ^ moved.perceptual_hash).bit_count() > 4
