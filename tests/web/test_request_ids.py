"""By the number of a request the office finds in the log what an applicant met."""

import logging
import re

import pytest
from flask import Flask
from flask.logging import default_handler

from renewal.settings import Settings
from tests.web.browser import HTMX, Browser

OURS = re.compile(r"\d{5}-\d{5}")
PROXYS = "5f2c1a90e7b84d7c9a3e6f10b2d4c8aa"


@pytest.fixture(params=[0, 1], ids=["no proxy", "one proxy"])
def settings(request, tmp_path) -> Settings:
    return Settings(data=tmp_path, trusted_proxies=request.param)


def _named(app: Flask, given: str = "", peer: str = "127.0.0.1", path: str = "/healthz") -> str:
    headers = {"X-Request-ID": given} if given else {}
    answer = app.test_client().get(path, headers=headers, environ_base={"REMOTE_ADDR": peer})
    (name,) = answer.headers.getlist("X-Request-ID")
    return name


@pytest.mark.parametrize("path", ["/", "/nowhere", "/static/nothing.js", "/renewal/details", "/office/"])
def test_every_page_and_refusal_says_its_number_and_no_two_the_same(app: Flask, path: str) -> None:
    first, second = _named(app, path=path), _named(app, path=path)
    assert OURS.fullmatch(first)
    assert OURS.fullmatch(second)
    assert first != second


@pytest.mark.parametrize(("path", "said"), [("/resume", False), ("/nowhere", True)])
def test_what_htmx_puts_into_a_page_says_it_only_where_somebody_may_ask(app: Flask, path: str, said: bool) -> None:
    answer = app.test_client().get(path, headers=HTMX)
    assert ("X-Request-ID" in answer.headers) is said


def test_a_script_says_no_number(app: Flask) -> None:
    script = re.search(r'src="(/static/.*?)"', app.test_client().get("/resume").text)[1]
    answer = app.test_client().get(script, buffered=True)
    assert answer.status_code == 200
    assert "X-Request-ID" not in answer.headers


def test_a_number_is_taken_from_a_proxy_that_is_believed_and_from_nobody_else(app: Flask, settings: Settings) -> None:
    assert (_named(app, PROXYS) == PROXYS) is bool(settings.trusted_proxies)
    assert OURS.fullmatch(_named(app, PROXYS, peer="198.51.100.7"))


@pytest.mark.parametrize(
    "given", ["short", "x" * 65, "<b>12345678", "李春明李春明李春明", "1234 5678 9012", "12345678\t"]
)
def test_what_would_not_pass_for_a_number_is_not_taken_from_a_proxy_either(app: Flask, given: str) -> None:
    assert OURS.fullmatch(_named(app, given.encode().decode("latin-1")))


def test_the_page_of_a_bug_tells_the_number_under_which_it_is_logged(at, monkeypatch, caplog) -> None:
    caplog.handler.addFilter(default_handler.filters[-1])
    browser: Browser = at("details")
    monkeypatch.setattr("renewal.journey.taking.check", lambda *_: 1 / 0)
    page = browser.submit("/renewal/details")
    (bug,) = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert bug.request == page.headers["X-Request-ID"]
    assert f"联系窗口时请告知编号 {bug.request}" in page.text


def test_a_clerk_is_asked_to_tell_it_to_somebody_else(app: Flask, monkeypatch) -> None:
    monkeypatch.setitem(app.view_functions, "office.door.login", lambda: 1 / 0)
    answer = app.test_client().get("/office/login")
    assert answer.status_code == 500
    assert "联系技术人员时请告知编号" in answer.text
    assert answer.headers["X-Request-ID"] in answer.text


def test_a_page_that_is_no_fault_of_ours_tells_no_number(browser: Browser) -> None:
    assert "编号" not in browser.get("/nowhere").text
