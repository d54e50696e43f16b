"""Headers, cookies, CSRF, and how much a request may weigh."""

import hashlib
import re
from base64 import b64encode

import pytest
from flask import Flask

from renewal.journey.steps import STEPS
from renewal.settings import Settings
from tests.factories import carry, person, submitted
from tests.web.browser import HTMX, Browser, Page, walk

PAGES = ["/", "/profile", "/services", "/services/renewal", "/resume", "/applications", "/nowhere"]


PART = "default-src 'none'; frame-ancestors 'none'"  # what stands in a page obeys the page's own policy


def _is_guarded(page: Page) -> None:
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert page.headers["Cache-Control"] == "no-store"
    policy = page.headers["Content-Security-Policy"]
    if "Location" in page.headers:
        assert (policy, page.headers["Referrer-Policy"], page.data) == (PART, "same-origin", b"")
        return
    if page.tags and not page.whole:
        assert policy == PART
        return
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for directive in ("script-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'"):
        assert directive in policy
    digest = b64encode(hashlib.sha256(page.style.encode()).digest()).decode()
    assert not page.style or f"style-src 'sha256-{digest}'" in policy
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert "camera=(self)" in page.headers["Permissions-Policy"]


def _has_nothing_inline(page: Page) -> None:
    assert page.html.count("<style") == page.whole
    for tag, given in page.tags:
        assert "style" not in given, (tag, given)
        assert not [name for name in given if name.startswith("on")]
        assert not given.get("href", "").startswith("javascript:")
        assert tag != "script" or given["src"].startswith("/static/app-")
        assert tag not in ("iframe", "object", "embed", "base")


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
@pytest.mark.parametrize("path", PAGES)
def test_pages_anybody_may_see_are_guarded(browser: Browser, path: str, headers: dict[str, str]) -> None:
    page = browser.get(path, headers)
    _is_guarded(page)
    _has_nothing_inline(page)


ASIDE = [
    ("GET", "/services", 302),
    ("GET", "/renewal/details", 302),
    ("GET", "/static/nothing.js", 404),
    ("GET", "/nowhere", 404),
    ("PUT", "/resume", 405),
    ("OPTIONS", "/resume", 200),
    ("POST", "/resume", 400),
    ("GET", "/healthz", 200),
]


@pytest.mark.parametrize(("method", "path", "status"), ASIDE)
def test_redirects_and_refusals_are_guarded(app: Flask, method: str, path: str, status: int) -> None:
    answer = app.test_client().open(path, method=method)
    assert answer.status_code == status
    _is_guarded(Page(answer, path))


def test_a_refused_host_is_answered_under_guard(app: Flask) -> None:
    _is_guarded(Page(app.test_client().get("/", headers={"Host": "evil.example"}), "/"))


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
@pytest.mark.parametrize("step", [step.name for step in STEPS])
def test_steps_are_guarded_good_or_bad(at, step: str, headers: dict[str, str]) -> None:
    browser = at(step)
    for page in (browser.get(f"/renewal/{step}", headers), browser.submit(f"/renewal/{step}")):
        _is_guarded(page)
        _has_nothing_inline(page)


def test_the_last_pages_are_guarded(app: Flask) -> None:
    application = submitted(app.extensions["renewal"].services)
    browser = Browser(app).hold(app.extensions["renewal"].services.draft(application.draft_id))
    for path in ("/renewal/done", "/applications", f"/applications/{application.number}"):
        page = browser.get(path)
        _is_guarded(page)
        _has_nothing_inline(page)
    receipt = next(href for href, _ in browser.page.links if "/receipts/" in href)
    page = browser.get(receipt)
    _is_guarded(page)
    _has_nothing_inline(page)


@pytest.mark.parametrize("kind", ["portrait", "signature"])
def test_pictures_are_kept_by_no_cache(at, kind: str) -> None:
    headers = at("review").get(f"/renewal/attachments/{kind}").headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Content-Security-Policy" not in headers  # pixels do nothing, whoever shows them


def _cookies(browser: Browser) -> dict[str, str]:
    browser.get("/")
    csrf = browser.page.form("/display").values["csrf_token"]
    answers = [browser.client.get("/renewal/verify", follow_redirects=True), browser.client.get("/profile")]
    browser.forget()
    answers += [browser.client.get("/"), browser.client.get("/profile")]
    csrf = re.search('name="csrf_token" value="([^"]*)"', answers[-1].text)[1]
    answers.append(browser.client.post("/display", data={"csrf_token": csrf, "elder": "1"}))
    lines = [line for answer in answers for line in answer.headers.getlist("Set-Cookie")]
    return {line.split("=")[0]: line for line in lines}


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(browser: Browser) -> None:
    cookies = _cookies(browser)
    assert cookies.keys() == {"session", "device", "elder"}
    for line in cookies.values():
        assert "HttpOnly" in line
        assert "SameSite=Lax" in line
        assert "Secure" not in line
        assert "Domain" not in line
    assert "Max-Age=2592000" in cookies["device"]
    assert "Expires" not in cookies["device"]  # it would say the same once more, by a clock that may be wrong


