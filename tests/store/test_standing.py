"""What a clerk decides by is what was handed in: rows beside the log, changed by hand, are found out."""

from dataclasses import replace

import pytest

from renewal.domain.application import Status
from renewal.store import models
from renewal.store.audit import Fault, verify
from tests.engines import change
from tests.factories import NOON, WAYS, answered, moved, person, stored, submitted

CASE, SUBMISSION, PICTURE = models.Application, models.Submission, models.SubmissionPicture


@pytest.fixture
def first(services):
    """The first of two cases."""
    first, _ = (submitted(services, person(serial)) for serial in (1, 2))
    return first


def texts(services) -> list[str]:
    findings = verify(services.database, services.sealer).findings
    assert {finding.fault for finding in findings} <= {Fault.STATUS}
    return [finding.text for finding in findings]


@pytest.mark.parametrize("status", WAYS)
def test_a_case_fits_wherever_it_was_moved(services, first, status):
    moved(services, first, status)
    assert texts(services) == []


def test_a_case_handed_in_twice_and_one_in_conflict_fit(services, first):
    returned = moved(services, first, Status.RETURNED)
    draft = services.drafts.find(first.draft_id)
    services.intake.submit(replace(draft, answers=first.answers), {"portrait": b"new"}, services.now())
    submitted(services, person(2), owner="another phone")
    assert services.applications.find(returned.id).submissions == 2
    assert [case.conflict for case in stored(services, CASE)] == [False, True, True]
    assert texts(services) == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"deadline": "2027-01-01"}, "期限"),
        ({"conflict": True}, "冲突标记"),
        ({"decided_at": NOON}, "办结时间"),
        ({"open_index": None}, "在办标记"),
        ({"trust": 3}, "本人核验"),
        ({"clerk": 7}, "经办人"),
    ],
    ids=str,
)
def test_what_the_log_knows_of_a_case_cannot_be_changed_beside_it(services, first, changed, said):
    change(services, CASE.update(changed).where(CASE.id == first.id))
    assert texts(services) == [f"办件{first.number}现在的{said}与日志不符"]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (models.EmployerAnswer.delete(), "单位答复与日志不符"),
        (models.EmployerAnswer.update(answer="employer_declined"), "单位答复无法读取"),
        (models.EmployerAnswer.update(answered_at=NOON.replace(year=2025)), "单位答复无法读取"),
    ],
    ids=["gone", "turned round", "dated back"],
)
def test_what_an_employer_said_cannot_be_changed_beside_the_log(services, first, query, said):
    answered(services, first)
    assert texts(services) == []
    change(services, query)
    assert texts(services) == [f"办件{first.number}的{said}"]


def test_a_conflict_that_was_taken_away_shows(services, first):
    submitted(services, person(1), owner="another phone")
    change(services, CASE.update(conflict=False).where(CASE.id == first.id))
    assert texts(services) == [f"办件{first.number}现在的冲突标记与日志不符"]


@pytest.mark.parametrize(
    "changed",
    [
        {"number": "YX20260615000009"},
        {"submitted_at": NOON.replace(year=2020)},
        {"resubmitted_at": NOON},
        {"submissions": 2},
        {"employer": "别的公司"},
        {"name_mask": "王*"},
        {"id_mask": "1"},
        {"specialty_1": "公路工程"},
        {"specialty_2": ""},
        {"method": "selfie"},
        {"name_index": "f" * 64},
        {"phone_index": "f" * 64},
        {"id_index": "f" * 64},
    ],
    ids=str,
)
def test_a_column_that_is_not_what_was_handed_in_shows(services, first, changed):
    change(services, CASE.update(changed).where(CASE.id == first.id))
    (text,) = texts(services)
    assert text.endswith("的编号、时间或列表信息与提交的材料不符")


@pytest.mark.parametrize(
    "query",
    [
        SUBMISSION.delete().where(SUBMISSION.application == 1),
        SUBMISSION.update(submitted_at=NOON.replace(year=2020)).where(SUBMISSION.application == 1),
        SUBMISSION.update(position=1).where(SUBMISSION.application == 1),
        SUBMISSION.update(answers=b"\0" * 50).where(SUBMISSION.application == 1),
        SUBMISSION.update(answers=SUBMISSION.select(SUBMISSION.answers).where(SUBMISSION.id == 2)).where(
            SUBMISSION.id == 1
        ),
        PICTURE.delete().where(PICTURE.submission == 1),
        PICTURE.delete().where((PICTURE.submission == 1) & (PICTURE.kind == "signature")),
        PICTURE.update(sealed=b"").where(PICTURE.submission == 1),
        CASE.update(draft="another").where(CASE.id == 1),
    ],
    ids=["rows gone", "day", "place", "zeroed", "another's", "pictures gone", "one gone", "emptied", "draft"],
)
def test_frozen_evidence_that_was_touched_shows(services, first, query):
    change(services, query)
    (text,) = texts(services)
    assert text.startswith(f"办件{first.number}提交的材料")


def test_what_was_handed_in_before_a_correction_is_asked_for_too(services, first):
    moved(services, first, Status.RETURNED)
    draft = services.drafts.find(first.draft_id)
    services.intake.submit(replace(draft, answers=first.answers), {"portrait": b"new"}, services.now())
    change(services, PICTURE.delete().where((PICTURE.submission == 1) & (PICTURE.kind == "portrait")))
    assert texts(services) == [f"办件{first.number}提交的材料缺少或被改动过"]
