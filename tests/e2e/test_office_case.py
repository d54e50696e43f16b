"""A case from the phone that hands it in to the decision that is read there: applicant, employer, two clerks."""

from contextlib import ExitStack
from itertools import count
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect

from renewal.domain.application import Status
from renewal.services import Services
from renewal.store import audit
from tests.e2e import axe
from tests.e2e.browsers import phone
from tests.e2e.walk import Current, Walk
from tests.engines import ENGINES
from tests.factories import employers_form, person
from tests.staffing import PASSWORD, staffed

serials = count(900)
NEXT = "main form .go .btn:not(.line)"


def desk(browser: Browser, address: str, services: Services, name: str, script: bool) -> Page:
    """A clerk's screen, signed in."""
    member = staffed(services, name)
    page = browser.new_context(
        base_url=address, viewport={"width": 1366, "height": 768}, locale="zh-CN", java_script_enabled=script
    ).new_page()
    page.goto("/office/")
    for field, text in {"username": name, "password": PASSWORD, "code": pyotp.TOTP(member.totp_secret).now()}.items():
        page.fill(f"#{field}", text)
    press(page, "登录")
    expect(page.locator("h1")).to_have_text("今日待办")
    return page


def press(page: Page, words: str) -> None:
    page.locator("main").get_by_role("button", name=words, exact=True).click()


def race(pages: tuple[Page, Page], words: str, won: str) -> tuple[Page, Page]:
    """Both press at the same moment: who was faster, and who was not."""
    for page in pages:
        page.locator("main").get_by_role("button", name=words, exact=True).click(no_wait_after=True)
    for page in pages:
        expect(page.locator("main [role=alert], main [role=status]").first).to_be_visible()
    winners = [page for page in pages if won in page.locator("body").inner_text()]
    assert len(winners) == 1
    return winners[0], next(page for page in pages if page is not winners[0])


def good(page: Page, script: bool) -> None:
    """axe-core needs a script."""
    assert page.evaluate("document.documentElement.scrollWidth") <= 1366
    if script:
        assert axe.violations(page) == []


def state(page: Page, number: str, words: str) -> None:
    page.goto(f"/applications/{number}")
    expect(page.locator(".state")).to_have_text(words)


def confirm(units: Page, link: str) -> None:
    units.goto(link)
    units.tap("label:has(b:text-is('确认'))")
    for name in ("employer_code", "clerk", "clerk_phone"):
        units.fill(f"#{name}", employers_form()[name])
    units.tap("main form .btn")
    expect(units.get_by_text("单位已确认")).to_be_visible()


def give_back(clerk: Page, script: bool) -> None:
    clerk.check("#returned-school")
    clerk.fill("#school", "毕业院校不是全称，请按毕业证书填写。")
    good(clerk, script)
    press(clerk, "退回补正…")
    expect(clerk.locator("h1")).to_have_text("核对补正内容")
    good(clerk, script)
    press(clerk, "确认退回补正")
    expect(clerk.locator(".status")).to_have_text("退回补正")


def correct(mine: Page) -> None:
    mine.goto("/")
    mine.get_by_text("您的办件有新进展：退回补正").tap()
    expect(mine.get_by_text("毕业院校不是全称，请按毕业证书填写。").first).to_be_visible()
    mine.get_by_role("button", name="去补正").tap()
    mine.fill("#school", "山东大学")
    mine.locator(NEXT).tap()
    expect(mine.locator("#title")).to_have_text("核对信息")
    expect(mine.get_by_text("这次补正")).to_be_visible()
    mine.locator(NEXT).tap()
    expect(mine.locator("#number")).to_be_visible()


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    engine: str = request.param
    return engine


@pytest.mark.parametrize("script", [True, False], ids=["scripts", "no scripts"])
def test_a_case_goes_all_the_way_while_two_clerks_race(
    chromium: Browser, deployed: tuple[str, Services], tmp_path: Path, script: bool
) -> None:
    (address, services), with_or_without = deployed, "有" if script else "无"
    with ExitStack() as phones:
        mine, units = (phones.enter_context(phone(chromium, base_url=address)) for _ in range(2))
        number = Walk(Current(mine), address, person(next(serials)), tmp_path).all()
        confirm(units, mine.inner_text("#employer-link"))
        state(mine, number, "单位已确认")

        desks = tuple(desk(chromium, address, services, f"{with_or_without}{name}", script) for name in "甲乙")
        for page in desks:
            page.goto(f"/office/cases/{number}")
        first, second = race((desks[0], desks[1]), "领办", "已领办，由您办理。")
        expect(second.get_by_text("领办了这件申请")).to_be_visible()
        give_back(first, script)
        correct(mine)

        first.goto(f"/office/cases/{number}")
        expect(first.get_by_text("山东大学")).to_be_visible()
        press(first, "是同一人")
        press(first, "受理")
        expect(first.locator(".status")).to_have_text("已受理")
        state(mine, number, "已受理")

        press(first, "放回")
        for page in desks:
            page.goto(f"/office/cases/{number}")
            page.get_by_text("准予延续注册", exact=True).click()
        faster, slower = race((desks[0], desks[1]), "确认准予", "已作出决定：准予延续注册。")
        expect(slower.get_by_text("这件申请刚刚有了变化，没有办理。")).to_be_visible()
        good(faster, script)
        faster.goto("/office/figures")
        expect(faster.get_by_role("img", name="受理后多久作出决定")).to_be_visible()
        good(faster, script)
        state(mine, number, "准予延续注册")
        for page in desks:
            page.context.close()
    case = services.applications.by_number(number)
    assert case
    targets = [event.target for event in services.applications.events(case.id)]
    assert targets.count(Status.APPROVED) == 1
    assert audit.verify(services.database, services.sealer).findings == []
