"""The one-screen review, by its forms."""

import re

import pytest
from flask import Flask

from renewal.domain.application import Status
from renewal.journey import submission
from renewal.office import claiming
from renewal.office.acts import Action
from renewal.store.applications import Application
from renewal.store.staff import Role
from tests.casework import accepted, actions, confirmed, now, ready
from tests.factories import (
    CLERK,
    answer,
    attach,
    moved,
    person,
    portrait_jpeg,
    returned,
    submit,
    submitted,
)
from tests.staffing import Desk, staffed
from tests.web.browser import Browser, Page

MOVES = ("claim", "release", "takeover", "accept", "return", "check", "approve", "decline", "undo", "verify", "selfie")


@pytest.fixture
def desk(app: Flask) -> Desk:
    """王科员, signed in."""
    desk = Desk(app)
    return desk.enter(staffed(desk.services))


@pytest.fixture
def wang(desk: Desk):
    return desk.services.staff.by_name("王科员")


def path(case: Application, move: str = "") -> str:
    return f"/office/cases/{case.number}" + (f"/{move}" if move else "")


def open_case(desk: Desk, case: Application) -> Page:
    return desk.get(path(case))


def acts(page: Page) -> set[str]:
    """What the page offers to do with the case."""
    found = (re.fullmatch(r"/office/cases/\w+/(\w+)", form.action) for form in page.forms)
    return {match[1] for match in found if match}


def send(desk: Desk, case: Application, move: str, **data: object) -> Page:
    """Post it from outside of the page's own forms."""
    csrf = desk.get("/office/").form("/office/logout").values["csrf_token"]
    return desk.post(path(case, move), {"csrf_token": csrf, "version": case.version, **data})


def test_everything_handed_in_is_on_the_page(desk: Desk) -> None:
    page = open_case(desk, submitted(desk.services, person(1), "selfie"))
    for value in person(1).details.values():
        assert value in page.text
    assert [image.rpartition("/")[2] for image in page.images[:3]] == ["selfie", "portrait", "signature"]
    assert "郑重承诺" in page.text
    assert "192.0.2.1" in page.text


def test_opening_it_is_on_record(desk: Desk) -> None:
    case = submitted(desk.services, person(1))
    open_case(desk, case)
    desk.get(path(case, "pictures/portrait"))
    assert [(act.actor.name, act.action) for act in desk.services.event_log.acts(case.number)] == [
        ("王科员", Action.READ_CASE)
    ]


@pytest.mark.parametrize("beyond", ["", "/pictures/portrait", "/pictures/selfie"])
def test_a_guessed_number_is_nowhere_and_leaves_no_trace(desk: Desk, beyond: str) -> None:
    assert desk.get(f"/office/cases/YX20260615000009{beyond}").status == 404
    assert desk.services.event_log.acts("YX20260615000009") == []


@pytest.mark.parametrize("kind", ["source", "signature_white", "..%2Fportrait", "%00", "selfie"])
def test_a_guessed_picture_is_nowhere(desk: Desk, kind: str) -> None:
    assert desk.get(path(submitted(desk.services, person(1)), f"pictures/{kind}")).status == 404


@pytest.mark.parametrize(
    ("kind", "starts"), [("portrait", b"\xff\xd8"), ("selfie", b"\xff\xd8"), ("signature", b"\x89PNG")]
)
def test_pictures_are_shown_and_kept_nowhere(desk: Desk, kind: str, starts: bytes) -> None:
    page = desk.get(path(submitted(desk.services, person(1), "selfie"), f"pictures/{kind}"))
    assert page.data.startswith(starts)
    assert page.headers["Cache-Control"] == "no-store"


def test_an_auditor_sees_everything_and_does_nothing(desk: Desk) -> None:
    case = ready(desk.services, desk.services.staff.by_name("王科员"))
    page = open_case(desk.enter(staffed(desk.services, "审计员", Role.AUDITOR)), case)
    assert person(1).id_number in page.text
    assert acts(page) == set()
    assert "returned" not in {given.get("name") for _, given in page.tags}


