"""The made-up office: believable, whole, and never among real data."""

import re
from collections import Counter
from datetime import timedelta

import pyotp
import pytest

from renewal.demo import filling
from renewal.domain import credit_code, id_number
from renewal.domain.application import OPEN, Status
from renewal.domain.clock import china_day
from renewal.domain.errors import InvalidValue
from renewal.office.signing_in import Origin, sign_in
from renewal.store import audit
from renewal.store.models import Application, Attachment, Event
from renewal.store.staff import Role
from tests.demo.conftest import MORNING
from tests.factories import person, stored, submitted

TODAY = china_day(MORNING)


@pytest.fixture(scope="module")
def cases(office):
    return [office.applications.get(row.id) for row in stored(office, Application)]


def test_it_shows_200_cases_in_every_state_that_a_case_comes_to(cases):
    assert Counter(case.status for case in cases) == {
        Status.SUBMITTED: 33,
        Status.EMPLOYER_CONFIRMED: 38,
        Status.EMPLOYER_DECLINED: 8,
        Status.RETURNED: 12,
        Status.ACCEPTED: 32,
        Status.APPROVED: 59,
        Status.DECLINED: 7,
        Status.WITHDRAWN: 9,
        Status.NOT_TAKEN: 2,
    }


def test_the_log_is_whole_and_fits_every_case(office):
    report = audit.verify(office.database, office.sealer)
    assert report.findings == []
    assert report.count > 1000


def test_what_happened_happened_one_after_the_other_and_in_the_past(office):
    moments = [event.at for event in sorted(stored(office, Event), key=lambda event: event.sequence)]
    assert moments == sorted(moments)
    assert MORNING - timedelta(days=121) < moments[0]
    assert MORNING - timedelta(days=3) < moments[-1] <= MORNING


@pytest.mark.parametrize("status", [Status.ACCEPTED, Status.EMPLOYER_CONFIRMED])
def test_deadlines_are_over_today_and_still_to_come(cases, status):
    due = [case.deadline for case in cases if case.status is status]
    assert min(due) < TODAY < max(due)
    assert due.count(TODAY) >= 4


def test_some_let_the_time_pass_that_they_had(cases, office):
    """To correct, and to get the employer's answer."""
    assert sum(case.status is Status.RETURNED and case.deadline < TODAY for case in cases) == 2
    waiting = [case for case in cases if case.status is Status.SUBMITTED]
    assert sum(office.employer_links.current(case).ends_at <= MORNING for case in waiting) >= 3


def test_everybody_has_papers_that_hold_by_the_rules(cases):
    for case in cases:
        details = case.answers["details"]
        number = id_number.parse(details["id_number"], TODAY)
        assert (number.sex, f"{number.birth_date:%Y/%m/%d}") == (details["sex"], details["birth_date"])
        assert credit_code.parse(details["employer_code"]) == details["employer_code"]


def test_only_rivals_share_a_number_and_nobody_a_phone(cases):
    numbers = Counter(case.answers["details"]["id_number"] for case in cases)
    assert sorted(numbers.values()) == [1] * 190 + [2] * 5
    assert {numbers[case.answers["details"]["id_number"]] for case in cases if case.conflict} == {2}
    assert sum(case.conflict for case in cases) == 6
    assert len({case.answers["details"]["phone"] for case in cases}) == 200


def test_every_case_has_its_pictures_and_every_portrait_is_another(office, cases):
    portraits = set()
    for case in cases:
        pictures = office.submissions.pictures(case.id, case.submissions - 1)
        assert pictures.keys() == {"portrait", "signature", "signature_white"}
        assert len(pictures["portrait"]) <= 60_000
        assert len(pictures["signature"]) <= 20_000
        portraits.add(pictures["portrait"])
    assert len(portraits) == 200


def test_what_was_returned_and_corrected_is_different_from_before(office, cases):
    corrected = [case for case in cases if office.defects.of(case.id) and case.submissions > 1]
    assert len(corrected) >= 20
    for case in corrected:
        before, after = office.submissions.of(case.id)
        files = [office.submissions.pictures(case.id, at) for at in (0, 1)]
        for defect in office.defects.of(case.id)[0]:
            of_answers = before.answers["details"].get(defect.field) != after.answers["details"].get(defect.field)
            assert of_answers or files[0].get(defect.field) != files[1].get(defect.field)


def test_selfies_wait_to_be_compared_and_are_gone_where_they_were(office, cases):
    waiting = {row.draft_id for row in stored(office, Attachment) if row.kind == "selfie"}
    by_status = Counter(case.status for case in cases if case.draft_id in waiting)
    assert by_status[Status.EMPLOYER_CONFIRMED] >= 10
    assert not by_status.keys() & {Status.ACCEPTED, Status.APPROVED, Status.WITHDRAWN}


def test_several_clerks_have_cases_in_hand_and_write_to_each_other(office, cases):
    assert len({case.clerk for case in cases if case.clerk and case.status in OPEN}) == 3
    assert sum(bool(office.notes.of(case.id)) for case in cases) == 6


def test_a_clerk_an_administrator_and_an_auditor_sign_in_with_what_is_printed(filled):
    services, printed = filled
    accounts = re.findall(r"username: (\S+)\npassword: (\S+)\n(otpauth://\S+)\n", printed)
    roles = []
    for name, password, address in accounts:
        member, _ = sign_in(services, name, password, pyotp.parse_uri(address).at(MORNING), Origin("", ""))
        assert member.first_password_at is None
        roles.append(member.role)
    assert roles == [Role.CLERK, Role.ADMINISTRATOR, Role.AUDITOR]


def test_it_is_filled_once(office):
    before = office.event_log.head()
    with pytest.raises(InvalidValue, match="已经是演示数据"):
        filling.fill(office)
    assert office.event_log.head() == before


def test_it_never_mixes_with_what_somebody_handed_in(services):
    submitted(services, person())
    with pytest.raises(InvalidValue, match="只能放进空的数据库"):
        filling.fill(services)
    assert len(stored(services, Application)) == 1


def test_it_leaves_nothing_when_it_breaks_off(services, monkeypatch):
    monkeypatch.setattr(filling, "_scenes", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        filling.fill(services)
    assert stored(services, Event) == []
    assert services.staff.list() == []
