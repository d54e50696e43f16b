"""Signing in and out."""

import pytest
from flask import Flask

from renewal.store.staff import Member, Role
from tests.staffing import PASSWORD, Desk, code, staffed


@pytest.fixture
def desk(app: Flask) -> Desk:
    return Desk(app)


@pytest.fixture
def clerk(desk: Desk) -> Member:
    return staffed(desk.services)


def test_name_password_and_code_in_one_form_lead_to_todays_work(desk: Desk, clerk: Member) -> None:
    page = desk.get("/office/")
    assert (page.status, page.path) == (200, "/office/login?next=/office/")
    assert desk.page.form("/office/login").names >= {"username", "password", "code"}
    page = desk.sign_in(clerk)
    assert (page.status, page.path, page.ids["title"]) == (200, "/office/", "今日待办")
    assert clerk.name in page.text


WRONG = [{"username": "nobody"}, {"password": "wrong but long"}, {"code": "000000"}, {"code": ""}, {"username": ""}]


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_whatever_is_wrong_the_answer_is_the_same(desk: Desk, clerk: Member, wrong: dict[str, str]) -> None:
    page = desk.sign_in(clerk, **wrong)
    assert page.status == 422
    assert "用户名、密码或验证码不正确" in page.text
    assert page.form("/office/login").values["username"] == wrong.get("username", clerk.name)
    assert page.form("/office/login").values["password"] == ""
    assert PASSWORD not in page.html
    assert desk.get("/office/").path.startswith("/office/login")


def test_a_code_that_was_used_is_not_taken_again(desk: Desk, app: Flask, clerk: Member) -> None:
    assert desk.sign_in(clerk).path == "/office/"
    assert Desk(app).sign_in(clerk).status == 422
    assert Desk(app).sign_in(clerk, code=code(desk.services, clerk, -1)).status == 422
    assert Desk(app).sign_in(clerk, code=code(desk.services, clerk, 1)).path == "/office/"


def test_signing_in_leads_back_to_the_page_that_was_asked_for(desk: Desk, clerk: Member) -> None:
    desk.get("/office/?day=1")
    assert desk.sign_in(clerk).path == "/office/?day=1"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "/applications", "/officer"])
def test_signing_in_leads_nowhere_else(desk: Desk, clerk: Member, elsewhere: str) -> None:
    desk.get(f"/office/login?next={elsewhere}")
    assert desk.sign_in(clerk).path == "/office/"


def test_the_cookie_is_the_offices_alone(desk: Desk, clerk: Member) -> None:
    desk.get("/office/login")
    form = desk.page.form("/office/login")
    data = form.values | {"username": clerk.name, "password": PASSWORD, "code": code(desk.services, clerk)}
    (cookie,) = desk.client.post("/office/login", data=data).headers.getlist("Set-Cookie")
    assert cookie.startswith("office=")
    assert {"HttpOnly", "Path=/office", "SameSite=Strict"} <= set(cookie.split("; "))
    assert not desk.client.get("/").headers["Set-Cookie"].startswith("office=")
    assert desk.client.get_cookie("session") is None


def test_an_applicants_cookie_opens_no_office(desk: Desk, clerk: Member) -> None:
    desk.sign_in(clerk)
    office = desk.client.get_cookie("office", path="/office")
    assert office
    other = Desk(desk.app)
    other.client.set_cookie("session", office.value)
    assert other.get("/office/").path.startswith("/office/login")
    with other.client.session_transaction() as session:
        session["_user_id"] = "x"
    stolen = other.client.get_cookie("session")
    assert stolen
    other.client.set_cookie("office", stolen.value, path="/office")
    assert other.get("/office/").path.startswith("/office/login")


def test_who_signs_out_is_out_on_the_server_too(desk: Desk, clerk: Member) -> None:
    desk.sign_in(clerk)
    cookie = desk.client.get_cookie("office", path="/office")
    assert cookie
    assert desk.submit("/office/logout").path == "/office/login"
    assert "已退出" in desk.page.text
    desk.client.set_cookie("office", cookie.value, path="/office")
    assert desk.get("/office/").path.startswith("/office/login")


def test_after_a_quarter_of_an_hour_without_a_request_one_is_out(desk: Desk, clerk: Member, clock) -> None:
    desk.sign_in(clerk)
    for _ in range(5):
        clock.go_on(minutes=14, seconds=50)
        assert desk.get("/office/").path == "/office/"
    clock.go_on(minutes=15)
    assert desk.get("/office/").path.startswith("/office/login")
    assert "已自动退出" in desk.page.text


def test_after_twelve_hours_one_is_out_in_any_case(desk: Desk, clerk: Member, clock) -> None:
    desk.sign_in(clerk)
    for _ in range(12 * 6 - 1):
        clock.go_on(minutes=10)
        assert desk.get("/office/").path == "/office/"
    clock.go_on(minutes=10)
    assert desk.get("/office/").path.startswith("/office/login")


def test_a_first_sign_in_without_a_code_sets_the_app_up(desk: Desk) -> None:
    member = staffed(desk.services, role=Role.AUDITOR, settled=False)
    page = desk.sign_in(member, code="")
    assert "设置手机验证器" in page.title
    assert "<svg" in page.html
    assert member.totp_secret in page.text.replace(" ", "")
    assert desk.submit("/office/login/confirm", code="123").errors["code"]
    assert desk.submit("/office/login/confirm", code=code(desk.services, member)).status == 200
    assert desk.get("/office/").path == "/office/"
