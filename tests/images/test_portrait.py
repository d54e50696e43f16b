from functools import cache

import cv2
import numpy as np
import pytest
from PIL import Image

from renewal.images.decode import decode
from renewal.images.errors import ImageRejected
from renewal.images.faces import only_face
from renewal.images.framing import Adjustment
from renewal.images.portrait import Portrait, find_sitter, keep, kept, make_portrait, open_photo
from renewal.images.portrait import portrait_of as cut_from
from renewal.images.warp import levelling
from tests.images.pictures import astronaut, opened, to_bytes
from tests.images.variants import TRUE_CENTRE, TRUE_HEIGHT, VARIANTS, Variant, person_mask

BY_NAME = {variant.name: variant for variant in VARIANTS}
GOOD = [variant for variant in VARIANTS if not variant.rejected]
WHITENED = [variant for variant in GOOD if variant.whitens]


@cache
def portrait_of(name: str) -> Portrait:
    return make_portrait(BY_NAME[name].data, whiten=True)


def truth_in(portrait: Portrait, variant: Variant) -> np.ndarray:
    """Where the person truly is in the photo: 0 to 255."""
    frame = portrait.frame
    into_photo = levelling((frame.x, frame.y), frame.turn, 413 / frame.height, (295, 413))
    onto = into_photo @ np.vstack((variant.matrix, (0, 0, 1)))
    return cv2.warpAffine(person_mask(), onto, (295, 413))


def pixels(jpeg: bytes) -> np.ndarray:
    return np.asarray(opened(jpeg)).astype(int)


@pytest.mark.parametrize("variant", GOOD, ids=lambda variant: variant.name)
def test_every_variant_becomes_a_one_inch_photo_with_the_right_findings(variant):
    portrait = portrait_of(variant.name)
    photo = opened(portrait.jpeg)
    assert (photo.format, photo.mode, photo.size) == ("JPEG", "RGB", (295, 413))
    assert len(portrait.jpeg) <= 60_000
    assert not photo.getexif()
    codes = {finding.code for finding in portrait.findings}
    assert variant.warns <= codes <= variant.warns | variant.allows


@pytest.mark.parametrize("variant", [v for v in GOOD if v.keeps_frame], ids=lambda variant: variant.name)
def test_the_crop_is_near_the_true_one(variant):
    if "mirrored" in variant.name or "EXIF" in variant.name:
        assert decode(variant.data).width == 1024  # the matrix leads to the upright picture
    frame = portrait_of(variant.name).frame
    scale = float(np.hypot(variant.matrix[0, 0], variant.matrix[1, 0]))
    centre = variant.matrix @ (*TRUE_CENTRE, 1)
    assert np.hypot(frame.x - centre[0], frame.y - centre[1]) < 0.05 * TRUE_HEIGHT * scale
    assert frame.height == pytest.approx(TRUE_HEIGHT * scale, rel=0.08)  # her chin is longer than most
    lean = np.degrees(np.arctan2(variant.matrix[1, 0], variant.matrix[0, 0]))
    assert frame.turn - lean == pytest.approx(3, abs=3)  # her own head leans by three degrees


@pytest.mark.parametrize("variant", [v for v in GOOD if not v.keeps_frame], ids=lambda variant: variant.name)
def test_without_room_the_frame_shrinks_but_shows_the_whole_head(variant):
    portrait = portrait_of(variant.name)
    person = truth_in(portrait, variant) > 127
    assert not person[0].any()
    assert person[-1].mean() > 0.8
    picture = decode(variant.data)
    assert portrait.frame.y + portrait.frame.height / 2 < picture.height * 1.03


@pytest.mark.parametrize("variant", WHITENED, ids=lambda variant: variant.name)
def test_whitening_turns_the_wall_white_and_keeps_hair_and_shoulders(variant):
    portrait = portrait_of(variant.name)
    assert portrait.whitened is not None
    assert len(portrait.whitened) <= 60_000
    white, before, truth = pixels(portrait.whitened), pixels(portrait.jpeg), truth_in(portrait, variant)
    border = np.concatenate((white[0], white[:180, 0], white[:180, -1]))
    assert border.min() >= 250
    wall = cv2.dilate(truth, np.ones((15, 15))) == 0
    assert (white[wall].min(axis=1) >= 250).mean() > 0.995
    person = cv2.erode(truth, np.ones((7, 7))) == 255
    changed = np.abs(white - before)[person].max(axis=1)
    assert changed.mean() < (9 if variant.name == "noisy" else 4)
    assert (changed > 60).mean() < 0.015  # the rim of her collar has the grey of some walls