class TestOverHttps:
    @pytest.fixture
    def settings(self, tmp_path) -> Settings:
        return Settings(data=tmp_path, https_only=True)

    def test_cookies_are_sent_over_nothing_else(self, app: Flask) -> None:
        client = app.test_client()
        answer = client.get("/renewal/verify", base_url="https://localhost", follow_redirects=True)
        csrf = re.search('name="csrf_token" value="([^"]*)"', answer.text)[1]
        profile = {"csrf_token": csrf, "nickname": "小李", "next": "/renewal/verify"}
        begun = client.post("/profile", data=profile, base_url="https://localhost", follow_redirects=True)
        last = client.post("/display", data={"csrf_token": csrf}, base_url="https://localhost")
        lines = [line for one in (*answer.history, answer, begun, last) for line in one.headers.getlist("Set-Cookie")]
        assert {line.split("=")[0] for line in lines} == {"session", "device", "elder"}
        assert all("Secure" in line for line in lines)

    def test_a_form_without_referer_still_posts(self, app: Flask) -> None:
        client = app.test_client()
        text = client.get("/profile", base_url="https://localhost").text
        csrf = re.search('name="csrf_token" value="([^"]*)"', text)[1]
        data = {"csrf_token": csrf, "nickname": "小李", "avatar": "helmet"}
        assert client.post("/profile", data=data, base_url="https://localhost").status_code == 303


def test_probes_leave_no_cookies(app: Flask) -> None:
    for path in ("/healthz", "/readyz"):
        assert "Set-Cookie" not in app.test_client().get(path).headers


@pytest.mark.parametrize("csrf", [None, "", "x", "W10.aaaa.bbbb"])
@pytest.mark.parametrize("step", ["verify", "details", "review"])
def test_a_form_without_its_csrf_token_is_refused_kindly(at, step: str, csrf: str | None) -> None:
    browser = at(step)
    before = browser.draft()
    data = {**browser.page.form(f"/renewal/{step}").values, "school": "抄下来的大学", "name": "李春明"}
    del data["csrf_token"]
    page = browser.post(f"/renewal/{step}", data | ({} if csrf is None else {"csrf_token": csrf}))
    assert page.status == 400
    assert "页面已过期" in page.text
    assert {"/renewal/verify", "/resume", "/"} <= set(dict(page.links))
    assert "李春明" in page.text or step == "review"
    assert "CSRF" not in page.text
    assert browser.draft() == before


@pytest.mark.parametrize(
    "path", ["/profile", "/display", "/resume", "/renewal/details/autosave", "/renewal/attachments/portrait"]
)
def test_no_post_does_without_csrf(at, path: str) -> None:
    assert at("attachments").post(path, {"nickname": "x", "remove": "1"}).status == 400


def test_another_browsers_csrf_token_is_worth_nothing(app: Flask) -> None:
    mine, theirs = Browser(app), Browser(app)
    theirs.cookies(csrf="t" * 40)
    token = theirs.get("/profile").form("/profile").values["csrf_token"]
    mine.get("/profile")
    assert mine.post("/profile", {"csrf_token": token, "nickname": "x"}).status == 400


@pytest.mark.parametrize(
    ("path", "name", "size"),
    [
        ("/renewal/attachments/portrait", "portrait", 21),
        ("/renewal/attachments/signature", "signature", 21),
        ("/renewal/face", "selfie", 21),
        ("/profile", "avatar_file", 21),
        ("/resume", "code", 2),
        ("/renewal/details", "school", 2),
        ("/renewal/details/autosave", "school", 2),
        ("/display", "next", 2),
    ],
)
def test_what_weighs_too_much_is_refused_in_words(at, path: str, name: str, size: int) -> None:
    browser = at("attachments")
    before = browser.draft()
    csrf = browser.page.form("/display").values["csrf_token"]
    heavy = b"x" * size * 1024 * 1024
    page = browser.post(path, {"csrf_token": csrf, name: heavy if size > 20 else heavy.decode()})
    assert page.status == 413
    assert "文件太大了，请换一张小一些的图片" in page.text
    assert browser.draft() == before


def test_a_thousand_fields_are_too_many(browser: Browser) -> None:
    csrf = browser.get("/resume").form("/resume").values["csrf_token"]
    data = {"csrf_token": csrf, **{f"field{n}": "x" for n in range(1001)}, "avatar_file": b"x"}
    assert browser.post("/profile", data).status == 413


def test_a_body_that_is_no_form_is_refused_kindly(browser: Browser) -> None:
    for kind in ("application/json", "text/xml", "multipart/form-data", "multipart/form-data; boundary=x"):
        answer = browser.client.post("/renewal/verify", data=b'{"name": 1}', content_type=kind)
        assert answer.status_code == 400
        assert "页面已过期" in answer.text


def test_a_persons_page_is_kept_by_no_cache(at) -> None:
    page = at("details").page
    assert page.headers["Cache-Control"] == "no-store"
    assert {"HX-Request", "Cookie"} <= set(re.split(", *", page.headers["Vary"]))
    assert person().name in page.html


def test_what_is_stored_is_escaped_on_every_page(app: Flask) -> None:
    services = app.extensions["renewal"].services
    evil = person()
    browser = Browser(app).hold(carry(services, "details", evil))
    browser.get("/renewal/details")
    form = browser.page.form("/renewal/details").values
    text = "<img src=x onerror=alert(1)>公司"
    browser.post(
        "/renewal/details",
        {**evil.details, **form, "employer": text, "school": text, "major": text}
        | {k: evil.details[k] for k in ("ethnicity", "education", "degree", "graduated_on", "specialty_1")},
    )
    assert browser.page.path == "/renewal/attachments"
    for step in ("commitment", "review"):
        page = walk(browser, evil, until=step)
        assert "&lt;img src=x onerror=alert(1)&gt;公司" in page.html
        _has_nothing_inline(page)
    number = walk(browser, evil).ids["number"]
    _has_nothing_inline(browser.get(f"/applications/{number}"))
