"""What machines may ask: who is alive, who is ready, and, of whom the office lets in, the figures."""

import shutil
import subprocess
import sys
from ipaddress import ip_network
from types import SimpleNamespace

import pytest
from flask import Flask

from renewal.settings import Settings
from renewal.store.database import Database, Unavailable
from renewal.store.key_check import KeyCheck
from renewal.store.keys import Keys
from renewal.store.sealed import Sealer
from renewal.web import probes
from tests.engines import execute
from tests.web.test_gunicorn import ROOT

TOKEN = "a-token-that-nobody-guesses"
BEARER = {"Authorization": f"Bearer {TOKEN}"}


def _status(app: Flask, peer: str = "127.0.0.1", **headers: str) -> int:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return app.test_client().get("/metrics", headers=named, environ_base={"REMOTE_ADDR": peer}).status_code


def test_the_app_says_that_it_is_alive_and_ready(app: Flask) -> None:
    for path in ("/healthz", "/readyz"):
        answer = app.test_client().get(path)
        assert (answer.status_code, answer.text) == (200, "ok\n")


def _unready(app: Flask) -> str:
    """What it says, while it is alive all the same."""
    answer = app.test_client().get("/readyz")
    assert answer.status_code == 503
    assert app.test_client().get("/healthz").status_code == 200
    return answer.text


def test_it_is_not_ready_while_a_migration_is_pending(app: Flask) -> None:
    execute(app.extensions["renewal"].services.database, "DELETE FROM schema_migration")
    answer = app.test_client().get("/readyz")
    assert answer.status_code == 503
    assert "0001_begin" in answer.text
    assert app.test_client().get("/healthz").status_code == 200


def test_it_is_not_ready_where_its_keys_are_anothers(app: Flask) -> None:
    services = app.extensions["renewal"].services
    KeyCheck(services.database, Sealer(Keys.fresh())).settle()
    assert app.test_client().get("/readyz").status_code == 503
    assert app.test_client().get("/healthz").status_code == 200


def test_it_is_not_ready_over_the_database_of_a_later_release(app: Flask) -> None:
    database = app.extensions["renewal"].services.database
    execute(database, "INSERT INTO schema_migration (name, applied) VALUES ('0999_later', '2030-01-01')")
    assert app.test_client().get("/readyz").status_code == 503


def test_it_is_not_ready_while_the_database_does_not_answer(app: Flask, monkeypatch) -> None:
    def gone(_: object) -> list[str]:
        raise Unavailable("unable to open database file")

    monkeypatch.setattr(Database, "pending", gone)
    _unready(app)


def test_it_is_not_ready_on_a_full_disk(app: Flask, settings: Settings, monkeypatch) -> None:
    room = {settings.data: probes.NEEDED - 1}
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: SimpleNamespace(free=room[folder]))
    assert _unready(app) == f"disk full: {settings.data}\n"
    room[settings.data] += 1
    assert app.test_client().get("/readyz").status_code == 200


class TestWhereNobodyMayLook:
    def test_there_is_no_such_page(self, app: Flask) -> None:
        assert _status(app) == 404
        assert _status(app, **BEARER) == 404
        assert _status(app, Authorization="Bearer ") == 404

    def test_nothing_is_counted_and_nothing_of_it_is_loaded(self, tmp_path) -> None:
        code = (
            "import sys; from renewal.app import create_app; from renewal.settings import Settings; "
            f"create_app(Settings(data=__import__('pathlib').Path({str(tmp_path)!r}))); "
            "sys.exit('prometheus_client' in sys.modules)"
        )
        subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


class TestWhoHasTheToken:
    @pytest.fixture
    def settings(self, tmp_path) -> Settings:
        return Settings(data=tmp_path, metrics_token=TOKEN)

    def test_is_told_wherever_it_asks_from(self, app: Flask) -> None:
        assert _status(app, "203.0.113.9", **BEARER) == 200
        assert _status(app, "203.0.113.9", X_Forwarded_For="10.0.0.1", **BEARER) == 200

    @pytest.mark.parametrize(
        "said", ["", "Bearer", "Bearer ", f"Bearer {TOKEN}x", f"Basic {TOKEN}", "Bearer 令牌", f"bearer{TOKEN}"]
    )
    def test_anybody_else_finds_no_such_page(self, app: Flask, said: str) -> None:
        assert _status(app, Authorization=said.encode().decode("latin-1")) == 404


class TestAnAddressThatMayLook:
    @pytest.fixture(params=[0, 1], ids=["no proxy", "one proxy"])
    def settings(self, request, tmp_path) -> Settings:
        return Settings(data=tmp_path, metrics_allow=("127.0.0.1", "10.1.0.0/16"), trusted_proxies=request.param)

    @pytest.mark.parametrize(
        ("peer", "status"),
        [
            ("127.0.0.1", 200),
            ("10.1.2.3", 200),
            ("::ffff:10.1.2.3", 200),
            ("10.2.0.1", 404),
            ("::1", 404),
            ("", 404),
            ("?", 404),
        ],
    )
    def test_is_told_and_no_other(self, app: Flask, peer: str, status: int) -> None:
        assert _status(app, peer) == status
        assert _status(app, peer, **BEARER) == status

    def test_of_a_proxy_it_is_not_that_of_all_its_visitors(self, app: Flask, settings: Settings) -> None:
        assert _status(app, X_Forwarded_For="203.0.113.9") == 404
        assert (_status(app, X_Forwarded_For="10.1.2.3") == 200) is bool(settings.trusted_proxies)


def test_who_watches_is_somebody() -> None:
    assert not probes.Watchers()
    assert probes.Watchers(token=TOKEN)
    assert probes.Watchers((ip_network("10.0.0.0/8"),))
