"""PostgreSQL goes away and comes back, under an app that stays."""

import time
from collections.abc import Iterator

import pytest

from renewal.store import postgres
from tests.factories import carry, person
from tests.postgres import Postgres
from tests.postgres import postgres as serve
from tests.web.browser import Browser, editable


@pytest.fixture
def server() -> Iterator[Postgres]:
    """One of its own, to be stopped."""
    with serve() as server:
        yield server


@pytest.fixture
def database_url(server: Postgres) -> Iterator[str]:
    with server.database("blank") as url:
        yield url


def test_who_is_on_the_way_is_told_in_words_loses_nothing_and_goes_on_by_itself(browser: Browser, server) -> None:
    browser.hold(carry(browser.services, "details", person())).get("/renewal/details")
    page, before = browser.page, browser.draft()
    server.stop()
    typed = editable(page.form("/renewal/details"), person()) | {"school": "没存上的大学"}
    answer = browser.submit("/renewal/details", **typed)
    assert (answer.status, answer.headers["Retry-After"]) == (503, "10")
    assert "暂时无法保存" in answer.text
    assert "没存上的大学" in answer.text
    assert browser.get("/services/renewal").status in (200, 503)
    assert browser.client.get("/readyz").status_code == 503
    assert browser.client.get("/healthz").status_code == 200

    server.start()
    time.sleep(postgres.AGAIN)
    assert browser.client.get("/readyz").status_code == 200
    assert browser.draft() == before
    browser.page = page
    assert browser.submit("/renewal/details", **typed).path == "/renewal/attachments"
    assert browser.draft().answers["details"]["school"] == "没存上的大学"
