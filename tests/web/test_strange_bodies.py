"""Bodies nobody would send, with tokens that are good: every form answers in words, and nothing is logged as a bug."""

from collections.abc import Callable
from itertools import count
from urllib.parse import quote_from_bytes

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from renewal.domain.application import Status
from renewal.journey.steps import STEPS
from renewal.web.halves import is_office
from tests.factories import SAME_FIXTURES, carry, moved, person, portrait_jpeg, signature_png, submitted
from tests.naughty import anything
from tests.web.browser import Browser, employer_path
from tests.web.test_form_parser import Part, multipart, part, send

LI = person()
serial = count(1)  # an open application for each, as nobody may have two
STEP_PATHS = {f"/renewal/{step.name}": f"/renewal/{step.name}" for step in STEPS}
OF_A_CASE = [f"/applications/<number>/{form}" for form in ("withdraw", "correct", "employer/link")]
SHOWN_AT = STEP_PATHS | {
    "/profile": "/profile",
    "/display": "/",
    "/resume": "/resume",
    "/tools/photo": "/tools/photo",
    "/my-data/delete": "/my-data",
    "/renewal/details/autosave": "/renewal/details",
    "/renewal/attachments/portrait": "/renewal/attachments",
    "/renewal/attachments/signature": "/renewal/attachments",
    **dict.fromkeys(OF_A_CASE, ""),
    "/employer/<token>": "",
}
"""Each address a form is posted to, and the page that shows the form."""
BY_PROVIDER = {"/phone/code", "/phone/confirm", "/phone/stop", "/renewal/details/phone"}
BY_PROVIDER |= {"/resume/phone", "/resume/phone/open", "/renewal/face/upgrade"}
"""Not there in an office without a contract; with one: tests/web/test_phone.py, test_identity.py."""

KNOWN = [*sorted(LI.details), "nickname", "avatar", "next", "elder", "code", "read", "all", "method", "consent"]
KNOWN += ["selfie", "avatar_file", "portrait", "signature", "signature_data", "remove", "adjust", "background"]
KNOWN += ["commitment", "source", "state", "token", "csrf_token"]

GOOD = {**LI.details, "method": "selfie", "consent": "yes", "commitment": "yes", "nickname": "小李", "read": "age"}
raw = st.binary(max_size=40) | anything.map(lambda text: text.encode("utf-8", "surrogatepass"))
gbk = anything.map(lambda text: text.encode("gb18030", "ignore"))
pictures = st.sampled_from([b"", b"\xff\xd8\xff", portrait_jpeg()[:3000], signature_png()])
values = raw | gbk | pictures | st.sampled_from(sorted(GOOD.values())).map(str.encode)
known = st.sampled_from(KNOWN).map(str.encode)
names = known | known | known | raw
NAMED = [b'; name="%s"'] * 5 + [b"%.0s", b"; name=%s", b"; name*=utf-8''%s", b'; NAME="%s']
AS_FILE = [b"%.0s"] * 5 + [b'; filename="%s"', b"; filename=%.0s", b"; filename*=gbk''%s", b'; filename="\\%s']
CHARSETS = [b"utf-8", b"gbk", b"utf-16", b"iso-8859-1", b"us-ascii", b"idna", b"base64", b"\xff", b""]


@st.composite
def strange_parts(draw: st.DrawFn) -> Part:
    """The headers and the content of one part."""
    headers = draw(st.sampled_from([b"Content-Disposition: form-data"] * 20 + [b"content-disposition:", b"X: y", b""]))
    headers += draw(st.sampled_from(NAMED)) % draw(names)
    headers += draw(st.sampled_from(AS_FILE)) % draw(known | raw)
    if draw(st.booleans()):
        headers += b"\r\nContent-Type: text/plain; charset=" + draw(st.sampled_from(CHARSETS))
    if not draw(st.integers(0, 15)):
        headers += b"\r\n" + draw(raw)
    return headers, draw(values)


