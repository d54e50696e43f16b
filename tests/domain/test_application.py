import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from renewal.domain.application import LABELS, MOVES, NOT_TAKEN_REASON, OPEN, WITHDRAWABLE, MoveRefused, Status, move
from renewal.domain.errors import InvalidValue
from tests.domain.strategies import SLOW_MACHINE

statuses = st.sampled_from(Status)
FINAL = {Status.APPROVED, Status.DECLINED, Status.NOT_TAKEN, Status.WITHDRAWN, Status.EXPIRED}


def test_every_status_has_its_moves_and_its_label() -> None:
    assert set(MOVES) == set(Status) == set(LABELS)
    assert set().union(*MOVES.values()) <= set(Status)
    assert len(set(LABELS.values())) == len(Status)


@pytest.mark.parametrize(
    "way",
    [
        "draft submitted employer_confirmed accepted approved",
        "draft submitted employer_confirmed accepted declined",
        "draft submitted accepted approved",
        "draft submitted returned submitted employer_confirmed accepted approved",
        "draft submitted employer_confirmed returned submitted",
        "draft submitted employer_declined submitted",
        "draft submitted employer_declined returned withdrawn",
        "draft submitted withdrawn",
        "draft submitted not_taken",
        "draft submitted employer_confirmed accepted not_taken",
        "draft submitted returned not_taken",
        "draft expired",
    ],
)
def test_an_application_can_go_this_way(way: str) -> None:
    current, *rest = map(Status, way.split())
    for target in rest:
        current = move(current, target)
    assert current == way.split()[-1]


@pytest.mark.parametrize(
    ("current", "target"),
    [
        (Status.DRAFT, Status.ACCEPTED),
        (Status.DRAFT, Status.WITHDRAWN),
        (Status.SUBMITTED, Status.APPROVED),
        (Status.SUBMITTED, Status.SUBMITTED),
        (Status.SUBMITTED, Status.EXPIRED),
        (Status.EMPLOYER_DECLINED, Status.ACCEPTED),
        (Status.RETURNED, Status.ACCEPTED),
        (Status.ACCEPTED, Status.RETURNED),
        (Status.APPROVED, Status.DECLINED),
        (Status.WITHDRAWN, Status.SUBMITTED),
    ],
)
def test_this_move_is_refused(current: Status, target: Status) -> None:
    with pytest.raises(MoveRefused):
        move(current, target)


def test_a_refused_move_says_where_the_application_stands_and_what_to_do() -> None:
    with pytest.raises(InvalidValue, match="“准予延续注册”，不能改为“已撤回”，请刷新页面"):
        move(Status.APPROVED, Status.WITHDRAWN)


@given(statuses, statuses)
@settings(**SLOW_MACHINE)
def test_a_move_ends_at_its_target_or_is_refused(current: Status, target: Status) -> None:
    try:
        assert move(current, target) is target
        assert target in MOVES[current]
    except MoveRefused:
        assert target not in MOVES[current]


@pytest.mark.parametrize("status", sorted(FINAL))
def test_what_is_over_stays_over(status: Status) -> None:
    assert not MOVES[status]
    assert status not in OPEN


def test_every_status_can_be_reached_and_can_come_to_an_end() -> None:
    reached = {Status.DRAFT}
    for _ in Status:
        reached |= {target for status in reached for target in MOVES[status]}
    assert reached == set(Status)
    ending = set(FINAL)
    for _ in Status:
        ending |= {status for status in Status if MOVES[status] & ending}
    assert ending == set(Status)


def test_an_open_application_is_submitted_and_undecided() -> None:
    undecided = "submitted employer_confirmed employer_declined returned accepted"
    assert set(undecided.split()) == OPEN


def test_an_applicant_may_withdraw_until_the_decision() -> None:
    assert WITHDRAWABLE == OPEN


def test_what_the_person_did_not_file_can_be_closed_as_long_as_it_is_open() -> None:
    assert {status for status in MOVES if Status.NOT_TAKEN in MOVES[status]} == OPEN


def test_who_is_told_so_learns_what_to_do_and_nothing_of_another_case() -> None:
    assert "到窗口办理" in NOT_TAKEN_REASON
    assert not re.search("冲突|另|本人|他人|两件|重复", LABELS[Status.NOT_TAKEN] + NOT_TAKEN_REASON)


def test_a_status_is_stored_by_its_plain_name() -> None:
    assert Status("employer_confirmed") is Status.EMPLOYER_CONFIRMED
    assert f"{Status.DRAFT}" == "draft"
