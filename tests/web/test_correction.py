"""补正 over HTTP: from the page of the case to the next submission, with and without a script; and the news of it."""

import pytest

from renewal.domain.application import Status
from tests.factories import CLERK, person, portrait_jpeg, returned
from tests.web.browser import Browser, walk

LI = person()
ASKED = {"school": "请填写毕业证书上的全称。", "portrait": "背景不是白色，请重拍。"}


def give_back(browser: Browser, **asked: str) -> str:
    """The address of the case after it was returned."""
    case = browser.services.applications.of_draft(browser.draft().id)
    assert case
    return f"/applications/{returned(browser.services, case, **(asked or ASKED)).number}"


@pytest.fixture
def back(either: Browser) -> Browser:
    """Submitted and returned, on the page of the case."""
    walk(either, LI)
    either.get(give_back(either))
    return either


def correct(browser: Browser) -> None:
    browser.submit(f"{browser.page.path}/correct")
    browser.submit("/renewal/details", school="山东大学")
    browser.submit("/renewal/attachments/portrait", portrait=portrait_jpeg())
    browser.submit("/renewal/attachments")


def test_the_case_tells_all_that_is_to_do_until_when_and_by_whom(back: Browser) -> None:
    text = back.page.text
    for words in ("请补正2处", "毕业院校", "一寸白底免冠照", *ASKED.values(), "2026/07/06前补正", "工作人员", "申请人"):
        assert words in text
    assert CLERK.name not in text


def test_from_the_case_to_the_next_submission(back: Browser) -> None:
    case = back.page.path
    page = back.submit(f"{case}/correct")
    assert page.path == "/renewal/details"
    assert "补正尚未提交" in page.text
    assert f"退回原因：{ASKED['school']}" in page.text
    page = back.submit("/renewal/details", school="山东大学")
    assert page.path == "/renewal/attachments"
    assert f"退回原因：{ASKED['portrait']}" in page.text
    assert [form.action for form in page.forms if "signature" in form.action] == []
    back.submit("/renewal/attachments/portrait", portrait=portrait_jpeg())
    page = back.submit("/renewal/attachments")
    assert page.path == "/renewal/review"
    assert "这次补正" in page.text
    assert "山东大学" in page.text
    assert "青岛理工大学" in page.text
    page = back.submit("/renewal/review")
    assert page.path == "/renewal/done"
    again = back.services.applications.of_draft(back.draft().id)
    assert again
    assert (again.status, again.submissions) == (Status.SUBMITTED, 2)
    text = back.get(case).text
    assert "请补正" not in text.split("办理过程")[0]
    assert ASKED["school"] in text


def test_a_closed_row_cannot_be_posted_over(back: Browser) -> None:
    back.submit(f"{back.page.path}/correct")
    page = back.submit("/renewal/details", school="山东大学", major="别的")
    assert page.status == 422
    assert "所学专业不在这次补正的范围内" in page.errors["major"]
    values = page.form("/renewal/details").values
    assert (values["major"], values["school"]) == (LI.details["major"], "山东大学")


def test_an_autosave_says_that_it_did_not_save_over_a_closed_row(back: Browser) -> None:
    back.submit(f"{back.page.path}/correct")
    values = back.page.form("/renewal/details").values
    answer = back.post("/renewal/details/autosave", values | {"major": "别的"})
    assert answer.status == 422
    assert "未能保存：所学专业不在这次补正的范围内" in answer.data.decode()
    assert "已保存" in back.post("/renewal/details/autosave", values | {"school": "山东"}).data.decode()


def test_a_closed_picture_cannot_be_posted_over(back: Browser) -> None:
    back.submit(f"{back.page.path}/correct")
    back.submit("/renewal/details", school="山东大学")
    values = back.page.form("/renewal/attachments/portrait").values
    page = back.post("/renewal/attachments/signature", values | {"remove": "1"})
    assert page.status == 422
    assert "手写签名不在这次补正的范围内" in page.text


