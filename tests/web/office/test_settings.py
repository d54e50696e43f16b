"""设置, for administrators."""

from dataclasses import replace

import pytest
from flask import Flask

from renewal.app import create_app
from renewal.domain.notice import CLAUSES
from renewal.settings import Settings
from renewal.store.staff import Role
from tests.staffing import Desk, staffed
from tests.web.browser import Browser

OFFICE, NOTICE, HOLIDAYS = (f"/office/settings/{each}" for each in ("office", "notice", "holidays"))


@pytest.fixture
def desk(app: Flask) -> Desk:
    desk = Desk(app)
    desk.enter(staffed(desk.services, "主任", Role.ADMINISTRATOR)).get("/office/settings")
    return desk


def test_the_offices_name_shows_on_applicants_pages_of_every_worker_at_once(
    desk, browser, settings, database_url, keys, clock
) -> None:
    other = create_app(replace(settings, database_url=database_url), keys, clock)
    assert "泉城" not in Browser(other).get("/").html
    named = {"office.name": "泉城注册办", "office.phone": "12345", "office.address": "泉城路1号"}
    page = desk.submit(OFFICE, **named)
    assert (page.path, page.place) == ("/office/settings", "office")
    assert "已保存：窗口地址、名称、咨询电话。" in page.text
    for page in (browser.get("/"), Browser(other).get("/")):
        assert "泉城注册办" in page.title
        assert "窗口：泉城路1号" in page.text
        assert "到窗口咨询：泉城路1号" in page.text
    other.extensions["renewal"].services.database.close()


def test_what_is_wrong_is_said_beside_it_and_what_was_typed_stays(desk) -> None:
    page = desk.submit(OFFICE, **{"office.name": "泉城注册办", "office.phone": "打电话"})
    assert page.status == 422
    values = page.form(OFFICE).values
    assert (values["office.name"], values["office.phone"]) == ("泉城注册办", "打电话")
    assert "咨询电话：电话请写成" in page.text
    assert desk.services.setting_versions.number() == 0


def test_a_preview_shows_applicants_view_and_saves_nothing(desk) -> None:
    page = desk.submit(OFFICE, ("preview", "1"), **{"office.hours": "工作日9:00—17:00", "office.phone": "12345"})
    assert (page.status, desk.services.setting_versions.number()) == (200, 0)
    assert "预览，还没有保存" in page.text
    assert "窗口：工作日9:00—17:00" in page.text
    assert page.form(OFFICE).values["office.phone"] == "12345"


def test_who_comes_second_is_told_by_whom_and_both_keep_what_they_wrote(app, desk) -> None:
    second = Desk(app)
    second.enter(staffed(desk.services, "副主任", Role.ADMINISTRATOR)).get("/office/settings")
    desk.submit(OFFICE, **{"office.name": "甲办", "office.phone": "12345"})
    page = second.submit(OFFICE, **{"office.name": "乙办", "office.phone": "12345"})
    assert page.status == 409
    assert "主任刚刚保存过设置" in page.text
    assert "现在保存的是：甲办" in page.text
    assert page.text.count("现在保存的是：") == 1
    assert (page.form(OFFICE).values["office.name"], desk.services.office.name) == ("乙办", "甲办")
    assert second.submit(OFFICE, **{"office.name": "乙办"}).status == 200
    assert desk.services.office.name == "乙办"


def test_a_version_is_brought_back_from_the_history(desk) -> None:
    desk.submit(OFFICE, **{"office.name": "甲办"})
    late = desk.tab()
    late.get("/office/settings")
    page = desk.submit("/office/settings/versions/0/restore")
    assert (page.place, desk.services.office.name) == ("history", "")
    assert "办公室·名称：“甲办” → 空" in page.text
    page = late.submit("/office/settings/versions/0/restore")
    assert page.status == 409
    assert "所以没有恢复" in page.text
    desk.submit("/office/settings/versions/1/restore")
    assert desk.services.office.name == "甲办"


@pytest.mark.parametrize("path", ["/office/settings/king", "/office/settings/versions/9/restore"])
def test_what_is_not_there_is_not_found(desk, path) -> None:
    assert desk.post(path, {"csrf_token": desk.page.form(OFFICE).values["csrf_token"], "version": "0"}).status == 404


def test_a_form_without_a_readable_version_is_stale(desk) -> None:
    desk.submit(OFFICE, **{"office.name": "甲办"})
    assert desk.submit(OFFICE, version="²", **{"office.name": "乙办"}).status == 409


class TestGivenByTheEnvironment:
    @pytest.fixture
    def settings(self, tmp_path):
        (tmp_path / "holidays.json").write_text('{"every_year": ["10-01"], "years": {}}')
        return Settings.from_env({"RENEWAL_DATA": str(tmp_path), "RENEWAL_OFFICE_NAME": "环境办"})

    def test_it_shows_as_locked_with_its_value_and_its_variable(self, desk) -> None:
        assert "环境办\n由环境变量 RENEWAL_OFFICE_NAME 设定，这里不能改" in desk.page.text
        assert "office.name" not in desk.page.form(OFFICE).values
        assert "由文件 RENEWAL_DATA/holidays.json 设定" in desk.page.text
        assert "保存节假日" not in desk.page.html
        assert "保存办公室" in desk.page.html
        forged = {**desk.page.form(OFFICE).values, "office.name": "x", "office.phone": "12345"}
        desk.post(OFFICE, forged)
        assert (desk.services.office.name, desk.services.office.phone) == ("环境办", "12345")


def test_holidays_are_copied_from_the_notice(desk) -> None:
    assert "还没有2026年的放假安排" in desk.get("/office/").text
    desk.get("/office/settings")
    typed = {
        "holidays.2026_off": "10月1日（周四）至7日（周三）放假调休，共7天",
        "holidays.2026_worked": "9月20日、10月10日上班",
    }
    page = desk.submit(HOLIDAYS, **typed)
    assert page.form(HOLIDAYS).values["holidays.2026_off"] == "10月1日至7日"
    assert "放假安排" not in desk.get("/office/").text


def test_the_words_of_the_notice_are_those_an_applicant_ticks(desk, at) -> None:
    desk.submit(NOTICE, **{"notice.age": "不超过65岁：超过的，不予注册", "notice.more": "带好原件"})
    applicant = at("notice")
    assert "不超过65岁" in applicant.page.text
    shipped = [clause.id for clause in CLAUSES]
    assert applicant.submit("/renewal/notice", read=shipped).status == 422
    assert applicant.submit("/renewal/notice", read=[*shipped, "office_1"]).path == "/renewal/details"
    assert "office_1" in applicant.draft().answers["notice"]["read"]


def test_all_is_ticked_with_one_button_the_offices_own_clauses_too(desk, at) -> None:
    desk.submit(NOTICE, **{"notice.more": "带好原件"})
    applicant = at("notice")
    page = applicant.submit("/renewal/notice", ("all", "1"))
    assert "office_1" in page.form("/renewal/notice").values["read"]


def test_the_commitment_is_shown_and_cannot_be_changed(desk) -> None:
    assert "承诺书不能改" in desk.page.text
    assert "本人受聘于＿＿＿" in desk.page.text
    assert not any("郑重承诺" in str(value) for form in desk.page.forms for value in form.values.values())


def test_what_was_typed_is_shown_to_be_copied_when_the_session_is_over(desk, clock) -> None:
    form = desk.page.form(OFFICE).values | {"office.name": "泉城注册办"}
    clock.go_on(hours=1)
    page = desk.post(OFFICE, form)
    assert page.status == 401
    assert "名称" in page.text
    assert "泉城注册办" in page.text
