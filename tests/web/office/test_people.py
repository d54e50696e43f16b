"""人员, for administrators; and the link by which the first one comes."""

import pytest
from flask import Flask

from renewal.office import setting_up
from renewal.store.staff import Member, Role
from tests.staffing import PASSWORD, Desk, again, code, shown, staffed


@pytest.fixture
def boss(app: Flask) -> Member:
    return staffed(app.extensions["renewal"].services, "主任", Role.ADMINISTRATOR)


@pytest.fixture
def desk(app: Flask, boss: Member) -> Desk:
    return Desk(app).enter(boss)


@pytest.fixture
def clerk(desk: Desk) -> Member:
    return staffed(desk.services)


def test_who_is_added_signs_in_with_what_the_page_shows_once(app: Flask, desk: Desk) -> None:
    desk.get("/office/staff")
    page = desk.submit("/office/staff", username="李科员", role="auditor")
    member = desk.services.staff.by_name("李科员")
    assert member.role is Role.AUDITOR
    password, secret = shown(page)
    assert secret.replace(" ", "") == member.totp_secret
    assert password not in desk.get("/office/staff").text
    assert Desk(app).sign_in(member, password=password).path == "/office/account/password"


WRONG = [
    ("主任", "clerk", "已经有叫"),
    ("", "clerk", "请填写用户名"),
    ("<b>", "clerk", "用户名请用"),
    ("小王", "king", "请选择角色"),
]


@pytest.mark.parametrize(("name", "role", "words"), WRONG)
def test_an_account_that_cannot_be_is_refused_in_words(desk: Desk, name: str, role: str, words: str) -> None:
    desk.get("/office/staff")
    page = desk.submit("/office/staff", username=name, role=role)
    assert page.status == 422
    assert words in page.text
    assert page.form("/office/staff").values["username"] == name
    assert len(desk.services.staff.list()) == 1


def test_a_reset_ends_sessions_and_locks_and_gives_everything_anew(app: Flask, desk: Desk, clerk: Member) -> None:
    theirs = Desk(app).enter(clerk)
    for last in range(5):
        Desk(app, address=f"192.0.2.{last}").sign_in(clerk, code="000000")
    desk.get(f"/office/staff/{clerk.id}")
    page = desk.submit(f"/office/staff/{clerk.id}/reset")
    new = again(desk.services, clerk)
    assert new.totp_secret != clerk.totp_secret
    assert theirs.get("/office/").path.startswith("/office/login")
    password, _ = shown(page)
    assert Desk(app).sign_in(new).status == 422
    assert Desk(app).sign_in(new, password=password).path == "/office/account/password"


def test_who_is_disabled_is_out_at_once_and_back_when_enabled(app: Flask, desk: Desk, clerk: Member) -> None:
    theirs = Desk(app).enter(clerk)
    desk.get(f"/office/staff/{clerk.id}")
    assert "已停用" in desk.submit(f"/office/staff/{clerk.id}/disable").text
    assert theirs.get("/office/").path.startswith("/office/login")
    assert "已启用" in desk.submit(f"/office/staff/{clerk.id}/enable").text
    assert Desk(app).sign_in(clerk).path == "/office/"


def test_nobody_disables_oneself(desk: Desk, boss: Member) -> None:
    staffed(desk.services, "副主任", Role.ADMINISTRATOR)
    csrf = desk.get("/office/staff").form("/office/staff").values["csrf_token"]
    assert "不能停用自己" in desk.post(f"/office/staff/{boss.id}/disable", {"csrf_token": csrf}).text
    assert not again(desk.services, boss).disabled


def test_an_administrator_ends_anybodys_session(app: Flask, desk: Desk, clerk: Member) -> None:
    theirs = Desk(app).enter(clerk)
    page = desk.get(f"/office/staff/{clerk.id}")
    (end,) = [form.action for form in page.forms if form.action.endswith("/end")]
    desk.submit(end)
    assert theirs.get("/office/").path.startswith("/office/login")
    (act,) = desk.services.event_log.acts(clerk.name)
    assert (act.action, act.actor.name) == ("session_ended", "主任")


def test_who_is_not_there_is_not_found(desk: Desk) -> None:
    assert desk.get("/office/staff/99").status == 404
    assert "返回今日待办" in desk.page.text


# the first administrator


@pytest.fixture
def fresh(app: Flask) -> Desk:
    return Desk(app)


def test_the_link_of_the_first_start_makes_the_administrator_and_works_once(app: Flask, fresh: Desk) -> None:
    path = f"/office/setup/{setting_up.token(fresh.services)}"
    fresh.get(path)
    late = fresh.tab()
    late.get(path)
    page = fresh.submit(path, username="Admin", password=PASSWORD, again=PASSWORD)
    assert "设置手机验证器" in page.title
    member = fresh.services.staff.by_name("admin")
    assert (member.role, member.first_password_at) == (Role.ADMINISTRATOR, None)
    fresh.submit("/office/login/confirm", code=code(fresh.services, member))
    assert fresh.page.path == "/office/account/codes"
    assert setting_up.token(fresh.services) is None
    assert late.submit(path, username="other", password=PASSWORD, again=PASSWORD).status == 410
    assert fresh.get(path).status == 410
    assert [each.name for each in fresh.services.staff.list()] == ["admin"]


@pytest.mark.parametrize("typed", ["x", "0" * 64, "密码"])
def test_another_link_makes_nobody(fresh: Desk, typed: str) -> None:
    page = fresh.get(f"/office/setup/{typed}")
    assert page.status == 410
    assert "已经失效" in page.text


def test_what_the_first_administrator_typed_wrong_is_said_and_the_name_kept(fresh: Desk) -> None:
    path = f"/office/setup/{setting_up.token(fresh.services)}"
    fresh.get(path)
    page = fresh.submit(path, username="admin", password="short", again="short")
    assert (page.status, page.forms[-1].values["username"]) == (422, "admin")
    assert "至少10位" in page.text
    assert setting_up.token(fresh.services)
