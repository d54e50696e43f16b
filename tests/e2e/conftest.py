"""The app as it is deployed, and browsers to walk through it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.e2e.browsers import launch
from tests.e2e.serving import serve


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
