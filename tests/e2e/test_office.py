"""The office's first day in a real browser: from the link of the first start to a colleague who signs in."""

import re
from collections.abc import Iterator
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Browser, Page

from tests.e2e import axe
from tests.e2e.browsers import phone
from tests.e2e.serving import flask, serve

PASSWORD = "三更灯火五更鸡 at five"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def address(data: Path) -> Iterator[str]:
    """An app of its own: its first administrator is still to come."""
    with serve(data) as address:
        yield address


def _link(data: Path) -> str:
    found = re.search(r"/office/setup/\w+", flask(data, "setup"))
    assert found
    return found[0]


def _press(page: Page, words: str) -> None:
    page.locator("main").get_by_role("button", name=words).click()


def _fill(page: Page, **typed: str) -> None:
    for name, text in typed.items():
        page.fill(f"#{name}", text)


def _is_good(page: Page, heading: str) -> None:
    """The page one expects, in order for everybody and on every screen."""
    assert page.text_content("h1") == heading
    for width in (1366, 360):
        page.set_viewport_size({"width": width, "height": 768})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, heading
        assert axe.violations(page) == []


def _secret(page: Page) -> str:
    return (page.text_content(".secret:has(+ .ask) b") or "").replace(" ", "")


def test_the_first_administrator_and_a_colleague_come_in(chromium: Browser, address: str, data: Path) -> None:
    context = chromium.new_context(base_url=address, locale="zh-CN")
    page = context.new_page()
    page.goto(_link(data))
    _is_good(page, "设置第一位管理员")
    _fill(page, username="主任", password=PASSWORD, again=PASSWORD)
    _press(page, "下一步")
    _is_good(page, "设置手机验证器")
    _fill(page, code=pyotp.TOTP(_secret(page)).now())
    _press(page, "确定并登录")
    _is_good(page, "恢复码")
    _press(page, "生成10个恢复码")
    assert page.locator(".codes li").count() == 10
    _is_good(page, "恢复码")
    page.get_by_role("link", name="去办公").click()
    _is_good(page, "今日待办")
    page.get_by_role("link", name="日志").click()
    _is_good(page, "日志")
    page.get_by_text("日志是否完整").click()
    _press(page, "现在检查")
    assert "日志完整，第1条至第" in (page.text_content(".note.success") or "")
    _is_good(page, "日志")
    page.get_by_role("link", name="人员").click()
    _is_good(page, "人员")
    _fill(page, username="王科员")
    _press(page, "添加")
    _is_good(page, "王科员的初始密码")
    password = page.text_content(".big") or ""
    secret = (page.locator(".secret b").last.text_content() or "").replace(" ", "")
    page.get_by_role("link", name="已经交给本人").click()
    page.get_by_role("link", name="王科员").click()
    _is_good(page, "王科员")
    page.get_by_role("link", name="主任").click()
    _is_good(page, "我的账号")
    page.get_by_role("button", name="退出", exact=True).click()
    _is_good(page, "工作人员登录")
    context.close()
    _colleague(chromium, address, password, pyotp.TOTP(secret).now())


def _colleague(chromium: Browser, address: str, password: str, code: str) -> None:
    """On a phone without scripts."""
    with phone(chromium, base_url=address, javascript=False) as page:
        page.goto("/office/")
        _fill(page, username="王科员", password=password, code=code)
        _press(page, "登录")
        assert page.text_content("h1") == "修改密码"
        _fill(page, current=password, password=PASSWORD, again=PASSWORD)
        _press(page, "修改密码")
        assert page.text_content("h1") == "恢复码"
        page.get_by_role("button", name="关怀版").click()
        assert page.get_by_role("button", name="普通版").is_visible()
        page.get_by_role("link", name="今日待办").click()
        assert page.get_by_role("link", name="人员").count() == 0
