"""帮助: one entry on every page, which says what to do there."""

from pathlib import Path

import pytest

from renewal.settings import Settings
from renewal.web.help import BY_PAGE, CODE, SAVED, SEEN
from tests.web.browser import HTMX, Browser

TEMPLATES = Path(__file__).parents[2] / "templates"
PAGES = {
    "/": "portal/home",
    "/profile": "portal/profile",
    "/services": "portal/services",
    "/services/renewal": "portal/renewal",
    "/applications": "portal/applications",
    "/resume": "portal/resume",
    "/tools/photo": "portal/photo",
    "/renewal/verify": "steps/verify",
    "/nowhere": "errors/error",
}


def test_every_page_has_its_help_and_no_help_is_left_over() -> None:
    pages = {str(path.relative_to(TEMPLATES).with_suffix("")) for path in TEMPLATES.glob("*/*.html")}
    assert {page for page in pages if not page.startswith(("layouts/", "office/")) and "/_" not in page} == set(BY_PAGE)


@pytest.mark.parametrize("page", BY_PAGE)
def test_help_is_short(page: str) -> None:
    assert 1 <= len(BY_PAGE[page]) <= 3
    assert all(len(sentence) <= 45 and sentence.endswith("。") for sentence in BY_PAGE[page])


@pytest.mark.parametrize(
    ("page", "worry"),
    [("details", SAVED), ("review", SAVED), ("notice", CODE), ("details", CODE), ("verify", SEEN), ("review", SEEN)],
)
def test_what_people_worry_about_is_answered_where_they_do(page: str, worry: str) -> None:
    assert worry in BY_PAGE[f"steps/{page}"]


@pytest.mark.parametrize(("path", "name"), PAGES.items())
def test_each_page_says_what_to_do_here_without_a_script(browser: Browser, path: str, name: str) -> None:
    page = browser.get(path)
    assert page.html.count("<summary>帮助</summary>") == 1
    for sentence in BY_PAGE[name]:
        assert sentence in page.text


@pytest.mark.parametrize("step", ["verify", "register", "face", "notice", "details", "attachments", "commitment"])
def test_each_step_says_what_to_do_here(at, step: str) -> None:
    for sentence in BY_PAGE[f"steps/{step}"]:
        assert sentence in at(step).page.text


def test_a_swapped_step_brings_its_own_help_and_no_other(at) -> None:
    page = at("notice").get("/renewal/notice", HTMX)
    assert '<ul id="here" hx-swap-oob="true">' in page.html
    assert all(sentence in page.text for sentence in BY_PAGE["steps/notice"])
    assert not any(sentence in page.text for sentence in BY_PAGE["steps/face"])


def test_without_a_telephone_nobody_is_sent_to_one(at) -> None:
    assert "电话" not in at("notice").page.text.replace("手机号码", "")


class TestReachable:
    """An office that has set its telephone."""

    @pytest.fixture
    def settings(self, tmp_path: Path) -> Settings:
        return Settings(data=tmp_path, office_phone="0531-12345678")

    def test_help_names_it(self, browser: Browser) -> None:
        page = browser.get("/services")
        assert "打咨询电话 0531-12345678，或者到窗口咨询" in page.text
        assert [href for href, _ in page.links].count("tel:0531-12345678") == 2  # in the help and in the foot
