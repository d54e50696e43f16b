"""A case's papers for the staff."""

import pytest
from flask import Flask

from renewal.office.acts import Action
from renewal.store.staff import Role
from tests.casework import accepted
from tests.documents import reading
from tests.factories import person, returned, submitted
from tests.staffing import Desk, staffed
from tests.web.browser import Page


@pytest.fixture
def desk(app: Flask) -> Desk:
    desk = Desk(app)
    return desk.enter(staffed(desk.services))


def papers(page: Page) -> dict[str, str]:
    return {text: href for href, text in page.links if href.endswith(".pdf")}


def test_the_review_offers_the_form_and_the_letter_after_each_decision(desk: Desk) -> None:
    case = accepted(desk.services, desk.services.staff.by_name("王科员"), person(1))
    offered = papers(desk.get(f"/office/cases/{case.number}"))
    assert list(offered) == ["申请表", "受理通知书"]
    assert person(1).id_number in reading.text(desk.get(offered["申请表"]).data)
    assert "决定予以受理" in reading.text(desk.get(offered["受理通知书"]).data)


def test_who_takes_a_paper_is_logged_as_reading_the_case(desk: Desk) -> None:
    case = returned(desk.services, submitted(desk.services), school="请填写全称。")
    desk.get(f"/office/cases/{case.number}/form.pdf")
    (act,) = desk.services.event_log.acts(case.number)
    assert (act.actor.name, act.action) == ("王科员", Action.READ_CASE)


def test_an_auditor_may_take_them_and_a_stranger_may_not(app: Flask, desk: Desk) -> None:
    case = submitted(desk.services)
    path = f"/office/cases/{case.number}/form.pdf"
    auditor = Desk(app).enter(staffed(desk.services, "钱审计", Role.AUDITOR))
    assert auditor.get(path).headers["Content-Type"] == "application/pdf"
    assert Desk(app).get(path).headers["Content-Type"] != "application/pdf"


@pytest.mark.parametrize("path", ["YX0/form.pdf", "YX0/letters/1.pdf"])
def test_a_case_that_is_none_is_not_found(desk: Desk, path: str) -> None:
    assert desk.get(f"/office/cases/{path}").status == 404


def test_without_a_font_the_office_is_told_what_to_install(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    case = submitted(desk.services)
    monkeypatch.setattr("renewal.documents.fonts.CHINESE", ())
    monkeypatch.setattr("renewal.documents.fonts.shutil.which", lambda _name: None)
    page = desk.get(f"/office/cases/{case.number}/form.pdf")
    assert page.status == 503
    assert "fonts-wqy-microhei" in page.text
