"""Steps posted twice, tabs side by side, buttons pressed backwards: one outcome, nothing lost, nothing silent."""

from importlib import import_module
from typing import Any

import pytest

from renewal.store.models import Application
from renewal.store.models import Draft as Row
from tests.factories import carry, person, portrait_jpeg, stored
from tests.web.browser import HTMX, Browser, editable, filled, walk

LI = person()
WIZARD = import_module("renewal.web.wizard")
NOT_TAKEN = "刚才填写的不同内容没有采用"
ELSEWHERE = "这一页在别处已经更新过"
STEPS = ["verify", "register", "face", "notice", "details", "commitment", "review"]
LEADS_TO = {
    "verify": "/renewal/verify",
    "register": "/renewal/face",
    "face": "/renewal/notice",
    "notice": "/renewal/details",
    "details": "/renewal/attachments",
    "commitment": "/renewal/review",
    "review": "/renewal/done",
}


def _answers(browser: Browser, step: str) -> dict[str, Any]:
    """A good form for the step that is shown, as it would be sent."""
    if step == "notice":
        browser.submit("/renewal/notice", ("all", "1"))
    form = browser.page.form(f"/renewal/{step}")
    typed = {
        "verify": LI.claim,
        "register": LI.registration,
        "face": {"method": "counter"},
        "details": editable(form, LI),
        "commitment": {"commitment": "yes"},
    }
    return filled(form, typed.get(step, {}))


@pytest.mark.parametrize("step", STEPS)
def test_a_step_posted_twice_advances_once(at, step: str) -> None:
    browser = at(step)
    data = _answers(browser, step)
    first = browser.post(f"/renewal/{step}", data)
    after = browser.draft()
    second = browser.post(f"/renewal/{step}", data)
    assert first.path == second.path == LEADS_TO[step]
    assert second.status == 200
    assert NOT_TAKEN not in second.text
    assert browser.draft() == after
    assert second.ids.get("number") == first.ids.get("number")


@pytest.mark.parametrize("step", STEPS)
def test_a_lost_answer_costs_nothing_with_htmx_either(at, step: str) -> None:
    browser = at(step)
    data = _answers(browser, step)
    browser.client.post(f"/renewal/{step}", data=data, headers=HTMX)
    again = browser.client.post(f"/renewal/{step}", data=data, headers=HTMX)
    assert again.status_code == 200
    assert again.headers["HX-Push-Url"] == LEADS_TO[step]


@pytest.mark.parametrize("step", ["verify", "register", "face", "notice", "details", "commitment", "review"])
def test_two_taps_at_the_same_moment_have_one_outcome(at, step: str, monkeypatch) -> None:
    """The second tap is taken while the first is being worked on."""
    browser = at(step)
    data = _answers(browser, step)
    twin = browser.tab()
    take = WIZARD.take

    def overtaken(*form: Any) -> Any:
        monkeypatch.setattr(WIZARD, "take", take)
        with browser.app.app_context():
            assert twin.post(f"/renewal/{step}", data).path == LEADS_TO[step]
        return take(*form)

    monkeypatch.setattr(WIZARD, "take", overtaken)
    page = browser.post(f"/renewal/{step}", data)
    assert (page.status, page.path) == (200, LEADS_TO[step])
    assert ELSEWHERE not in page.text
    assert len(stored(browser.services, Row)) == 1


def test_an_application_is_submitted_once(at) -> None:
    browser = at("review")
    data = _answers(browser, "review")
    numbers = {browser.post("/renewal/review", data).ids["number"] for _ in range(3)}
    assert len(numbers) == 1
    assert len(stored(browser.services, Application)) == 1


def test_other_answers_to_a_used_form_are_not_taken_in_silence(at) -> None:
    browser = at("details")
    data = _answers(browser, "details")
    browser.post("/renewal/details", data)
    page = browser.post("/renewal/details", {**data, "school": "另一所大学"})
    assert page.path == "/renewal/attachments"
    assert NOT_TAKEN in page.text
    assert browser.draft().answers["details"]["school"] == LI.details["school"]


def test_two_tabs_of_one_form_do_not_overwrite_each_other(either: Browser) -> None:
    either.hold(carry(either.services, "details"))
    other = either.tab()
    for tab in (either, other):
        tab.get("/renewal/details")
    either.submit("/renewal/details", **editable(either.page.form("/renewal/details"), LI))
    other.submit("/renewal/details", **{**editable(other.page.form("/renewal/details"), LI), "major": "别的"})
    assert NOT_TAKEN in other.page.text
    assert either.draft().answers["details"]["major"] == LI.details["major"]


