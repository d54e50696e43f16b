"""What the roster says is told to the person it is about, and to nobody who might be somebody else."""

import pytest

from renewal.domain.policy import REFUSE, Policy
from renewal.domain.trust import Trust
from renewal.forms.fields import Invalid
from renewal.journey.steps import BY_NAME, StepView
from renewal.office.judging import doubts, hindrances
from renewal.services import Services
from renewal.store.drafts import Draft
from renewal.web.office.dossier import dossier
from tests.casework import ready
from tests.factories import answer, carry, person, submitted
from tests.rosters import file, imported, row
from tests.staffing import staffed

ME = person(1)


def at(services: Services, step: str, trust: Trust = Trust.VERIFIED):
    draft = carry(services, step, ME)
    services.drafts.raise_trust(draft.id, trust)
    return services.draft(draft.id)


def shown(services: Services, step: str, trust: Trust = Trust.VERIFIED):
    return seen(services, step, at(services, step, trust))


def seen(services: Services, step: str, draft: Draft):
    return BY_NAME[step].show(StepView(services, BY_NAME[step], draft))


def values(page) -> dict[str, str]:
    return {entry.field.name: entry.value for entry in page["entries"]}


def test_a_verified_person_finds_the_form_filled_in(services) -> None:
    imported(services, file(row(ME, 手机号="13900000000", 聘用单位="乙公司")))
    found = values(shown(services, "details"))
    assert (found["employer"], found["specialty_1"], found["specialty_2"]) == ("乙公司", "房屋建筑工程", "")
    assert found["phone"] == ME.phone  # as registered here, just now


@pytest.mark.parametrize("trust", [Trust.CLAIMED, Trust.CAPTURED])
@pytest.mark.parametrize("step", ["details", "review"])
def test_nobody_else_sees_a_difference_and_the_roster_is_not_asked(services, monkeypatch, trust, step) -> None:
    draft = at(services, step, trust)
    without = seen(services, step, draft)
    imported(services, file(row(ME, 3, 聘用单位="乙公司")))
    monkeypatch.setattr(type(services.roster), "person", lambda *_: pytest.fail("asked"))
    again = seen(services, step, draft)
    for name in ("entries", "warnings", "asked_later", "prefilled"):
        assert again.get(name) == without.get(name)


@pytest.mark.parametrize(("days", "words"), [(3, "现在已晚"), (200, "申请过早"), (-5, "已于")])
def test_a_verified_person_is_told_of_the_wrong_time(services, days: int, words: str) -> None:
    imported(services, file(row(ME, days)))
    assert words in shown(services, "details")["warnings"][0]
    assert words in shown(services, "review")["asked_later"][0][0]


def test_within_the_window_nothing_is_said(services) -> None:
    imported(services, file(row(ME, 60)))
    assert shown(services, "details")["warnings"] == []


def test_another_specialty_than_the_registered_is_pointed_out(services) -> None:
    imported(services, file(row(ME, 60, 注册专业="电力工程")))
    assert "名册上的注册专业是“电力工程”" in shown(services, "review")["asked_later"][0][0]


def refusing(services: Services) -> Services:
    policy = Policy(outside_window=REFUSE)
    return Services.over(services.database, services.sealer, services.now, policy)


def test_an_office_may_refuse_the_wrong_time(services) -> None:
    imported(services, file(row(ME, 3)))
    strict = refusing(services)
    with pytest.raises(Invalid, match="现在已晚"):
        answer(strict, at(services, "review"), "review")


def test_who_is_not_verified_is_refused_by_the_office_alone(services) -> None:
    imported(services, file(row(ME, 3)))
    case = submitted(refusing(services), ME)
    assert any("不在申请期限内" in each for each in hindrances(refusing(services), case))
    assert not any("期限" in each for each in hindrances(services, case))


def test_in_time_nobody_is_refused(services) -> None:
    imported(services, file(row(ME, 60)))
    assert answer(refusing(services), at(services, "review"), "review").submitted


@pytest.mark.parametrize(
    ("days", "who", "words"), [(60, ME, "在名册"), (3, ME, "晚于"), (60, person(2), "不在名册"), (None, ME, "")]
)
def test_the_review_says_whether_the_person_is_registered(app, days, who, words: str) -> None:
    services = app.extensions["renewal"].services
    if days is not None:
        imported(services, file(row(who, days)))
    clerk = staffed(services)
    case = ready(services, clerk, ME)
    with app.test_request_context():
        said = dossier(services, case, clerk)["roster"]
    assert (said is None) == (not words)
    assert not said or words in said["words"] + said["timing"]


def test_who_is_not_registered_is_no_clean_case(services) -> None:
    case = submitted(services, ME)
    assert "不在名册中。" not in doubts(services, case)
    imported(services, file(row(person(2))))
    assert "不在名册中。" in doubts(services, case)
