"""Signing in and out."""

import pytest
from flask import Flask

from renewal.office import accounts
from renewal.office.acts import COMMAND
from renewal.store.staff import Member, Role
from tests.engines import read_only
from tests.staffing import ADDRESS, PASSWORD, Desk, code, staffed
from tests.web.browser import HTMX


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
    assert desk.submit("/office/login/confirm", code=code(desk.services, member)).path == "/office/account/password"
    assert desk.get("/office/").path == "/office/"


def test_an_app_is_set_up_once_and_not_for_another_password(desk: Desk, app: Flask) -> None:
    member = staffed(desk.services, settled=False)
    desk.sign_in(member, code="")
    late = desk.tab()
    late.page = desk.page
    accounts.reset(desk.services, member, COMMAND)
    assert desk.submit("/office/login/confirm", code=code(desk.services, member)).status == 409
    again = staffed(desk.services, "李科员", settled=False)
    desk.sign_in(again, code="")
    forms = [desk.page, desk.page]
    for page, status in zip(forms, (200, 422), strict=True):
        other = Desk(app)
        other.get("/office/login")
        hidden = page.form("/office/login/confirm").values
        csrf = other.page.form("/office/login").values["csrf_token"]
        data = {**hidden, "csrf_token": csrf, "code": code(desk.services, again, int(status == 422))}
        assert other.post("/office/login/confirm", data).status == status


# what is tried too often


def test_five_failures_of_an_account_lock_it_for_a_quarter_of_an_hour(app: Flask, clerk: Member, clock) -> None:
    for last in range(5):
        assert Desk(app, address=f"198.51.100.{last}").sign_in(clerk, password="wrong but long").status == 422
    locked = Desk(app, address="198.51.100.9")
    clock.go_on(minutes=14)
    page = locked.sign_in(clerk)
    assert (page.status, page.headers["Retry-After"]) == (429, "60")
    assert "请过1分钟再试" in page.text
    assert page.form("/office/login").values["username"] == clerk.name
    clock.go_on(minutes=1)
    assert locked.sign_in(clerk).path == "/office/"


def test_a_name_that_nobody_has_is_locked_alike(app: Flask) -> None:
    tries = [Desk(app, address=f"198.51.100.{last}") for last in range(6)]
    pages = [desk.get("/office/login") and desk.submit("/office/login", username="nobody") for desk in tries]
    assert [page.status for page in pages] == [422] * 5 + [429]


def test_five_failures_from_one_address_lock_it_whatever_names_they_had(app: Flask, desk: Desk, clerk: Member) -> None:
    for number in range(5):
        assert desk.sign_in(clerk, username=f"nobody{number}").status == 422
    assert desk.sign_in(clerk).status == 429
    assert Desk(app, address="203.0.113.9").sign_in(clerk).path == "/office/"


def test_who_gets_in_begins_to_count_anew(app: Flask, clerk: Member, clock) -> None:
    for _ in range(3):
        desk = Desk(app)
        for _ in range(4):
            assert desk.sign_in(clerk, code="000000").status == 422
        assert desk.sign_in(clerk).path == "/office/"
        clock.go_on(seconds=60)


def test_failures_and_successes_are_logged(desk: Desk, clerk: Member) -> None:
    desk.sign_in(clerk, password="wrong but long")
    desk.sign_in(clerk, username="nobody")
    desk.sign_in(clerk)
    desk.submit("/office/logout")
    acts = desk.services.event_log.acts(clerk.name)
    assert [act.action for act in acts] == ["sign_in_failed", "sign_in", "sign_out"]
    assert acts[0].reason == ADDRESS


def test_who_is_disabled_gets_the_same_answer_as_everybody(desk: Desk, clerk: Member) -> None:
    desk.services.staff.set_disabled(clerk, True)
    assert "用户名、密码或验证码不正确" in desk.sign_in(clerk).text


# recovery codes


def test_a_recovery_code_gets_in_once_in_place_of_the_phone(app: Flask, desk: Desk, clerk: Member) -> None:
    first, second, *_ = accounts.new_recovery_codes(desk.services, clerk)
    assert desk.sign_in(clerk, code=first.lower().replace("-", " ")).path == "/office/"
    assert Desk(app).sign_in(clerk, code=first).status == 422
    assert Desk(app).sign_in(clerk, code=second).path == "/office/"


# tabs and foreign pages


def test_a_form_of_a_signed_out_tab_changes_nothing_and_shows_what_was_typed(desk: Desk, clock) -> None:
    administrator = staffed(desk.services, "主任", Role.ADMINISTRATOR)
    desk.sign_in(administrator)
    desk.get("/office/staff")
    clock.go_on(minutes=16)
    page = desk.submit("/office/staff", username="李科员")
    assert page.status == 401
    assert "李科员" in page.text
    assert desk.services.staff.by_name("李科员") is None


def test_a_part_of_a_page_asked_for_without_a_session_sends_the_whole_page_to_the_door(app: Flask) -> None:
    answer = app.test_client().get("/office/", headers=HTMX)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/office/login")


@pytest.mark.parametrize("token", [None, "", "forged"], ids=str)
def test_a_form_of_a_foreign_page_is_not_taken(desk: Desk, clerk: Member, token: str | None) -> None:
    desk.enter(clerk)
    data = {"username": "李科员"} | ({} if token is None else {"csrf_token": token})
    for path in ("/office/login", "/office/logout", "/office/account/codes"):
        page = desk.post(path, data)
        assert page.status == 400
        assert "没有保存" in page.text
        assert "李科员" in page.text
    assert desk.get("/office/").path == "/office/"


def test_an_applicants_token_is_no_token_of_the_offices(desk: Desk) -> None:
    theirs = desk.get("/resume").form("/resume").values["csrf_token"]
    desk.get("/office/login")
    assert desk.post("/office/login", {"csrf_token": theirs}).status == 400


# what is not there


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
@pytest.mark.parametrize(("path", "method", "status"), [("/office/nowhere", "GET", 404), ("/office/login", "PUT", 405)])
def test_what_is_not_there_leads_back_into_the_office(app: Flask, path: str, method: str, status: int, headers) -> None:
    answer = app.test_client().open(path, method=method, headers=headers)
    assert answer.status_code == status
    assert "返回今日待办" in answer.text
    assert "我的办件" not in answer.text
    assert ("<html" in answer.text) == (not headers)


def test_when_the_database_does_not_answer_the_office_says_so(desk: Desk, clerk: Member) -> None:
    desk.enter(clerk)
    desk.get("/office/account/codes")
    with read_only(desk.services):
        page = desk.submit("/office/account/codes")
    assert (page.status, page.headers["Retry-After"]) == (503, "10")
    assert "暂时无法保存" in page.text


@pytest.mark.parametrize(
    "strange", ["\0", "𠮷" * 200, "\u202eabc", "' OR 1=1 --", "<script>", "a" * 100_000], ids=range(6)
)
def test_whatever_is_typed_at_the_door_is_only_wrong(desk: Desk, clerk: Member, strange: str) -> None:
    page = desk.sign_in(clerk, username=strange, password=strange, code=strange)
    assert page.status == 422
    assert "<script>" not in page.html
