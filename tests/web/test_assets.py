"""What the browser gets, compressed: bytes are the same on every machine, so they are promised here."""

import gzip
import json
import re
from base64 import b64encode
from hashlib import sha256

import brotli
import pytest
from flask import Flask

from renewal.journey.steps import STEPS
from renewal.web.assets import DIST, ROOT
from tests.factories import carry, submitted
from tests.web.browser import HTMX, Browser

BR = {"Accept-Encoding": "gzip, deflate, br"}
STEP_BYTES, DETAILS_BYTES, FIRST_PAGE_BYTES, SCRIPT_BYTES, JOURNEY_BYTES = 2048, 2600, 3100, 8450, 36_800
LEADING_PAGE_BYTES = 6000


def _sent(browser: Browser, path: str, headers: dict[str, str] | None = None) -> int:
    answer = browser.client.get(path, headers={**BR, **(headers or {})})
    assert answer.status_code == 200
    assert answer.headers["Content-Encoding"] == "br"
    return len(answer.data)


def _script(name: str = "app.js") -> str:
    return json.loads((DIST / "manifest.json").read_text())[name]


@pytest.mark.parametrize("step", [step.name for step in STEPS if step.name != "details"])
def test_a_steps_answer_stays_within_two_kilobytes(at, step: str) -> None:
    assert _sent(at(step), f"/renewal/{step}", HTMX) <= STEP_BYTES


def test_the_details_form_stays_within_what_its_sixteen_fields_need(at) -> None:
    assert _sent(at("details"), "/renewal/details", HTMX) <= DETAILS_BYTES


def test_a_refused_details_form_stays_within_what_its_sixteen_fields_need(at) -> None:
    browser = at("details")
    form = browser.page.form("/renewal/details").values
    answer = browser.client.post("/renewal/details", data=form, headers={**BR, **HTMX})
    assert answer.status_code == 422
    assert answer.headers["Content-Encoding"] == "br"
    assert len(answer.data) <= DETAILS_BYTES


def test_the_last_answer_stays_within_two(app: Flask) -> None:
    application = submitted(app.extensions["renewal"].services)
    browser = Browser(app).hold(app.extensions["renewal"].services.draft(application.draft_id))
    assert _sent(browser, "/renewal/done", HTMX) <= STEP_BYTES


def test_the_first_page_with_its_css_stays_within_three(app: Flask) -> None:
    assert _sent(Browser(app), "/") <= FIRST_PAGE_BYTES


def test_the_page_that_leads_into_the_journey_stays_within_six_with_all_its_css(app: Flask) -> None:
    assert _sent(Browser(app), "/profile") <= LEADING_PAGE_BYTES


def test_what_only_the_paper_for_the_stamp_needs_comes_with_no_other_page(app: Flask) -> None:
    application = submitted(app.extensions["renewal"].services)
    browser = Browser(app).hold(app.extensions["renewal"].services.draft(application.draft_id))
    paper, other = (browser.get(f"/applications/{application.number}{page}") for page in ("/employer", ""))
    assert (".stamp" in paper.style, ".stamp" in other.style) == (True, False)


def test_the_script_comes_with_the_page_that_leads_into_the_journey(browser: Browser) -> None:
    """Home and list paint without it, and who only looks pays nothing for it."""
    browser.cookies(nickname="小李", avatar="helmet")
    scripts = {path: _script() in browser.get(path).html for path in ("/", "/services", "/services/renewal")}
    assert scripts == {"/": False, "/services": False, "/services/renewal": True}


def test_what_pictures_and_signature_need_stays_small(app: Flask) -> None:
    script = app.test_client().get(f"/static/{_script('pictures.js')}", headers=BR, buffered=True)
    assert script.headers["Content-Encoding"] == "br"
    assert len(script.data) <= 5100


def test_a_whole_journey_stays_within_thirty_seven_but_for_headers_and_pictures(app: Flask) -> None:
    services = app.extensions["renewal"].services
    bytes_ = [_sent(Browser(app), path) for path in ("/", "/profile")]
    bytes_ += [_sent(Browser(app), "/services/renewal", HTMX)]
    for step in STEPS:
        bytes_.append(_sent(Browser(app).hold(carry(services, step.name)), f"/renewal/{step.name}", HTMX))
    for name in ("app.js", "pictures.js"):
        bytes_.append(len(app.test_client().get(f"/static/{_script(name)}", headers=BR, buffered=True).data))
    assert sum(bytes_) <= JOURNEY_BYTES


def test_a_steps_headers_stay_within_a_third_of_a_kilobyte(at) -> None:
    answer = at("details").client.get("/renewal/details", headers={**BR, **HTMX})
    lines = [f"{name}: {value}\r\n" for name, value in answer.headers if name != "Set-Cookie"]
    assert len("".join(lines)) <= 280


@pytest.mark.parametrize(
    ("kept", "folder", "asked"),
    [("ATTRIBUTES", "templates", r"\bhx-([a-z-]+)="), ("HEADERS", "renewal", r'\["(HX-[\w-]+)"\]|\{"(HX-[\w-]+)"')],
)
def test_what_is_cut_out_of_htmx_no_page_uses(kept: str, folder: str, asked: str) -> None:
    build = (ROOT / "static" / "lean.mjs").read_text()
    list_ = re.search(rf"const {kept} = (\[.*?\]);", build)[1]
    files = (file for file in (ROOT / folder).rglob("*.*") if file.suffix in (".html", ".py"))
    used = {"".join(names) for file in files for names in re.findall(asked, file.read_text())}
    assert used == set(json.loads(list_))


