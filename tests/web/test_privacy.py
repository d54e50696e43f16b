"""Nothing personal in addresses, titles and logs."""

import importlib.util
import io
import logging
import re
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask
from gunicorn.config import Config

from tests.factories import Person, person
from tests.web.browser import Browser, walk

LI = person()
ROOT = Path(__file__).parents[2]


def _secrets(who: Person) -> list[str]:
    return [value for name, value in who.details.items() if name not in ("sex", "ethnicity", "education", "degree")]


@pytest.fixture
def gunicorn_conf():
    spec = importlib.util.spec_from_file_location("gunicorn_conf", ROOT / "gunicorn.conf.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _whole_way(browser: Browser) -> str:
    """The journey and what comes after it; the number of the application."""
    browser.introduce()
    browser.get("/renewal/verify")
    number = walk(browser, LI, method="selfie").ids["number"]
    browser.get(next(href for href, _ in browser.page.links if "/receipts/" in href))
    browser.get("/applications")
    browser.get(f"/applications/{number}")
    browser.submit(f"/applications/{number}/withdraw")
    return number


@pytest.mark.parametrize("htmx", [False, True])
def test_addresses_and_titles_say_nothing_of_the_person(app: Flask, htmx: bool) -> None:
    browser = Browser(app, htmx)
    titles = []
    answer = browser._answer

    def noting(response, path):
        page = answer(response, path)
        titles.append(page.title)
        return page

    browser._answer = noting
    _whole_way(browser)
    told = "\n".join([*titles, *(path for _, path in browser.requests)])
    assert not [secret for secret in _secrets(LI) if secret in told]
    assert not [path for _, path in browser.requests if "?" in path and "?v=" not in path]


def test_logs_say_nothing_of_the_person(app: Flask, caplog) -> None:
    caplog.set_level(logging.DEBUG)
    browser = Browser(app)
    _whole_way(browser)
    code = browser.draft().answers["resume"]
    browser.get("/renewal/verify")
    browser.submit("/renewal/verify", name=LI.name, id_number=LI.id_number[:-1])
    browser.post("/renewal/details", {**LI.details})
    assert not [secret for secret in [*_secrets(LI), code] if secret in caplog.text]


def test_a_bug_in_the_log_says_nothing_of_the_person(at, caplog, monkeypatch) -> None:
    browser = at("details")
    monkeypatch.setattr("renewal.journey.taking.check", lambda *_: 1 / 0)
    browser.submit("/renewal/details", school=LI.details["school"], phone=LI.phone)
    assert "ZeroDivisionError" in caplog.text
    assert not [secret for secret in _secrets(LI) if secret in caplog.text]


def _logged(conf, environ: dict[str, str], status: str = "200 OK") -> str:
    config = Config()
    config.set("accesslog", "-")
    config.set("access_log_format", conf.access_log_format)
    logger = conf.PrivateLogger(config)
    out = io.StringIO()
    logger.access_log.handlers = [logging.StreamHandler(out)]
    response = SimpleNamespace(status=status, sent=12, headers=[])
    request = SimpleNamespace(headers=[])
    environ = {
        "REMOTE_ADDR": "192.0.2.1",
        "REQUEST_METHOD": "GET",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "RAW_URI": "",
        **environ,
    }
    logger.access(response, request, environ, timedelta(milliseconds=1))
    return out.getvalue()


def test_the_access_log_blanks_tokens_queries_and_forged_lines(gunicorn_conf) -> None:
    line = _logged(
        gunicorn_conf,
        {
            "PATH_INFO": "/receipts/MQ.secret-token",
            "RAW_URI": "/receipts/MQ.secret-token?id_number=370101",
            "QUERY_STRING": "id_number=370101",
            "HTTP_REFERER": "http://localhost/receipts/MQ.secret-token",
            "HTTP_COOKIE": "session=abc",
        },
    )
    assert "/receipts/***" in line
    assert not [word for word in ("secret", "370101", "abc", "Referer") if word in line]
    assert "/renewal/face/return/*** " in _logged(gunicorn_conf, {"PATH_INFO": "/renewal/face/return/MQ.secret-token"})
    assert "/receipts/***.pdf " in _logged(gunicorn_conf, {"PATH_INFO": "/receipts/MQ.secret-token.pdf"})
    forged = _logged(gunicorn_conf, {"PATH_INFO": "/x\n[now] 192.0.2.9 POST /office/login 200"})
    assert forged.count("\n") == 1


def test_no_format_gets_a_header_of_a_request_into_the_access_log(gunicorn_conf) -> None:
    gunicorn_conf.access_log_format = "%(m)s %(a)s %({cookie}i)s %({http_cookie}e)s %(f)s"
    line = _logged(gunicorn_conf, {"PATH_INFO": "/x", "HTTP_COOKIE": "session=abc", "HTTP_USER_AGENT": "a phone"})
    assert line == "GET - - - -\n"


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_the_access_log_leaves_out_those_who_look_whether_all_is_well(gunicorn_conf, path: str) -> None:
    assert _logged(gunicorn_conf, {"PATH_INFO": path}) == ""
    assert f" {path} 503 " in _logged(gunicorn_conf, {"PATH_INFO": path}, "503 SERVICE UNAVAILABLE")


def test_what_breaks_off_in_gunicorns_hands_is_told_without_query_token_and_words(gunicorn_conf) -> None:
    out, logger = io.StringIO(), gunicorn_conf.PrivateLogger(Config())
    (handler,) = (one for one in logger.error_log.handlers if hasattr(one, "_gunicorn"))
    handler.setStream(out)
    try:
        int(LI.name)
    except ValueError:
        logger.exception("Error handling request %s %s", "GET", f"/receipts/secret?q={LI.name}")
    assert "GET /receipts/***?***\n" in out.getvalue()
    assert out.getvalue().endswith("ValueError\n")
    assert LI.name not in out.getvalue()


def test_a_receipts_address_carries_no_number(app: Flask) -> None:
    browser = Browser(app)
    number = walk(browser, LI).ids["number"]
    link = next(href for href, _ in browser.page.links if "/receipts/" in href)
    assert number not in link
    assert not re.search(r"\d{11}", link)


def test_cookies_hold_nothing_personal(app: Flask) -> None:
    from itsdangerous import base64_decode

    browser = Browser(app)
    browser.introduce()
    browser.get("/renewal/verify")
    walk(browser, LI, until="commitment")
    browser.get("/renewal/verify")
    for name in ("session", "device"):
        value = browser.client.get_cookie(name).value
        told = base64_decode(value.removeprefix(".").split(".")[0]).decode("utf-8", "replace")
        assert not [secret for secret in _secrets(LI) if secret in told]
        assert LI.name.encode("unicode-escape").decode() not in told
