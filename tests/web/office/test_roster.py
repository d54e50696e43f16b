"""名册 over HTTP: what the office sees of it, and how an administrator brings one in."""

import time

import pytest
from flask import Flask

from renewal.domain.application import Status
from renewal.office.rostering import background
from renewal.settings import Settings
from renewal.store.staff import Role
from renewal.web.office import large_files
from tests.factories import moved, person, submitted
from tests.rosters import HEADING, file, imported, people, row
from tests.sheets.workbooks import workbook
from tests.staffing import Desk, staffed


@pytest.fixture
def desk(app: Flask) -> Desk:
    """An administrator's."""
    desk = Desk(app)
    return desk.enter(staffed(desk.services, "主任", Role.ADMINISTRATOR))


def send(desk: Desk, path: str = "", **typed: object):
    """A form of the page, whichever of those that go to this address."""
    csrf = desk.get("/office/roster").form("/office/logout").values["csrf_token"]
    waiting = desk.services.roster_imports.in_hand() or desk.services.roster_imports.current()
    return desk.post(
        f"/office/roster{path}", {"csrf_token": csrf, "import": str(waiting.id if waiting else 0), **typed}
    )


def upload(desk: Desk, data: bytes):
    return send(desk, roster=data)


def confirm(desk: Desk, **ticked: str):
    waiting = desk.services.roster_imports.in_hand()
    return send(desk, confirm=str(waiting.id if waiting else 0), **ticked)


def test_a_file_is_checked_confirmed_and_in_use(desk: Desk) -> None:
    page = upload(desk, people(3))
    assert "检查好了，还没有导入" in page.text
    assert desk.services.roster_imports.current() is None
    assert f'name="confirm" value="{desk.services.roster_imports.in_hand().id}"' in page.html
    assert "名册已导入" in confirm(desk).text
    assert desk.services.roster.person(person(1).id_number)


def test_an_excel_file_goes_the_same_way(desk: Desk) -> None:
    page = upload(desk, workbook(HEADING, row(person(0))))
    assert "导入1人" in page.html


def test_wrong_rows_are_listed_and_have_to_be_left_out_knowingly(desk: Desk) -> None:
    page = upload(desk, file(row(person(0)), row(person(1), 有效期至="=HYPERLINK(1)")))
    assert "有误的1行不导入" in page.text
    listed = desk.client.get("/office/roster/errors.csv")
    assert "'=HYPERLINK(1)" in listed.data.decode("utf-8-sig")
    assert "请勾选" in confirm(desk).text
    assert "名册已导入" in confirm(desk, without_wrong="yes").text


def test_columns_are_put_right_on_the_page(desk: Desk) -> None:
    data = file((person(0).name, person(0).id_number, "2026/08/01"), heading=("谁", "号", "到何时"))
    assert "认不出姓名、证件号码、有效期至在哪一列" in upload(desk, data).text
    page = send(desk, "/columns", name="0", id_number="1", valid_until="2")
    assert "检查好了" in page.text


@pytest.mark.parametrize("data", [b"", b"\x89PNG\0\0", b"\xd0\xcf\x11\xe0" + bytes(600), "甲,乙".encode("utf-16")])
def test_what_is_no_roster_is_refused_in_words_and_changes_nothing(desk: Desk, data: bytes) -> None:
    imported(desk.services, people(2))
    page = upload(desk, data)
    assert "note error" in page.html or "认不出" in page.text
    assert desk.services.roster.person(person(1).id_number)


def test_an_import_is_undone_on_the_page(desk: Desk) -> None:
    imported(desk.services, people(1))
    imported(desk.services, people(3))
    desk.get("/office/roster")
    assert "已撤销" in send(desk, "/undo").text
    assert desk.services.roster.person(person(2).id_number) is None


