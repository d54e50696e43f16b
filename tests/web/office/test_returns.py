"""退回补正 by the review's own form: chosen beside the field, read once more, sent at once."""

import pytest
from flask import Flask

from renewal.domain.application import Status
from renewal.domain.defects import REASONS, Defect
from renewal.store import models
from renewal.store.applications import Application
from tests.casework import confirmed, now
from tests.factories import moved, person, stored
from tests.naughty import NAUGHTY
from tests.staffing import Desk, staffed
from tests.web.browser import Page

CHOSEN = {
    "returned": ["school", "portrait"],
    "reason-school": "毕业院校不是全称，请按毕业证书填写。",
    "reason-portrait": "照片不清晰，请重新拍一张。",
}


@pytest.fixture
def desk(app: Flask) -> Desk:
    desk = Desk(app)
    return desk.enter(staffed(desk.services))


@pytest.fixture
def case(desk: Desk) -> Application:
    return confirmed(desk.services, person(1))


def path(case: Application, move: str = "check") -> str:
    return f"/office/cases/{case.number}/{move}"


def check(desk: Desk, case: Application, **chosen: object) -> Page:
    desk.get(f"/office/cases/{case.number}")
    return desk.submit(path(case), **(chosen or CHOSEN))


def untouched(desk: Desk, case: Application) -> bool:
    return now(desk.services, case) == case and not stored(desk.services, models.Defect)


def send(desk: Desk, case: Application, *defects: str, **more: object) -> Page:
    """As an outside client does: one `defect` a field."""
    csrf = desk.get("/office/").form("/office/logout").values["csrf_token"]
    return desk.post(
        path(case, "return"), {"csrf_token": csrf, "version": case.version, "defect": list(defects), **more}
    )


def test_every_field_but_the_person_and_every_picture_has_its_tick(desk: Desk, case: Application) -> None:
    page = desk.get(f"/office/cases/{case.number}")
    ticks = {given["value"] for _, given in page.tags if given.get("name") == "returned"}
    assert ticks == REASONS.keys() - {"sex", "birth_date"}
    assert {f"reason-{field}" for field in ticks} <= page.form(path(case)).names


def test_ready_made_reasons_are_at_hand(desk: Desk, case: Application) -> None:
    page = desk.get(f"/office/cases/{case.number}")
    offered = {given.get("value") for tag, given in page.tags if tag == "option"}
    assert {*REASONS["school"], *REASONS["portrait"], *REASONS["commitment"]} <= offered


def test_what_will_be_sent_is_read_before(desk: Desk, case: Application) -> None:
    page = check(desk, case)
    assert page.status == 200
    assert "共2处" in page.text
    for words in ("毕业院校", CHOSEN["reason-school"], "一寸白底免冠照", CHOSEN["reason-portrait"]):
        assert words in page.text
    assert untouched(desk, case)


def test_then_all_of_it_is_sent(desk: Desk, case: Application) -> None:
    check(desk, case)
    page = desk.submit(path(case, "return"))
    assert "已退回补正" in page.text
    assert now(desk.services, case).status is Status.RETURNED
    assert desk.services.defects.of(case.id)[0] == [
        Defect("school", CHOSEN["reason-school"]),
        Defect("portrait", CHOSEN["reason-portrait"]),
    ]


def test_or_changed_with_nothing_lost(desk: Desk, case: Application) -> None:
    checked = check(desk, case).form(path(case, "return"), ("edit", "1"))
    page = desk.post(
        path(case), {**checked.values, "defect": [v for n, v in checked.fields if n == "defect"], "edit": "1"}
    )
    form = page.form(path(case))
    assert [value for name, value in form.fields if name == "returned"] == ["school", "portrait"]
    assert form.values["reason-school"] == CHOSEN["reason-school"]
    assert untouched(desk, case)


@pytest.mark.parametrize(
    ("chosen", "field", "said"),
    [
        ({"returned": ["school"], "reason-school": ""}, "school", "毕业院校：请写明"),
        ({"returned": ["portrait"], "reason-portrait": "？"}, "portrait", "一寸白底免冠照："),
        ({"returned": []}, "", "至少写明一处"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(desk: Desk, case: Application, chosen, field: str, said: str) -> None:
    page = check(desk, case, **chosen)
    assert page.status == 422
    assert said in (page.errors[field] if field else page.text)
    assert [value for name, value in page.form(path(case)).fields if name == "returned"] == chosen["returned"]
    assert untouched(desk, case)


def test_one_wrong_reason_costs_none_of_the_others(desk: Desk, case: Application) -> None:
    page = check(desk, case, **CHOSEN | {"reason-portrait": ""})
    assert page.form(path(case)).values["reason-school"] == CHOSEN["reason-school"]


def test_the_contract_is_one_defect_a_field(desk: Desk, case: Application) -> None:
    send(desk, case, "school:请填写全称。", "signature:请签：全名。")
    assert desk.services.defects.of(case.id)[0] == [
        Defect("school", "请填写全称。"),
        Defect("signature", "请签：全名。"),
    ]


@pytest.mark.parametrize(
    "defects",
    [[], ["school"], ["name:与证件不一致"], ["salary:请填写"], ["school:一", "school:二"], ["school:"], [":请填写"]],
    ids=str,
)
def test_a_list_that_helps_nobody_is_422_and_changes_nothing(desk: Desk, case: Application, defects) -> None:
    page = send(desk, case, *defects)
    assert page.status == 422
    assert 'role="alert"' in page.html
    assert untouched(desk, case)


@pytest.mark.parametrize("strange", NAUGHTY[::3])
def test_strange_text_is_kept_as_text_or_refused(desk: Desk, case: Application, strange: str) -> None:
    for page in (send(desk, case, strange), send(desk, case, f"school:{strange}")):
        assert page.status in (200, 409, 422)
        assert "<script>alert" not in page.html


def test_what_moved_in_between_is_409_with_what_was_chosen(desk: Desk, case: Application) -> None:
    check(desk, case)
    back = moved(desk.services, case, Status.RETURNED)
    page = desk.submit(path(case, "return"))
    assert page.status == 409
    assert "刚刚有了变化" in page.text
    assert now(desk.services, case) == back
    assert not stored(desk.services, models.Defect)


def test_sent_twice_it_is_sent_once(desk: Desk, case: Application) -> None:
    check(desk, case)
    again = desk.page.form(path(case, "return"))
    desk.submit(path(case, "return"))
    page = desk.post(path(case, "return"), {**again.values, "defect": ["school:请填写全称。"]})
    assert page.status == 409
    assert len(stored(desk.services, models.Defect)) == 2


def test_a_return_is_taken_back_from_the_page(desk: Desk, case: Application) -> None:
    check(desk, case)
    desk.submit(path(case, "return"))
    page = desk.submit(path(case, "undo"))
    assert "已撤销" in page.text
    assert "撤销，恢复为“单位已确认”" in page.text
    assert untouched(desk, now(desk.services, case))


def test_who_is_signed_out_while_choosing_gets_the_words_back(desk: Desk, case: Application, clock) -> None:
    desk.get(f"/office/cases/{case.number}")
    clock.go_on(minutes=16)
    page = desk.submit(path(case), **CHOSEN)
    assert page.status == 401
    assert CHOSEN["reason-school"] in page.text
    assert untouched(desk, case)
