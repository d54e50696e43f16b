"""单位确认 as the unit's clerk meets it: no account, no cookie needed, one answer, clear words where a link ends."""

import pytest
from flask import Flask

from renewal.domain.application import Status
from renewal.journey import submission
from renewal.settings import Settings
from renewal.store.applications import Application
from renewal.web.throttle import RULES
from tests.factories import CREDIT_CODE, OTHER_CODE, Clock, employers_form, moved, person, submitted
from tests.web.browser import HTMX, Browser

LI = person()
DECLINE = {"answer": "不予确认", "reason": "已于今年3月离职"}


@pytest.fixture
def case(app: Flask) -> Application:
    return submitted(app.extensions["renewal"].services, LI)


@pytest.fixture
def path(app: Flask, case: Application) -> str:
    return link(app, case)


def link(app: Flask, case: Application) -> str:
    renewal = app.extensions["renewal"]
    return "/employer/" + renewal.tokens.employer(renewal.services.employer_links.current(case).key)


def status(browser: Browser, case: Application) -> Status:
    return browser.services.applications.get(case.id).status


def test_the_clerk_sees_the_claim_and_of_the_person_only_masks(browser: Browser, path: str) -> None:
    page = browser.get(path)
    assert page.status == 200
    for shown in ("李*明", "泉城工程监理有限公司", "房屋建筑工程、市政公用工程", "只在本单位执业", "2026/06/29 12:00"):
        assert shown in page.text
    assert not [secret for secret in (LI.name, LI.id_number, LI.phone, CREDIT_CODE) if secret in page.html]


@pytest.mark.parametrize(("form", "said"), [({}, "单位已确认"), (DECLINE, "单位不予确认")], ids=["yes", "no"])
def test_an_answer_is_taken_and_the_page_says_what_happened(
    either: Browser, case: Application, path: str, form: dict[str, str], said: str
) -> None:
    either.get(path)
    page = either.submit(path, **employers_form(**form))
    assert (page.status, page.path) == (200, path)
    assert said in page.text
    assert form.get("reason", "") in page.text
    assert "赵*办 139****1111" in page.text
    assert said in either.get(path).text
    assert status(either, case) in (Status.EMPLOYER_CONFIRMED, Status.EMPLOYER_DECLINED)


def test_a_phone_that_keeps_no_cookies_answers_all_the_same(app: Flask, browser: Browser, case, path: str) -> None:
    assert app.test_client(use_cookies=False).post(path, data=employers_form()).status_code == 303
    assert status(browser, case) is Status.EMPLOYER_CONFIRMED


def test_a_form_with_errors_keeps_what_was_typed(either: Browser, case: Application, path: str) -> None:
    either.get(path)
    page = either.submit(path, **employers_form(answer="不予确认", clerk_phone="139"))
    assert page.status == 422
    assert list(page.errors) == ["clerk_phone"]
    page = either.submit(path, **employers_form(answer="不予确认", reason=""))
    assert (page.status, list(page.errors)) == (422, ["reason"])
    values = page.form(path).values
    assert (values["clerk"], values["employer_code"], values["answer"]) == ("赵经办", CREDIT_CODE, "不予确认")
    assert status(either, case) is Status.SUBMITTED


def test_a_code_that_differs_is_told_without_showing_the_right_one(either: Browser, case, path: str) -> None:
    either.get(path)
    page = either.submit(path, **employers_form(employer_code=OTHER_CODE))
    assert page.status == 422
    assert "与申请人填写的统一社会信用代码不一致" in page.errors["employer_code"]
    assert CREDIT_CODE not in page.html


def test_the_same_form_twice_leads_to_the_same_page(either: Browser, case: Application, path: str) -> None:
    either.get(path)
    for _ in range(2):
        page = either.post(path, employers_form())
        assert (page.status, "没有采用" in page.text) == (200, False)
    assert status(either, case) is Status.EMPLOYER_CONFIRMED


def test_another_answer_after_the_first_is_told_what_stands(either: Browser, case: Application, path: str) -> None:
    either.post(path, employers_form())
    page = either.post(path, employers_form(**DECLINE))
    assert page.status == 409
    assert "这次填写的没有采用" in page.text
    assert "单位已确认" in page.text
    assert status(either, case) is Status.EMPLOYER_CONFIRMED


def withdrawn(browser: Browser, case: Application, _clock: Clock) -> None:
    submission.withdraw(browser.services, case)


def accepted(browser: Browser, case: Application, _clock: Clock) -> None:
    moved(browser.services, case, Status.ACCEPTED)


def replaced(browser: Browser, case: Application, clock: Clock) -> None:
    browser.services.employer_links.renew(case, 0, clock())


def expired(_browser: Browser, _case: Application, clock: Clock) -> None:
    clock.go_on(days=14)


@pytest.mark.parametrize(
    ("happens", "words"),
    [
        (withdrawn, "申请人已撤回这次申请"),
        (accepted, "这次申请已经进入下一步"),
        (replaced, "请使用申请人最近发送的链接"),
        (expired, "14天内有效，现在已过期"),
    ],
)
def test_a_link_that_ended_says_why_and_changes_nothing(
    either: Browser, case, clock, path: str, happens, words
) -> None:
    either.get(path)
    happens(either, case, clock)
    before = either.services.applications.get(case.id)
    for page in (either.get(path), either.post(path, employers_form())):
        assert (page.status, words in page.text) == (410, True)
        assert "李*明" not in page.text
    assert either.services.applications.get(case.id) == before


def test_an_altered_link_is_not_found(browser: Browser, case: Application, path: str) -> None:
    receipt = browser.app.extensions["renewal"].tokens.receipt(case.id)
    for altered in (path[:-1], path + "x", f"/employer/{receipt}", "/employer/x", "/employer/%00"):
        for page in (browser.get(altered), browser.post(altered, employers_form())):
            assert (page.status, "链接不完整，或者被改动过" in page.text) == (404, True)
    assert status(browser, case) is Status.SUBMITTED


def test_who_hammers_is_refused_and_keeps_what_was_typed(either: Browser, path: str) -> None:
    for _ in range(RULES["employer"].device):
        either.post(path, {})
    page = either.post(path, employers_form())
    assert page.status == 429
    assert page.form(path).values["clerk"] == "赵经办"


def test_htmx_gets_the_fragment_alone(app: Flask, path: str) -> None:
    answer = app.test_client().post(path, data={}, headers=HTMX)
    assert (answer.status_code, "<html" in answer.text) == (422, False)
    assert answer.headers["HX-Push-Url"] == path


class TestWithout:
    """An office that does without the employer's confirmation."""

    @pytest.fixture
    def settings(self, tmp_path) -> Settings:
        return Settings(data=tmp_path, employer_confirmation=False)

    def test_a_link_from_before_says_so(self, browser: Browser, case: Application, path: str) -> None:
        for page in (browser.get(path), browser.post(path, employers_form())):
            assert (page.status, "本办理机构不需要单位确认" in page.text) == (410, True)
        assert status(browser, case) is Status.SUBMITTED

    def test_nothing_of_it_is_shown_to_the_applicant(self, browser: Browser, case: Application) -> None:
        browser.hold(browser.services.draft(case.draft_id))
        for page in (browser.get("/renewal/done"), browser.get(f"/applications/{case.number}")):
            assert "请单位确认" not in page.text
            assert "2026/06/22前" in page.text or page.path == "/renewal/done"
        assert browser.get(f"/applications/{case.number}/employer").status == 404
        assert browser.get(f"/applications/{case.number}/employer/qr").status == 404
