"""冲突 on its page: side by side for the clerk, and nothing of it for the applicants."""

import re

import pytest
from flask import Flask

from renewal.domain.application import Status
from renewal.store.models import Application
from renewal.store.staff import Role
from tests.factories import moved, person, stored, submitted
from tests.staffing import Desk, staffed
from tests.web.browser import Browser, walk

LI = person(3)


@pytest.fixture
def desk(app: Flask) -> Desk:
    desk = Desk(app)
    return desk.enter(staffed(desk.services))


@pytest.fixture
def owners(app: Flask) -> list[Browser]:
    """The person's browser, and a stranger's; each opens its own case."""
    browsers = [Browser(app), Browser(app)]
    for browser in browsers:
        walk(browser, LI, method="selfie")
    return browsers


@pytest.fixture
def numbers(owners: list[Browser]) -> list[str]:
    return [browser.page.ids["number"] for browser in owners]


def path(number: str) -> str:
    return f"/office/cases/{number}/conflict"


def statuses(desk: Desk) -> list[str]:
    return [case.status for case in stored(desk.services, Application)]


def test_both_are_shown_with_all_that_tells_them_apart(desk: Desk, owners, numbers) -> None:
    page = desk.get(path(numbers[0]))
    for words in (*numbers, LI.name, LI.id_number, "自拍核验", "还没有核验", "来自"):
        assert words in page.text
    for kind in ("selfie", "portrait", "signature"):
        assert all(f"/office/cases/{number}/pictures/{kind}" in page.html for number in numbers)


def test_what_differs_is_marked_and_nothing_else(desk: Desk) -> None:
    other = type(LI)(LI.name, LI.id_number, "13900009999")
    cases = [submitted(desk.services, who, "selfie", who.phone) for who in (LI, other)]
    rows = re.findall(r'<tr class="differs"><th scope="row">(\S+)', desk.get(path(cases[0].number)).html)
    assert rows == ["手机号码"]


def test_reading_them_is_logged_of_each(desk: Desk, owners, numbers) -> None:
    desk.get(path(numbers[0]))
    assert all([act.action for act in desk.services.event_log.acts(number)] == ["read_case"] for number in numbers)


def test_the_clerk_says_which_and_the_applicants_read_nothing_of_each_other(desk: Desk, owners, numbers) -> None:
    desk.get(path(numbers[1]))
    page = desk.submit(path(numbers[1]), mine=numbers[0], way="selfies")
    assert page.path == f"/office/cases/{numbers[0]}"
    assert f"{numbers[1]}未能受理" in page.text
    assert statuses(desk) == [Status.SUBMITTED, Status.NOT_TAKEN]
    mine, other = (browser.get(f"/applications/{number}").text for browser, number in zip(owners, numbers, strict=True))
    assert "未能受理" not in mine
    assert "未能受理" in other
    assert "请携带身份证件原件到窗口办理" in other
    for told in (mine, other):
        assert not re.search("冲突|另一件|另有|王科员|认定|不是本人", told)
    assert numbers[1] not in mine
    assert numbers[0] not in other


def test_none_of_them_can_be_chosen_as_the_page_offers_it(desk: Desk, owners, numbers) -> None:
    page = desk.get(path(numbers[0]))
    *_, nobody = re.findall(r'name="mine" value="(\w+)"', page.html)
    assert "都不是本人的" in desk.submit(path(numbers[0]), mine=nobody, way="counter").text
    assert statuses(desk) == [Status.NOT_TAKEN] * 2


@pytest.mark.parametrize(
    ("form", "said"),
    [({"way": "selfies"}, "请选择哪一件是本人的"), ({"mine": "none"}, "请选择是怎样认定的"), ({}, "请选择")],
)
def test_what_was_chosen_stays_chosen_when_something_is_missing(desk: Desk, owners, numbers, form, said) -> None:
    desk.get(path(numbers[0]))
    page = desk.submit(path(numbers[0]), **form)
    assert page.status == 422
    assert said in page.text
    assert all(re.search(f'name="{name}" value="{value}" checked', page.html) for name, value in form.items())
    assert statuses(desk) == [Status.SUBMITTED] * 2


def test_the_slower_of_two_clerks_is_told_who_was_faster(app: Flask, desk: Desk, owners, numbers) -> None:
    slower = Desk(app)
    slower.enter(staffed(desk.services, "李科员"))
    for each in (desk, slower):
        each.get(path(numbers[0]))
    desk.submit(path(numbers[0]), mine=numbers[0], way="counter")
    page = slower.submit(path(numbers[0]), mine=numbers[1], way="counter")
    assert page.status == 409
    assert "王科员在12:00已经处理了这里的冲突" in page.text
    assert "没有别的件在办" in page.text
    assert statuses(desk) == [Status.SUBMITTED, Status.NOT_TAKEN]


@pytest.mark.parametrize("shown", [[], ["x"], ["YX1:1"], [":"], ["{0}:x"], ["{0}:" + "9" * 30]])
def test_a_form_that_was_made_by_hand_changes_nothing(desk: Desk, owners, numbers, shown) -> None:
    csrf = desk.get(path(numbers[0])).form(path(numbers[0])).values["csrf_token"]
    given = [each.format(numbers[0]) for each in shown]
    form = {"csrf_token": csrf, "mine": "none", "way": "counter", "case": given}
    assert desk.client.post(path(numbers[0]), data=form).status_code == 409
    assert statuses(desk) == [Status.SUBMITTED] * 2


def test_an_auditor_reads_and_is_offered_nothing_to_do(app: Flask, desk: Desk, owners, numbers) -> None:
    auditor = Desk(app)
    auditor.enter(staffed(desk.services, "审计", Role.AUDITOR))
    page = auditor.get(path(numbers[0]))
    assert page.status == 200
    assert path(numbers[0]) not in {form.action for form in page.forms}


@pytest.mark.parametrize("status", [Status.WITHDRAWN, None])
def test_where_there_is_nothing_to_settle_the_page_says_so(desk: Desk, status: Status | None) -> None:
    case = submitted(desk.services, LI)
    if status:
        moved(desk.services, case, status)
    page = desk.get(path(case.number))
    assert ("已经办结" if status else "没有别的件在办") in page.text
    assert path(case.number) not in {form.action for form in page.forms}
    assert desk.get(path("YX0")).status == 404


def test_when_the_other_was_withdrawn_the_mark_is_taken_away_here(desk: Desk, owners, numbers) -> None:
    moved(desk.services, desk.services.applications.by_number(numbers[1]), Status.WITHDRAWN)
    assert "另外的件已不在办" in desk.get(path(numbers[0])).text
    desk.submit(path(numbers[0]), mine=numbers[0], way="counter")
    assert [case.conflict for case in stored(desk.services, Application)] == [False, True]
