"""我的办件, withdrawal, receipts for everybody, and the way in from another phone."""

import re
from datetime import date

import pytest
from flask import Flask

from renewal.domain.application import Status
from renewal.settings import Settings
from tests.factories import CLERK, NOON, answered, carry, moved, person, submitted
from tests.web.browser import Browser, walk

LI, WANG = person(), person(1, "王小明")
SECRETS = (LI.name, LI.id_number, LI.phone)


@pytest.fixture
def done(browser: Browser) -> Browser:
    """Just submitted, on the page of the application."""
    number = walk(browser, LI).ids["number"]
    browser.get(f"/applications/{number}")
    return browser


def _number(browser: Browser) -> str:
    return browser.page.path.rsplit("/", 1)[1]


def test_nothing_begun_says_so_and_leads_on(browser: Browser) -> None:
    page = browser.get("/applications")
    assert "这里还没有办件" in page.text
    assert {"/services/renewal", "/resume"} <= set(dict(page.links))


@pytest.mark.parametrize("step", ["notice", "details", "attachments", "commitment", "review"])
def test_a_draft_is_listed_with_where_it_stopped_and_its_code(at, step: str) -> None:
    browser = at(step)
    page = browser.get("/applications")
    assert "尚未提交" in page.text
    assert browser.draft().answers["resume"] in page.text
    (link,) = [href for href, _ in page.links if "/continue/" in href]
    assert browser.get(link).path == f"/renewal/{step}"


def test_an_unproven_draft_is_not_listed(at) -> None:
    assert "这里还没有办件" in at("face").get("/applications").text


def test_an_application_is_listed_by_number_and_status(done: Browser) -> None:
    number = _number(done)
    page = done.get("/applications")
    assert f"/applications/{number}" in dict(page.links)
    assert "已提交" in page.text
    assert not [secret for secret in SECRETS if secret in page.html]


def test_the_page_of_an_application_shows_masks_and_a_timeline(done: Browser) -> None:
    text = done.page.text
    assert "李*明" in text
    assert "3701**********" in text
    assert "2026/06/15 12:00" in text
    assert not [secret for secret in SECRETS if secret in done.page.html]


def test_after_the_session_ended_the_list_is_empty_and_says_why(done: Browser) -> None:
    number = _number(done)
    done.forget("session")
    page = done.get("/applications")
    assert "填写姓名和身份证号码以后，才能查看此前的办件" in page.text
    assert "/renewal/verify" in dict(page.links)
    assert number not in page.html


def test_withdrawing_ends_the_case(done: Browser) -> None:
    number = _number(done)
    page = done.submit(f"/applications/{number}/withdraw")
    assert (page.status, page.path) == (200, f"/applications/{number}")
    assert "申请已撤回" in page.text
    assert "已撤回" in page.text
    assert not [form for form in page.forms if form.action.endswith("withdraw")]
    for path in (f"/applications/{number}", "/applications"):
        assert dict(done.get(path).links)["/services/renewal"] == "重新申报"


def test_withdrawing_twice_does_it_once(done: Browser) -> None:
    number = _number(done)
    form = done.page.form(f"/applications/{number}/withdraw").values
    for _ in range(2):
        page = done.post(f"/applications/{number}/withdraw", form)
        assert (page.status, page.path) == (200, f"/applications/{number}")
    application = done.services.applications.by_number(number)
    assert len(done.services.applications.events(application.id)) == 2


def test_a_withdrawal_with_a_forged_token_shows_the_case_as_it_is(done: Browser) -> None:
    number = _number(done)
    csrf = done.page.form(f"/applications/{number}/withdraw").values["csrf_token"]
    page = done.post(f"/applications/{number}/withdraw", {"csrf_token": csrf, "token": "x"})
    assert page.status == 409
    assert number in page.text
    assert f"/applications/{number}/withdraw" in [form.action for form in page.forms]