def test_the_returned_picture_is_shown_until_there_is_another(back: Browser) -> None:
    back.submit(f"{back.page.path}/correct")
    page = back.submit("/renewal/details", school="山东大学")
    assert len(page.images) == 2
    assert {back.get(image).status for image in page.images} == {200}


def test_pressed_twice_or_on_another_page_it_goes_on_where_it_was(back: Browser) -> None:
    case = back.page.path
    back.submit(f"{case}/correct")
    back.submit("/renewal/details", school="山东大学")
    page = back.get(case)
    assert "继续补正" in page.text
    assert back.submit(f"{case}/correct").path == "/renewal/attachments"
    assert "停在" not in back.get("/applications").text


def test_done_is_not_said_of_what_is_being_corrected(back: Browser) -> None:
    back.submit(f"{back.page.path}/correct")
    assert back.get("/renewal/done").path == "/renewal/details"


def test_a_case_taken_on_meanwhile_is_shown_as_it_is(back: Browser) -> None:
    case, tab = back.page.path, back.tab()
    tab.get(case)
    correct(back)
    back.submit("/renewal/review")
    page = tab.submit(f"{case}/correct")
    assert page.path == case
    assert "不需要补正" in page.text


def test_it_may_be_withdrawn_while_it_is_corrected(back: Browser) -> None:
    case = back.page.path
    back.submit(f"{case}/correct")
    back.get(case)
    assert "申请已撤回" in back.submit(f"{case}/withdraw").text
    assert back.get("/renewal/details").path == "/renewal/done"


def test_another_persons_correction_cannot_be_opened(back: Browser) -> None:
    case = back.page.path
    stranger = Browser(back.app)
    walk(stranger, person(5))
    form = stranger.get("/renewal/done").forms[0].values
    assert stranger.post(f"{case}/correct", form).status == 404
    assert stranger.services.draft(back.draft().id).submitted


def test_without_fields_among_the_defects_the_form_says_so(either: Browser) -> None:
    walk(either, LI)
    either.get(give_back(either, signature="请重新签名。"))
    assert either.submit(f"{either.page.path}/correct").path == "/renewal/attachments"
    page = either.get("/renewal/details")
    assert "申报信息不用补正" in page.text
    assert either.submit("/renewal/details").path == "/renewal/attachments"


# The home page


def test_home_says_nothing_of_what_the_person_did(browser: Browser) -> None:
    walk(browser, LI)
    assert "新进展" not in browser.get("/").text


def test_home_says_what_changed_until_it_was_looked_at(browser: Browser) -> None:
    walk(browser, LI)
    case = give_back(browser)
    page = browser.get("/")
    assert "您的办件有新进展：退回补正" in page.text
    assert case in dict(page.links)
    browser.get(case)
    assert "新进展" not in browser.get("/").text


def test_every_further_move_is_news_again(browser: Browser) -> None:
    walk(browser, LI)
    number = browser.page.ids["number"]
    for status in (Status.ACCEPTED, Status.APPROVED):
        case = browser.services.applications.by_number(number)
        browser.services.applications.transition(case, status, CLERK, browser.services.now())
        assert "新进展" in browser.get("/").text
        browser.get(f"/applications/{number}")
        assert "新进展" not in browser.get("/").text


def test_when_the_session_has_ended_home_says_only_that_there_is_news(browser: Browser) -> None:
    walk(browser, LI)
    case = give_back(browser)
    browser.forget("session")
    page = browser.get("/")
    assert "核验身份后查看" in page.text
    assert "退回补正" not in page.text
    assert case not in page.html


def test_another_browser_has_no_news(browser: Browser) -> None:
    walk(browser, LI)
    give_back(browser)
    assert "新进展" not in Browser(browser.app).get("/").text


def test_what_is_remembered_of_a_case_is_nothing_personal(browser: Browser) -> None:
    walk(browser, LI)
    browser.get(give_back(browser))
    assert browser.device().seen == {"1": 2}


def test_a_browser_known_from_before_stays_known(browser: Browser) -> None:
    tokens = browser.app.extensions["renewal"].tokens
    browser.client.set_cookie("device", tokens.device(("secret", "小王", "leaf", "", [])))
    assert "小王" in browser.get("/").text
