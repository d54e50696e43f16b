"""What goes wrong is said in Chinese, with the right status, and nothing is lost."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask

from renewal.store.database import Unavailable
from renewal.store.models import Application
from renewal.store.models import Draft as Row
from renewal.web.wizard import TAKEN_ELSEWHERE
from tests.engines import about_sqlites_file, execute, read_only
from tests.factories import carry, person, stored
from tests.web.browser import HTMX, Browser, editable

LI = person()


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
@pytest.mark.parametrize(
    "path",
    [
        "/nowhere",
        "/renewal",
        "/renewal/nonsense",
        "/renewal/details/nonsense",
        "/renewal/attachments/selfie",
        "/renewal/attachments/nonsense",
        "/applications/",
        "/receipts/nonsense",
        "/receipts/x.pdf",
        "/officer",
        "/static/nothing.js",
        "/.env",
        "/%00",
        "/%e4%b8%ad%ff",
        "/" + "a" * 4000,
    ],
)
def test_an_unknown_address_gets_a_friendly_404(at, path: str, headers: dict[str, str]) -> None:
    page = at("review").get(path, headers)
    assert page.status == 404
    assert "没有找到这个页面" in page.text
    assert {"/", "/applications"} <= set(dict(page.links))
    assert page.whole == (not headers)
    _is_chinese(page.text)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/"),
        ("POST", "/services"),
        ("PUT", "/renewal/verify"),
        ("DELETE", "/renewal/details"),
        ("PATCH", "/profile"),
        ("GET", "/display"),
        ("GET", "/renewal/details/autosave"),
        ("GET", "/applications/YX1/withdraw"),
        ("POST", "/applications"),
    ],
)
def test_a_wrong_method_gets_a_friendly_405(browser: Browser, method: str, path: str) -> None:
    answer = browser.client.open(path, method=method)
    assert answer.status_code == 405
    assert "请从首页重新进入" in answer.text


def test_a_bug_is_a_friendly_500_that_shows_what_was_typed(at, monkeypatch, caplog) -> None:
    browser = at("details")
    monkeypatch.setattr("renewal.journey.taking.check", lambda *_: 1 / 0)
    page = browser.submit("/renewal/details", **editable(browser.page.form("/renewal/details"), LI))
    assert page.status == 500
    assert "系统出了点问题" in page.text
    assert LI.details["school"] in page.text
    assert "ZeroDivisionError" not in page.html
    assert "bug at wizard.take" in caplog.text
    _is_chinese(page.text)


def _is_chinese(text: str) -> None:
    assert not re.search(r"[A-Za-z]{4,}", text), text


@contextmanager
def _pragma(app: Flask, name: str, value: int) -> Iterator[None]:
    """A setting of the app's own connection to its file, changed for a while."""
    database = app.extensions["renewal"].services.database
    ((before,),) = execute(database, f"PRAGMA {name}")
    execute(database, f"PRAGMA {name} = {value}")
    yield
    execute(database, f"PRAGMA {name} = {before}")


def _fails(browser: Browser, **typed: str) -> None:
    good = editable(browser.page.form("/renewal/details"), LI)
    page = browser.submit("/renewal/details", **{**good, "school": "没存上的<大学>", **typed})
    assert page.status == 503
    assert "暂时无法保存" in page.text
    assert page.headers["Retry-After"] == "10"
    assert "没存上的<大学>" in page.text
    assert "没存上的&lt;大学&gt;" in page.html
    _is_chinese(page.text)


def test_a_read_only_database_says_so_and_recovers(either: Browser) -> None:
    either.hold(carry(either.services, "details")).get("/renewal/details")
    page, before = either.page, either.draft()
    with read_only(either.services):
        _fails(either)
    assert either.draft() == before
    either.page = page
    assert either.submit("/renewal/details", **editable(page.form("/renewal/details"), LI)).status == 200
    assert either.draft().answers["details"]["school"] == LI.details["school"]


