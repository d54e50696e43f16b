"""A link on a receipt leads where the office is, whatever host a request names."""

import pytest
from flask import Flask

from renewal.settings import Settings
from renewal.web.context import context
from tests.factories import submitted
from tests.web.browser import Browser


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:8000", "localhost.", "127.0.0.1", "127.0.0.1:65535", "[::1]", "[::1]:80"]
)
def test_this_machine_is_answered_with_no_setting(app: Flask, host: str) -> None:
    assert app.test_client().get("/", headers={"Host": host}).status_code == 200


FOREIGN = [
    "evil.example",
    "evil.example:8000",
    "192.168.1.5",
    "[::2]",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
]
MANGLED = [
    "",
    "a" * 64,
    "127.0.0.1@evil.example",
    "localhost:",
    "localhost:x",
    "localhost:99999",
    "localhost:80:80",
    "localhost:80:8000",
    "localhost::80",
    "[::1]:80:80",
    "[::1",
    "::1",
    "a b",
    "中文",
]


@pytest.mark.parametrize("path", ["/", "/renewal/verify", "/healthz", "/nowhere", "/static/nothing"])
@pytest.mark.parametrize("host", FOREIGN + MANGLED)
def test_any_other_host_is_refused(app: Flask, host: str, path: str) -> None:
    overrides = {"HTTP_HOST": host.encode().decode("latin-1")}
    assert app.test_client().get(path, environ_overrides=overrides).status_code == 400


def test_an_administrator_reads_which_setting_to_change(app: Flask) -> None:
    page = Browser(app).get("/", {"Host": "192.168.1.5:8000"})
    assert "这个网址没有启用" in page.text
    assert "请把“192.168.1.5”加入设置项 RENEWAL_HOSTS" in page.text
    assert "RENEWAL_PUBLIC_URL" in page.text
    assert "请把“域名”加入" in Browser(app).get("/", {"Host": "a b"}).text


def test_a_form_sent_to_a_foreign_host_changes_nothing(at) -> None:
    browser = at("commitment")
    before, form = browser.draft(), browser.page.form("/renewal/commitment").values
    answer = browser.client.post(
        "/renewal/commitment", data=form | {"commitment": "yes"}, headers={"Host": "evil.example"}
    )
    assert answer.status_code == 400
    assert browser.draft() == before


class TestAnOfficeWithNames:
    @pytest.fixture
    def settings(self, tmp_path) -> Settings:
        return Settings(data=tmp_path, hosts=("yanxu.example.cn", "[fd00::7]"), public_url="https://zc.example.cn/")

    @pytest.mark.parametrize(
        "host", ["yanxu.example.cn", "Yanxu.Example.cn:8443", "zc.example.cn", "[FD00::7]:80", "localhost"]
    )
    def test_each_of_them_is_answered(self, app: Flask, host: str) -> None:
        assert app.test_client().get("/", headers={"Host": host}).status_code == 200

    @pytest.mark.parametrize("host", ["example.cn", "www.yanxu.example.cn", "evil.example"])
    def test_no_other_is(self, app: Flask, host: str) -> None:
        assert app.test_client().get("/", headers={"Host": host}).status_code == 400


class TestLinks:
    @pytest.fixture
    def settings(self, tmp_path) -> Settings:
        return Settings(data=tmp_path, hosts=("yanxu.example.cn",), trusted_proxies=1, proxy_sets_host=True)

    def test_a_receipt_lies_where_the_browser_asked(self, app: Flask) -> None:
        with app.test_request_context(base_url="http://yanxu.example.cn:8443"):
            assert context().public_url("/receipts/x") == "http://yanxu.example.cn:8443/receipts/x"

    def test_behind_a_proxy_it_lies_where_the_browser_asked_the_proxy(self, app: Flask) -> None:
        services = app.extensions["renewal"].services
        browser = Browser(app).hold(services.draft(submitted(services).draft_id))
        page = browser.get("/renewal/done", {"X-Forwarded-Host": "yanxu.example.cn", "X-Forwarded-Proto": "https"})
        receipt = next(href for href, _ in page.links if "/receipts/" in href)
        assert receipt.startswith("https://yanxu.example.cn/receipts/")

    def test_what_a_proxy_passes_on_is_checked_too(self, app: Flask) -> None:
        headers = {"Host": "yanxu.example.cn", "X-Forwarded-Host": "evil.example"}
        assert app.test_client().get("/", headers=headers).status_code == 400
