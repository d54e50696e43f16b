from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renewal.images.framing import BUTTONS, MOST_STEPS, Adjustment, Frame, Head

HEAD = Head(500, 400, 0, 100, 90, 85)


def test_the_head_fills_sixty_percent_below_a_small_gap():
    frame = HEAD.framed()
    top = frame.y - frame.height / 2
    assert HEAD.height / frame.height == pytest.approx(0.60)
    assert 0.04 <= (HEAD.y - HEAD.crown - top) / frame.height <= 0.08
    assert frame.x == HEAD.x
    assert frame.width / frame.height == pytest.approx(25 / 35, rel=0.001)


def test_a_tighter_frame_keeps_the_gap():
    frame = HEAD.framed(220)
    assert (HEAD.y - HEAD.crown - (frame.y - 110)) / 220 == pytest.approx(0.06)


def test_a_leaning_head_takes_its_frame_along():
    frame = Head(500, 400, 90, 100, 90, 85).framed()
    assert frame.turn == 90
    assert (frame.x, frame.y) == pytest.approx((500 - (HEAD.framed().y - 400), 400))


@pytest.mark.parametrize(
    ("button", "name", "grows"),
    [
        ("larger", "height", False),
        ("smaller", "height", True),
        ("up", "y", True),
        ("down", "y", False),
        ("left", "x", True),
        ("right", "x", False),
        ("turn_left", "turn", True),
        ("turn_right", "turn", False),
    ],
)
def test_a_button_moves_the_frame_against_the_person(button, name, grows):
    frame = HEAD.framed()
    changed = frame.adjusted(Adjustment().after(button))
    assert (getattr(changed, name) > getattr(frame, name)) is grows


@pytest.mark.parametrize(
    ("one", "other"), [("larger", "smaller"), ("up", "down"), ("left", "right"), ("turn_left", "turn_right")]
)
def test_the_opposite_button_undoes(one, other):
    assert Adjustment(3, 2, 1, 5).after(one).after(other) == Adjustment(3, 2, 1, 5)


def test_no_button_leads_out_of_bounds():
    for button in BUTTONS:
        adjustment = Adjustment()
        for _ in range(50):
            adjustment = adjustment.after(button)
        name, steps = BUTTONS[button]
        assert abs(getattr(adjustment, name)) == MOST_STEPS
        assert steps


@given(st.integers(), st.integers(), st.integers(), st.integers())
def test_whatever_is_asked_for_the_frame_stays_near(zoom, right, down, turn):
    adjusted = HEAD.framed().adjusted(Adjustment(zoom, right, down, turn))
    assert 0.6 < adjusted.height / HEAD.framed().height < 1.6
    assert hypot(adjusted.x - 500, adjusted.y - 400) < HEAD.framed().height
    assert abs(adjusted.turn) <= MOST_STEPS


def test_zooming_keeps_the_gap_above_the_crown_nearly():
    frame = HEAD.framed().adjusted(Adjustment(zoom=8))
    above = HEAD.y - HEAD.crown - (frame.y - frame.height / 2)
    assert 0.03 < above / frame.height < 0.08


def test_a_scaled_frame_lies_at_the_same_place_of_the_larger_picture():
    assert Frame(10, 20, 30, 5).scaled(2) == Frame(20, 40, 60, 5)
