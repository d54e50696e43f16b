"""No page is reached past its guard, whichever way an answer to a form leads there."""

import pytest
from flask import Blueprint, Flask, abort, request

from renewal.domain.trust import Trust
from renewal.web.access import NEEDS
from tests.factories import carry
from tests.web.browser import HTMX, Browser

SECRET = "nobody else's business"


@pytest.fixture
def probed(app: Flask, monkeypatch) -> Flask:
    """The app with routes as they may come: guarded by the table of access, or by a blueprint of their own."""
    app.add_url_rule("/probe/verified", "verified", lambda: SECRET)
    monkeypatch.setitem(NEEDS, "verified", Trust.VERIFIED)
    app.add_url_rule("/probe/query", "query", lambda: f"asked for {request.args['what']}")
    monkeypatch.setitem(NEEDS, "query", Trust.STRANGER)
    office = Blueprint("probe_office", __name__, url_prefix="/probe/office")
    office.before_request(lambda: abort(403))
    office.add_url_rule("/export.csv", "export", lambda: SECRET)
    monkeypatch.setitem(NEEDS, "probe_office.export", Trust.STRANGER)
    app.register_blueprint(office)
    return app


def _introduced_at(browser: Browser, path: str):
    """The answer to a nickname that asks to be led to `path`, by HTMX, as the browser's own script follows it."""
    form = browser.get("/profile").form("/profile")
    data = {**form.values, "nickname": "小李", "next": path}
    return browser.client.post("/profile", data=data, headers=HTMX, follow_redirects=True)


@pytest.mark.parametrize("path", ["/probe/verified", "/probe/office/export.csv"])
@pytest.mark.parametrize("at", [None, "face", "review"], ids=["stranger", "claimed", "captured"])
def test_a_form_leads_nobody_past_a_guard(probed: Flask, path: str, at: str | None) -> None:
    browser = Browser(probed)
    if at:
        browser.hold(carry(browser.services, at))
    assert SECRET not in _introduced_at(browser, path).text


def test_an_address_with_a_query_works_too(probed: Flask) -> None:
    assert _introduced_at(Browser(probed), "/probe/query?what=this").text == "asked for this"


def test_every_page_answers_a_form_as_it_answers_an_address(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        if rule.arguments or "GET" not in (rule.methods or ()):
            continue
        asked, led = Browser(app), Browser(app)
        asked.introduce()
        answer = asked.client.get(rule.rule, headers=HTMX, follow_redirects=True)
        assert _introduced_at(led, rule.rule).status_code == answer.status_code, rule.rule
        assert led.client.get_cookie("session") is None or "verify" in answer.text


def test_an_address_that_is_not_ours_leads_home(app: Flask) -> None:
    for path in ("//evil.example/", "https://evil.example/", "/\\evil.example"):
        assert "监理工程师" in _introduced_at(Browser(app), path).text
