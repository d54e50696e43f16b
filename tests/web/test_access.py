"""Every route with the trust it needs, called by a stranger, a claimed and a captured person."""

import pytest
from flask import Flask

from renewal.domain.trust import Trust
from renewal.journey.steps import BY_NAME, STEPS
from renewal.web.access import NEEDS, OFFICE, STEP
from renewal.web.session import needed
from tests.factories import carry, person, submitted
from tests.web.browser import Browser

PICTURES = ("portrait", "signature")
VISITORS = {Trust.STRANGER: None, Trust.CLAIMED: "face", Trust.CAPTURED: "review"}


def _routes(app: Flask) -> list[tuple[str, str, dict[str, str]]]:
    """Method, endpoint and arguments of everything the app answers to, each step and picture by itself."""
    values = {
        "wizard.show": [{"name": step.name} for step in STEPS],
        "wizard.take_step": [{"name": step.name} for step in STEPS],
        "wizard.picture": [{"kind": kind} for kind in PICTURES],
        "wizard.take_picture": [{"kind": kind} for kind in PICTURES],
        "cases.show": [{"number": "YX0"}],
        "cases.go_on_with": [{"draft_id": "x"}],
        "cases.withdraw": [{"number": "YX0"}],
        "cases.correct": [{"number": "YX0"}],
        "cases.receipt": [{"token": "x"}],
        "identity.back": [{"state": "x"}],
        "papers.receipt": [{"token": "x"}],
        "papers.form": [{"number": "YX0"}],
        "papers.letter": [{"number": "YX0", "version": "1"}],
        "phone.of_case": [{"number": "YX0"}],
        "phone.link": [{"link": "x"}],
        "employer.show": [{"token": "x"}],
        "employer.answer": [{"token": "x"}],
        **{f"asking.{name}": [{"number": "YX0"}] for name in ("renew", "reopen", "qr", "paper")},
    }
    return [
        (method, rule.endpoint, arguments)
        for rule in app.url_map.iter_rules()
        if rule.endpoint in NEEDS
        for method in sorted((rule.methods or set()) - {"OPTIONS"})
        for arguments in values.get(rule.endpoint, [{}])
    ]


def _browser(app: Flask, trust: Trust) -> Browser:
    browser = Browser(app)
    browser.introduce()
    at = VISITORS[trust]
    if at:
        browser.hold(carry(browser.services, at))
        assert browser.draft().trust == trust
    return browser


def test_every_route_is_in_the_table(app: Flask) -> None:
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == NEEDS.keys() | OFFICE.keys()


def test_a_route_nobody_entered_stays_shut(app: Flask, monkeypatch) -> None:
    monkeypatch.delitem(NEEDS, "portal.home")
    assert app.test_client().get("/").status_code == 500


def test_the_steps_need_what_the_design_says() -> None:
    assert needed("wizard.take_step", {"name": "verify"}) is Trust.STRANGER
    assert needed("wizard.show", {"name": "register"}) is Trust.CLAIMED
    assert needed("wizard.show", {"name": "face"}) is Trust.CLAIMED
    for step in STEPS[3:]:
        assert needed("wizard.show", {"name": step.name}) is Trust.CAPTURED
    assert needed("wizard.show", {"name": "nonsense"}) is Trust.STRANGER
    assert [endpoint for endpoint, need in NEEDS.items() if need == STEP] == ["wizard.show", "wizard.take_step"]


@pytest.mark.parametrize("trust", VISITORS, ids=lambda trust: trust.name.lower())
def test_each_route_lets_in_or_leads_to_the_claim_as_the_table_says(app: Flask, trust: Trust) -> None:
    browser = _browser(app, trust)
    csrf = browser.get("/profile").form("/profile").values["csrf_token"]
    session = browser.client.get_cookie("session")
    for method, endpoint, arguments in _routes(app):
        browser.client.set_cookie("session", session.value if session else "")
        with app.test_request_context():
            path = app.url_for(endpoint, **arguments)
        answer = browser.client.open(path, method=method, data={"csrf_token": csrf} if method == "POST" else None)
        assert answer.status_code < 500, (method, path)
        assert _is_shut_out(answer) == (trust < needed(endpoint, arguments)), (method, path, answer.status_code)


def _is_shut_out(answer) -> bool:
    """Led to 用户核验, or told that the session is over."""
    led = answer.status_code == 303 and answer.headers["Location"] == "/renewal/verify"
    told = answer.status_code == 409 and "页面已过期" in answer.text
    return led or told


@pytest.mark.parametrize("trust", [Trust.STRANGER, Trust.CLAIMED], ids=["stranger", "claimed"])
@pytest.mark.parametrize("kind", PICTURES)
def test_pictures_are_shown_to_their_owner_only(app: Flask, trust: Trust, kind: str) -> None:
    owner = _browser(app, Trust.CAPTURED)
    assert owner.get(f"/renewal/attachments/{kind}").headers["Content-Type"].startswith("image/")
    assert "image" not in _browser(app, trust).get(f"/renewal/attachments/{kind}").headers["Content-Type"]


def test_a_captured_person_without_pictures_gets_404_not_anothers(app: Flask) -> None:
    carry(app.extensions["renewal"].services, "review", person(1, "王小明"))
    browser = Browser(app).hold(carry(app.extensions["renewal"].services, "details"))
    for kind in (*PICTURES, "selfie", "portrait_white", "signature_white", "..%2f"):
        assert browser.get(f"/renewal/attachments/{kind}").status == 404


def test_a_selfie_is_shown_to_nobody(app: Flask) -> None:
    browser = Browser(app).hold(carry(app.extensions["renewal"].services, "review", method="selfie"))
    assert browser.get("/renewal/attachments/selfie").status == 404


def test_an_application_opens_for_its_session_and_for_no_other(app: Flask) -> None:
    application = submitted(app.extensions["renewal"].services)
    path = f"/applications/{application.number}"
    owner = Browser(app).hold(app.extensions["renewal"].services.draft(application.draft_id))
    assert owner.get(path).status == 200
    assert _browser(app, Trust.STRANGER).get(path).path == "/renewal/verify"
    assert _browser(app, Trust.CLAIMED).get(path).path == "/renewal/verify"
    other = Browser(app).hold(carry(owner.services, "details", person(1, "王小明")))
    assert other.get(path).status == 404


def test_a_claimed_person_sees_nothing_stored(app: Flask) -> None:
    browser = Browser(app).hold(carry(app.extensions["renewal"].services, "face"))
    for path in ("/applications", "/renewal/face", "/"):
        page = browser.get(path)
        assert person().name not in page.html
        assert "续办码 " not in page.text
    assert BY_NAME["face"].needs is Trust.CLAIMED


@pytest.mark.parametrize("path", ["/renewal/notice", "/renewal/review", "/applications/YX0"])
def test_a_look_at_the_headers_alone_is_led_away_like_a_look_at_the_page(browser: Browser, path: str) -> None:
    answer = browser.client.head(path)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/renewal/verify")
