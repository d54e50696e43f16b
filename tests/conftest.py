"""A fresh services for each test, over a real database file, with keys and a clock of its own."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from renewal.app import create_app
from renewal.journey import studio
from renewal.services import Services
from renewal.settings import Settings
from renewal.store.keys import Keys
from tests import factories


@pytest.fixture(scope="session", autouse=True)
def prepared_once() -> Iterator[None]:
    """Equal pictures are worked on once: looking for the same face for each test would cost minutes."""
    with pytest.MonkeyPatch.context() as patch:
        for work in ("open_photo", "find_sitter", "keep", "kept", "portrait_of", "make_signature"):
            patch.setattr(studio, work, cache(getattr(studio, work)))
        yield


@pytest.fixture
def clock() -> factories.Clock:
    return factories.Clock()


@pytest.fixture
def keys() -> Keys:
    return Keys.fresh()


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return factories.blank_database(tmp_path_factory.mktemp("blank"))


@pytest.fixture
def services(tmp_path: Path, blank: Path, keys: Keys, clock: factories.Clock) -> Iterator[Services]:
    services = factories.services_in(tmp_path, blank, keys, clock)
    yield services
    services.database.close()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Override it in a module or class to test another deployment."""
    return Settings(data=tmp_path)


@pytest.fixture
def app(settings: Settings, blank: Path, keys: Keys, clock: factories.Clock) -> Iterator[Flask]:
    """The app over the same database as `services` would be; verbs beside it: app.extensions["renewal"].services."""
    factories.services_in(settings.data, blank, keys, clock).database.close()
    app = create_app(settings, keys, clock)
    yield app
    app.extensions["renewal"].services.database.close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
