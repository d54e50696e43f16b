"""短信 for the office: what did not arrive, why, and once more."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from renewal import sending
from renewal.office.acts import Action
from renewal.settings import Settings
from renewal.store.outbox import State
from renewal.store.staff import Role
from tests.casework import faults
from tests.doubles.serving import listening
from tests.doubles.sms import AliyunDouble, SmsDouble
from tests.messaging import reminded, rows, settings_for
from tests.staffing import Desk, staffed


@pytest.fixture
def double() -> Iterator[SmsDouble]:
    with listening(AliyunDouble()) as double:
        yield double


@pytest.fixture
def settings(tmp_path: Path, double: SmsDouble) -> Settings:
    return settings_for(double, RENEWAL_DATA=str(tmp_path))


@pytest.fixture
def desk(app: Flask) -> Desk:
    desk = Desk(app)
    desk.enter(staffed(desk.services))
    return desk


@pytest.fixture
def number(desk: Desk, double: SmsDouble) -> str:
    """Of a case whose message went nowhere: the provider says the phone gets none."""
    case = reminded(desk.services)
    double.next.append("isv.MOBILE_NUMBER_ILLEGAL")
    sending.deliver(desk.services)
    return case.number


def test_what_failed_stands_on_the_first_page_and_with_its_case(desk: Desk, number: str) -> None:
    assert "1条没有发出" in desk.get("/office/").text
    page = desk.get("/office/messages?state=failed")
    for words in ("提交成功", number, "138****0000", "这个号码收不到"):
        assert words in page.text
    assert "13800000000" not in page.text
    assert "有没发出的" in desk.get(f"/office/cases/{number}").text


def test_it_is_sent_once_more_and_that_is_logged(desk: Desk, double: SmsDouble, number: str) -> None:
    desk.get("/office/messages")
    assert "将重新发送" in desk.submit(f"/office/messages/{rows(desk.services)[0].id}/again").text
    sending.deliver(desk.services)
    assert len(double.taken) == 1
    assert "已发出" in desk.get("/office/messages").text
    assert [act.action for act in desk.services.event_log.acts(number)][-1:] == [Action.SEND_AGAIN]
    assert faults(desk.services) == []


def test_all_that_failed_go_together(desk: Desk, double: SmsDouble, number: str) -> None:
    desk.get("/office/messages")
    assert "1条短信将重新发送" in desk.submit("/office/messages/again").text
    sending.deliver(desk.services)
    assert len(double.taken) == 1


def test_one_that_a_colleague_sent_is_not_sent_twice(desk: Desk, double: SmsDouble, number: str) -> None:
    page = desk.get("/office/messages")
    path = f"/office/messages/{rows(desk.services)[0].id}/again"
    form = page.form(path).values
    desk.post(path, form)
    page = desk.post(path, form)
    assert (page.status, "没有重发" in page.text) == (409, True)


def test_one_may_be_let_be(desk: Desk, number: str) -> None:
    desk.get("/office/messages")
    desk.submit(f"/office/messages/{rows(desk.services)[0].id}/drop")
    assert rows(desk.services)[0].state == State.DROPPED
    assert "没有发出</b>" not in desk.get("/office/").html


def test_an_auditor_reads_and_sends_nothing(app: Flask, number: str) -> None:
    desk = Desk(app)
    desk.enter(staffed(desk.services, name="审计员", role=Role.AUDITOR))
    page = desk.get("/office/messages")
    assert number in page.text
    assert "重发" not in page.text


def test_older_ones_are_a_page_further(desk: Desk) -> None:
    for number in range(51):
        with desk.services.database.transaction():
            desk.services.outbox.put("expiring", f"138{number:08d}", {"days": "90"}, desk.services.now())
    page = desk.get("/office/messages?state=waiting")
    assert page.text.count("注册到期提醒") == 50
    assert "138****0000" in desk.get(f"/office/messages?state=waiting&before={rows(desk.services)[1].id}").text


@pytest.mark.parametrize("query", ["state=nothing", "before=x", "before=99999999999999999999", "state=sent"])
def test_an_address_made_up_is_a_list_all_the_same(desk: Desk, query: str) -> None:
    assert desk.get(f"/office/messages?{query}").status == 200


class TestNobodySends:
    @pytest.fixture
    def settings(self, tmp_path: Path) -> Settings:
        return Settings(data=tmp_path)

    def test_the_first_page_is_as_it_was(self, desk: Desk) -> None:
        assert "短信" not in desk.get("/office/").text
