"""One filled office for all tests of the demonstration: playing months takes seconds."""

from datetime import UTC, datetime

import pytest

from renewal.app import create_app
from renewal.settings import Settings
from tests.factories import Clock

MORNING = datetime(2026, 6, 15, 1, 0, tzinfo=UTC)
"""A Monday, nine o'clock in China."""


@pytest.fixture(scope="session")
def filled(tmp_path_factory):
    """The services of an office that `flask demo` filled, and what it printed."""
    app = create_app(Settings(data=tmp_path_factory.mktemp("demo")), now=Clock(MORNING))
    services = app.extensions["renewal"].services
    services.database.migrate()
    result = app.test_cli_runner().invoke(args=["demo"])
    assert result.exit_code == 0, result.output
    yield services, result.output
    services.database.close()


@pytest.fixture(scope="session")
def office(filled):
    return filled[0]
