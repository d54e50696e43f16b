"""Sessions that ended, cookies that are gone: nothing typed is lost."""

import time

import pytest
from flask import Flask

from renewal.journey.steps import STEPS
from tests.factories import carry, person
from tests.web.browser import HTMX, Browser, editable

LI, WANG = person(), person(1, "王小明")
SIGNED_OUT = "为保护您的信息，已自动退出"
LATER = [step.name for step in STEPS if step.name not in ("verify", "register", "face")]


@pytest.mark.parametrize(("minutes", "path"), [(29, "/renewal/details"), (31, "/renewal/verify")])
def test_half_an_hour_without_a_request_ends_the_session(at, monkeypatch, minutes: int, path: str) -> None:
    browser = at("details")
    later = time.time() + minutes * 60
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: later)
    assert browser.get("/renewal/details").path == path


@pytest.mark.parametrize("step", LATER)
def test_every_step_of_an_ended_session_leads_to_the_claim(at, step: str) -> None:
    browser = at(step)
    browser.forget("session")
    page = browser.get(f"/renewal/{step}")
    assert (page.status, page.path) == (200, "/renewal/verify")
    assert SIGNED_OUT in page.text
    assert LI.name not in page.html
    assert LI.id_number not in page.html


def test_details_typed_before_the_session_ended_are_kept(either: Browser) -> None:
    either.hold(carry(either.services, "details")).get("/renewal/details")
    draft_id = either.draft().id
    typed = {**editable(either.page.form("/renewal/details"), LI), "school": "来不及保存的大学"}
    either.forget("session")
    page = either.submit("/renewal/details", **typed)
    assert page.status == 409
    assert SIGNED_OUT in page.text
    assert "刚才填写的内容已保存" in page.text
    assert "来不及保存的大学" not in page.html
    assert page.form("/renewal/verify").values["name"] == ""
    assert either.submit("/renewal/verify", **LI.claim).path == "/renewal/details"
    assert either.page.form("/renewal/details").values["school"] == "来不及保存的大学"
    assert either.draft().id == draft_id
    assert either.submit("/renewal/details").path == "/renewal/attachments"
    assert either.draft().answers["details"]["school"] == "来不及保存的大学"


def test_autosave_after_the_session_ended_keeps_what_was_typed_too(at) -> None:
    browser = at("details")
    data = {**browser.page.form("/renewal/details").values, "major": "桥梁工程"}
    browser.forget("session")
    answer = browser.client.post("/renewal/details/autosave", data=data, headers=HTMX)
    assert answer.status_code == 409
    browser.get("/renewal/verify")
    browser.submit("/renewal/verify", **LI.claim)
    assert browser.page.form("/renewal/details").values["major"] == "桥梁工程"


def test_my_cases_stay_behind_the_claim_also_when_its_page_was_opened(at) -> None:
    """用户核验 begins an empty draft: the browser's own are no less there."""
    browser = at("details")
    browser.forget("session")
    browser.get("/renewal/verify")
    page = browser.get("/applications")
    assert "才能查看此前的办件" in page.text
    assert "这里还没有办件" not in page.text


def test_only_the_same_person_gets_back_in(at) -> None:
    browser = at("review")
    draft_id = browser.draft().id
    browser.forget("session")
    browser.get("/renewal/verify")
    for stranger in (WANG.claim, {**LI.claim, "name": "李冬明"}):
        browser.submit("/renewal/verify", **stranger)
        assert "是否前往注册" in browser.page.text
        assert browser.draft().id != draft_id
        browser.forget("session")
        browser.get("/renewal/verify")
    assert browser.submit("/renewal/verify", **LI.claim).path == "/renewal/review"
    assert browser.draft().id == draft_id


@pytest.mark.parametrize("step", ["notice", "commitment", "review", "attachments"])
def test_another_form_of_an_ended_session_is_told_so(at, step: str) -> None:
    browser = at(step)
    before = browser.draft()
    form = browser.page.form(f"/renewal/{step}").values
    browser.forget("session")
    page = browser.post(f"/renewal/{step}", form | {"commitment": "yes", "read": "age"})
    assert page.status == 409
    assert SIGNED_OUT in page.text
    assert browser.services.draft(before.id) == before


def test_with_all_cookies_lost_what_was_typed_is_shown_for_copying(either: Browser) -> None:
    either.hold(carry(either.services, "details")).get("/renewal/details")
    before = either.draft()
    typed = {**editable(either.page.form("/renewal/details"), LI), "school": "<b>抄下来的大学</b>"}
    either.forget()
    page = either.submit("/renewal/details", **typed)
    assert page.status == 400
    for value in typed.values():
        assert value in page.text
    assert "&lt;b&gt;抄下来的大学" in page.html
    assert {"/renewal/verify", "/resume"} <= set(dict(page.links))
    assert either.services.draft(before.id) == before


def test_a_browser_that_never_began_the_draft_keeps_nothing(app: Flask) -> None:
    owner, other = Browser(app), Browser(app)
    owner.hold(carry(owner.services, "details")).get("/renewal/details")
    other.introduce()
    other.get("/renewal/verify")
    data = owner.page.form("/renewal/details").values | {"school": "不该存上的大学"}
    data["csrf_token"] = other.page.form("/renewal/verify").values["csrf_token"]
    page = other.post("/renewal/details", data)
    assert page.status == 409
    assert "不该存上的大学" in page.text
    assert not owner.draft().typed


def test_a_form_restored_after_days_still_posts(at, clock) -> None:
    """The phone kept the page; the session is gone, the device cookie is not."""
    browser = at("details")
    typed = editable(browser.page.form("/renewal/details"), LI)
    clock.go_on(days=3)
    browser.forget("session")
    assert browser.submit("/renewal/details", **typed).status == 409
    assert browser.submit("/renewal/verify", **LI.claim).path == "/renewal/details"
    assert browser.submit("/renewal/details").path == "/renewal/attachments"


def test_the_first_form_of_all_needs_no_session(browser: Browser) -> None:
    browser.get("/renewal/verify")
    browser.forget("session")
    assert "是否前往注册" in browser.submit("/renewal/verify", **LI.claim).text


def test_typed_details_of_a_submitted_draft_are_not_kept(at) -> None:
    browser = at("review")
    browser.tab().get("/renewal/details")
    data = browser.get("/renewal/details").form("/renewal/details").values
    browser.get("/renewal/review")
    browser.submit("/renewal/review")
    draft = browser.draft()
    browser.forget("session")
    assert browser.post("/renewal/details", data | {"school": "晚了"}).status == 409
    assert not browser.services.draft(draft.id).typed


def test_an_old_form_of_another_step_is_not_kept_as_details(at) -> None:
    """The registration of a draft that was proven long since: its phone must not wait to be confirmed."""
    browser = at("details")
    draft, csrf = browser.draft(), browser.page.form("/renewal/details").values["csrf_token"]
    token = browser.app.extensions["renewal"].tokens.step(draft.id, "register", 1)
    browser.forget("session")
    page = browser.post("/renewal/register", {**LI.registration, "csrf_token": csrf, "token": token})
    assert page.status == 409
    assert "刚才填写的内容已保存" not in page.text
    assert browser.services.draft(draft.id).typed == {}
