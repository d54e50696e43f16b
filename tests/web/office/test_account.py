"""The own password, recovery codes and sessions."""

import pytest
from flask import Flask

from renewal.store.staff import Member
from tests.staffing import PASSWORD, Desk, again, shown, staffed

NEW = "两岸猿声啼不住 at ten"


@pytest.fixture
def clerk(app: Flask) -> Member:
    return staffed(app.extensions["renewal"].services)


@pytest.fixture
def desk(app: Flask, clerk: Member) -> Desk:
    return Desk(app).enter(clerk)


def _change(desk: Desk, current: str = PASSWORD, password: str = NEW, again: str | None = None):
    desk.get("/office/account/password")
    typed = {"current": current, "password": password, "again": password if again is None else again}
    return desk.submit("/office/account/password", **typed)


def test_the_first_sign_in_asks_for_an_own_password_and_gives_recovery_codes(app: Flask) -> None:
    desk = Desk(app)
    member = staffed(desk.services, "李科员", settled=False)
    assert desk.sign_in(member).path == "/office/account/password"
    assert "初始密码" in desk.page.text
    page = desk.submit("/office/account/password", current=PASSWORD, password=NEW, again=NEW)
    assert page.path == "/office/account/codes"
    assert len(shown(desk.submit("/office/account/codes"))) == 10
    assert shown(desk.get("/office/account/codes")) == []
    member = again(desk.services, member)
    assert (member.first_password_at, len(member.recovery)) == (None, 10)


def test_a_first_password_is_good_for_a_week(app: Flask, clock) -> None:
    desk = Desk(app)
    member = staffed(desk.services, "李科员", settled=False)
    clock.go_on(days=6, hours=23)
    desk.sign_in(member)
    assert desk.get("/office/").path == "/office/"
    clock.go_on(hours=1)
    desk.enter(member)
    for path in ("/office/", "/office/account", "/office/account/codes"):
        assert desk.get(path).path == "/office/account/password"
    assert "以后再改" not in desk.page.text
    _change(desk)
    assert desk.get("/office/").path == "/office/"


def test_a_changed_password_ends_the_other_sessions(app: Flask, desk: Desk, clerk: Member) -> None:
    other = Desk(app).enter(clerk)
    assert "密码已修改" in _change(desk).text
    assert desk.get("/office/").path == "/office/"
    assert other.get("/office/").path.startswith("/office/login")
    assert Desk(app).sign_in(clerk).status == 422
    assert Desk(app).sign_in(clerk, password=NEW).path == "/office/"


WRONG = {
    "现在的密码不正确": {"current": "wrong but long"},
    "两次填写的密码不一样": {"again": "something else"},
    "至少10位": {"password": "short"},
    "容易被猜到": {"password": "1234567890"},
    "不能和现在的一样": {"password": PASSWORD},
}


@pytest.mark.parametrize(("words", "wrong"), WRONG.items())
def test_a_password_that_cannot_be_taken_is_refused_in_words(desk: Desk, clerk: Member, words: str, wrong) -> None:
    page = _change(desk, **wrong)
    assert page.status == 422
    assert words in page.text
    assert again(desk.services, clerk).password_hash == clerk.password_hash


def test_nobody_guesses_the_password_at_a_desk_left_open(desk: Desk) -> None:
    answers = [_change(desk, current=f"wrong number {number}").status for number in range(6)]
    assert answers == [422] * 5 + [429]


def test_new_recovery_codes_take_the_place_of_the_old_ones(app: Flask, desk: Desk, clerk: Member) -> None:
    desk.get("/office/account/codes")
    assert "现在还剩10个" in desk.page.text
    codes = [_made(desk), _made(desk)]
    assert [len(set(made)) for made in codes] == [10, 10]
    assert Desk(app).sign_in(clerk, code=codes[0][0]).status == 422
    assert Desk(app).sign_in(clerk, code=codes[1][0]).path == "/office/"


def _made(desk: Desk) -> list[str]:
    desk.get("/office/account/codes")
    return shown(desk.submit("/office/account/codes"))


def test_the_own_sessions_are_listed_and_ended_from_here(app: Flask, desk: Desk, clerk: Member) -> None:
    other = Desk(app).enter(clerk)
    other.get("/office/")
    page = desk.get("/office/account")
    assert "这里" in page.text
    (end,) = [form.action for form in page.forms if form.action.endswith("/end")]
    assert "那里的登录已退出" in desk.submit(end).text
    assert other.get("/office/").path.startswith("/office/login")
    assert desk.get("/office/").path == "/office/"


def test_nobody_ends_anothers_session_by_its_address(app: Flask, desk: Desk) -> None:
    other = staffed(desk.services, "李科员")
    theirs = Desk(app).enter(other)
    (session,) = desk.services.sessions.of(other)
    desk.get("/office/account/password")
    csrf = desk.page.form("/office/account/password").values["csrf_token"]
    desk.post(f"/office/account/sessions/{session.handle}/end", {"csrf_token": csrf})
    assert theirs.get("/office/").path == "/office/"