@st.composite
def multipart_bodies(draw: st.DrawFn) -> "Body":
    """Strange parts about the good ones, some of them twice, now and then cut off or under another boundary."""
    strange = draw(st.lists(strange_parts(), max_size=6))
    doubled = draw(st.lists(st.sampled_from(["csrf_token", "token", *strange]), max_size=3))
    told = draw(st.sampled_from(["b"] * 8 + ["", "c", '"b"', "b; charset=gbk", "边"]))
    order = draw(st.permutations(["csrf_token", "token", *strange, *doubled]))
    left = draw(whole)

    def built(tokens: dict[str, str]) -> tuple[bytes, str]:
        parts = [part(one, tokens.get(one, "").encode()) if isinstance(one, str) else one for one in order]
        return _cut(multipart(parts), left), f"multipart/form-data; boundary={told}"

    return built


@st.composite
def urlencoded_bodies(draw: st.DrawFn) -> "Body":
    quoting: Callable[[bytes], str | bytes] = draw(st.sampled_from([quote_from_bytes, bytes]))
    order = draw(st.permutations(["csrf_token", "token", *draw(st.lists(st.tuples(names, values), max_size=6))]))
    charset = draw(st.sampled_from(["", "; charset=gbk", "; charset=utf-16", ";;"]))
    left = draw(whole)

    def built(tokens: dict[str, str]) -> tuple[bytes, str]:
        pairs = [(one.encode(), tokens.get(one, "").encode()) if isinstance(one, str) else one for one in order]
        body = b"&".join(_bytes(quoting(name)) + b"=" + _bytes(quoting(value)) for name, value in pairs)
        return _cut(body, left), "application/x-www-form-urlencoded" + charset

    return built


Body = Callable[[dict[str, str]], tuple[bytes, str]]
whole = st.just(1.0) | st.just(1.0) | st.floats(0, 1)
"""How much of a body arrives."""


def _bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode()


def _cut(body: bytes, left: float) -> bytes:
    return body[: round(len(body) * left)]


def _shown(browser: Browser, path: str) -> tuple[str, dict[str, str]]:
    """The address to post to, and what the form shown for it holds: its tokens among them."""
    at = SHOWN_AT[path]
    if not at:
        application = submitted(browser.services, person(next(serial)))
        browser.hold(browser.services.draft(application.draft_id))
        at = f"/applications/{application.number}"
        path = path.replace("<number>", application.number)
        if path.startswith("/employer"):
            path = at = employer_path(browser.get(at))
        if path.endswith("/correct"):
            moved(browser.services, application, Status.RETURNED)
    elif at == "/renewal/register":
        browser.get("/renewal/verify")
        browser.submit("/renewal/verify", **LI.claim)
    elif at in STEP_PATHS and at != "/renewal/verify":
        browser.hold(carry(browser.services, at.removeprefix("/renewal/"), LI))
    page = browser.get(at)
    form = page.form("/renewal/details" if path.endswith("autosave") else path)
    return path, {"csrf_token": "", "token": "", **form.values}


def test_every_address_a_form_is_posted_to_is_tried(app: Flask) -> None:
    rules = {str(rule) for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    rules = {rule for rule in rules if not is_office(rule)}  # tests/web/office/test_door.py
    steps = {rule for rule in rules if rule.startswith(("/renewal/<", "/renewal/attachments/"))}
    assert rules - steps - BY_PROVIDER == SHOWN_AT.keys() - STEP_PATHS.keys() - {
        path for path in SHOWN_AT if "/attachments/" in path
    }


@pytest.fixture
def bugs(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the log says from now on, warnings and worse."""
    said: list[str] = []
    monkeypatch.setattr(app.logger, "handle", lambda record: said.append(record.getMessage()))
    return said


@pytest.mark.parametrize("path", SHOWN_AT)
@SAME_FIXTURES
@given(built=multipart_bodies() | urlencoded_bodies())
def test_no_body_is_too_strange(app: Flask, bugs: list[str], path: str, built: Body) -> None:
    browser = Browser(app)
    browser.introduce()
    path, tokens = _shown(browser, path)
    body, kind = built(tokens)
    bugs.clear()
    page = send(browser, path, body, kind)
    assert page.status < 500
    assert not bugs
