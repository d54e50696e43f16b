"""The real server, as talkative as it gets: an application and its case leave nothing of anybody in the log."""

import json
import os
import re
import socket
import time
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from signal import SIGKILL
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from flask import Flask

from renewal.app import create_app
from renewal.settings import Settings
from tests.e2e.serving import ROOT, serve
from tests.factories import employers_form, person, portrait_jpeg, signature_png
from tests.staffing import PASSWORD, Desk, staffed
from tests.web import over_http
from tests.web.browser import Browser, employer_path, filled, walk

LI = replace(person(7), name="欧阳延续")
TOKEN = "a-token-that-nobody-guesses"
NOTE = "来电说下周三到窗口"
# Every library says all it has to say; and a step may fail with what was typed in the words of its error.
CONF = f"""
import logging, os
os.environ |= {{"RENEWAL_LOG_FORMAT": "json", "RENEWAL_METRICS_TOKEN": {TOKEN!r}}}
exec(open({str(ROOT / "gunicorn.conf.py")!r}).read())
open(__file__.replace("conf.py", "meters"), "w").write(os.environ[METERS])
loglevel = "debug"

def post_fork(server, worker):
    logging.basicConfig(level=logging.DEBUG)

from renewal.journey import taking
check = taking.check

def failing(draft, sent):
    if sent.fields.get("school", "").startswith("出错"):
        try:
            int(sent.fields["id_number"] + "?")
        except ValueError as error:
            raise LookupError(repr(sent.fields)) from error
    check(draft, sent)

taking.check = failing
"""


@dataclass
class Day:
    """A server's day: where it answered, who asked what, and what must not be told."""

    address: str
    log: Path
    secrets: dict[str, str | bytes]
    statuses: set[int]
    bug: Any = None

    @property
    def bug_worker(self) -> int:
        """The worker that met the bug."""
        return next(line["process"] for line in self.lines if line["request"] == self.bug.headers["X-Request-ID"])

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{")]


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Day]:
    folder = tmp_path_factory.mktemp("day")
    conf = folder / "conf.py"
    conf.write_text(CONF)
    with serve(folder, "-c", str(conf), "--workers", "2") as address:
        app = create_app(Settings(data=folder))
        day = Day(address, folder / "gunicorn.log", {}, set())
        _live(day, app)
        yield day
        app.extensions["renewal"].services.database.close()
    assert not Path((folder / "meters").read_text()).exists()


def _live(day: Day, app: Flask) -> None:
    browser = Browser(app, client=over_http.client(day.address))
    day.secrets |= {"name": LI.name, "selfie": portrait_jpeg()[500:900], "signature": signature_png()[200:300]}
    day.secrets |= {name: LI.details[name] for name in ("id_number", "phone", "employer", "school", "employer_code")}
    number = _apply(day, browser)
    _confirm(day, app, number, browser)
    _decide(day, app, number)
    for name in ("session", "device"):
        day.secrets[f"cookie {name}"] = browser.client.get_cookie(name).value


def _apply(day: Day, browser: Browser) -> str:
    browser.get("/profile")
    browser.submit("/profile")
    browser.get("/renewal/verify")
    day.statuses.add(browser.submit("/renewal/verify", name=LI.name, id_number=LI.id_number[:-1]).status)
    walk(browser, LI, until="details", method="selfie")
    form = browser.page.form("/renewal/details")
    day.secrets["step token"] = form.values["token"]
    day.bug = browser.submit("/renewal/details", school="出错大学", phone=LI.phone)
    stale = filled(form, {"school": LI.details["school"], "phone": LI.phone})
    browser.get("/renewal/details")
    number = walk(browser, LI).ids["number"].replace(" ", "")
    day.statuses |= {day.bug.status, browser.post("/renewal/details", stale).status}
    return number


def _confirm(day: Day, app: Flask, number: str, browser: Browser) -> None:
    case = browser.services.applications.by_number(number)
    assert case
    day.secrets["resume code"] = browser.services.draft(case.draft_id).answers["resume"]
    browser.get("/renewal/done")
    receipt = next(href for href, _ in browser.page.links if "/receipts/" in href)
    day.secrets["receipt"] = receipt.rsplit("/", 1)[1]
    for path in (receipt, f"{receipt}.pdf", f"{receipt}?name={quote(LI.name)}", f"/applications/{number}"):
        day.statuses.add(browser.client.get(path).status_code)
    link = employer_path(browser.get(f"/applications/{number}"))
    day.secrets["employer's link"] = link.rsplit("/", 1)[1]
    unit = Browser(app, client=over_http.client(day.address))
    unit.get(link)
    unit.submit(link, **employers_form(employer_code="x"))
    unit.submit(link, **employers_form())
    day.secrets["unit's clerk"] = "赵经办"
    stranger = Browser(app, client=over_http.client(day.address))
    while 429 not in day.statuses:
        stranger.get("/resume")
        typed = {"code": "7KQM-2XWD-9HTA", "id_number": LI.id_number}
        form = stranger.page.form("/resume")
        day.statuses.add(
            stranger.post("/resume", filled(form, {n: v for n, v in typed.items() if n in form.names})).status
        )


