"""The employer answers once, through the link that holds, and what stands is said to whoever comes second."""

from collections import Counter
from datetime import date

import pytest

from renewal import employer
from renewal.attempts import Visitor
from renewal.domain.actor import SYSTEM, Actor, ActorKind
from renewal.domain.application import Status
from renewal.domain.policy import Policy
from renewal.employer import OF_LINK, Answered, End, Ended
from renewal.forms.fields import Invalid
from renewal.journey import steps, submission
from renewal.services import Services
from renewal.store.audit import verify
from renewal.store.employer_links import LinkKey
from tests.factories import (
    OTHER_CODE,
    VISITOR,
    answer,
    answered,
    at_once,
    carry,
    employers_form,
    moved,
    person,
    submit,
    submitted,
    take,
)

DECLINE = {"answer": "不予确认", "reason": "已于今年3月离职"}


@pytest.fixture
def case(services):
    return submitted(services)


@pytest.fixture
def key(services, case):
    return services.employer_links.current(case).key


def say(services, key, visitor=VISITOR, **changes):
    employer.answer(services, key, employers_form(**changes), visitor)


def changed(services, draft, **details):
    """The case after the draft was submitted with these details."""
    draft = answer(services, draft, "details", {**person().details, **details})
    while steps.current(draft.all_answers).name != "review":
        draft = take(services, draft, person())
    return submit(services, draft)


def ended(services, key) -> End:
    with pytest.raises(Ended) as why:
        say(services, key)
    return why.value.end


def test_a_confirmation_moves_the_case_and_begins_the_offices_time(services, case, key, clock):
    assert case.deadline is None
    clock.go_on(days=4)
    say(services, key)
    after = services.applications.get(case.id)
    assert (after.status, after.deadline) == (Status.EMPLOYER_CONFIRMED, date(2026, 6, 26))
    event = services.applications.events(case.id)[-1]
    assert (event.actor, event.reason) == (Actor(ActorKind.EMPLOYER, "泉城工程监理有限公司"), "")
    said = employer.look(services, key).answer
    assert (said.name, said.phone, said.answered_at) == ("赵经办", "13900001111", clock.moment)


def test_a_decline_moves_the_case_with_its_reason_and_without_a_deadline(services, case, key):
    say(services, key, **DECLINE)
    after = services.applications.get(case.id)
    assert (after.status, after.deadline) == (Status.EMPLOYER_DECLINED, None)
    assert services.applications.events(case.id)[-1].reason == DECLINE["reason"]
    assert services.employer_answers.last(case.id).reason == DECLINE["reason"]


def test_the_log_fits_what_employers_said(services, case, key):
    say(services, key, **DECLINE)
    assert verify(services.database, services.sealer).findings == []


def test_an_employer_with_a_long_name_fits_into_the_log(services):
    case = changed(services, carry(services, "details"), employer="监" * 100)
    assert services.applications.events(answered(services, case).id)[-1].actor.name == "监" * 60


# Whose code.


def test_another_units_code_confirms_nothing_and_is_told(services, case, key):
    with pytest.raises(Invalid) as wrong:
        say(services, key, employer_code=OTHER_CODE)
    assert "不一致" in wrong.value.errors["employer_code"]
    assert wrong.value.typed["clerk"] == "赵经办"
    assert services.applications.get(case.id) == case


def test_another_unit_may_say_that_the_person_is_not_theirs(services, case, key):
    say(services, key, **DECLINE, employer_code=OTHER_CODE)
    assert services.employer_answers.last(case.id).credit_code == OTHER_CODE


def test_codes_cannot_be_tried_without_end_and_a_new_link_or_day_begins_anew(services, case, key, clock):
    for serial in range(OF_LINK.amount):
        with pytest.raises(Invalid, match="不一致"):
            say(services, key, Visitor("", f"198.51.100.{serial}"), employer_code=OTHER_CODE)
    with pytest.raises(Invalid, match="试了太多次"):
        say(services, key)
    assert services.applications.get(case.id) == case
    employer.renew_link(services, case, 0)
    say(services, services.employer_links.current(case).key)
    assert services.applications.get(case.id).status is Status.EMPLOYER_CONFIRMED


def test_the_next_day_the_same_link_may_be_tried_again(services, case, key, clock):
    for _ in range(OF_LINK.amount + 1):
        with pytest.raises(Invalid):
            say(services, key, employer_code=OTHER_CODE)
    clock.go_on(days=1)
    say(services, key)


# Twice, and at once.


def test_said_twice_it_is_done_once(services, case, key):
    say(services, key)
    for changes, same in (({}, True), (DECLINE, False), ({"answer": ""}, False)):
        with pytest.raises(Answered) as before:
            say(services, key, **changes)
        assert before.value.same is same
    assert services.applications.get(case.id).version == case.version + 1


