"""Every field of every form against what people, phones and attackers put into it."""

import re
from html import escape

import pytest
from flask import Flask

from renewal.forms import profile, resume
from renewal.forms.fields import Form
from renewal.journey.steps import details, register, verify
from tests.factories import Person, carry, person
from tests.web.browser import Browser, Page, editable
from tests.web.reading import Reading

LI = person()
FORMS: dict[str, Form] = {
    "/renewal/verify": verify.STEP.form,
    "/renewal/register": register.FORM,
    "/renewal/details": details.STEP.form,
    "/resume": resume.FORM,
    "/profile": profile.FORM,
}
FIELDS = [(path, field.name) for path, form in FORMS.items() for field in form.fields]
OPTIONAL = {"employer_code", "specialty_2"}
LOCKED = {"name", "sex", "id_type", "id_number", "birth_date"}

NAUGHTY = {
    "markup": "<script>alert(1)</script>",
    "attribute": '" autofocus onfocus=alert(1) x="',
    "template": "{{7*7}}${7*7}<%= 7*7 %>{% raise %}",
    "sql": "'; DROP TABLE draft; --",
    "traversal": "../../../../etc/passwd\x00.png",
    "headers": "a\r\nSet-Cookie: a=b\r\n\r\n<html>",
    "control": "\x00\x01\x08\x0b\x1b[31m\x7f",
    "zero-width": "\u200b\u200c\u200d\ufeff\u2060",
    "direction": "\u202eabc\u202c\u2066def\u2069",
    "surrogate": "\ufffd\ufffe\uffff",
    "private": "\ue000\U000f0000",
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈",
    "combining": "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!͖̬̰̙̗̿̋ͥͥ̂ͣ̐́́͜͞",
    "number": "-1e309",
    "null": "null",
    "list": "[]",
    "format": "%s%n%x{0}{name.__class__}",
    "unicode digits": "١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦٧٨",
    "spaces": " \t\u3000\xa0\r\n ",
    "url": "javascript:alert(1)//",
    "long line": "长" * 5000,
}


def _open(browser: Browser, path: str) -> Person:
    if path == "/renewal/register":
        browser.get("/renewal/verify")
        browser.submit("/renewal/verify", **LI.claim)
    elif path == "/renewal/details":
        browser.hold(carry(browser.services, "details"))
    browser.get(path)
    return LI


def _good(browser: Browser, path: str) -> dict[str, str]:
    if path == "/renewal/details":
        return editable(browser.page.form(path), LI)
    if path == "/resume":
        return {"code": "7KQM-2XWD-9HTA", "id_number": LI.id_number}
    if path == "/profile":
        return {"nickname": "小李"}
    return LI.claim if path == "/renewal/verify" else LI.registration


def _is_refused(page: Page, name: str) -> None:
    """422, with one sentence beside the field and in the summary, and the machine told of it."""
    assert page.status == 422
    assert page.errors[name]
    assert dict(page.summary)[name].endswith(page.errors[name])
    assert name in page.invalid
    assert any(name + "-error" in given.get("aria-describedby", "") for _, given in page.tags)
    assert page.title.startswith("请改正：")
    for sentence in page.errors.values():
        assert re.search("[\u4e00-\u9fff]", sentence)
        assert not re.search(r"[A-Za-z]{4,}", re.sub("“.*”|7KQM-2XWD-9HTA", "", sentence)), sentence


@pytest.mark.parametrize(("path", "name"), [pair for pair in FIELDS if pair[1] not in OPTIONAL | LOCKED])
def test_a_missing_answer_is_asked_for(either: Browser, path: str, name: str) -> None:
    _open(either, path)
    good = _good(either, path)
    page = either.submit(path, **{**good, name: ""})
    _is_refused(page, name)
    assert page.errors.keys() == {name}
    kept = page.form(path).values
    assert all(kept[other] == value for other, value in good.items() if other not in (name, "id_type"))


