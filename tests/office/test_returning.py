"""退回补正: all defects at once, or nothing."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renewal.domain.application import MOVES, MoveRefused, Status
from renewal.domain.defects import LONGEST, REASONS, Defect, DefectsRefused
from renewal.domain.errors import InvalidValue
from renewal.office.returning import return_for_correction
from renewal.store import models
from renewal.store.applications import Application, ApplicationChanged
from tests.engines import read_only
from tests.factories import CLERK, SAME_FIXTURES, WAYS, at_once, moved, person, stored, submitted
from tests.naughty import anything

GOOD = {"portrait": "请在白墙前重拍。", "school": "请填写全称。"}
RETURNABLE = [status for status in WAYS if Status.RETURNED in MOVES[status]]


@pytest.fixture
def case(services):
    return submitted(services, person(1))


def untouched(services, case: Application) -> bool:
    now = services.applications.get(case.id)
    return (now.status, now.version) == (case.status, case.version) and not stored(services, models.Defect)


def give_back(services, case: Application, defects=GOOD, version: int | None = None) -> Application:
    return return_for_correction(services, case, case.version if version is None else version, CLERK, defects)


def test_the_case_waits_for_the_applicant_with_all_that_is_to_do(services, case):
    back = give_back(services, case)
    assert back == services.applications.get(case.id)
    assert back.status is Status.RETURNED
    assert services.defects.of(case.id) == {0: [Defect("school", GOOD["school"]), Defect("portrait", GOOD["portrait"])]}


def test_the_log_says_by_whom_and_what_in_the_forms_order(services, case):
    give_back(services, case)
    event = services.applications.events(case.id)[-1]
    assert (event.actor, event.target, event.at) == (CLERK, Status.RETURNED, services.now())
    assert event.reason == "需要补正2处：毕业院校、一寸白底免冠照"


def test_the_applicant_has_the_offices_working_days(services, case):
    """Monday, and fifteen working days after it."""
    assert give_back(services, case).deadline == date(2026, 7, 6)


@pytest.mark.parametrize("status", RETURNABLE)
def test_it_is_returned_from_wherever_the_table_says(services, case, status):
    assert give_back(services, moved(services, case, status)).status is Status.RETURNED


@pytest.mark.parametrize("status", [status for status in WAYS if status not in RETURNABLE])
def test_a_forbidden_move_changes_nothing(services, case, status):
    there = moved(services, case, status)
    with pytest.raises(MoveRefused, match="不能改为“退回补正”"):
        give_back(services, there)
    assert untouched(services, there)


@pytest.mark.parametrize(
    ("defects", "field", "said"),
    [
        ({}, "", "至少写明一处"),
        ({"salary": "请填写"}, "salary", "没有“salary”这一项"),
        ({"name": "与证件不一致"}, "name", "姓名由核验的身份得出"),
        ({"id_number": "与证件不一致"}, "id_number", "撤回后重新申报"),
        ({"sex": "与证件不一致"}, "sex", "不能补正"),
        ({"school": " "}, "school", "毕业院校：请写明"),
        ({"school": "字" * (LONGEST + 1)}, "school", "最多填写"),
        ({"school": "！！"}, "school", "毕业院校："),
    ],
)
def test_a_list_that_helps_nobody_is_refused_in_words(services, case, defects, field, said):
    with pytest.raises(DefectsRefused, match=said) as refused:
        give_back(services, case, defects)
    assert set(refused.value.errors) == {field}
    assert untouched(services, case)


def test_all_that_is_wrong_with_a_list_is_told_at_once(services, case):
    with pytest.raises(DefectsRefused) as refused:
        give_back(services, case, GOOD | {"major": "", "x": "y"})
    assert set(refused.value.errors) == {"major", "x"}
    assert untouched(services, case)


@given(st.dictionaries(st.sampled_from([*REASONS, "name"]) | anything, anything, max_size=4))
@SAME_FIXTURES
def test_whatever_is_sent_is_taken_whole_or_refused_in_words(services, defects):
    case = submitted(services, person(next(serials)))
    try:
        give_back(services, case, defects)
    except InvalidValue:
        kept: set[str] = set()
    else:
        kept = set(defects)
    assert {defect.field for found in services.defects.of(case.id).values() for defect in found} == kept


serials = iter(range(100, 500))


@pytest.mark.parametrize("version", [0, 2, -1])
def test_a_page_that_is_not_of_today_returns_nothing(services, case, version):
    with pytest.raises(ApplicationChanged, match="没有退回"):
        give_back(services, case, version=version)
    assert untouched(services, case)


def test_who_read_the_case_before_it_moved_is_told_so(services, case):
    moved(services, case, Status.EMPLOYER_CONFIRMED)
    with pytest.raises(ApplicationChanged, match="请核对最新的内容"):
        give_back(services, case)
    assert not stored(services, models.Defect)


def test_of_two_clerks_one_returns_it_and_the_other_is_told(services, case):
    lists = ({"school": "请填写全称。"}, {"school": "院校不对。", "major": "专业不对。"})
    outcomes = at_once(services, *[lambda given=given: give_back(services, case, given) for given in lists])
    assert Counter(type(outcome) for outcome in outcomes) == {Application: 1, ApplicationChanged: 1}
    kept = {defect.field: defect.reason for defect in services.defects.of(case.id)[0]}
    assert kept in lists


def test_what_cannot_be_written_leaves_nothing_behind(services, case):
    with read_only(services), pytest.raises(Exception, match=r"read-?only"):
        give_back(services, case)
    assert untouched(services, case)
