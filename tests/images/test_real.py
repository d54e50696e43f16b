"""Real people, as taken and composed: who is taken, who is sent back, how they are framed, how clean the white is."""

from functools import cache

import pytest

from renewal.images.errors import ImageRejected
from renewal.images.portrait import Portrait, make_portrait
from tests.images import judging
from tests.images.people import COMPOSED, EVERYONE, HARD, OPEN, REFUSED, SINGLES, TAKEN
from tests.images.scenes import Case

BY_NAME = {case.name: case for case in EVERYONE}


@cache
def portrait_of(name: str) -> Portrait | str:
    """What the studio makes of a picture: a portrait, or the words of the refusal."""
    try:
        return make_portrait(BY_NAME[name].data, whiten=True)
    except ImageRejected as refusal:
        return str(refusal)


def taken(case: Case) -> Portrait:
    portrait = portrait_of(case.name)
    assert isinstance(portrait, Portrait), portrait
    return portrait


def every(cases: tuple[Case, ...]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", cases, ids=lambda case: case.name)


def test_names_are_unique():
    assert len(BY_NAME) == len(EVERYONE)


@every(TAKEN)
def test_one_person_with_head_and_shoulders_is_taken_level_and_framed(case):
    place = judging.placed(taken(case), case.scene.marks)
    assert place.is_level, place
    assert place.is_framed or not case.framed, place


@every(SINGLES)
def test_any_real_background_can_be_made_white(case):
    assert taken(case).whitened


@every(tuple(case for case in (*COMPOSED, *HARD) if case.background == "other"))
def test_an_offered_white_leaves_nothing_of_the_room_and_takes_nothing_of_the_person(case):
    portrait = portrait_of(case.name)
    if isinstance(portrait, Portrait) and portrait.whitened:
        assert (edge := judging.edge(portrait, case.scene)).is_good, edge


def test_nearly_all_rooms_can_be_made_white():
    some = COMPOSED[::3]
    offered = [case.name for case in some if getattr(portrait_of(case.name), "whitened", None)]
    assert len(offered) >= 0.85 * len(some), offered


@every(tuple(case for case in HARD if case.background == "white"))
def test_a_wall_already_white_stays_untouched(case):
    assert taken(case).whitened is None


@every(REFUSED)
def test_more_than_one_person_no_face_or_a_covered_one_is_sent_back_in_words(case):
    with pytest.raises(ImageRejected, match=case.words):
        make_portrait(case.data, whiten=True)


@every(OPEN)
def test_what_two_clerks_would_judge_differently_is_answered_all_the_same(case):
    assert portrait_of(case.name)
