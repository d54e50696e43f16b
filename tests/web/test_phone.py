"""短信提醒 on the applicant's pages: offered, never in the way, and only for a number that is theirs."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from renewal import sending
from renewal.journey import phone
from renewal.services import Services
from renewal.settings import Settings
from renewal.store import models
from tests import factories
from tests.doubles.serving import listening
from tests.doubles.sms import SmsDouble, TencentDouble
from tests.factories import Clock, carry, person, returned, stored, submit
from tests.messaging import confirmed, reminded, rows, settings_for
from tests.web.browser import Browser

ME = person()


@pytest.fixture
def double() -> Iterator[SmsDouble]:
    with listening(TencentDouble()) as double:
        yield double


@pytest.fixture
def settings(tmp_path: Path, double: SmsDouble) -> Settings:
    return settings_for(double, RENEWAL_DATA=str(tmp_path))


def code_on_the_phone(services: Services, double: SmsDouble) -> str:
    sending.deliver(services)
    assert double.taken[-1].kind == "code"
    return double.taken[-1].parameters[0]


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


class TestConfirming:
    @pytest.fixture
    def owner(self, either: Browser) -> Browser:
        either.hold(carry(either.services, "details"))
        either.get("/renewal/details")
        return either

    def test_what_was_typed_in_the_details_is_kept_on_the_way(self, owner: Browser, double: SmsDouble) -> None:
        typed = {**ME.details, "phone": "13911112222", "school": "青岛"}
        page = owner.post("/renewal/details/phone", {**owner.page.form("/renewal/details").values, **typed})
        assert page.path == "/phone"
        assert "139****2222" in page.text
        owner.submit("/phone/code")
        owner.submit("/phone/confirm", code=code_on_the_phone(owner.services, double))
        assert (owner.page.path, double.taken[0].phone) == ("/renewal/details", "13911112222")
        assert owner.page.form("/renewal/details").values["school"] == "青岛"
        assert "短信提醒已开通" in owner.page.text

    def test_the_code_confirms_the_number_and_leads_back(self, owner: Browser, double: SmsDouble) -> None:
        owner.get("/phone")
        assert "验证码已发到138****0000" in owner.submit("/phone/code").text
        page = owner.submit("/phone/confirm", code=code_on_the_phone(owner.services, double))
        assert page.path == "/renewal/details"
        assert "已开通短信提醒" in page.text

    def test_digits_as_a_person_types_them_are_taken(self, owner: Browser, double: SmsDouble) -> None:
        owner.get("/phone")
        owner.submit("/phone/code")
        code = code_on_the_phone(owner.services, double)
        wide = "".join(chr(ord(digit) + 0xFEE0) for digit in code)
        assert owner.submit("/phone/confirm", code=f" {wide[:3]} {wide[3:]} ").path == "/renewal/details"

    def test_a_wrong_code_is_said_beside_it_and_can_be_typed_again(self, owner: Browser, double: SmsDouble) -> None:
        owner.get("/phone")
        owner.submit("/phone/code")
        code = code_on_the_phone(owner.services, double)
        page = owner.submit("/phone/confirm", code=wrong(code))
        assert (page.status, page.errors) == (422, {"code": phone.WRONG})
        assert page.form("/phone/confirm").values["code"] == wrong(code)
        owner.submit("/phone/confirm", code=code)
        assert len(stored(owner.services, models.ConfirmedPhone)) == 1

    def test_a_second_code_is_not_sent_at_once(self, owner: Browser, double: SmsDouble, clock: Clock) -> None:
        owner.get("/phone")
        owner.submit("/phone/code")
        page = owner.submit("/phone/code")
        assert page.status == 422
        assert "请过60秒再获取" in page.text
        clock.go_on(seconds=61)
        assert owner.submit("/phone/code").status == 200
        assert len(rows(owner.services)) == 2

    def test_a_number_gets_few_codes_whoever_asks(self, owner: Browser, clock: Clock) -> None:
        owner.get("/phone")
        for _ in range(5):
            assert owner.submit("/phone/code").status == 200
            clock.go_on(seconds=61)
        other = Browser(owner.app).hold(carry(owner.services, "attachments"))
        other.get("/phone")
        page = other.submit("/phone/code")
        assert "次数太多了" in page.text
        assert "不用短信也能办理" in page.text

    def test_one_browser_gets_few_for_whatever_numbers(self, owner: Browser, clock: Clock) -> None:
        owner.get("/phone")
        for _ in range(10):
            owner.submit("/phone/code")
        page = owner.submit("/phone/code")
        assert (page.status, page.headers["Retry-After"].isdecimal()) == (429, True)
        assert page.form("/phone/code")

    def test_a_number_changed_afterwards_is_confirmed_no_more(self, owner: Browser, double: SmsDouble) -> None:
        confirmed(owner.services, owner.draft())
        owner.get("/renewal/details")
        owner.submit("/renewal/details", **{**ME.details, "phone": "13911112222"})
        assert "获取验证码" in owner.get("/phone").text
        assert "139****2222" in owner.page.text

    def test_it_is_taken_back_by_a_button(self, owner: Browser) -> None:
        confirmed(owner.services, owner.draft())
        owner.get("/phone")
        assert "不再给您发短信" in owner.submit("/phone/stop").text
        assert stored(owner.services, models.ConfirmedPhone) == []


def test_nobody_has_to(browser: Browser) -> None:
    browser.hold(carry(browser.services, "details"))
    browser.get("/renewal/details")
    assert browser.submit("/renewal/details", **ME.details).path == "/renewal/attachments"


def test_the_done_page_and_the_case_offer_it_and_say_when_it_is_on(browser: Browser) -> None:
    case = submit(browser.services, carry(browser.services, "review"))
    browser.hold(browser.services.draft(case.draft_id))
    assert "有结果时发短信告诉我" in browser.get("/renewal/done").text
    browser.get(f"/applications/{case.number}")
    page = browser.click(f"/applications/{case.number}/phone")
    assert (page.path, "138****0000" in page.text) == ("/phone", True)
    confirmed(browser.services, browser.services.draft(case.draft_id))
    assert "短信提醒已开通" in browser.get(f"/applications/{case.number}").text


class TestTheLink:
    def test_it_leads_to_what_has_to_be_corrected(self, browser: Browser) -> None:
        case = returned(browser.services, reminded(browser.services), school="请写全称")
        browser.hold(browser.services.draft(case.draft_id))
        page = browser.get(f"/m/{rows(browser.services)[-1].link}")
        assert page.path == f"/applications/{case.number}"
        assert "请写全称" in page.text
        assert page.form(f"/applications/{case.number}/correct")

    def test_elsewhere_it_opens_nothing_and_asks_who_is_there(self, browser: Browser) -> None:
        case = returned(browser.services, reminded(browser.services), school="请写全称")
        page = browser.get(f"/m/{rows(browser.services)[-1].link}")
        assert page.path == "/resume/phone"
        assert case.number not in page.text
        assert "请写全称" not in browser.get(f"/applications/{case.number}").text

    def test_one_that_is_none_is_not_found(self, browser: Browser) -> None:
        assert browser.get("/m/2222222222").status == 404


class TestNobodySends:
    @pytest.fixture
    def settings(self, tmp_path: Path) -> Settings:
        return Settings(data=tmp_path)

    def test_nothing_is_said_of_messages(self, app: Flask, browser: Browser) -> None:
        case = submit(browser.services, carry(browser.services, "review"))
        browser.hold(browser.services.draft(case.draft_id))
        for path in ("/renewal/done", f"/applications/{case.number}", "/resume"):
            assert "短信" not in browser.get(path).text
        browser.hold(carry(browser.services, "details", factories.person(3)))
        assert "短信" not in browser.get("/renewal/details").text

    @pytest.mark.parametrize("path", ["/phone", "/resume/phone", "/m/2222222222"])
    def test_its_pages_are_not_there(self, browser: Browser, path: str) -> None:
        browser.hold(carry(browser.services, "details"))
        assert browser.get(path).status == 404
