from dataclasses import replace

import pytest
from peewee import IntegrityError

from renewal.domain.application import Status
from renewal.store import models
from renewal.store.employer_answers import EmployerAnswer
from renewal.store.employer_links import LinkKey
from renewal.store.sealed import Unsealable
from tests.factories import CREDIT_CODE, NOON
from tests.store.cases import submit

ROW = models.EmployerAnswer


def said(services, *whose: str, position: int = 0) -> EmployerAnswer:
    key = LinkKey(submit(services, *whose).id, position, 0)
    answer = EmployerAnswer(key, Status.EMPLOYER_DECLINED, CREDIT_CODE, "赵经办", "13900001111", "已离职", NOON)
    services.employer_answers.put(answer)
    return answer


def test_an_answer_is_read_as_it_was_given(services):
    answer = said(services)
    assert services.employer_answers.last(answer.key.application_id) == answer
    assert services.employer_answers.through(answer.key) == answer
    assert services.employer_answers.through(replace(answer.key, serial=7)) is None


def test_a_case_nobody_answered_for_has_none(services):
    assert services.employer_answers.last(submit(services).id) is None


def test_the_last_of_several_stands(services):
    first = said(services)
    second = replace(first, key=replace(first.key, position=1), status=Status.EMPLOYER_CONFIRMED, reason="")
    services.employer_answers.put(second)
    assert services.employer_answers.of(first.key.application_id) == [first, second]
    assert services.employer_answers.last(first.key.application_id) == second


def test_a_submission_is_answered_once(services):
    answer = said(services)
    with pytest.raises(IntegrityError):
        services.employer_answers.put(replace(answer, status=Status.EMPLOYER_CONFIRMED))


@pytest.mark.parametrize(
    "changed",
    [
        {"answer": "employer_confirmed"},
        {"credit_code": "9" * 18},
        {"answered_at": NOON.replace(year=2025)},
        {"link": 3},
        {"position": 1},
        {"sealed": b"\x01" + bytes(40)},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_nothing_of_it_can_be_changed_alone(services, changed):
    answer = said(services)
    services.database.run(ROW.update(changed))
    with pytest.raises(Unsealable):
        services.employer_answers.of(answer.key.application_id)


def test_it_opens_for_its_own_case_alone(services):
    said(services, "a")
    other = submit(services, "b")
    services.database.run(ROW.update({ROW.application: other.id}))
    with pytest.raises(Unsealable):
        services.employer_answers.last(other.id)