@about_sqlites_file
def test_a_full_disk_says_so_and_recovers(at) -> None:
    browser = at("details")
    page, before = browser.page, browser.draft()
    execute(browser.services.database, "VACUUM")  # no free page is left inside the file
    long = dict.fromkeys(("major", "employer", "employer_code", "phone"), "长" * 500)
    with _pragma(browser.app, "max_page_count", 1):
        _fails(browser, **long)
    assert browser.draft() == before
    browser.page = page
    assert browser.submit("/renewal/details", **long).status == 422
    assert browser.draft().typed["major"] == "长" * 500


def test_the_log_says_what_was_behind_the_last_error(at, monkeypatch, caplog) -> None:
    """Of a full disk the last error may be that there is nothing left to undo."""
    browser = at("details")

    def write(*_: object) -> None:
        try:
            try:
                raise ValueError(LI.id_number)
            finally:
                raise Unavailable("database or disk is full")
        finally:
            raise Unavailable("cannot rollback - no transaction is active")

    monkeypatch.setattr("renewal.journey.taking.check", write)
    assert browser.submit("/renewal/details", **editable(browser.page.form("/renewal/details"), LI)).status == 503
    assert "cannot save: cannot rollback - no transaction is active; before: database or disk is full" in caplog.text
    assert LI.id_number not in caplog.text


@about_sqlites_file
def test_a_locked_database_says_so_and_recovers(app: Flask, settings) -> None:
    browser = Browser(app).hold(carry(app.extensions["renewal"].services, "details"))
    page = browser.get("/renewal/details")
    other = sqlite3.connect(settings.data / "renewal.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with _pragma(app, "busy_timeout", 20):
        _fails(browser)
        assert browser.get("/renewal/details").status == 200
    other.close()
    browser.page = page
    assert browser.submit("/renewal/details", **editable(page.form("/renewal/details"), LI)).status == 200


@pytest.mark.parametrize("step", ["verify", "register", "face", "notice", "commitment", "review"])
def test_no_step_is_half_taken_when_writing_fails(at, step: str) -> None:
    browser = at(step)
    before = (browser.draft(), len(stored(browser.services, Row)), len(stored(browser.services, Application)))
    typed = {"verify": LI.claim, "register": LI.registration, "face": {"method": "counter"}}
    data = browser.page.form(f"/renewal/{step}").values | typed.get(step, {"commitment": "yes"})
    if step == "notice":
        browser.submit("/renewal/notice", ("all", "1"))
        form = browser.page.form("/renewal/notice")
        data |= {"read": [value for name, value in form.fields if name == "read"]}
    with read_only(browser.services):
        page = browser.post(f"/renewal/{step}", data)
    assert page.status == 503
    assert (browser.draft(), len(stored(browser.services, Row)), len(stored(browser.services, Application))) == before
    assert browser.post(f"/renewal/{step}", data).status == 200


def test_autosave_that_cannot_save_does_not_claim_to(at) -> None:
    browser = at("details")
    data = browser.page.form("/renewal/details").values | {"school": "没存上的大学"}
    with read_only(browser.services):
        answer = browser.client.post("/renewal/details/autosave", data=data, headers=HTMX)
    assert answer.status_code == 503
    assert "已保存 " not in answer.text


def test_autosave_says_when_it_saved(at, clock) -> None:
    browser = at("details")
    data = browser.page.form("/renewal/details").values | {"school": "大", "phone": "12"}
    clock.go_on(minutes=7)
    answer = browser.client.post("/renewal/details/autosave", data=data, headers=HTMX)
    assert (answer.status_code, answer.text) == (200, "已保存 12:07")
    shown = browser.get("/renewal/details").form("/renewal/details").values
    assert (shown["school"], shown["phone"]) == ("大", "12")
    assert "已保存 12:07" in browser.page.text


def test_autosave_of_a_step_that_was_taken_in_another_tab_is_a_sentence(at) -> None:
    browser = at("details")
    form = browser.page.form("/renewal/details")
    browser.submit("/renewal/details", **editable(form, LI))
    answer = browser.client.post("/renewal/details/autosave", data=form.values | {"school": "大"}, headers=HTMX)
    assert answer.text == TAKEN_ELSEWHERE
