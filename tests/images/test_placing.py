from dataclasses import replace

import cv2
import numpy as np
import pytest

from renewal.images.errors import ImageRejected
from renewal.images.face import Face
from renewal.images.framing import Adjustment
from renewal.images.outline import Outline
from renewal.images.placing import adjusted, ends_of, frame_for, head_of, in_photo
from renewal.images.warp import levelling

UNIT = 256 / 3.4
X, Y = 128.0, 102.4  # between the eyes
FACE = Face(
    round(X - UNIT / 2),
    round(Y - UNIT / 2 + 15),
    round(UNIT),
    round(UNIT),
    ((X - 16, Y), (X + 16, Y)),
    (X, Y + 15),
    (X, Y + 30),
    ((X - 35, Y + 5), (X + 35, Y + 5)),
    (X, Y + 50),
    0.0,
    0.9,
)


def drawn(left=0, top=0, right=256, bottom=256, hair=0.8, shoulders=1.1) -> Outline:
    """A head with shoulders in a picture that reaches from `left` to `right` and from `top` to `bottom`."""
    person = np.zeros((256, 256), np.uint8)
    cv2.ellipse(person, (round(X), round(Y)), (round(0.55 * UNIT), round(hair * UNIT)), 0, 0, 360, 1, -1)
    cv2.rectangle(person, (round(X - 0.3 * UNIT), round(Y)), (round(X + 0.3 * UNIT), round(Y + 1.2 * UNIT)), 1, -1)
    cv2.ellipse(person, (round(X), 256), (round(1.15 * UNIT), round(shoulders * UNIT)), 0, 0, 360, 1, -1)
    known = np.zeros((256, 256), bool)
    known[top:bottom, left:right] = True
    return Outline((person > 0) & known, known, person.astype(np.float32), np.eye(2, 3))


def framed(outline):
    head, ends = head_of(FACE, outline), ends_of(outline)
    return head, ends, frame_for(head, ends)


def test_the_head_reaches_from_the_hair_to_the_chin_of_the_face():
    head = head_of(FACE, drawn())
    assert (head.x, head.y) == pytest.approx((X, Y))
    assert head.crown == pytest.approx(0.8 * UNIT, abs=2)
    assert head.chin == pytest.approx(50, rel=0.06)


@pytest.mark.parametrize("hair", [0.7, 0.95, 1.2])
def test_high_hair_belongs_to_the_head(hair):
    assert head_of(FACE, drawn(hair=hair)).crown == pytest.approx(hair * UNIT, abs=2)


def test_a_loose_hair_does_not():
    outline = drawn()
    outline.person[20:60, 126:130] = True
    assert head_of(FACE, outline).crown == pytest.approx(0.8 * UNIT, abs=2)


@pytest.mark.parametrize("hair", [0.3, 1.35])
def test_what_cannot_be_hair_is_taken_for_an_ordinary_head(hair):
    assert head_of(FACE, drawn(hair=hair)).crown == pytest.approx(0.8 * UNIT, abs=1)


def test_a_face_turned_a_little_is_set_with_its_ears_in_the_middle():
    turned = replace(FACE, ears=((X - 20, Y), (X + 40, Y)))
    assert head_of(turned, drawn()).framed().x == pytest.approx(X + 5)


def test_with_room_all_around_the_frame_is_the_one_by_the_rule():
    head, ends, frame = framed(drawn())
    assert frame == head.framed()
    assert not ends.float_in(frame)


@pytest.mark.parametrize("top", [60, 75, 90])
def test_a_crown_that_the_picture_cuts_off_is_refused(top):
    with pytest.raises(ImageRejected, match="头顶没有拍全"):
        ends_of(drawn(top=top))


@pytest.mark.parametrize("top", [0, 30, 41])
def test_a_crown_just_inside_the_picture_is_taken(top):
    assert framed(drawn(top=top))[2] == framed(drawn())[2]


def test_hair_that_the_side_of_the_picture_cuts_off_is_no_crown():
    assert ends_of(drawn(left=92))


@pytest.mark.parametrize("bottom", [190, 205, 215])
def test_a_picture_that_ends_at_the_shoulders_has_a_tighter_frame_that_ends_with_it(bottom):
    head, ends, frame = framed(drawn(bottom=bottom))
    assert frame.height < head.framed().height
    assert frame.y + frame.height / 2 < bottom + 3
    assert head.height / frame.height < 0.8
    assert not ends.float_in(frame)


@pytest.mark.parametrize("bottom", [150, 165])
def test_a_picture_that_ends_at_the_neck_is_refused(bottom):
    with pytest.raises(ImageRejected, match="肩膀没有拍进来"):
        framed(drawn(bottom=bottom))


@pytest.mark.parametrize("bottom", [164, 168, 172])
def test_a_picture_in_which_shoulders_barely_begin_is_taken_with_a_large_head(bottom):
    head, ends, frame = framed(drawn(bottom=bottom, shoulders=1.5))
    assert 0.80 < head.height / frame.height < 0.92
    assert ends.within(frame, ends.below) <= 3


def test_where_a_side_is_cut_off_the_head_keeps_a_fair_size_and_it_is_told():
    head, ends, frame = framed(drawn(right=172))
    assert ends.float_in(frame)
    assert head.height / frame.height <= 0.62


@pytest.mark.parametrize("right", [182, 184, 190])
def test_a_head_a_little_larger_or_aside_is_worth_a_person_who_is_whole(right):
    head, ends, frame = framed(drawn(right=right))
    assert ends.float_in(head.framed())
    assert not ends.float_in(frame)
    assert head.height / frame.height <= 0.64


def test_a_narrow_picture_whose_shoulders_reach_its_sides_only_below_the_frame_keeps_the_rule():
    head, _, frame = framed(drawn(left=52, right=204))
    assert head.height / frame.height < 0.7


@pytest.mark.parametrize("adjustment", [Adjustment(zoom=-20), Adjustment(down=-20), Adjustment(zoom=-8, down=-8)])
def test_an_adjustment_never_shows_where_the_picture_ended_below(adjustment):
    _, ends, frame = framed(drawn(bottom=205))
    assert ends.within(adjusted(frame, adjustment, ends), ends.below) <= 3


def test_an_adjustment_with_room_is_taken_whole():
    _, ends, frame = framed(drawn())
    wish = Adjustment(zoom=4, right=3)
    assert adjusted(frame, wish, ends) == frame.adjusted(wish)


def test_the_head_is_told_in_pixels_of_the_photo():
    head, _, frame = framed(drawn())
    matrix = levelling((frame.x, frame.y), frame.turn, 413 / frame.height, (295, 413))
    seen = in_photo(head, matrix, frame)
    assert seen.height / 413 == pytest.approx(0.60)
    assert (seen.y - seen.crown) / 413 == pytest.approx(0.06, abs=0.003)
    assert seen.x == pytest.approx(147.5, abs=1)
