"""What a proxy says of the client is believed if it comes from a proxy of ours, and no further."""

import logging
from ipaddress import ip_network

import pytest
from flask import Flask

from renewal.settings import Settings
from renewal.web import proxies

HERE = Settings().proxy_networks
SAID = {
    "X-Forwarded-For": "203.0.113.9, 198.51.100.7",
    "X-Forwarded-Proto": "https, https",
    "X-Forwarded-Host": "first.cn, last.cn",
    "X-Forwarded-Port": "1",
    "X-Forwarded-Prefix": "/x",
}


def _seen(peer: str, networks=HERE, count: int = 1, sets_host: bool = False) -> tuple[str, str, str]:
    """Address, scheme and host that the app sees when `peer` asks."""
    app = Flask(__name__)
    seen = {}

    def inner(environ, start_response):
        seen.update(environ)
        start_response("204 No Content", [])
        return []

    app.wsgi_app = inner
    proxies.init_app(app, networks, count, sets_host)
    app.test_client().get("/", headers=SAID, environ_base={"REMOTE_ADDR": peer})
    assert seen["SCRIPT_NAME"] == ""
    return seen["REMOTE_ADDR"], seen["wsgi.url_scheme"], seen["HTTP_HOST"]


@pytest.mark.parametrize("peer", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_a_proxy_on_this_machine_is_believed(peer: str) -> None:
    assert _seen(peer) == ("198.51.100.7", "https", "localhost")


@pytest.mark.parametrize("peer", ["10.0.0.1", "127.0.0.2", "::2", "::ffff:10.0.0.1", "", "nonsense"])
def test_nobody_else_is(peer: str) -> None:
    assert _seen(peer, sets_host=True) == (peer, "http", "localhost")


def test_as_many_are_believed_as_stand_in_front() -> None:
    assert _seen("127.0.0.1", count=2)[0] == "203.0.113.9"
    assert _seen("127.0.0.1", count=3)[0] == "127.0.0.1"


def test_a_container_believes_the_network_it_is_told() -> None:
    bridge = (ip_network("172.16.0.0/12"),)
    assert _seen("172.17.0.1", bridge)[0] == "198.51.100.7"
    assert _seen("127.0.0.1", bridge)[0] == "127.0.0.1"


def test_the_host_is_taken_only_from_proxies_that_set_it() -> None:
    assert _seen("127.0.0.1", sets_host=True)[2] == "last.cn"
    assert _seen("127.0.0.1", count=2, sets_host=True)[2] == "first.cn"


def test_a_proxy_that_is_not_believed_is_named_in_the_log_once(caplog) -> None:
    app = Flask(__name__)
    proxies.init_app(app, HERE, 1, False)
    client = app.test_client()
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            client.get("/", environ_base={"REMOTE_ADDR": "172.17.0.1"})
            client.get("/", headers=SAID, environ_base={"REMOTE_ADDR": "172.17.0.1"})
    assert [record.message for record in caplog.records] == [
        "X-Forwarded-* of 172.17.0.1 is not believed: add it to FORWARDED_ALLOW_IPS if it is a proxy"
    ]


class TestWithoutProxies:
    @pytest.fixture
    def settings(self, tmp_path) -> Settings:
        return Settings(data=tmp_path, proxy_sets_host=True)

    def test_nobody_is_believed(self, app: Flask) -> None:
        assert app.test_client().get("/", headers=SAID | {"X-Forwarded-Host": "evil.example"}).status_code == 200
        assert not isinstance(app.wsgi_app, proxies.TrustedProxies)
