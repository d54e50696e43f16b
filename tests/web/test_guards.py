"""No page is reached past its guard, whichever way an answer to a form leads there."""

import pytest
from flask import Blueprint, Flask, abort, request

from renewal.domain.trust import Trust
from renewal.web.access import NEEDS
from renewal.web.leading import INLINE
from tests.factories import carry
from tests.web.browser import HTMX, Browser

SECRET = "nobody else's business"
LED_TO = {"wizard.show", "wizard.done", "cases.show"}  # by the journey itself
GUARDED = ["/probe/verified", "/probe/office/export.csv", "/probe/office/inner/list", "/probe/app", "/probe/elsewhere"]


@pytest.fixture
def probed(app: Flask, monkeypatch) -> Flask:
    """The app with routes as they may come: guarded by the table of access, by their own blueprint, by the one
    around it, by the app, or by another blueprint for the whole app."""
    app.add_url_rule("/probe/verified", "verified", lambda: SECRET)
    monkeypatch.setitem(NEEDS, "verified", Trust.VERIFIED)
    app.add_url_rule("/probe/query", "query", lambda: f"asked for {request.args['what']}")
    monkeypatch.setitem(NEEDS, "query", Trust.STRANGER)
    office = Blueprint("probe_office", __name__, url_prefix="/probe/office")
    office.before_request(lambda: abort(403))
    office.add_url_rule("/export.csv", "export", lambda: SECRET)
    monkeypatch.setitem(NEEDS, "probe_office.export", Trust.STRANGER)
    inner = Blueprint("inner", __name__, url_prefix="/inner")
    inner.add_url_rule("/list", "list", lambda: SECRET)
    monkeypatch.setitem(NEEDS, "probe_office.inner.list", Trust.STRANGER)
    office.register_blueprint(inner)
    app.register_blueprint(office)
    app.before_request(lambda: _forbid("/probe/app"))
    other = Blueprint("other", __name__)
    other.before_app_request(lambda: _forbid("/probe/elsewhere"))
    app.register_blueprint(other)
    for name in ("app", "elsewhere"):
        app.add_url_rule(f"/probe/{name}", name, lambda: SECRET)
        monkeypatch.setitem(NEEDS, name, Trust.STRANGER)
    return app


def _forbid(path: str) -> None:
    if request.path == path:
        abort(403)


def _introduced_at(browser: Browser, path: str):
    """The answer to a nickname that asks to be led to `path`, by HTMX, as the browser's own script follows it."""
    form = browser.get("/profile").form("/profile")
    data = {**form.values, "nickname": "小李", "next": path}
    return browser.client.post("/profile", data=data, headers=HTMX, follow_redirects=True)


@pytest.mark.parametrize("path", GUARDED)
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


def test_only_pages_of_the_applicant_answer_a_form_at_once(app: Flask) -> None:
    assert {endpoint.partition(".")[0] for endpoint in INLINE} == {"wizard", "cases", "own_data", "portal"}
    assert {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())} >= INLINE >= LED_TO


@pytest.mark.parametrize("path", ["/", "/services", "/services/renewal", "/applications", "/renewal/verify"])
def test_where_a_first_visit_began_it_goes_on_with_no_second_request(browser: Browser, path: str) -> None:
    data = {**browser.get("/profile").form("/profile").values, "nickname": "小李", "next": path}
    answer = browser.client.post("/profile", data=data, headers=HTMX)
    assert (answer.status_code, answer.headers["HX-Push-Url"]) == (200, path)