@pytest.mark.parametrize(("path", "name"), FIELDS)
def test_an_input_that_did_not_come_at_all_is_no_accident(browser: Browser, path: str, name: str) -> None:
    _open(browser, path)
    data = {**browser.page.form(path).values, **_good(browser, path)}
    del data[name]
    page = browser.post(path, data)
    if name in OPTIONAL or (path == "/renewal/details" and name in LOCKED):
        assert page.status == 200
    else:
        _is_refused(page, name)


@pytest.mark.parametrize(("path", "name"), [pair for pair in FIELDS if pair[0] != "/renewal/details"])
def test_what_is_too_long_is_refused(browser: Browser, path: str, name: str) -> None:
    _open(browser, path)
    _is_refused(browser.submit(path, **{**_good(browser, path), name: "长" * 501}), name)


@pytest.mark.parametrize("name", [field.name for field in details.FORM.fields])
def test_no_detail_may_be_too_long(browser: Browser, name: str) -> None:
    _open(browser, "/renewal/details")
    good = _good(browser, "/renewal/details")
    _is_refused(browser.submit("/renewal/details", **{**good, name: "长" * 501}), name)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("phone", "0531-88886666"),
        ("phone", "1381234567"),
        ("ethnicity", "火星族"),
        ("education", "1"),
        ("degree", "学士学士"),
        ("school", "12345"),
        ("major", "···"),
        ("graduated_on", "2003-02-30"),
        ("graduated_on", "二〇〇三年"),
        ("graduated_on", "2027/01/01"),
        ("graduated_on", "1990/01/01"),
        ("employer", "。。。"),
        ("employer_code", "91370100MA3C000000"),
        ("specialty_1", "航天工程"),
        ("specialty_2", "房屋建筑工程"),
    ],
)
def test_a_detail_of_the_wrong_kind_is_refused_and_kept(either: Browser, name: str, value: str) -> None:
    _open(either, "/renewal/details")
    good = _good(either, "/renewal/details")
    page = either.submit("/renewal/details", **{**good, name: value})
    _is_refused(page, name)
    kept = page.form("/renewal/details").values
    chosen = {field.name for field in details.FORM.fields if field.choices}
    assert name in chosen or kept[name] == value
    assert all(kept[other] == given for other, given in good.items() if other != name)


@pytest.mark.parametrize("name", sorted(LOCKED))
def test_a_locked_answer_cannot_be_posted_over(browser: Browser, name: str) -> None:
    _open(browser, "/renewal/details")
    other = {"name": "王五", "sex": "女", "id_type": "港澳台居民居住证", "birth_date": "1981/01/01"}
    value = other.get(name, person(9).id_number)
    page = browser.submit("/renewal/details", **{**_good(browser, "/renewal/details"), name: value})
    _is_refused(page, name)
    assert "details" not in browser.draft().answers


@pytest.mark.parametrize("kind", NAUGHTY)
@pytest.mark.parametrize("path", FORMS)
def test_naughty_strings_do_no_harm(app: Flask, path: str, kind: str) -> None:
    """In every field of the form, one after the other and all at once."""
    browser = Browser(app, htmx=True)
    browser.introduce()
    _open(browser, path)
    hidden = browser.page.form(path).values
    names = [field.name for field in FORMS[path].fields]
    for poisoned in [*([name] for name in names), names]:
        data = {**hidden, **LI.details, **_good(browser, path), **dict.fromkeys(poisoned, NAUGHTY[kind])}
        page = browser.post(path, data)
        assert page.status in (200, 409, 422)
        assert "Traceback" not in page.html
        _is_escaped(page, NAUGHTY[kind])
        if page.status == 422:
            assert set(page.errors) <= {*names}
            hidden = page.form(path).values
        else:
            _open(browser, path)
            hidden = browser.page.form(path).values


