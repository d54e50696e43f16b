"""The figures, as Prometheus reads them."""

import re
from collections import Counter
from datetime import timedelta

import pytest
from flask import Flask
from prometheus_client.parser import text_string_to_metric_families

from renewal.domain.application import Status
from renewal.office.upkeep import BACKUP_MARK
from renewal.services import Services
from renewal.settings import Settings
from renewal.store.database import Database, Unavailable
from tests.casework import accepted, confirmed
from tests.factories import Clock, person, portrait_jpeg, submitted
from tests.staffing import staffed
from tests.web.browser import Browser, walk
from tests.web.test_gunicorn import ROOT
from tests.web.test_probes import BEARER, TOKEN

Figures = Counter[tuple[str, frozenset[tuple[str, str]]]]


@pytest.fixture
def settings(tmp_path) -> Settings:
    return Settings(data=tmp_path, metrics_token=TOKEN)


@pytest.fixture
def services(app: Flask) -> Services:
    return app.extensions["renewal"].services


def _read(app: Flask) -> Figures:
    answer = app.test_client().get("/metrics", headers=BEARER)
    assert answer.headers["Content-Type"].startswith("text/plain; version=")
    families = text_string_to_metric_families(answer.text)
    return Counter({(one.name, frozenset(one.labels.items())): one.value for all_ in families for one in all_.samples})


def _figure(figures: Figures, name: str, **labels: str) -> float:
    return figures[f"renewal_{name}", frozenset(labels.items())]


def test_requests_are_counted_by_route_and_status_steps_and_pictures_with_their_time(app: Flask) -> None:
    before = _read(app)
    browser = Browser(app)
    walk(browser, person(3))
    counted = _read(app)
    counted.subtract(before)
    route = {"method": "POST", "route": "/renewal/attachments/<kind>", "status": "303"}
    assert _figure(counted, "request_seconds_count", **route) == 2
    assert _figure(counted, "request_seconds_sum", **route) > 0
    assert _figure(counted, "step_seconds_count", step="commitment") == 1
    assert _figure(counted, "step_seconds_bucket", step="commitment", le="+Inf") == 1
    assert _figure(counted, "picture_seconds_count", picture="signature") == 1


def test_what_a_stranger_makes_up_is_no_series(app: Flask) -> None:
    client = app.test_client()
    for made_up in range(3):
        client.get(f"/nowhere/{made_up}")
        client.post(f"/renewal/made-up-{made_up}")
        client.post(f"/renewal/attachments/made-up-{made_up}", data={"x": portrait_jpeg()[:10]})
        client.open("/", method=f"MADEUP{made_up}")
        client.get(f"/static/made-up-{made_up}.js")
    names = {str(series) for series in _read(app)}
    assert not [name for name in names if re.search(r"made-?up|nowhere", name, re.IGNORECASE)]


def test_cases_are_counted_by_status_and_the_oldest_that_waits_for_the_office_by_its_age(
    app: Flask, services: Services, clock: Clock
) -> None:
    assert _figure(_read(app), "oldest_case_seconds") == 0
    confirmed(services, person(1))
    clock.go_on(days=2)
    submitted(services, person(2))
    accepted(services, staffed(services), person(3))
    figures = _read(app)
    told = {status: _figure(figures, "cases", status=status.value) for status in Status}
    assert {status: count for status, count in told.items() if count} == {
        Status.EMPLOYER_CONFIRMED: 1,
        Status.SUBMITTED: 1,
        Status.ACCEPTED: 1,
    }
    assert _figure(figures, "oldest_case_seconds") == timedelta(days=2).total_seconds()


def test_each_figure_is_explained_and_no_other_is(app: Flask) -> None:
    walk(Browser(app))
    answer = app.test_client().get("/metrics", headers=BEARER)
    families = {one.name: one.type for one in text_string_to_metric_families(answer.text)}
    told = {name + "_total" * (kind == "counter") for name, kind in families.items()}
    manual = (ROOT / "docs" / "monitoring.md").read_text()
    assert set(re.findall(r"^\| `(renewal_\w+)`", manual, re.MULTILINE)) == told
    asked = set(re.findall(r"renewal_\w+", manual.partition("## Rules")[2]))
    assert {re.sub(r"_(count|bucket)$", "", name) for name in asked} <= told


def test_the_last_backup_is_told_by_its_moment(app: Flask, settings: Settings) -> None:
    assert _figure(_read(app), "last_backup_timestamp_seconds") == 0
    (settings.data / BACKUP_MARK).write_text("1970-01-02T08:00:00+08:00")
    assert _figure(_read(app), "last_backup_timestamp_seconds") == 24 * 60 * 60


def test_a_duty_that_fails_is_told(app: Flask, services: Services) -> None:
    assert _figure(_read(app), "duties_failing") == 0
    now = services.now()
    services.leases.acquire("purge", "somebody", now, now)
    services.leases.failed("purge", "somebody", now, "")
    assert _figure(_read(app), "duties_failing") == 1


def test_the_machine_is_told_of_also_when_the_database_does_not_answer(app: Flask, monkeypatch) -> None:
    there = _read(app)
    assert _figure(there, "database_up") == 1
    assert _figure(there, "database_bytes") > 100_000

    def gone(*_: object) -> list[str]:
        raise Unavailable("unable to open database file")

    monkeypatch.setattr(Database, "rows", gone)
    gone_now = _read(app)
    assert _figure(gone_now, "database_up") == 0
    assert _figure(gone_now, "disk_free_bytes") > 0
    assert not [name for name, _ in gone_now if name in ("renewal_cases", "renewal_database_bytes")]