def test_a_case_moved_on_by_the_office_is_not_withdrawn_unseen(done: Browser, monkeypatch) -> None:
    from renewal.store.applications import ApplicationChanged

    def advanced(*_: object) -> None:
        raise ApplicationChanged

    monkeypatch.setattr("renewal.journey.submission.withdraw", advanced)
    page = done.submit(f"/applications/{_number(done)}/withdraw")
    assert "申请的状态刚刚有变化" in page.text


def test_another_sessions_application_does_not_exist(app: Flask) -> None:
    theirs = submitted(app.extensions["renewal"].services, WANG)
    browser = Browser(app)
    number = walk(browser, LI).ids["number"]
    browser.get(f"/applications/{number}")
    form = browser.page.form(f"/applications/{number}/withdraw").values
    for page in (
        browser.get(f"/applications/{theirs.number}"),
        browser.post(f"/applications/{theirs.number}/withdraw", form),
        browser.get("/applications/YX00000000000000"),
    ):
        assert page.status == 404
        assert "没有找到这个页面" in page.text


def test_a_receipt_is_public_and_shows_masks_only(app: Flask, done: Browser) -> None:
    link = next(href for href, words in done.page.links if "/receipts/" in href)
    page = Browser(app).get(link)
    assert page.status == 200
    assert page.ids["number"] == _number(done)
    assert "李*明" in page.text
    assert "回执有效" in page.text
    for secret in (*SECRETS, "138****", LI.details["employer"], "19800307"):
        assert secret not in page.html


def test_a_receipt_shows_the_status_of_today(app: Flask, done: Browser) -> None:
    link = next(href for href, words in done.page.links if "/receipts/" in href)
    done.submit(f"/applications/{_number(done)}/withdraw")
    assert "已撤回" in Browser(app).get(link).text


@pytest.mark.parametrize("token", ["1", "x", "MQ.xxxxxxxxxxxxxxxxxxxxxxxxxxx", "0", "-1", "%00", "令"])
def test_a_made_up_receipt_does_not_exist(browser: Browser, token: str) -> None:
    assert browser.get(f"/receipts/{token}").status == 404


def test_the_done_page_links_the_receipt_under_the_public_address(app: Flask) -> None:
    page = walk(Browser(app), LI)
    assert any(re.match(r"http://localhost/receipts/[\w.-]+$", href) for href, _ in page.links)


class TestUnderItsOwnName:
    @pytest.fixture
    def settings(self, tmp_path) -> Settings:
        return Settings(data=tmp_path, public_url="https://zc.example.cn/", employer_confirmation=False)

    def test_receipts_carry_it(self, app: Flask) -> None:
        page = walk(Browser(app), LI)
        assert any(href.startswith("https://zc.example.cn/receipts/") for href, _ in page.links)

    def test_no_employer_is_waited_for(self, app: Flask) -> None:
        browser = Browser(app)
        assert "单位确认" not in walk(browser, LI, until="review").text
        assert "单位确认" not in walk(browser, LI).text
        assert "已提交，待受理" in browser.get("/applications").text


def test_the_resume_code_opens_a_draft_on_another_phone(app: Flask) -> None:
    draft = carry(app.extensions["renewal"].services, "attachments", LI)
    phone = Browser(app)
    phone.introduce()
    phone.get("/resume")
    page = phone.submit("/resume", code=draft.answers["resume"].lower(), id_number=LI.id_number)
    assert page.path == "/renewal/attachments"
    assert "已为您打开此前保存的申报" in page.text
    assert "您所申请的事项已经提交成功！" in walk(phone, LI).text


def test_the_resume_code_shows_a_submitted_application(app: Flask) -> None:
    application = submitted(app.extensions["renewal"].services, LI)
    phone = Browser(app)
    phone.introduce()
    phone.get("/resume")
    page = phone.submit("/resume", code=application.answers["resume"], id_number=LI.id_number)
    assert page.path == f"/applications/{application.number}"


def test_code_and_number_are_wrong_alike(app: Flask) -> None:
    draft = carry(app.extensions["renewal"].services, "attachments", LI)
    phone = Browser(app)
    phone.get("/resume")
    code = draft.answers["resume"]
    sentences = {
        phone.submit("/resume", code=tried, id_number=number).errors["code"]
        for tried, number in (
            (code, WANG.id_number),
            ("2222-2222-2222", LI.id_number),
            ("2222-2222-2222", WANG.id_number),
        )
    }
    assert len(sentences) == 1
    assert phone.get("/renewal/attachments").path.startswith("/profile")


