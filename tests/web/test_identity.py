"""To a face provider's page and back, over HTTP, with HTMX and without."""

import logging
from dataclasses import replace
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from renewal.app import create_app
from renewal.domain.trust import Trust
from renewal.journey.identity import NOT_YOURS, TOO_LATE, TROUBLE
from renewal.settings import Settings
from renewal.store.models import FaceOrder
from tests.doubles.faces import CREDENTIALS, DOUBLES, environment
from tests.doubles.serving import listening
from tests.factories import carry, person, stored
from tests.staffing import Desk, staffed
from tests.web.browser import HTMX, Browser, Page, walk


@pytest.fixture(params=DOUBLES)
def double(request):
    with listening(DOUBLES[request.param]()) as double:
        double.name = request.param
        yield double


@pytest.fixture
def settings(tmp_path, double):
    return Settings.from_env({"RENEWAL_DATA": str(tmp_path), **environment(double.name, double)})


@pytest.fixture
def there(either: Browser) -> Browser:
    """At 人脸识别, with the page open."""
    either.hold(carry(either.services, "face", person(1))).get("/renewal/face")
    return either


def agree(browser: Browser, **form: str):
    """Tick and press 去刷脸: the answer of the first form of the page."""
    form_shown = next(form for form in browser.page.forms if form.action == "/renewal/face")
    provider = browser.services.face.name
    data = dict(form_shown.fields) | {"method": provider, "consent": "yes"} | form
    sent = browser.client.post("/renewal/face", data=data, headers=HTMX if browser.htmx else {})
    if sent.status_code == 303:
        return browser.client.get(sent.location, headers=HTMX if browser.htmx else {})
    return sent


def where(answer) -> str:
    """The address of the provider's page: HTMX is sent there, a page has it in a link."""
    if "HX-Redirect" in answer.headers:
        return answer.headers["HX-Redirect"]
    return answer.text.split('<a class="btn" href="')[1].split('"')[0].replace("&amp;", "&")


def face_check(url: str, double, passed: bool = True) -> str:
    """Opens the provider's page and comes to its end; the path and query by which it leads back."""
    urlopen(url, timeout=5).close()
    order = list(double.orders.values())[-1]
    back = urlsplit(double.finish(order, passed))
    return f"{back.path}?{back.query}"


def test_the_page_names_who_gets_what_and_nothing_is_ticked(there: Browser):
    company = there.services.face.company
    for word in (company, "姓名", "身份证号码", "人脸", "到窗口核验", "自拍核验"):
        assert word in there.page.text
    assert not [tag for tag, given in there.page.tags if given.get("type") == "checkbox" and "checked" in given]
    assert '<details class="others">' in there.page.html


def test_a_person_is_verified_there_and_goes_on_here(there: Browser, double):
    page = there.get(face_check(where(agree(there)), double))
    assert (page.path, page.status) == ("/renewal/notice", 200)
    assert "人脸识别已通过" in page.text
    assert there.draft().trust is Trust.VERIFIED


def test_without_scripts_a_page_leads_on_and_no_form_does(there: Browser):
    """Our CSP lets forms lead to our own pages only, and browsers hold a redirect to it."""
    answer = agree(there)
    if there.htmx:
        assert answer.headers["HX-Redirect"] == where(answer)
    else:
        assert f'content="0;url={where(answer).replace("&", "&amp;")}"' in answer.text
        assert "form-action 'self'" in answer.headers["Content-Security-Policy"]


def test_without_consent_nothing_is_sent_and_the_page_says_so(there: Browser, double):
    answer = agree(there, consent="")
    assert answer.status_code == 422
    assert "请先阅读并勾选授权" in answer.text
    assert double.asked == []


def test_a_provider_that_is_down_leads_back_in_words_and_another_way_is_open(there: Browser, double):
    double.mood = "html"
    answer = agree(there)
    page = there.get(answer.location) if answer.status_code == 303 else Page(answer, "/renewal/face")
    assert TROUBLE in page.text
    assert '<details class="others" open>' in there.get("/renewal/face").html
    assert there.submit("/renewal/face", method="counter").path == "/renewal/notice"


def test_what_the_browser_brings_along_is_not_believed(there: Browser, double):
    back = face_check(where(agree(there)), double, passed=False)
    lie = back.split("?")[0] + "?code=0&response=%7B%22code%22%3A1000%7D"
    page = there.get(lie)
    assert page.path == "/renewal/face"
    assert "人脸核身没有通过" in page.text
    assert there.draft().trust is Trust.CLAIMED


