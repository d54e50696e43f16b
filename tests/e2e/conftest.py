"""The app as it is deployed, and browsers to walk through it."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, sync_playwright

from renewal.domain.policy import Policy
from renewal.services import Services
from renewal.settings import Settings
from renewal.store.database import Database
from renewal.store.keys import Keys
from renewal.store.sealed import Sealer
from tests.e2e.browsers import launch, old_phone, phone
from tests.e2e.hand import Hand
from tests.e2e.serving import serve
from tests.e2e.walk import Current, Walk, serials
from tests.factories import person


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the app under gunicorn."""
    with serve(tmp_path_factory.mktemp("data")) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The current Chromium; open pages with `browsers.phone`."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="module", params=["current", 67])
def owner(request: pytest.FixtureRequest, server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hand]:
    """Walked to 附件 once for each browser."""
    folder = tmp_path_factory.mktemp("walk")
    if request.param == "current":
        with phone(request.getfixturevalue("chromium"), base_url=server) as page:
            session = page.context.new_cdp_session(page)
            hand = Hand(Current(page), session.send, server)
            Walk(hand.driver, server, person(next(serials)), folder).to("附件")
            yield hand
    else:
        with old_phone(request.param) as old:
            Walk(old, server, person(next(serials)), folder).to("附件")
            yield Hand(old, old.send, server)


@pytest.fixture
def hand(owner: Hand) -> Hand:
    owner.open("/renewal/attachments")
    return owner


@pytest.fixture(scope="module")
def engine() -> str:
    """Of `deployed`: a module that is to run on both says so by a fixture of this name."""
    return "sqlite"


@pytest.fixture(scope="module")
def deployed(
    engine: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Services]]:
    """The address of an app under gunicorn, and services over the same data to look beneath the pages."""
    data = tmp_path_factory.mktemp("data")
    with ExitStack() as held:
        url = held.enter_context(request.getfixturevalue("postgres").database()) if engine == "postgresql" else ""
        address = held.enter_context(serve(data, database_url=url))
        settings = Settings(data=data, database_url=url)
        keys = Keys.read_or_make(settings.keys, make=False)
        services = Services.over(Database(settings.database), Sealer(keys), lambda: datetime.now(UTC), Policy())
        yield address, services
        services.database.close()
