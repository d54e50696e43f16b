"""查阅、复制、删除, over the stores: what goes is gone, what stays is said to, and another owner is never touched."""

import json
from base64 import b64decode

import pytest

from renewal.domain import masks
from renewal.domain.application import Status
from renewal.domain.keeping import Keep
from renewal.journey.own_copy import as_json, as_pdf
from renewal.journey.own_data import Gone, delete, held, readings
from renewal.journey.submission import withdraw
from renewal.office.reading import read
from renewal.store import models
from renewal.store.drafts import Draft
from renewal.store.event_log import OWN_DATA_DELETED
from renewal.store.face_orders import FaceOrder, OrderState, new_number
from renewal.store.staff import Role
from tests.casework import faults
from tests.documents.reading import text
from tests.doubles.sms import AliyunDouble
from tests.factories import CLERK, carry, moved, person, portrait_jpeg, stored, submitted
from tests.messaging import reminded, sending_by
from tests.staffing import staffed

SEALED = (models.Applicant, models.Attachment, models.Submission, models.SubmissionPicture, models.Avatar)


def mine(services, *drafts):
    """As a session that opened these sees it, at the last of them."""
    return held(services, [draft.id for draft in drafts], drafts[-1])


def draft_of(services, case):
    return services.draft(case.draft_id)


@pytest.fixture
def withdrawn(services):
    case = submitted(services, owner="me", method="selfie")
    withdraw(services, case)
    return case


@pytest.mark.parametrize("step", ["register", "face", "details", "commitment", "review"])
def test_of_a_draft_nothing_is_left_wherever_it_stood(services, step):
    draft = carry(services, step, method="selfie")
    avatar = services.people.keep_avatar("a phone", portrait_jpeg(), services.now())
    assert delete(services, mine(services, draft), avatar) == Gone(drafts=1, cases=0, kept=0)
    assert [row for table in (models.Draft, *SEALED) for row in stored(services, table)] == []


def test_of_a_case_withdrawn_in_time_the_chain_is_left_and_nothing_of_the_person(services, withdrawn):
    assert delete(services, mine(services, draft_of(services, withdrawn)), "") == Gone(drafts=0, cases=1, kept=0)
    assert [row for table in SEALED for row in stored(services, table)] == []
    assert services.draft(withdrawn.draft_id).answers == {}
    (row,) = stored(services, models.Application)
    assert row.number == withdrawn.number
    assert {row.name_mask, row.id_mask, row.employer, row.id_index, row.name_index, row.phone_index} == {""}
    assert faults(services) == []


@pytest.mark.parametrize(
    ("status", "keep"),
    [
        (Status.SUBMITTED, Keep.OPEN),
        (Status.RETURNED, Keep.OPEN),
        (Status.APPROVED, Keep.DECIDED),
        (Status.DECLINED, Keep.DECIDED),
        (Status.NOT_TAKEN, Keep.NOT_TAKEN),
    ],
)
def test_what_a_duty_keeps_stays_whole_and_the_draft_beside_it_goes(services, status, keep):
    case = moved(services, submitted(services), status)
    beside = carry(services, "details", owner="me")
    together = mine(services, draft_of(services, case), beside)
    assert [(one.case and one.case.number, one.keep) for one in together] == [(None, None), (case.number, keep)]
    before = services.submissions.pictures(case.id, 0)
    assert delete(services, together, "") == Gone(drafts=1, cases=0, kept=1)
    assert services.submissions.pictures(case.id, 0) == before
    assert services.people.knows(person().name, person().id_number)
    assert [row.id for row in stored(services, models.Draft)] == [case.draft_id]
    assert faults(services) == []


def test_one_withdrawn_after_it_was_accepted_is_a_file_until_its_day(services):
    case = moved(services, submitted(services), Status.ACCEPTED)
    withdraw(services, services.applications.get(case.id))
    (one,) = mine(services, draft_of(services, case))
    assert one.keep is Keep.ACCEPTED
    assert (one.until - services.now()).days == services.policy.keep_decided_days


def test_an_open_case_says_no_day_for_it_can_be_withdrawn(services):
    (one,) = mine(services, draft_of(services, submitted(services)))
    assert (one.keep, one.until) == (Keep.OPEN, None)


def test_another_owners_data_of_the_same_number_are_neither_seen_nor_deleted(services):
    theirs, case = carry(services, "review", owner="theirs"), submitted(services, owner="theirs too")
    draft = carry(services, "details", owner="mine")
    assert [one.draft.id for one in mine(services, draft)] == [draft.id]
    delete(services, mine(services, draft), "")
    assert services.drafts.find(theirs.id) == theirs
    assert services.applications.find(case.id)
    assert services.people.knows(person().name, person().id_number)