def test_the_page_waits_and_asks_again_but_not_for_ever(there: Browser, double):
    url = where(agree(there))
    urlopen(url, timeout=5).close()
    order = list(double.orders.values())[-1]
    back = urlsplit(order.get("back") or order["ReturnUrl"]).path
    page = there.get(back)
    assert "正在查询核验结果" in page.text
    assert f'hx-get="{back}?n=1"' in page.html
    assert f'<noscript><meta http-equiv="refresh" content="4;url={back}?n=1"></noscript>' in page.html
    page = there.get(f"{back}?n=10")
    assert "还没有核验结果" in page.text
    assert "hx-trigger" not in page.html.split('<main id="step">')[1]
    assert 'href="/renewal/face"' in page.html


@pytest.mark.parametrize("state", ["x", "eyJ.a.b", "face-check"])
def test_a_forged_way_back_leads_nowhere(there: Browser, state: str):
    page = there.get(f"/renewal/face/return/{state}")
    assert page.path == "/renewal/face"
    assert TOO_LATE in page.text or "已经结束" in page.text
    assert there.draft().trust is Trust.CLAIMED


def test_a_tampered_or_foreign_state_is_refused(there: Browser, double):
    back = face_check(where(agree(there)), double).split("?")[0]
    assert there.get(back[:-3] + "AAA").path == "/renewal/face"
    stranger = Browser(there.app)
    page = stranger.get(back)
    assert NOT_YOURS in page.text
    assert there.get(back).path == "/renewal/face"  # the order is void by now
    assert there.draft().trust is Trust.CLAIMED


def test_a_session_that_ended_meanwhile_is_opened_again_in_the_same_browser(there: Browser, double):
    back = face_check(where(agree(there)), double)
    there.forget("session")
    assert there.get(back).path == "/renewal/notice"


@pytest.mark.parametrize("method", ["selfie", "counter"])
def test_who_has_handed_in_already_may_still_be_verified(either: Browser, double, method: str):
    walk(either, person(1), method=method)
    number = either.page.ids["number"]
    page = either.get(f"/applications/{number}")
    assert either.services.face.label in page.text
    shown = page.form("/renewal/face/upgrade")
    data = dict(shown.fields)
    headers = HTMX if either.htmx else {}
    assert "勾选授权" in either.client.post("/renewal/face/upgrade", data=data, follow_redirects=True).text
    sent = either.client.post("/renewal/face/upgrade", data=data | {"consent": "yes"}, headers=headers)
    answer = either.client.get(sent.location, headers=headers)
    page = either.get(face_check(where(answer), double))
    assert page.path == f"/applications/{number}"
    assert "人脸识别已通过" in page.text
    assert "人脸核身通过" in page.html.split('<ol class="card line-up">')[1]
    assert "到窗口核验" not in page.text
    assert "/renewal/face/upgrade" not in [form.action for form in page.forms]


def test_a_case_that_is_closed_needs_nobody_verified(browser: Browser, double):
    number = walk(browser, person(1)).ids["number"]
    shown = browser.get(f"/applications/{number}").form("/renewal/face/upgrade")
    browser.submit(f"/applications/{number}/withdraw")
    sent = browser.client.post("/renewal/face/upgrade", data=dict(shown.fields) | {"consent": "yes"})
    assert sent.location == f"/applications/{number}"
    assert stored(browser.services, FaceOrder) == []


def test_the_office_learns_why_people_are_sent_away(there: Browser, double, caplog):
    double.key = "a new one"
    with caplog.at_level(logging.WARNING):
        agree(there)
    key = CREDENTIALS[double.name][1]
    assert "credentials" in caplog.text
    assert key not in caplog.text
    desk = Desk(there.app)
    today = desk.enter(staffed(desk.services)).get("/office/").html
    assert f"{there.services.face.label}不认密钥" in today
    assert key not in today


def test_check_says_whether_the_credentials_are_good(app, double):
    run = app.test_cli_runner().invoke
    good = run(args=["check"])
    assert (good.exit_code, "密钥可用" in good.output) == (0, True)
    double.key = "a new one"
    bad = run(args=["check"])
    assert (bad.exit_code, "不认密钥" in bad.output, "日志完整" in bad.output) == (1, True, True)
    assert double.orders == {}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"face_provider": "baidu"}, "RENEWAL_FACE_PROVIDER 应为 none、tencent、aliyun 之一"),
        ({"face_key": ""}, "还需要设置 RENEWAL_FACE_KEY"),
        ({"face_endpoint": "http://example.cn"}, "RENEWAL_FACE_ENDPOINT 应以 https:// 开头"),
    ],
    ids=str,
)
def test_a_setting_that_is_wrong_stops_the_start_and_is_named(settings, changed, said):
    with pytest.raises(ValueError, match=said):
        create_app(replace(settings, **changed))
