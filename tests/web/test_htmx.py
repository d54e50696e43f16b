"""Page or fragment from one template, and what HTMX is told beside it."""

import re

import pytest

from renewal.journey.steps import STEPS
from tests.factories import carry, person
from tests.web.browser import HTMX, Browser

STEP_NAMES = [step.name for step in STEPS]
AT_THE_DOOR = ("verify", "register", "face")  # they bring along what stays beside the steps after them
LATER = [name for name in STEP_NAMES if name not in ("verify", "register")]


def _body(html: str) -> str:
    """The step itself: tokens differ from one answer to the next when the second changes."""
    content = html.split("</ol>", 1)[1].split("</header>")[-1].split("</main>")[0].removeprefix("\n")
    content = re.sub(r'<ul id="here"[^>]*>.*?</ul>', "", content, flags=re.S)
    content = re.sub(r'<form method="post" action="/display">.*?</form>|<aside.*?</aside>\n', "", content, flags=re.S)
    return re.sub(r'<div class="page">|<main id="step">|name="(csrf_)?token" value="[^"]*"', "", content).strip()


@pytest.mark.parametrize("step", STEP_NAMES)
def test_page_and_fragment_are_one_template(at, step: str) -> None:
    browser = at(step)
    page, fragment = browser.get(f"/renewal/{step}"), browser.get(f"/renewal/{step}", HTMX)
    assert page.whole
    assert not fragment.whole
    assert fragment.title == page.title
    assert _body(fragment.html) == _body(page.html)


@pytest.mark.parametrize("step", STEP_NAMES)
def test_a_fragment_brings_title_bar_stepper_and_help_along(at, step: str) -> None:
    fragment = at(step).get(f"/renewal/{step}", HTMX)
    assert fragment.html.startswith("<title>")
    advanced = [given["id"] for _, given in fragment.tags if given.get("hx-swap-oob") == "true"]
    assert advanced == ["bar", "stepper", "here", "aside"][: 4 if step in AT_THE_DOOR else 3]
    assert fragment.headers["HX-Push-Url"] == f"/renewal/{step}"


@pytest.mark.parametrize("path", ["/", "/services/renewal", "/resume", "/renewal/verify"])
def test_what_stands_beside_a_page_is_the_same_however_one_comes_to_it(browser: Browser, path: str) -> None:
    page, fragment = browser.get(path), browser.get(path, HTMX)
    assert page.ids["aside"] == fragment.ids["aside"]
    assert ("要准备什么" in page.ids["aside"]) is (path in ("/resume", "/renewal/verify"))


@pytest.mark.parametrize("step", LATER)
@pytest.mark.parametrize("header", ["HX-Boosted", "HX-History-Restore-Request"])
def test_a_boosted_link_and_a_restored_history_get_the_page(at, step: str, header: str) -> None:
    page = at(step).get(f"/renewal/{step}", {**HTMX, header: "true"})
    assert page.whole
    assert "HX-Push-Url" not in page.headers


def test_a_boosted_form_is_answered_like_a_plain_one(at) -> None:
    browser = at("notice")
    form = browser.submit("/renewal/notice", ("all", "1")).form("/renewal/notice")
    data = {"csrf_token": form.values["csrf_token"], "token": form.values["token"]}
    data["read"] = [value for name, value in form.fields if name == "read"]
    answer = browser.client.post("/renewal/notice", data=data, headers={**HTMX, "HX-Boosted": "true"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/renewal/details")


@pytest.mark.parametrize("path", ["/", "/services", "/renewal/verify", "/renewal/review", "/resume", "/nowhere"])
def test_every_page_varies_by_who_asks(browser: Browser, path: str) -> None:
    assert "HX-Request" in browser.client.get(path).headers["Vary"]


@pytest.mark.parametrize("path", ["/", "/renewal/review", "/renewal/attachments/portrait", "/nowhere"])
def test_a_part_of_a_page_is_kept_by_nobody_and_says_nothing_of_varying(at, path: str) -> None:
    answer = at("review").client.get(path, headers={**HTMX, "Accept-Encoding": "br"})
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Vary" not in answer.headers


def test_a_good_post_says_where_it_led(app) -> None:
    browser = Browser(app, htmx=True).hold(carry(app.extensions["renewal"].services, "commitment"))
    browser.get("/renewal/commitment")
    page = browser.submit("/renewal/commitment", commitment="yes")
    assert page.headers["HX-Push-Url"] == "/renewal/review"
    assert "核对信息" in page.title


def test_a_bad_post_leaves_the_address_alone(app) -> None:
    browser = Browser(app, htmx=True)
    browser.introduce()
    browser.get("/renewal/verify")
    page = browser.submit("/renewal/verify", name="", id_number="")
    assert page.status == 422
    assert not page.whole
    assert "HX-Push-Url" not in page.headers


def test_the_first_use_leads_htmx_to_the_profile(app) -> None:
    page = Browser(app, htmx=True).click("/renewal/verify")
    assert page.path == "/profile?next=/renewal/verify"
    assert not page.whole
    assert page.form("/profile").values["next"] == "/renewal/verify"


def test_the_question_of_the_manual_comes_as_a_fragment_too(app) -> None:
    browser = Browser(app, htmx=True)
    browser.introduce()
    browser.get("/renewal/verify")
    page = browser.submit("/renewal/verify", **person().claim)
    assert not page.whole
    assert any(given.get("role") == "dialog" for _, given in page.tags)
    assert ("/renewal/register", "确定") in page.links


@pytest.mark.parametrize(
    "path", ["/", "/profile", "/profile?next=/services", "/services", "/services/renewal", "/resume"]
)
def test_the_pages_around_the_journey_swap_in_place_too(browser: Browser, path: str) -> None:
    page, fragment = browser.get(path), browser.get(path, HTMX)
    assert page.whole
    assert not fragment.whole
    assert fragment.headers["HX-Push-Url"] == path
    assert fragment.title == page.title
    assert _body(fragment.html) == _body(page.html)


def test_the_list_of_cases_swaps_in_place_too(at) -> None:
    fragment = at("details").get("/applications", HTMX)
    assert not fragment.whole
    assert fragment.headers["HX-Push-Url"] == "/applications"