@pytest.mark.parametrize("move", [*MOVES, "note"])
def test_an_auditor_who_posts_changes_nothing(desk: Desk, wang, move: str) -> None:
    case = ready(desk.services, wang)
    before = actions(desk.services, case)
    desk.enter(staffed(desk.services, "审计员", Role.AUDITOR))
    page = send(desk, case, move, reason="不是本人", defect="school:请填写全称。", same="no")
    assert (page.status, now(desk.services, case)) == (403, case)
    assert actions(desk.services, case) == before
    assert desk.services.notes.of(case.id) == []


def test_a_case_goes_from_claim_to_approval(desk: Desk) -> None:
    case = confirmed(desk.services, person(1))
    open_case(desk, case)
    assert "由您办理" in desk.submit(path(case, "claim")).text
    assert "已记下本人" in desk.submit(path(case, "verify"), reason="身份证原件").text
    assert "已受理" in desk.submit(path(case, "accept")).text
    page = desk.submit(path(case, "approve"))
    assert "准予延续注册" in page.text
    assert now(desk.services, case).status is Status.APPROVED
    assert acts(page) == {"note"}


def test_a_refusal_tells_the_applicant_why_and_what_to_do(desk: Desk, wang) -> None:
    case = accepted(desk.services, wang)
    open_case(desk, case)
    desk.submit(path(case, "decline"), reason="年龄超过限制")
    assert "行政复议" in desk.services.applications.events(case.id)[-1].reason


@pytest.mark.parametrize(
    ("build", "offered"),
    [
        (confirmed, {"claim", "verify", "accept", "check", "note"}),
        (
            lambda services: confirmed(services, method="selfie"),
            {"claim", "verify", "accept", "check", "note", "selfie"},
        ),
        (lambda services: moved(services, submitted(services), Status.ACCEPTED), None),
        (
            lambda services: moved(services, submitted(services), Status.EMPLOYER_DECLINED),
            {"claim", "verify", "check", "note"},
        ),
        (lambda services: moved(services, submitted(services), Status.WITHDRAWN), {"note"}),
    ],
    ids=["confirmed", "selfie", "accepted", "employer declined", "withdrawn"],
)
def test_only_what_can_be_done_is_offered(desk: Desk, build, offered) -> None:
    expected = offered or {"claim", "verify", "undo", "approve", "decline", "note"}
    assert acts(open_case(desk, build(desk.services))) == expected


def test_the_slower_clerk_reads_who_was_faster_and_keeps_the_words(desk: Desk, wang) -> None:
    case = accepted(desk.services, wang)
    claiming.give_back(desk.services, case, wang)
    open_case(desk, case)
    claiming.claim(desk.services, case, staffed(desk.services, "赵科员"))
    page = desk.submit(path(case, "decline"), reason="年龄超过限制")
    assert page.status == 409
    assert "赵科员已在2026/06/15 12:00领办了这件申请" in page.text
    assert now(desk.services, case).status is Status.ACCEPTED


def test_a_stale_page_shows_the_case_as_it_is_with_what_was_typed(desk: Desk, wang) -> None:
    case = accepted(desk.services, wang)
    open_case(desk, case)
    stale = desk.page.form(path(case, "decline")).values
    desk.submit(path(case, "undo"))
    desk.submit(path(case, "accept"))
    page = desk.post(path(case, "decline"), stale | {"reason": "年龄超过限制"})
    assert page.status == 409
    assert "请核对最新的内容" in page.text
    assert page.form(path(case, "decline")).values["reason"] == "年龄超过限制"
    assert page.form(path(case, "decline")).values["version"] == str(now(desk.services, case).version)


@pytest.mark.parametrize("version", ["", "x", "-1", "１", "9" * 50, "1.0"])
def test_a_version_that_is_none_is_stale(desk: Desk, wang, version: str) -> None:
    case = accepted(desk.services, wang)
    assert send(desk, case, "approve", version=version).status == 409
    assert now(desk.services, case) == case


@pytest.mark.parametrize(
    ("move", "sent"),
    [("decline", {"reason": " "}), ("verify", {"reason": ""}), ("note", {"reason": ""}), ("selfie", {"same": "maybe"})],
)
def test_what_is_missing_is_said_on_the_page(desk: Desk, wang, move: str, sent: dict[str, str]) -> None:
    case = accepted(desk.services, wang) if move == "decline" else confirmed(desk.services, method="selfie")
    before = now(desk.services, case)
    page = send(desk, case, move, **sent)
    assert page.status == 422
    assert 'role="alert"' in page.html
    assert now(desk.services, case) == before