def test_pages_say_nothing_that_was_cut_out_of_htmx() -> None:
    """Of swaps, triggers and selectors only what is left in static/lean.mjs."""
    text = "".join(file.read_text() for file in (ROOT / "templates").rglob("*.html"))
    assert set(re.findall(r'hx-swap="(.*?)"', text)) == {"outerHTML"}
    assert set(re.findall(r'hx-swap-oob="(.*?)"', text)) == {"true"}
    assert all(re.fullmatch(r"this|#[\w-]+", name) for name in re.findall(r'hx-(?:target|include)="(.*?)"', text))
    triggers = re.findall(r"""(?:hx-trigger="|trigger='|asks\(watch, ')([^{'"]+)""", text)
    assert len(triggers) >= 6
    spec = r"every \d+s|\w+( delay:\d+m?s)?( from:#\w+)?"
    assert all(re.fullmatch(rf"({spec})(, ({spec}))*", trigger) for trigger in triggers), triggers


def test_the_script_stays_within_nine(app: Flask) -> None:
    script = app.test_client().get(f"/static/{_script()}", headers=BR, buffered=True)
    assert script.headers["Content-Encoding"] == "br"
    assert len(script.data) <= SCRIPT_BYTES


def test_the_office_asks_for_its_own_script_within_nine_and_never_for_the_applicants(app: Flask) -> None:
    page = app.test_client().get("/office/login").text
    assert f'src="/static/{_script("office.js")}"' in page
    assert _script() not in page
    assert len(app.test_client().get(f"/static/{_script('office.js')}", headers=BR, buffered=True).data) <= SCRIPT_BYTES


@pytest.mark.parametrize("path", ["/", "/profile", "/services", "/services/renewal", "/resume", "/nowhere"])
def test_answers_are_compressed_for_whom_understands_it(browser: Browser, path: str) -> None:
    plain, small = browser.client.get(path), browser.client.get(path, headers=BR)
    assert "Content-Encoding" not in plain.headers
    assert small.headers["Content-Encoding"] == "br"
    assert "Accept-Encoding" in small.headers["Vary"]
    assert brotli.decompress(small.data).lstrip().startswith(b"<!doctype html>")
    zipped = browser.client.get(path, headers={"Accept-Encoding": "gzip"})
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.data).lstrip().startswith(b"<!doctype html>")


def test_a_pictures_headers_stay_within_an_eighth_of_a_kilobyte(at) -> None:
    answer = at("review").client.get("/renewal/attachments/portrait?small")
    lines = [f"{name}: {value}\r\n" for name, value in answer.headers if name not in ("Set-Cookie", "Date")]
    assert len("".join(lines)) <= 128


def test_pictures_are_not_compressed_again(app: Flask) -> None:
    browser = Browser(app).hold(carry(app.extensions["renewal"].services, "review"))
    for kind in ("portrait", "signature"):
        answer = browser.client.get(f"/renewal/attachments/{kind}", headers=BR)
        assert "Content-Encoding" not in answer.headers


def test_assets_are_named_by_their_content_and_kept_forever(app: Flask) -> None:
    name = _script()
    answer = app.test_client().get(f"/static/{name}", buffered=True)
    assert sha256(answer.data).hexdigest()[:10] in name
    assert "immutable" in answer.headers["Cache-Control"]
    assert "max-age=31536000" in answer.headers["Cache-Control"]
    assert f'src="/static/{name}"' in app.test_client().get("/resume").text


def test_what_is_kept_forever_says_nothing_of_how_to_ask_again(app: Flask) -> None:
    headers = app.test_client().get(f"/static/{_script()}", headers=BR, buffered=True).headers
    assert not {"ETag", "Last-Modified"} & set(headers.keys())
    assert headers["Vary"] == "Accept-Encoding"  # the one kept by a proxy may be compressed


@pytest.mark.parametrize("sent", [{}, BR, {"Range": "bytes=0-9"}])
def test_no_browser_takes_an_asset_for_something_else(app: Flask, sent: dict[str, str]) -> None:
    answer = app.test_client().get(f"/static/{_script()}", headers=sent, buffered=True)
    assert answer.status_code in (200, 206)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("path", "name"), [("/", "entrance.css"), ("/resume", "app.css"), ("/office/login", "office.css")]
)
def test_the_policy_names_the_css_that_stands_in_the_page(app: Flask, path: str, name: str) -> None:
    css = (DIST / name).read_text().strip()
    answer = app.test_client().get(path)
    digest = b64encode(sha256(css.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}';" in answer.headers["Content-Security-Policy"]
    assert f"<style>{css}</style>" in answer.text


def test_each_page_asks_for_one_script_and_nothing_else(at) -> None:
    page = at("details").page
    addresses = [given.get("src") or given["href"] for tag, given in page.tags if tag in ("script", "link", "img")]
    assert [address for address in addresses if address != "data:,"] == [f"/static/{_script()}"]
