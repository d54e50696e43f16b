"""继续办理 on another phone by a code: for who has the number and knows the ID number, and no word to anybody else."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from renewal import sending
from renewal.journey import phone
from renewal.services import Services
from renewal.settings import Settings
from tests.doubles.serving import listening
from tests.doubles.sms import AliyunDouble, SmsDouble
from tests.factories import Clock, carry, person
from tests.messaging import confirmed, reminded, rows, settings_for
from tests.web.browser import Browser

ME = person()
OWN = {"id_number": ME.id_number, "phone": ME.phone}
STRANGERS = [
    {"id_number": person(1).id_number, "phone": ME.phone},
    {"id_number": ME.id_number, "phone": "13911112222"},
]


@pytest.fixture
def double() -> Iterator[SmsDouble]:
    with listening(AliyunDouble()) as double:
        yield double


@pytest.fixture
def settings(tmp_path: Path, double: SmsDouble) -> Settings:
    return settings_for(double, RENEWAL_DATA=str(tmp_path))


def code_on_the_phone(services: Services, double: SmsDouble) -> str:
    sending.deliver(services)
    return next(taken for taken in reversed(double.taken) if taken.kind == "code").parameters[0]


def asked(browser: Browser, **who: str) -> Browser:
    browser.get("/resume/phone")
    browser.submit("/resume/phone", **who)
    return browser


def test_a_draft_goes_on_where_it_stopped(either: Browser, double: SmsDouble) -> None:
    confirmed(either.services, carry(either.services, "attachments"))
    asked(either, **OWN)
    page = either.submit("/resume/phone/open", code=code_on_the_phone(either.services, double))
    assert page.path == "/renewal/attachments"
    assert "已为您打开" in page.text


def test_a_case_is_shown(either: Browser, double: SmsDouble) -> None:
    case = reminded(either.services)
    asked(either, **OWN)
    page = either.submit("/resume/phone/open", code=code_on_the_phone(either.services, double))
    assert page.path == f"/applications/{case.number}"


@pytest.mark.parametrize("who", STRANGERS)
def test_a_stranger_reads_the_same_and_gets_nothing(
    browser: Browser, double: SmsDouble, clock: Clock, who: dict[str, str]
) -> None:
    confirmed(browser.services, carry(browser.services, "attachments"))
    mine = asked(Browser(browser.app), **OWN).page
    clock.go_on(seconds=61)
    theirs = asked(browser, **who).page
    hidden = dict.fromkeys((*OWN.values(), *who.values()), "")
    texts = [page.text for page in (mine, theirs)]
    for value in hidden:
        texts = [text.replace(value, "") for text in texts]
    assert texts[0] == texts[1]
    sending.deliver(browser.services)
    assert [taken.phone for taken in double.taken] == [ME.phone]
    page = browser.submit("/resume/phone/open", code="123456")
    assert (page.status, page.errors) == (422, {"code": phone.NO_MATCH})


def test_the_code_of_one_opens_nothing_of_another(browser: Browser, double: SmsDouble) -> None:
    confirmed(browser.services, carry(browser.services, "attachments"))
    confirmed(browser.services, carry(browser.services, "attachments", person(1)))
    asked(browser, **OWN)
    code = code_on_the_phone(browser.services, double)
    form = {**browser.page.form("/resume/phone/open").values, "id_number": person(1).id_number, "code": code}
    assert browser.post("/resume/phone/open", form).errors == {"code": phone.NO_MATCH}


def test_a_number_that_was_never_confirmed_gets_no_code(browser: Browser, double: SmsDouble) -> None:
    carry(browser.services, "attachments")
    asked(browser, **OWN)
    assert rows(browser.services) == []


def test_a_number_changed_since_gets_no_code(browser: Browser) -> None:
    draft = carry(browser.services, "attachments")
    with browser.services.database.transaction():
        browser.services.phones.confirm(draft.id, "13911112222", browser.services.now())
    asked(browser, id_number=ME.id_number, phone="13911112222")
    assert rows(browser.services) == []


def test_what_is_no_number_is_said_beside_it_and_stays(either: Browser) -> None:
    page = asked(either, id_number="370101", phone="0531-88881234").page
    assert page.status == 422
    assert page.errors.keys() == {"id_number", "phone"}
    assert page.form("/resume/phone").values["phone"] == "0531-88881234"


def test_a_browser_tries_few_codes_for_one_person(browser: Browser, clock: Clock) -> None:
    asked(browser, **OWN)
    for _ in range(15):
        assert browser.submit("/resume/phone/open", code="123456").status == 422
    page = browser.submit("/resume/phone/open", code="123456")
    assert page.status == 429
    assert page.form("/resume/phone/open").values["id_number"] == ME.id_number