def test_a_move_that_the_table_forbids_is_409(desk: Desk) -> None:
    case = confirmed(desk.services)
    page = send(desk, case, "approve")
    assert page.status == 409
    assert "不能改为“准予延续注册”" in page.text


def test_selfie_and_photo_are_compared_by_a_button(desk: Desk) -> None:
    case = confirmed(desk.services, method="selfie")
    open_case(desk, case)
    page = desk.submit(path(case, "selfie"), ("same", "yes"))
    assert "比对结果已记下" in page.text
    assert not [image for image in page.images if image.endswith("selfie")]
    assert desk.get(path(case, "pictures/selfie")).status == 404


def test_a_note_is_for_the_staff_alone(desk: Desk) -> None:
    case = confirmed(desk.services)
    open_case(desk, case)
    page = desk.submit(path(case, "note"), reason="电话打不通")
    assert "电话打不通" in page.text
    assert "王科员" in page.text


def test_what_is_typed_is_text(desk: Desk) -> None:
    case = confirmed(desk.services)
    open_case(desk, case)
    page = desk.submit(path(case, "note"), reason="<script>alert(1)</script>注")
    assert "<script>alert" not in page.html


def test_a_corrected_case_shows_old_beside_new_and_what_was_asked(desk: Desk) -> None:
    services = desk.services
    back = returned(services, confirmed(services), school="请填写全称。", portrait="请重拍。")
    draft = answer(services, submission.reopen(services, back), "details", {**person(1).details, "school": "山东大学"})
    case = submit(services, attach(services, draft, "portrait", portrait_jpeg()))
    page = open_case(desk, case)
    assert "<del>青岛理工大学</del> <ins>山东大学</ins>" in page.html
    assert "上次退回：请填写全称。" in page.text
    assert "上次退回：请重拍。" in page.text
    before = desk.get(path(case, "pictures/portrait?before"))
    assert before.data == services.submissions.pictures(case.id, 0)["portrait"]


def test_another_case_of_the_person_is_a_click_away_and_a_conflict_two(desk: Desk) -> None:
    case = submitted(desk.services, person(1))
    other = submitted(desk.services, person(1), owner="another phone")
    page = open_case(desk, case)
    assert {path(other), path(case, "conflict")} <= {href for href, _ in page.links}


def test_taking_over_is_offered_when_it_is_allowed(desk: Desk, wang, clock) -> None:
    case = confirmed(desk.services)
    claiming.claim(desk.services, case, staffed(desk.services, "赵科员"))
    page = open_case(desk, case)
    assert acts(page) == {"note"}
    assert "满一天后才能接手" in page.text
    clock.go_on(days=1)
    desk.enter(wang)
    open_case(desk, case)
    assert "已接手" in desk.submit(path(case, "takeover")).text


def test_given_back_it_is_offered_to_everybody(desk: Desk) -> None:
    case = confirmed(desk.services)
    open_case(desk, case)
    desk.submit(path(case, "claim"))
    assert "claim" in acts(desk.submit(path(case, "release")))


def test_what_the_applicant_reads_names_no_clerk_and_no_note(desk: Desk, wang) -> None:
    case = accepted(desk.services, wang)
    open_case(desk, case)
    desk.submit(path(case, "note"), reason="电话打不通")
    desk.submit(path(case, "undo"))
    browser = Browser(desk.app).hold(desk.services.draft(case.draft_id))
    page = browser.get(f"/applications/{case.number}")
    assert "撤销“已受理”" in page.text
    assert "电话打不通" not in page.text
    assert CLERK.name not in page.text


def test_a_case_whose_content_was_deleted_is_said_to_be_and_in_no_list(desk: Desk) -> None:
    services = desk.services
    case = moved(services, submitted(services), Status.APPROVED)
    assert case.number in desk.get("/office/cases?status=approved").html
    services.finished.delete(case.id, services.now())
    page = desk.get(f"/office/cases/{case.number}")
    assert (page.status, "内容已到期删除" in page.text) == (410, True)
    assert case.number not in desk.get("/office/cases?status=approved").html