def _decide(day: Day, app: Flask, number: str) -> None:
    desk = Desk(app)
    desk.client = over_http.client(day.address)
    clerk = staffed(desk.services, "诸葛科员")
    day.secrets |= {"clerk's password": PASSWORD, "clerk's secret": clerk.totp_secret, "note": NOTE}
    day.statuses.add(desk.sign_in(clerk, password="不是这个密码").status)
    desk.sign_in(clerk)
    desk.get("/office/cases")
    desk.submit("/office/cases", q=LI.name)
    desk.client.get(f"/office/cases?employer={quote(LI.details['employer'])}")
    case = desk.get(f"/office/cases/{number}").path
    for picture in desk.page.images:
        desk.client.get(picture)
    desk.submit(f"{case}/note", reason=NOTE)
    stale = desk.page.form(f"{case}/accept").values
    desk.submit(f"{case}/verify", reason="身份证原件")
    desk.submit(f"{case}/accept")
    desk.submit(f"{case}/approve")
    assert "准予" in desk.page.text
    day.statuses.add(desk.post(f"{case}/accept", stale).status)
    _mangle(day, clerk.name)


def _mangle(day: Day, name: str) -> None:
    """What no parser takes, with an ID number and a link in it."""
    server = urlsplit(day.address)
    for head in (
        f"GET /x?id={LI.id_number} of nothing",
        f"GET /{day.secrets['receipt']} HTTP/1.1\r\nX {LI.phone}: {name}",
    ):
        with socket.create_connection((server.hostname, server.port), timeout=10) as line:
            line.sendall(head.encode() + b"\r\n\r\n")
            assert b" 400 " in line.recv(1000)


def _written(secret: str | bytes) -> set[bytes]:
    """How it might stand in a log."""
    raw = secret if isinstance(secret, bytes) else secret.encode()
    inner = b64encode(raw[: len(raw) // 3 * 3])
    forms = {raw, inner, raw.hex().encode(), repr(raw)[2:-1].encode()}
    if isinstance(secret, str):
        forms |= {quote(secret).encode(), secret.encode("unicode-escape"), secret.replace("-", "").encode()}
    return forms


def test_a_journey_and_its_case_leave_nothing_of_anybody_in_the_log(day: Day) -> None:
    assert {200, 409, 422, 429, 500} <= day.statuses
    log = day.log.read_bytes()
    assert [name for name, secret in day.secrets.items() if any(form in log for form in _written(secret))] == []


def test_what_failed_is_found_by_the_number_that_the_applicant_tells(day: Day) -> None:
    told = re.search(r"告知编号 (\d{5}-\d{5})", day.bug.text)
    assert told
    assert day.bug.headers["X-Request-ID"] == told[1]
    bug, request = (line for line in day.lines if line["request"] == told[1])
    assert "bug at wizard.take_step" in bug["message"]
    assert "ValueError\nthen:\n" in bug["message"]
    assert bug["message"].endswith("LookupError")
    assert (request["method"], request["path"], request["status"]) == ("POST", "/renewal/details", 500)


def test_each_request_but_the_probes_is_one_line(day: Day) -> None:
    requests = [line for line in day.lines if line["logger"] == "gunicorn.access" and line["request"] != "-"]
    assert len(requests) > 40
    assert len({line["request"] for line in requests}) == len(requests)
    assert all(line["ms"] >= 0 and line["client"] == "127.0.0.1" for line in requests)
    assert not [line for line in requests if line["path"] == "/healthz"]


def test_the_log_names_also_requests_whose_answers_do_not_say_their_name(day: Day) -> None:
    unnamed = [line for line in day.lines if line["logger"] == "gunicorn.access" and line["request"] == "-"]
    assert {(line["status"], line["path"]) for line in unnamed if line["status"] == 200} == set()


def _figures(day: Day) -> str:
    return over_http.client(day.address).get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).text


COUNTED = (
    'renewal_step_seconds_count{step="commitment"} 1.0',
    'renewal_picture_seconds_count{picture="portrait"} 1.0',
    'renewal_request_seconds_count{method="POST",route="/renewal/<name>",status="500"} 1.0',
)


def test_whichever_worker_is_asked_tells_of_all_and_of_those_that_died(day: Day) -> None:
    told = [_figures(day) for _ in range(4)]
    assert all("renewal_worker_starts_total 2.0" in figures for figures in told)
    os.kill(day.bug_worker, SIGKILL)
    while "renewal_worker_starts_total 3.0" not in told[-1]:
        time.sleep(0.2)
        told.append(_figures(day))
    assert all(line in figures for line in COUNTED for figures in told)
    assert not [
        name for name, secret in day.secrets.items() if any(form in told[-1].encode() for form in _written(secret))
    ]
