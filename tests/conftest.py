"""A fresh services for each test, over a real database file, with keys and a clock of its own."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from renewal.app import create_app
from renewal.journey import studio
from renewal.services import Services
from renewal.settings import Settings
from renewal.store.drafts import new_id
from renewal.store.keys import Keys
from tests import factories
from tests.engines import ENGINES
from tests.postgres import Postgres
from tests.postgres import postgres as serve


@pytest.fixture(scope="session", autouse=True)
def prepared_once() -> Iterator[None]:
    """Equal pictures are worked on once."""
    with pytest.MonkeyPatch.context() as patch:
        for work in factories.WORKED_ON_ONCE:
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


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with serve() as server:
        yield server


@pytest.fixture
def sqlite_url(tmp_path: Path, blank: Path) -> str:
    """Where the app looks for it, too."""
    file = tmp_path / "renewal.db"
    shutil.copy(blank, file)
    return f"sqlite:///{file}"


@pytest.fixture
def postgresql_url(postgres: Postgres) -> Iterator[str]:
    with postgres.emptied() as url:
        yield url


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated database without rows: every test that asks for one runs on both engines. What is about SQLite's
    file alone asks for `sqlite_url`, or makes this fixture say so for its module."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def sqlite_empty(tmp_path: Path) -> Callable[[], str]:
    return lambda: f"sqlite:///{tmp_path / new_id()}.db"


@pytest.fixture
def postgresql_empty(postgres: Postgres) -> Iterator[Callable[[], str]]:
    with ExitStack() as made:
        yield lambda: made.enter_context(postgres.database())


@pytest.fixture(params=ENGINES)
def new_url(request: pytest.FixtureRequest) -> Callable[[], str]:
    """Makes one more database, in which nothing was migrated yet."""
    makes: Callable[[], str] = request.getfixturevalue(f"{request.param}_empty")
    return makes


@pytest.fixture
def another_url(database_url: str, tmp_path: Path, blank: Path, postgres: Postgres) -> Iterator[str]:
    """A second one on the same engine."""
    if database_url.startswith("sqlite"):
        yield f"sqlite:///{shutil.copy(blank, tmp_path / 'another.db')}"
    else:
        with postgres.database("blank") as url:
            yield url


@pytest.fixture
def services(database_url: str, keys: Keys, clock: factories.Clock) -> Iterator[Services]:
    services = factories.services_over(database_url, keys, clock)
    yield services
    services.database.close()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Override it in a module or class to test another deployment."""
    return Settings(data=tmp_path)


@pytest.fixture
def app(settings: Settings, database_url: str, keys: Keys, clock: factories.Clock) -> Iterator[Flask]:
    """The app over the same database as `services` would be; verbs beside it: app.extensions["renewal"].services."""
    app = create_app(replace(settings, database_url=database_url), keys, clock)
    yield app
    app.extensions["renewal"].services.database.close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