def test_of_two_answers_at_the_same_moment_one_stands_and_the_other_is_told(services, case, key):
    outcomes = at_once(services, lambda: say(services, key), lambda: say(services, key, **DECLINE))
    assert Counter(map(type, outcomes)) == {type(None): 1, Answered: 1}
    assert not next(outcome for outcome in outcomes if outcome).same
    assert len(services.employer_answers.of(case.id)) == 1
    assert verify(services.database, services.sealer).findings == []


def test_of_an_answer_and_a_withdrawal_at_once_both_leave_a_case_that_fits(services, case, key):
    at_once(services, lambda: say(services, key), lambda: submission.withdraw(services, case))
    status = services.applications.get(case.id).status
    assert (status is Status.WITHDRAWN) or services.employer_answers.last(case.id)
    assert verify(services.database, services.sealer).findings == []


# Where a link ends.


def test_a_link_ends_after_a_fortnight_and_another_one_goes_on(services, case, key, clock):
    clock.go_on(days=14, seconds=-1)
    assert employer.look(services, key).answer is None
    clock.go_on(seconds=1)
    assert ended(services, key) is End.EXPIRED
    employer.renew_link(services, case, 0)
    say(services, services.employer_links.current(case).key)


def test_a_new_link_ends_the_old_one(services, case, key):
    employer.renew_link(services, case, 0)
    assert ended(services, key) is End.REPLACED


@pytest.mark.parametrize("status", [Status.ACCEPTED, Status.RETURNED, Status.APPROVED])
def test_a_case_that_moved_on_asks_no_more(services, case, key, status):
    moved(services, case, status)
    assert ended(services, key) is End.MOVED_ON
    employer.renew_link(services, services.applications.get(case.id), 0)
    assert services.employer_links.current(services.applications.get(case.id)).key == key


def test_a_withdrawn_case_says_so(services, case, key):
    submission.withdraw(services, case)
    assert ended(services, key) is End.WITHDRAWN


def test_no_case_no_link(services):
    assert ended(services, LinkKey(99, 0, 0)) is End.UNKNOWN


def test_an_office_that_does_without_asks_nobody_and_its_time_begins_at_once(services):
    without = Services.over(services.database, services.sealer, services.now, Policy(employer_confirmation=False))
    case = submitted(without)
    assert case.deadline == date(2026, 6, 22)
    assert ended(without, services.employer_links.current(case).key) is End.NOT_ASKED_HERE


# After it.


def test_what_was_declined_is_corrected_and_asked_again_while_the_old_link_shows_its_answer(services, case, key):
    say(services, key, **DECLINE)
    draft = submission.reopen(services, services.applications.get(case.id))
    again = changed(services, draft, employer="齐鲁监理有限公司")
    assert (again.status, again.submissions, again.deadline) == (Status.SUBMITTED, 2, None)
    old = employer.look(services, key)
    assert old.answer.status is Status.EMPLOYER_DECLINED
    assert old.details["employer"] == "泉城工程监理有限公司"
    say(services, services.employer_links.current(again).key)
    assert services.applications.get(case.id).status is Status.EMPLOYER_CONFIRMED
    assert [said.status for said in services.employer_answers.of(case.id)] == [
        Status.EMPLOYER_DECLINED,
        Status.EMPLOYER_CONFIRMED,
    ]
    assert verify(services.database, services.sealer).findings == []


def test_a_corrected_school_is_nothing_to_ask_the_employer_again(services, case, key, clock):
    say(services, key)
    returned = moved(services, services.applications.get(case.id), Status.RETURNED)
    clock.go_on(days=7)
    again = changed(services, submission.reopen(services, returned), school="山东大学")
    assert (again.status, again.deadline) == (Status.EMPLOYER_CONFIRMED, date(2026, 6, 29))
    event = services.applications.events(case.id)[-1]
    assert (event.actor, event.reason) == (SYSTEM, "单位此前已确认，更正没有涉及确认的内容")
    assert verify(services.database, services.sealer).findings == []


@pytest.mark.parametrize("details", [{"specialty_1": "电力工程"}, {"employer": "齐鲁监理有限公司"}], ids=str)
def test_what_the_employer_confirmed_and_changed_since_is_asked_again(services, case, key, details):
    say(services, key)
    returned = moved(services, services.applications.get(case.id), Status.RETURNED)
    again = changed(services, submission.reopen(services, returned), **details)
    assert (again.status, again.deadline) == (Status.SUBMITTED, None)


def test_after_a_decline_an_unchanged_form_is_asked_again(services, case, key):
    say(services, key, **DECLINE)
    again = submit(services, submission.reopen(services, services.applications.get(case.id)))
    assert (again.status, again.submissions) == (Status.SUBMITTED, 2)