def test_a_stale_form_of_an_open_step_comes_back_with_what_was_typed(either: Browser) -> None:
    either.hold(carry(either.services, "commitment"))
    other = either.tab()
    other.get("/renewal/details")
    either.get("/renewal/commitment")
    either.submit("/renewal/commitment", commitment="yes")
    typed = {**editable(other.page.form("/renewal/details"), LI), "school": "新填的大学"}
    page = other.submit("/renewal/details", **typed)
    assert page.status == 409
    assert ELSEWHERE in page.text
    assert page.form("/renewal/details").values["school"] == "新填的大学"
    assert either.draft().answers["details"]["school"] == LI.details["school"]
    assert other.submit("/renewal/details").status == 200
    assert either.draft().answers["details"]["school"] == "新填的大学"


def test_a_notice_that_cannot_be_taken_keeps_its_ticks(at) -> None:
    browser = at("notice")
    data = browser.page.form("/renewal/notice").values | {"token": "x", "read": "age"}
    page = browser.post("/renewal/notice", data)
    assert page.status == 409
    assert page.form("/renewal/notice").values["read"] == "age"


def test_a_draft_that_moves_on_meanwhile_comes_back_with_a_fresh_form(at, monkeypatch) -> None:
    browser = at("details")
    data = _answers(browser, "details")
    other = browser.tab()
    other.get("/renewal/notice")
    take = WIZARD.take

    def overtaken(*form: Any) -> Any:
        monkeypatch.setattr(WIZARD, "take", take)
        with browser.app.app_context():  # a request of its own, not one within this one
            assert other.submit("/renewal/notice").status == 200
        return take(*form)

    monkeypatch.setattr(WIZARD, "take", overtaken)
    page = browser.post("/renewal/details", {**data, "school": "新填的大学"})
    assert page.status == 409
    assert ELSEWHERE in page.text
    assert page.form("/renewal/details").values["school"] == "新填的大学"
    assert browser.submit("/renewal/details").path == "/renewal/attachments"
    assert browser.draft().answers["details"]["school"] == "新填的大学"


@pytest.mark.parametrize("step", ["notice", "details", "commitment", "review"])
def test_old_forms_of_a_submitted_draft_lead_to_its_receipt(app, step: str) -> None:
    browser = Browser(app)
    forms = {}
    browser.introduce()
    browser.get("/renewal/verify")
    walk(browser, until=step)
    forms[step] = _answers(browser, step)
    number = walk(browser).ids["number"]
    page = browser.post(f"/renewal/{step}", forms[step])
    assert page.path == "/renewal/done" or page.status == 409
    assert page.ids["number"] == number


@pytest.mark.parametrize("step", ["verify", "register", "face"])
def test_even_the_first_forms_do(app, step: str) -> None:
    browser = Browser(app)
    browser.introduce()
    browser.get("/renewal/verify")
    walk(browser, until=step)
    form = filled(browser.page.form(f"/renewal/{step}"), LI.claim if step == "verify" else {})
    number = walk(browser).ids["number"]
    assert browser.post(f"/renewal/{step}", form).ids["number"] == number


def test_the_form_of_a_finished_step_may_be_filled_in_again(at) -> None:
    browser = at("review")
    browser.get("/renewal/details")
    changed = {**editable(browser.page.form("/renewal/details"), LI), "major": "安全工程"}
    assert browser.submit("/renewal/details", **changed).path == "/renewal/review"
    assert "安全工程" in browser.page.text


def test_going_back_step_by_step_never_leaves_the_journey(at) -> None:
    browser = at("review")
    seen = []
    while browser.page.path.startswith("/renewal/"):
        seen.append(browser.page.path)
        back = next(href for href, words in browser.page.links if words.strip() in ("上一步", ""))
        browser.click(back)
    assert seen == [f"/renewal/{step}" for step in ("review", "commitment", "attachments", "details", "notice")]
    assert browser.page.path == "/services/renewal"


def test_the_back_button_after_submission_shows_the_receipt(app) -> None:
    browser = Browser(app)
    number = walk(browser).ids["number"]
    for path in ("/renewal/review", "/renewal/details", "/renewal/face", "/renewal/register"):
        assert browser.get(path).ids["number"] == number


def test_a_used_picture_form_with_another_picture_says_so(at) -> None:
    browser = at("attachments")
    path = "/renewal/attachments/portrait"
    tab = browser.tab()
    tab.get("/renewal/attachments")
    browser.submit(path, portrait=portrait_jpeg())
    assert NOT_TAKEN not in tab.submit(path, portrait=portrait_jpeg()).text
    other = browser.tab()
    other.page = browser.page
    browser.submit(path, ("remove", "1"))
    other.submit(path, portrait=portrait_jpeg())
    assert NOT_TAKEN in other.page.text
    assert "portrait" not in browser.draft().answers["pictures"]
