"""Several at once: the clean ones are done, the others are not and say why."""

from collections import Counter

import pytest

from renewal.domain.application import Status
from renewal.domain.errors import InvalidValue
from renewal.office import batch, claiming
from renewal.office.batch import MOST, Outcome
from tests.casework import accepted, confirmed, faults, now, ready
from tests.factories import at_once, person
from tests.staffing import staffed


@pytest.fixture
def wang(services):
    return staffed(services, "王科员")


def chosen(*cases) -> list[str]:
    return [f"{case.number}:{case.version}" for case in cases]


def test_clean_cases_are_accepted_together(services, wang):
    cases = [ready(services, wang, person(serial)) for serial in range(3)]
    assert batch.decide(services, wang, "accept", chosen(*cases)) == [Outcome(case.number) for case in cases]
    assert {now(services, case).status for case in cases} == {Status.ACCEPTED}
    assert faults(services) == []


def test_one_that_is_not_clean_stays_and_says_why(services, wang):
    clean, unseen = ready(services, wang, person(1)), confirmed(services, person(2))
    outcomes = batch.decide(services, wang, "accept", chosen(unseen, clean))
    assert outcomes == [Outcome(unseen.number, "还没有在窗口核验本人。"), Outcome(clean.number)]
    assert now(services, unseen) == unseen


def test_accepted_cases_are_approved_together(services, wang):
    cases = [accepted(services, wang, person(serial)) for serial in range(2)]
    batch.decide(services, wang, "approve", chosen(*cases))
    assert {now(services, case).status for case in cases} == {Status.APPROVED}


def test_what_moved_or_is_anothers_or_nowhere_stays(services, wang):
    zhao = staffed(services, "赵科员")
    theirs, old, done = (ready(services, wang, person(serial)) for serial in range(3))
    claiming.give_back(services, theirs, wang)
    claiming.claim(services, theirs, zhao)
    sent = [*chosen(theirs), f"{old.number}:{old.version - 1}", "YX20260615999999:1", done.number]
    whys = [outcome.why for outcome in batch.decide(services, wang, "accept", sent)]
    assert [why[:8] for why in whys] == ["赵科员已在202", "这件申请刚刚有了", "没有这件申请。", "这件申请刚刚有了"]
    assert {now(services, case).status for case in (theirs, old, done)} == {Status.EMPLOYER_CONFIRMED}


def test_a_case_chosen_twice_is_done_once(services, wang):
    case = ready(services, wang)
    assert batch.decide(services, wang, "accept", chosen(case, case)) == [Outcome(case.number)]


@pytest.mark.parametrize(
    ("name", "sent", "said"),
    [
        ("decline", ["YX1:1"], "只能受理或准予"),
        ("", ["YX1:1"], "只能受理或准予"),
        ("accept", [], "请先勾选"),
        ("accept", [f"YX{serial}:1" for serial in range(MOST + 1)], "一次最多办100件"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_words(services, wang, name, sent, said):
    with pytest.raises(InvalidValue, match=said):
        batch.decide(services, wang, name, sent)


@pytest.mark.parametrize("strange", ["", ":", "::", "YX:x", "YX1:-1", "YX1:１", "x" * 9999, "YX1:" + "9" * 99])
def test_strange_choices_are_cases_that_are_not_there(services, wang, strange):
    (outcome,) = batch.decide(services, wang, "accept", [strange])
    assert outcome.why == batch.UNKNOWN_CASE


def test_two_clerks_with_the_same_list_share_it(services, wang):
    cases = [ready(services, wang, person(serial)) for serial in range(4)]
    for case in cases:
        claiming.give_back(services, case, wang)
    clerks = (wang, staffed(services, "赵科员"))
    done = at_once(
        services, *[lambda clerk=clerk: batch.decide(services, clerk, "accept", chosen(*cases)) for clerk in clerks]
    )
    by_case = Counter(outcome.number for outcomes in done for outcome in outcomes if not outcome.why)
    assert by_case == {case.number: 1 for case in cases}
    assert faults(services) == []