def _is_escaped(page: Reading, text: str) -> None:
    if text != escape(text):
        assert text not in page.html
    for tag, given in page.tags:
        assert not [name for name in given if name.startswith("on") or name == "autofocus"]
        assert tag != "script" or given["src"].startswith("/static/")


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "李 春明", "id_number": "３７０１０１１９８００３０７００１" + LI.id_number[-1]},
        {"name": "李春明\u200b", "id_number": f" {LI.id_number[:6]} {LI.id_number[6:14]} {LI.id_number[14:]} "},
        {"name": "　李春明　", "id_number": LI.id_number[:10] + "\u200d" + LI.id_number[10:]},
    ],
)
def test_what_phones_put_between_characters_is_forgiven(browser: Browser, typed: dict[str, str]) -> None:
    browser.get("/renewal/verify")
    assert browser.submit("/renewal/verify", **typed).status == 200
    assert browser.draft().answers["verify"]["id_number"] == LI.id_number
    assert browser.draft().answers["verify"]["name"] == "李春明"


def test_full_width_digits_are_taken_where_digits_are_meant(browser: Browser) -> None:
    _open(browser, "/renewal/details")
    good = _good(browser, "/renewal/details")
    wide = {
        name: good[name].translate({n: n + 0xFEE0 for n in range(0x30, 0x3A)}) for name in ("phone", "graduated_on")
    }
    assert browser.submit("/renewal/details", **{**good, **wide}).path == "/renewal/attachments"
    stored = browser.draft().answers["details"]
    assert {name: stored[name] for name in wide} == {name: good[name] for name in wide}


@pytest.mark.parametrize("written", ["2003-07-01", "2003/07/01", "2003.7.1", "2003年7月1日", "20030701"])
def test_dates_are_taken_as_people_write_them(browser: Browser, written: str) -> None:
    _open(browser, "/renewal/details")
    page = browser.submit("/renewal/details", **{**_good(browser, "/renewal/details"), "graduated_on": written})
    assert page.path == "/renewal/attachments"
    assert browser.draft().answers["details"]["graduated_on"] == "2003/07/01"


def test_wrong_details_are_saved_as_they_were_typed(browser: Browser) -> None:
    _open(browser, "/renewal/details")
    browser.submit("/renewal/details", **{**_good(browser, "/renewal/details"), "phone": "123", "school": "清华大学"})
    assert browser.page.status == 422
    again = browser.get("/renewal/details").form("/renewal/details").values
    assert (again["phone"], again["school"]) == ("123", "清华大学")


@pytest.mark.parametrize(
    ("step", "typed", "field"),
    [
        ("face", {"method": "selfie"}, "consent"),
        ("face", {"method": "selfie", "consent": "yes"}, "selfie"),
        ("notice", {}, "read"),
        ("notice", {"read": ["in_person"]}, "read"),
        ("commitment", {}, "commitment"),
        ("attachments", {}, "portrait"),
        ("attachments", {}, "signature"),
    ],
)
def test_a_step_without_its_answer_says_what_is_missing(at, step: str, typed: dict, field: str) -> None:
    page = at(step).submit(f"/renewal/{step}", **typed)
    assert page.status == 422
    assert page.errors[field]
    assert dict(page.summary)[field].endswith(page.errors[field])
    assert field in page.ids


@pytest.mark.parametrize("method", ["", "SELFIE", "tencent", "__class__"])
def test_an_unknown_way_to_verify_is_refused(at, method: str) -> None:
    browser = at("face")
    page = browser.post("/renewal/face", {**browser.page.form("/renewal/face").values, "method": method})
    assert page.status == 422
    assert page.errors == {"method": "请选择一种核验方式"}


def test_ticked_clauses_stay_ticked_when_one_is_missing(at) -> None:
    page = at("notice").submit("/renewal/notice", read=["in_person", "age"])
    assert [value for name, value in page.form("/renewal/notice").fields if name == "read"] == ["in_person", "age"]