def test_done_tells_the_days_of_what_comes_next(app: Flask) -> None:
    text = walk(Browser(app), LI).text
    for words in ("单位确认后5个工作日内受理，或一次告知需要补正的全部内容", "受理后10个工作日内作出"):
        assert words in text


def test_done_shows_what_to_keep_and_nothing_personal_beyond_masks(app: Flask) -> None:
    browser = Browser(app)
    page = walk(browser, LI)
    case = browser.services.applications.by_number(page.ids["number"])
    assert page.ids["code"] == case.answers["resume"]
    assert page.ids["link"] in dict(page.links)
    assert "李*明" in page.ids["receipt"]
    assert not [secret for secret in SECRETS if secret in page.html]


def test_done_tells_the_counter_what_to_bring(app: Flask) -> None:
    assert "请带身份证件原件到窗口核验本人" in walk(Browser(app), LI, method="counter").text
    assert "到窗口核验本人" not in walk(Browser(app), WANG, method="selfie").text


def test_the_timeline_tells_what_is_to_come_and_until_when(done: Browser) -> None:
    text = done.get(f"/applications/{_number(done)}").text
    to_come = ["已提交", "单位确认", "单位确认后5个工作日内受理", "作出决定"]
    places = [text.index(words, text.index("办理过程")) for words in to_come]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("status", "said", "no_more"),
    [
        (Status.ACCEPTED, "2026/06/29前", "单位确认"),
        (Status.EMPLOYER_CONFIRMED, "2026/06/29前受理", "请把确认链接"),
        (Status.EMPLOYER_DECLINED, "重新提交", "预计不晚于"),
    ],
)
def test_what_is_to_come_follows_the_case(done: Browser, status: Status, said: str, no_more: str) -> None:
    number, cases = _number(done), done.services.applications
    cases.transition(cases.by_number(number), status, CLERK, NOON, deadline=date(2026, 6, 29))
    text = done.get(f"/applications/{number}").text
    assert said in text
    assert no_more not in text


def test_nothing_is_to_come_for_a_closed_case(done: Browser) -> None:
    text = done.submit(f"/applications/{_number(done)}/withdraw").text
    assert "作出决定" not in text
    assert "受理" not in text


def test_the_timeline_tells_until_when_the_office_answers_once_the_employer_confirmed(done: Browser) -> None:
    number = _number(done)
    assert "2026/06/22" not in done.page.text
    answered(done.services, done.services.applications.by_number(number))
    text = done.get(f"/applications/{number}").text
    assert "2026/06/22前受理，或一次告知需要补正的全部内容" in text
    assert "预计不晚于2026/07/06" in text


def test_the_timeline_tells_what_a_clerk_returned_and_until_when(done: Browser) -> None:
    number = _number(done)
    application = done.services.applications.by_number(number)
    day = date(2026, 7, 1)
    done.services.applications.transition(application, Status.RETURNED, CLERK, NOON, "照片不清", day)
    text = done.get(f"/applications/{number}").text
    assert "退回补正" in text
    assert "照片不清" in text
    assert "2026/07/01前" in text
    assert CLERK.name not in text


def test_a_receipt_outlives_its_case_in_words_and_the_browser_is_told_of_no_news(app: Flask, done: Browser) -> None:
    link = next(href for href, words in done.page.links if "/receipts/" in href)
    services = done.services
    case = moved(services, services.applications.get(1), Status.APPROVED)
    services.finished.delete(case.id, services.now())
    page = Browser(app).get(link)
    assert (page.status, "内容已到期删除" in page.text) == (410, True)
    assert "有新进展" not in done.get("/").text
    assert case.number not in done.get("/applications").text
    assert done.get(f"/applications/{case.number}").status == 404
    assert done.get("/renewal/review").status in (200, 303)
