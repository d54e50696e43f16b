from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from renewal.images.cutting import Cut, cut
from renewal.images.framing import Adjustment
from renewal.images.masks import grown
from renewal.images.portrait import find_sitter, open_photo
from renewal.images.review import is_good, review
from tests.images.variants import VARIANTS


@cache
def plain() -> Cut:
    (variant,) = (variant for variant in VARIANTS if variant.name == "plain wall")
    return cut(find_sitter(open_photo(variant.data)), Adjustment())


def with_alpha(change) -> Cut:
    alpha = plain().matte.alpha.copy()
    change(alpha)
    return replace(plain(), matte=replace(plain().matte, alpha=alpha))


def codes(subject: Cut) -> set[str]:
    return {finding.code for finding in review(subject)}


def test_a_clean_cut_may_be_offered():
    assert is_good(plain())


def bitten_hair(alpha):
    alpha[25:70, 120:170] = 0


def eaten_shoulder(alpha):
    alpha[300:, 150:] = 0


def leak_to_the_border(alpha):
    alpha[60:90, :60] = 1


def leak_above_the_head(alpha):
    alpha[:30, 100:200] = 1


def an_island(alpha):
    alpha[60:75, 5:20] = 1


def a_grey_veil(alpha):
    alpha[alpha < 0.3] = 0.3


def thorns(alpha):
    alpha[20:200:8, 40:250] = 1


def a_fringe_around_the_head(alpha):
    slant = np.indices(alpha.shape).sum(axis=0) // 3 % 2 == 0
    alpha[:230][(grown(alpha > 0.5, 3) & slant)[:230]] = 1


def a_smudge_beside_the_neck(alpha):
    alpha[200:240, 20:80] = np.maximum(alpha[200:240, 20:80], 0.45)


@pytest.mark.parametrize(
    "damage",
    [
        bitten_hair,
        eaten_shoulder,
        leak_to_the_border,
        leak_above_the_head,
        an_island,
        a_grey_veil,
        thorns,
        a_fringe_around_the_head,
        a_smudge_beside_the_neck,
    ],
    ids=lambda damage: damage.__name__,
)
def test_a_damaged_cut_is_not_offered(damage):
    assert not is_good(with_alpha(damage))


def test_a_crown_the_looks_do_not_agree_on_is_not_offered():
    assert not is_good(replace(plain(), head=replace(plain().head, crown=1.2 * plain().head.crown)))


@pytest.mark.parametrize("change", [{"doubt": 3.7}, {"joined": 40}])
def test_a_doubtful_person_or_one_who_touches_somebody_is_not_offered(change):
    assert not is_good(replace(plain(), silhouette=replace(plain().silhouette, **change)))


def test_somebody_out_of_focus_taken_for_the_person_is_not_offered():
    assert not is_good(replace(plain(), soft=50))


def a_brim_that_just_reaches_the_side(alpha):
    alpha[100:106, :150] = 1


def a_hand_at_the_side(alpha):
    alpha[210:270, :40] = 1


@pytest.mark.parametrize("change", [a_brim_that_just_reaches_the_side, a_hand_at_the_side])
def test_a_brim_or_a_hand_is_no_reason_to_leave_the_wall_as_it_is(change):
    assert is_good(with_alpha(change))


def hair_that_leaves_the_photo(alpha):
    alpha[200:, :] = 1


def test_hair_that_leaves_the_photo_at_the_sides_may_be_offered():
    assert is_good(with_alpha(hair_that_leaves_the_photo))


def test_a_person_whom_the_picture_cuts_off_is_not_offered_and_told():
    ends = replace(plain(), ends=True)
    assert not is_good(ends)
    assert codes(ends) == {"cut", "busy"}


def test_a_grey_wall_is_told_and_a_white_one_is_not():
    white = replace(plain(), photo=np.full_like(plain().photo, 245))
    assert codes(plain()) == {"background"}
    assert codes(white) == set()


def test_what_cannot_be_made_white_is_told_instead_of_its_colour():
    assert codes(with_alpha(leak_above_the_head)) == {"busy"}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"crown": 180, "chin": 130}, "head"),
        ({"crown": 210, "chin": 150}, "close"),
        ({"crown": 80, "chin": 70}, "head"),
        ({"x": 200}, "place"),
        ({"y": 260}, "place"),
        ({"tilt": 9}, "tilted"),
        ({"tilt": -9}, "tilted"),
    ],
)
def test_a_head_in_the_wrong_place_is_told(change, code):
    assert code in codes(replace(plain(), head=replace(plain().head, **change)))


def test_a_magnified_photo_is_told():
    assert "small" in codes(replace(plain(), magnified=1.4))


def test_what_the_light_does_comes_first():
    findings = review(replace(plain(), quality=replace(plain().quality, sharpness=1.9)))
    assert [finding.code for finding in findings] == ["blurred", "background"]


def test_every_finding_is_a_warning_that_says_what_to_do():
    worst = replace(plain(), magnified=2, head=replace(plain().head, x=20, tilt=30, crown=300))
    assert all("请" in f.text or "可以" in f.text for f in review(worst))