def test_a_large_file_is_read_in_a_process_of_its_own(desk: Desk, monkeypatch, clock) -> None:
    """Until it is done the page says how far it is; then the result stands there."""
    monkeypatch.setattr(background, "AT_ONCE", 0)
    page = upload(desk, people(50))
    for _ in range(300):
        if "检查好了" in page.text:
            break
        assert "正在检查" in page.text
        time.sleep(0.1)
        page = desk.get("/office/roster")
    assert "导入50人" in page.html


def test_who_expires_and_has_not_applied_is_listed_by_masks_and_paged(desk: Desk) -> None:
    rows = [row(person(serial, "王小明"), days=1 + serial % 100) for serial in range(120)]
    imported(desk.services, file(*rows))
    moved(desk.services, submitted(desk.services, person(0, "王小明")), Status.ACCEPTED)
    page = desk.get("/office/roster")
    assert "109人" in page.text.replace(" ", "")
    assert "王*明" in page.text
    assert "王小明" not in page.text
    assert person(1).id_number not in page.html
    assert page.html.count("<tr>") == 51
    last = desk.get("/office/roster?page=3")
    assert last.html.count("<tr>") == 10
    assert desk.get("/office/roster?page=99").html == last.html
    first = desk.get("/office/roster?sort=latest")
    assert "90天" in first.text


@pytest.mark.parametrize("status", [Status.WITHDRAWN, Status.DECLINED])
def test_who_took_the_application_back_has_not_applied(desk: Desk, status: Status) -> None:
    imported(desk.services, people(1))
    moved(desk.services, submitted(desk.services, person(0)), status)
    assert "1人" in desk.get("/office/roster").text.replace(" ", "")


def test_todays_page_counts_them(desk: Desk) -> None:
    assert "日内到期" not in desk.get("/office/").text
    imported(desk.services, people(3))
    assert "90日内到期，尚未申请3人" in desk.get("/office/").text.replace(" ", "")


@pytest.mark.parametrize("role", [Role.CLERK, Role.AUDITOR])
def test_others_see_the_list_and_no_way_to_change_it(app: Flask, role: Role) -> None:
    desk = Desk(app)
    desk.enter(staffed(desk.services, role=role))
    imported(desk.services, people(2))
    page = desk.get("/office/roster")
    assert "尚未申请" in page.text
    assert [form.action for form in page.forms if form.action.startswith("/office/roster")] == []
    assert send(desk, roster=people(1)).status == 403


class TestSizes:
    @pytest.fixture
    def settings(self, tmp_path) -> Settings:
        return Settings(data=tmp_path, roster_bytes=3_000_000)

    def test_an_administrator_may_send_a_large_file(self, desk: Desk) -> None:
        page = upload(desk, people(2) + b"\n" * 2_900_000)
        assert (page.status, "正在检查" in page.text or "检查好了" in page.text) == (200, True)

    def test_but_not_any_file(self, desk: Desk) -> None:
        assert upload(desk, b"x" * 3_500_000).status == 413

    def test_nobody_else_may(self, app: Flask) -> None:
        desk = Desk(app)
        desk.enter(staffed(desk.services, role=Role.CLERK))
        assert upload(desk, b"x" * 1_500_000).status == 413

    def test_the_server_keeps_it_for_who_holds_our_cookie_only(self, app: Flask, desk: Desk) -> None:
        cookie = desk.client.get_cookie("office", path="/office")
        assert cookie
        head = b"POST /office/roster HTTP/1.1\r\nHost: x\r\nCookie: a=1; office=%s\r\n\r\n"
        assert large_files.largest(app, head % cookie.value.encode()) > 3_000_000
        ordinary = app.config["MAX_CONTENT_LENGTH"]
        for other in (b"forged", b"", b'"', cookie.value.encode()[:-1]):
            assert large_files.largest(app, head % other) == ordinary
        assert large_files.largest(app, head.replace(b"roster", b"cases") % cookie.value.encode()) == ordinary
        assert large_files.largest(app, b"") == ordinary
