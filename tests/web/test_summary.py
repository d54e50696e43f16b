"""The summary of errors: each entry names its thing and leads to it, on every form there is."""

import pytest
from flask import Flask

from renewal.forms.resume import FORM as RESUME
from renewal.journey.steps import BY_NAME
from renewal.web.summary import summary
from tests.web.browser import Browser


def test_an_entry_says_which_thing_it_is_about() -> None:
    assert summary({"signature": "没有看到签名"}, {"signature": "手写签名"}) == [
        ("signature", "手写签名：没有看到签名")
    ]


def test_what_names_its_thing_already_is_left_as_it_is() -> None:
    assert summary({"name": "请填写姓名"}, {"name": "姓名"}) == [("name", "请填写姓名")]


def test_what_has_no_name_is_left_as_it_is() -> None:
    assert summary({"method": "请选择一种核验方式"}, {}) == [("method", "请选择一种核验方式")]


WRONG = {"id_number": "37010119", "phone": "1", "graduated_on": "昨天", "birth_date": "x", "employer_code": "1"}


@pytest.mark.parametrize("step", ["verify", "register", "details"])
@pytest.mark.parametrize("wrong", [False, True], ids=["empty", "wrong"])
def test_every_error_of_a_step_is_named_and_found(at, step: str, wrong: bool) -> None:
    browser = at(step)
    form = browser.page.form(f"/renewal/{step}")
    typed = {name: WRONG.get(name, "") if wrong else "" for name in form.names - {"csrf_token", "token"}}
    _each_is_named(browser.submit(f"/renewal/{step}", **typed), BY_NAME[step].things)


def test_every_error_of_the_resume_form_is_named_and_found(app: Flask) -> None:
    browser = Browser(app)
    browser.get("/resume")
    _each_is_named(browser.submit("/resume", code="1", id_number="1"), RESUME.labels)


def _each_is_named(page, things) -> None:
    assert page.status == 422
    assert page.summary
    for about, words in page.summary:
        assert things[about] in words
        assert about in page.ids, "the entry leads nowhere"
