"""What a closed case holds goes, what the office must be able to tell stays."""

from datetime import timedelta

import pytest

from renewal.domain.actor import Actor
from renewal.domain.application import CLOSED, Status
from renewal.domain.sms import Kind
from renewal.office import deciding, notes
from renewal.office.acts import Action
from renewal.services import Services
from renewal.store import models
from renewal.store.applications import Application, ApplicationChanged
from renewal.store.event_log import CONTENT_DELETED, LogBroken
from renewal.store.face_orders import FaceOrder, new_number
from renewal.store.models import Event
from tests.casework import accepted, actions, confirmed, faults
from tests.factories import CLERK, NOON, Clock, at_once, moved, person, returned, stored, submitted
from tests.staffing import staffed
from tests.store.cases import row

DAY = timedelta(days=1)


def full(services: Services) -> Application:
    """A case with all that a case can hold, declined with a reason."""
    clerk = staffed(services)
    case = accepted(services, clerk)
    notes.add(services, case, clerk, "电话说好了")
    deciding.decline(services, case, case.version, clerk, "继续教育不满足李春明")
    services.log(*_looked(case))
    with services.database.transaction():
        services.phones.confirm(case.draft_id, person().phone, NOON)
        services.face_orders.put(FaceOrder(new_number(), case.draft_id, "tencent", "me", "my phone", NOON))
        services.outbox.put(Kind.DECIDED, person().phone, {"tail": "0001"}, NOON, case.id)
    return case


def _looked(case: Application) -> tuple[Actor, str, str, str]:
    return CLERK, Action.READ_CASE, case.number, "看了李春明的件"


@pytest.mark.parametrize("status", list(Status))
def test_only_what_is_closed_is_ever_over(services: Services, status: Status) -> None:
    if status in (Status.DRAFT, Status.EXPIRED):
        return
    case = moved(services, submitted(services), status)
    assert services.finished.over(NOON + DAY) == ([case.id] if status in CLOSED else [])


def test_the_time_counts_from_the_last_move(services: Services, clock: Clock) -> None:
    case = submitted(services)
    clock.go_on(days=100)
    moved(services, case, Status.WITHDRAWN)
    assert services.finished.over(clock()) == []
    assert services.finished.over(clock() + DAY) == [case.id]


def test_nothing_is_left_that_says_whose_it_was(services: Services) -> None:
    case = full(services)
    assert services.finished.delete(case.id, services.now()) == 1
    parts = ("Submission", "SubmissionPicture", "Defect", "Note", "EmployerAnswer", "EmployerLink", "Attachment")
    parts += ("ConfirmedPhone", "FaceOrder", "Message")
    for name in (*parts, "Applicant"):
        assert stored(services, getattr(models, name)) == [], name
    assert not services.finished.holds_content(row(services, case))
    everything = repr([[each.__data__ for each in stored(services, table)] for table in models.TABLES])
    for word in ("李*明", "3701", "泉城工程", "房屋建筑", "李春明", "身份证原件", "赵经办", "继续教育"):
        assert word not in everything, word


def test_number_status_days_and_chain_stay_and_the_log_is_whole(services: Services) -> None:
    case = full(services)
    before, events = row(services, case), services.applications.events(case.id)
    services.finished.delete(case.id, services.now())
    after = row(services, case)
    for name in ("number", "status", "version", "submitted_at", "decided_at", "submissions", "trust", "clerk_id"):
        assert getattr(after, name) == getattr(before, name), name
    assert [event.hash for event in services.applications.events(case.id)][:-1] == [event.hash for event in events]
    assert actions(services, case)[-1] == CONTENT_DELETED
    assert faults(services) == []


@pytest.mark.parametrize("status", sorted(CLOSED - {Status.EXPIRED}))
def test_the_log_is_whole_whatever_became_of_the_case(services: Services, status: Status) -> None:
    case = moved(services, confirmed(services) if status is not Status.WITHDRAWN else submitted(services), status)
    services.finished.delete(case.id, services.now())
    assert faults(services) == []


def test_other_cases_keep_all_they_have(services: Services) -> None:
    other = returned(services, submitted(services, person(2)), portrait="照片不清")
    services.finished.delete(full(services).id, services.now())
    assert services.applications.get(other.id).answers["details"]["name"] == person(2).name
    assert services.defects.of(other.id)
    assert faults(services) == []


def test_what_came_back_by_hand_is_found(services: Services) -> None:
    case = full(services)
    services.finished.delete(case.id, services.now())
    row = models.Application
    services.database.run(row.update(name_mask="李*明").where(row.id == case.id))
    assert faults(services) == [f"办件{case.number}的内容已删除，但还有留下的"]


def test_what_is_gone_without_an_event_is_found(services: Services) -> None:
    case = moved(services, submitted(services), Status.WITHDRAWN)
    for table in (models.SubmissionPicture, models.Submission):
        services.database.run(table.delete())
    assert faults(services) == [f"办件{case.number}提交的材料缺少或被改动过"]


def test_words_deleted_by_hand_are_found_and_so_are_words_put_in(services: Services) -> None:
    case = full(services)
    services.finished.delete(case.id, services.now())
    sealed = next(event for event in stored(services, Event) if event.deletion)
    plain = next(event for event in stored(services, Event) if not event.deletion)
    for event, change in (
        (sealed, {"reason": "同意"}),
        (sealed, {"deletion": "0" * 64}),
        (sealed, {"deletion": None}),
        (plain, {"reason": "", "deletion": sealed.deletion}),
    ):
        services.database.run(Event.update(change).where(Event.id == event.id))
        assert f"第{event.sequence}条记录被改动过" in faults(services)
        services.database.run(Event.update(event.__data__).where(Event.id == event.id))
    assert faults(services) == []


def test_a_case_whose_log_was_changed_by_hand_is_left_as_evidence(services: Services) -> None:
    case = full(services)
    services.database.run(Event.update(reason="同意").where(Event.application == case.id, Event.reason != ""))
    with pytest.raises(LogBroken):
        services.finished.delete(case.id, services.now())
    assert services.applications.get(case.id).answers


def test_two_that_delete_at_once_log_it_once(services: Services) -> None:
    case = full(services)
    outcomes = at_once(services, *[lambda: services.finished.delete(case.id, services.now())] * 2)
    assert all(outcome in (0, 1) or isinstance(outcome, ApplicationChanged) for outcome in outcomes)
    assert actions(services, case).count(CONTENT_DELETED) == 1


def test_content_that_nobody_can_read_any_more_goes_too(services: Services) -> None:
    case = full(services)
    services.database.run(models.Submission.update(answers=b"x"))
    services.finished.delete(case.id, services.now())
    assert stored(services, models.Submission) == []


def test_a_selfie_is_found_when_its_case_is_closed_or_it_was_compared(services: Services) -> None:
    acts = ("selfie_same",)
    fresh, closed, compared = (submitted(services, person(n), "selfie") for n in (1, 2, 3))
    moved(services, closed, Status.WITHDRAWN)
    services.applications.record(compared, "selfie_same", CLERK, NOON)
    assert services.finished.with_selfie(acts) == [closed.id, compared.id]
    assert fresh.id not in services.finished.with_selfie(acts)
