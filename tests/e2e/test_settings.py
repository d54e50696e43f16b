"""An administrator names the office: both workers say so at once, and the page keeps nobody out."""

from datetime import UTC, datetime
from pathlib import Path
from urllib.request import urlopen

import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect

from renewal.domain.policy import Policy
from renewal.services import Services
from renewal.settings import Settings
from renewal.store.database import Database
from renewal.store.keys import Keys
from renewal.store.sealed import Sealer
from renewal.store.staff import Role
from tests.e2e import axe
from tests.e2e.serving import serve
from tests.staffing import PASSWORD, staffed

SCREENS = [("wide", 1366, 768), ("narrow", 360, 640)]


@pytest.fixture
def address(tmp_path: Path):
    with serve(tmp_path, "--workers", "2") as address:
        yield address


@pytest.fixture
def boss(address: str, chromium: Browser, tmp_path: Path) -> Page:
    """The screen of an administrator, with the settings on it."""
    settings = Settings(data=tmp_path)
    sealer = Sealer(Keys.read_or_make(settings.keys, make=False))
    services = Services.over(Database(settings.database), sealer, lambda: datetime.now(UTC), Policy())
    member = staffed(services, "主任", Role.ADMINISTRATOR)
    services.database.close()
    page = chromium.new_page(base_url=address, locale="zh-CN")
    page.goto("/office/")
    code = pyotp.TOTP(member.totp_secret).now()
    for field, text in {"username": member.name, "password": PASSWORD, "code": code}.items():
        page.fill(f"#{field}", text)
    page.get_by_role("button", name="登录", exact=True).click()
    page.get_by_role("link", name="设置", exact=True).click()
    return page


def test_what_an_administrator_saves_every_worker_says(boss: Page, address: str) -> None:
    boss.fill("#office-name", "泉城注册办")
    boss.fill("#office-phone", "打电话")
    boss.get_by_role("button", name="保存办公室").click()
    expect(boss.locator("#errors")).to_contain_text("咨询电话：电话请写成")
    assert axe.violations(boss) == []
    boss.fill("#office-phone", "0531-88000000")
    boss.get_by_role("button", name="保存办公室").click()
    expect(boss.locator("#office [role=status]")).to_have_text("已保存：名称、咨询电话。")
    for _ in range(12):
        with urlopen(address) as answer:
            assert "泉城注册办" in answer.read().decode()
    for elder in (False, True):
        for _, width, height in SCREENS:
            boss.set_viewport_size({"width": width, "height": height})
            assert boss.evaluate("document.documentElement.scrollWidth") <= width
            assert axe.violations(boss) == []
        if not elder:
            boss.get_by_role("button", name="关怀版").click()
            expect(boss.locator("html.elder")).to_have_count(1)
    boss.get_by_role("button", name="恢复第0版").click()
    expect(boss.locator("#history [role=status]")).to_contain_text("已保存：")
    expect(boss.locator("#office-name")).to_have_value("")