def test_what_cannot_be_made_white_is_not_offered_but_told():
    portrait = portrait_of("a shoulder cut off")
    assert portrait.whitened is None
    assert "请在浅色墙面前重拍" in "".join(finding.text for finding in portrait.findings)


def test_a_white_wall_needs_no_whitening():
    assert portrait_of("white wall").whitened is None


def test_whitening_takes_only_the_background_from_the_findings():
    portrait = portrait_of("original 512")
    assert {finding.code for finding in portrait.findings} == {"background", "small"}
    assert {finding.code for finding in portrait.findings_when_whitened} == {"small"}


@pytest.mark.parametrize("variant", [v for v in VARIANTS if v.rejected], ids=lambda variant: variant.name)
def test_what_cannot_become_a_photo_is_refused_in_words(variant):
    with pytest.raises(ImageRejected, match=variant.rejected):
        make_portrait(variant.data)


@pytest.mark.parametrize("scale", [0.3, 0.5, 0.8])
def test_a_photo_too_small_is_refused(scale):
    with pytest.raises(ImageRejected, match="照片太小"):
        make_portrait(to_bytes(astronaut(scale).crop((0, 0, 280, 409))))


def test_a_person_too_far_away_is_refused():
    room = Image.new("RGB", (900, 1200), (205, 205, 200))
    room.paste(astronaut(0.55), (300, 918))
    with pytest.raises(ImageRejected, match="太小"):
        make_portrait(to_bytes(room))


def test_too_near_for_shoulders_is_refused():
    near = astronaut(4.0).crop((590, 30, 1230, 760))
    with pytest.raises(ImageRejected, match="太近"):
        make_portrait(to_bytes(near))


def test_where_the_picture_ends_the_wall_goes_on():
    variant = BY_NAME["no room above"]
    photo = pixels(portrait_of(variant.name).jpeg)
    corner, below = photo[:12, :40].mean(axis=(0, 1)), photo[40:60, :40].mean(axis=(0, 1))
    assert np.abs(corner - below).max() < 20


def test_the_same_photo_comes_from_the_working_copy():
    data = BY_NAME["huge photo of 12 MP"].data
    copy = keep(find_sitter(open_photo(data)))
    assert len(copy) <= 250_000
    assert max(opened(copy).size) <= 1200
    again = only_face(opened(cut_from(kept(copy)).jpeg))
    first = only_face(opened(portrait_of("huge photo of 12 MP").jpeg))
    assert again.centre == pytest.approx(first.centre, abs=8)
    assert again.width == pytest.approx(first.width, rel=0.06)


def test_a_sitter_has_a_face():
    with pytest.raises(ImageRejected, match="没有找到"):
        find_sitter(open_photo(BY_NAME["a cat"].data))


@pytest.mark.parametrize(
    ("adjustment", "codes"),
    [
        (Adjustment(zoom=12), {"head"}),
        (Adjustment(zoom=-14), {"head"}),
        (Adjustment(right=15), {"place"}),
        (Adjustment(down=15), {"place"}),
        (Adjustment(down=-8), {"place"}),
        (Adjustment(turn=12), {"tilted"}),
    ],
)
def test_an_adjustment_moves_the_frame_and_warns_when_it_leaves_the_rule(adjustment, codes):
    adjusted = make_portrait(BY_NAME["plain wall"].data, adjustment)
    assert codes <= {finding.code for finding in adjusted.findings}
    assert adjusted.frame != portrait_of("plain wall").frame


def test_an_adjustment_never_shows_shoulders_in_mid_air():
    variant = BY_NAME["huge in the frame"]
    for adjustment in (Adjustment(zoom=-20), Adjustment(down=-20), Adjustment(right=20), Adjustment(turn=15)):
        portrait = make_portrait(variant.data, adjustment)
        assert truth_in(portrait, variant)[-8].mean() > 0.75 * 255