def test_on_a_shared_phone_one_persons_deletion_leaves_the_others(services):
    other, namesake = carry(services, "details", person(1)), carry(services, "details", person(name="王五"))
    draft = carry(services, "details")
    together = mine(services, other, namesake, draft)
    assert [one.draft.id for one in together] == [draft.id]
    delete(services, together, "")
    assert {row.id for row in stored(services, models.Draft)} == {other.id, namesake.id}


def test_who_has_begun_nothing_holds_nothing(services):
    carry(services, "details")
    assert held(services, [], Draft("")) == held(services, [], Draft("not yet stored")) == []


def test_the_event_says_how_much_and_nothing_of_it(services, withdrawn):
    draft = carry(services, "details", owner="me")
    delete(services, mine(services, draft_of(services, withdrawn), draft), "")
    act = services.event_log.acts("个人信息")[-1]
    assert (act.action, act.reason) == (OWN_DATA_DELETED, "草稿1份，办件1件")


def test_evidence_of_a_log_changed_by_hand_is_not_deleted(services, withdrawn):
    services.database.run(models.Event.update(reason="另一个原因").where(models.Event.application == withdrawn.id))
    assert delete(services, mine(services, draft_of(services, withdrawn)), "").kept == 1
    assert services.submissions.of(withdrawn.id)


def test_who_of_the_office_looked_is_told_with_the_role_and_without_the_name(services, clock):
    case = submitted(services)
    read(services, staffed(services, "王科员"), case.number)
    clock.go_on(hours=2)
    read(services, staffed(services, "赵审计", Role.AUDITOR), case.number)
    assert [role for _, role in readings(services, case.number)] == [Role.AUDITOR, Role.CLERK]
    copied = as_json(services, mine(services, draft_of(services, case)), {})
    assert "王科员" not in copied
    assert [seen["role"] for seen in json.loads(copied)["items"][0]["application"]["read_by_staff"]] == [
        "auditor",
        "clerk",
    ]


def test_the_copy_holds_every_answer_and_every_picture(services):
    case = moved(services, submitted(services, method="selfie"), Status.RETURNED)
    draft = carry(services, "review", owner="me")
    newest, oldest = json.loads(as_json(services, mine(services, draft_of(services, case), draft), {"昵称": "小李"}))[
        "items"
    ]
    assert newest["answers"]["details"] == person().details
    pictures = {kind: b64decode(data) for kind, data in newest["pictures"].items()}
    assert pictures == services.attachments.of(draft.id)
    (submission,) = oldest["application"]["submissions"]
    assert submission["answers"]["details"] == person().details
    assert b64decode(submission["pictures"]["portrait"]) == services.submissions.pictures(case.id, 0)["portrait"]
    assert set(oldest["pictures"]) == {"selfie"}


def test_the_copy_says_nothing_of_another_case_with_the_same_number(services):
    submitted(services, owner="theirs")
    case = submitted(services, owner="mine")
    assert services.applications.get(case.id).conflict
    together = mine(services, draft_of(services, case))
    services.applications.record(services.applications.get(case.id), "note", CLERK, services.now(), "另有一件，疑冒名")
    for copy in (as_json(services, together, {}), text(as_pdf(services, together, {}))):
        assert "同一证件号码" not in copy
        assert "冒名" not in copy


def test_the_paper_shows_what_was_typed_so_far(services):
    draft = carry(services, "details")
    said = text(as_pdf(services, mine(services, draft), {"昵称": "小李"}))
    for word in ("小李", person().name, person().id_number, person().phone, "尚未提交的申报"):
        assert word in said


def test_the_copy_tells_of_face_checks_texts_and_the_number_they_go_to(services):
    office = sending_by(services, AliyunDouble())
    case = reminded(office)
    number = new_number()
    with services.database.transaction():
        services.face_orders.put(FaceOrder(number, case.draft_id, "tencent", "me", "my phone", services.now()))
        services.face_orders.settle(number, OrderState.PASSED, "0", services.now())
    together = mine(services, draft_of(services, case))
    (kept,) = json.loads(as_json(services, together, {}))["items"]
    (check,) = kept["face_checks"]
    assert (check["provider"], check["order"], check["came_to"], check["result"]) == ("腾讯云", number, "通过", "0")
    assert kept["texts_go_to"]["phone"] == person().phone
    assert [(told["kind"], told["to"]) for told in kept["application"]["texts"]] == [
        ("提交成功", masks.phone(person().phone))
    ]
    said = text(as_pdf(services, together, {}))
    assert number in said
    assert f"短信提醒号码{person().phone}" in said
