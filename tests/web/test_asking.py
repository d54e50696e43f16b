"""The applicant asks the employer: link, code, another link, paper; and what to do when the employer declined."""

import cv2
import numpy as np
import pytest
from flask import Flask

from renewal.domain.application import Status
from renewal.store.applications import Application
from renewal.store.models import EmployerLink
from renewal.web.throttle import RULES
from tests.factories import CLERK, Clock, answered, carry, moved, person, stored, submitted
from tests.web.browser import Browser, employer_path

LI = person()


@pytest.fixture
def case(app: Flask) -> Application:
    return submitted(app.extensions["renewal"].services, LI)


@pytest.fixture
def mine(either: Browser, case: Application) -> Browser:
    """The applicant, on the page of the case."""
    either.hold(either.services.draft(case.draft_id)).get(f"/applications/{case.number}")
    return either


def test_the_same_link_stands_on_both_pages_and_opens(mine: Browser) -> None:
    link = employer_path(mine.page)
    assert employer_path(mine.get("/renewal/done")) == link
    assert "有效期至2026/06/29 12:00" in mine.page.text
    assert mine.get(link).status == 200


def test_the_code_holds_the_link(mine: Browser, case: Application) -> None:
    link = employer_path(mine.page)
    (image,) = [source for source in mine.page.images if "/employer/qr" in source]
    pixels = cv2.imdecode(np.frombuffer(mine.get(image).data, np.uint8), cv2.IMREAD_GRAYSCALE)
    # The other reader misses one code of fifty.
    assert cv2.QRCodeDetectorAruco().detectAndDecode(pixels)[0].endswith(link)


def test_a_new_link_ends_the_old_one_and_a_double_tap_makes_one(mine: Browser, case: Application) -> None:
    old, action = employer_path(mine.page), f"/applications/{case.number}/employer/link"
    data = mine.page.form(action).values
    for _ in range(2):
        page = mine.post(action, data)
    assert (page.status, page.path) == (200, f"/applications/{case.number}")
    assert "已换成新链接，原来的链接不能再用" in page.text
    assert len(stored(mine.services, EmployerLink)) == 1
    assert mine.get(employer_path(page)).status == 200
    assert mine.get(old).status == 410


def test_an_expired_link_is_not_offered_but_another(mine: Browser, case: Application, clock: Clock) -> None:
    clock.go_on(days=14)
    page = mine.get(f"/applications/{case.number}")
    assert "请换一个新链接" in page.text
    assert "employer-link" not in page.ids
    mine.submit(f"/applications/{case.number}/employer/link")
    assert mine.get(employer_path(mine.page)).status == 200


def test_new_links_cannot_be_made_without_end(mine: Browser, case: Application) -> None:
    for _ in range(RULES["link"].device):
        assert mine.submit(f"/applications/{case.number}/employer/link").status == 200
    assert mine.submit(f"/applications/{case.number}/employer/link").status == 429


def test_what_was_declined_shows_the_reason_and_opens_with_all_fields(mine: Browser, case: Application) -> None:
    answered(mine.services, case, answer="不予确认", reason="单位名称写错了")
    page = mine.get(f"/applications/{case.number}")
    assert "单位说明的原因：单位名称写错了" in page.text
    assert mine.submit(f"/applications/{case.number}/correct").path == "/renewal/review"
    page = mine.get("/renewal/details")
    assert page.form("/renewal/details").values["employer"] == "泉城工程监理有限公司"
    assert mine.get("/renewal/review").status == 200
    mine.submit("/renewal/review")
    assert mine.services.applications.get(case.id).submissions == 2
    assert mine.get(employer_path(mine.get("/renewal/done"))).status == 200


def test_a_reopening_from_an_old_page_shows_the_case_as_it_is(mine: Browser, case: Application) -> None:
    declined = answered(mine.services, case, answer="不予确认", reason="已离职")
    data = mine.get(f"/applications/{case.number}").form(f"/applications/{case.number}/correct").values
    mine.services.applications.transition(declined, Status.WITHDRAWN, CLERK, mine.services.now())
    page = mine.post(f"/applications/{case.number}/correct", data)
    assert (page.status, page.path) == (200, f"/applications/{case.number}")
    assert mine.services.draft(case.draft_id).submitted


def test_a_form_of_another_page_changes_nothing(mine: Browser, case: Application) -> None:
    csrf = mine.page.form(f"/applications/{case.number}/withdraw").values
    page = mine.post(f"/applications/{case.number}/employer/link", csrf)
    assert page.status == 409
    assert stored(mine.services, EmployerLink) == []


def test_the_paper_is_in_full_for_its_owner_alone(mine: Browser, app: Flask, case: Application) -> None:
    path = f"/applications/{case.number}/employer"
    page = mine.get(path)
    for shown in (LI.name, LI.id_number, case.number, "□ 不予确认", "单位盖章"):
        assert shown in page.text
    other = Browser(app).hold(carry(mine.services, "details", person(1, "王小明")))
    assert [other.get(address).status for address in (path, f"{path}/qr")] == [404, 404]
    stranger = Browser(app)
    stranger.introduce()
    assert stranger.get(path).path == "/renewal/verify"


@pytest.mark.parametrize("status", [Status.ACCEPTED, Status.RETURNED, Status.WITHDRAWN])
def test_a_case_that_moved_on_shares_nothing(mine: Browser, case: Application, status: Status) -> None:
    moved(mine.services, case, status)
    page = mine.get(f"/applications/{case.number}")
    assert "employer-link" not in page.ids
    assert mine.get(f"/applications/{case.number}/employer").status == 404
