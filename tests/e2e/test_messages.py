"""短信提醒 in a real browser, under gunicorn, through a provider that is strict: confirmed on the way, sent by the
worker, and its link opens what has to be corrected."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from renewal.domain.policy import Policy
from renewal.services import Services
from renewal.settings import Settings
from renewal.store.database import Database
from renewal.store.keys import Keys
from renewal.store.sealed import Sealer
from tests.doubles.serving import listening
from tests.doubles.sms import SmsDouble, Taken, TencentDouble, environment
from tests.e2e import axe
from tests.e2e.browsers import phone
from tests.e2e.serving import ROOT, serve
from tests.e2e.walk import Current, Walk, serials
from tests.factories import person, returned

DAY_AND_OFTEN = """
from datetime import time
from renewal import duties
from renewal.domain import sms
exec(open({conf!r}).read())
duties.PAUSE = (1, 2)
sms.QUIET_FROM, sms.QUIET_UNTIL = time.max, time.min  # this test runs at night, too
"""


@pytest.fixture(scope="module")
def double() -> Iterator[SmsDouble]:
    with listening(TencentDouble()) as double:
        yield double


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, double: SmsDouble) -> Iterator[tuple[str, Services]]:
    data = tmp_path_factory.mktemp("data")
    conf = data / "conf.py"
    conf.write_text(DAY_AND_OFTEN.format(conf=str(ROOT / "gunicorn.conf.py")))
    with serve(data, "-c", str(conf), **environment("tencent", double)) as address:
        settings = Settings(data=data)
        keys = Keys.read_or_make(settings.keys, make=False)
        services = Services.over(Database(settings.database), Sealer(keys), lambda: datetime.now(UTC), Policy())
        yield address, services
        services.database.close()


def arrived(double: SmsDouble, kind: str, on: str) -> Taken:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if found := [taken for taken in double.taken if (taken.kind, taken.phone) == (kind, on)]:
            return found[-1]
        time.sleep(0.05)
    raise TimeoutError(kind)


def looks_good(page: Page) -> None:
    assert axe.violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("script", [True, False], ids=["htmx", "plain"])
def test_a_message_brings_the_applicant_to_what_has_to_be_corrected(
    chromium: Browser, office: tuple[str, Services], double: SmsDouble, tmp_path: Path, script: bool
) -> None:
    address, services = office
    me = person(next(serials))
    with phone(chromium, base_url=address, javascript=script) as page:
        walk = Walk(Current(page), address, me, tmp_path, script=script)
        taps = walk.taps()
        for tap in taps:
            walk.make(tap)
            if tap.heading == "申报信息":
                confirm_number(page, double, me.phone, script)
        number = walk.number()
        assert arrived(double, "submitted", me.phone).parameters == [number[-4:]]
        case = services.applications.by_number(number)
        assert case
        returned(services, case, school="毕业院校不是全称，请按毕业证书填写。")
        tail, link = arrived(double, "returned", me.phone).parameters
        assert tail == number[-4:]
        page.goto(f"/m/{link}")
        expect(page.get_by_text("请补正1处")).to_be_visible()
        page.get_by_role("button", name="去补正").tap()
        expect(page.locator("#title")).to_have_text("申报信息")


def confirm_number(page: Page, double: SmsDouble, number: str, script: bool) -> None:
    page.fill("#school", "打了一半")
    page.get_by_role("button", name="接收短信提醒").tap()
    expect(page.locator("#title")).to_have_text("短信提醒")
    page.get_by_role("button", name="获取验证码").tap()
    expect(page.get_by_label("验证码")).to_be_visible()
    if script:
        looks_good(page)
    code = arrived(double, "code", number).parameters[0]
    page.fill("#code", code[::-1] if code != code[::-1] else "1234567")
    page.get_by_role("button", name="确认开通").tap()
    expect(page.locator("#code-error")).to_be_visible(timeout=15_000)
    page.fill("#code", code)
    page.get_by_role("button", name="确认开通").tap()
    expect(page.locator("#title")).to_have_text("申报信息")
    expect(page.locator("#school")).to_have_value("打了一半")
