"""Messages stand and fall with what they tell of, and go to one sender at a time."""

from dataclasses import replace
from datetime import timedelta

import pytest

from renewal.domain.application import Status
from renewal.domain.sms import Kind
from renewal.office import claiming, deciding, undoing
from renewal.office.deciding import Hindered
from renewal.services import Services
from renewal.store import models
from renewal.store.applications import ApplicationChanged
from renewal.store.outbox import HOLD, State
from renewal.store.sent_messages import SentMessages
from tests import casework
from tests.factories import CLERK, Clock, at_once, carry, moved, person, returned, submit, submitted
from tests.messaging import confirmed, reminded, rows, waiting
from tests.staffing import staffed


def put(services: Services, kind: Kind = Kind.ACCEPTED, phone: str = "13800001234", key: str = "") -> None:
    with services.database.transaction():
        services.outbox.put(kind, phone, {"tail": "0001"}, services.now(), key=key)


def test_nobody_is_told_who_did_not_confirm_the_number(services: Services) -> None:
    moved(services, submitted(services), Status.APPROVED)
    assert rows(services) == []


def test_a_number_changed_after_it_was_confirmed_is_told_nothing(services: Services) -> None:
    draft = carry(services, "review")
    with services.database.transaction():
        services.phones.confirm(draft.id, "13911112222", services.now())
    submit(services, draft)
    assert rows(services) == []


@pytest.mark.parametrize(
    ("to", "kind", "says"),
    [
        (Status.SUBMITTED, "submitted", ""),
        (Status.ACCEPTED, "accepted", ""),
        (Status.RETURNED, "returned", ""),
        (Status.APPROVED, "decided", "准予延续注册"),
        (Status.DECLINED, "decided", "不予延续注册"),
    ],
)
def test_a_move_is_told_with_the_end_of_the_number(services: Services, to: Status, kind: str, says: str) -> None:
    case = moved(services, reminded(services), to)
    last = rows(services)[-1]
    assert (last.kind, last.application_id, last.state) == (kind, case.id, State.WAITING)
    sending = services.outbox.take(services.now())
    assert sending
    assert sending.phone == person().phone
    assert sending.parameters["tail"] == case.number[-4:]
    if says:
        assert sending.parameters["result"] == says
    assert case.number not in str(dict(sending.parameters))


def test_a_returned_case_has_a_link_that_leads_to_it_and_to_nothing_else(services: Services) -> None:
    case = returned(services, reminded(services), school="请写全称")
    link = rows(services)[-1].link
    assert services.sent_messages.case_of(link) == case.id
    assert services.sent_messages.case_of(link[:-1]) is None
    assert len(link) == 10


def test_a_move_that_is_rolled_back_tells_nobody(services: Services) -> None:
    clerk = staffed(services)
    case = casework.confirmed(services)
    confirmed(services, services.draft(case.draft_id))
    held = claiming.claim(services, case, clerk)
    with pytest.raises(Hindered):  # after the move, which is undone
        deciding.accept(services, held, held.version, clerk)
    assert rows(services) == []
    with pytest.raises(ApplicationChanged):
        services.applications.transition(replace(case, version=99), Status.RETURNED, CLERK, services.now())
    assert rows(services) == []


def test_what_is_overtaken_before_it_went_out_is_not_told(services: Services) -> None:
    case = reminded(services)
    assert waiting(services) == ["submitted"]
    moved(services, case, Status.ACCEPTED)
    assert waiting(services) == ["accepted"]


def test_what_a_clerk_takes_back_is_not_told(services: Services) -> None:
    clerk = staffed(services)
    case = casework.ready(services, clerk)
    confirmed(services, services.draft(case.draft_id))
    moved_on = services.applications.transition(case, Status.ACCEPTED, CLERK, services.now())
    assert waiting(services) == ["accepted"]
    undoing.take_back(services, moved_on, moved_on.version, clerk)
    assert waiting(services) == []


def test_numbers_and_words_are_sealed_and_gone_once_sent(services: Services) -> None:
    put(services)
    (row,) = rows(services)
    assert b"13800001234" not in bytes(row.sealed)
    assert (row.phone_mask, len(row.phone_index)) == ("138****1234", 64)
    sending = services.outbox.take(services.now())
    assert sending
    services.outbox.sent(sending, "9006^0", services.now())
    (row,) = rows(services)
    assert (bytes(row.sealed), row.state, row.reference) == (b"", State.SENT, "9006^0")


def test_of_senders_at_the_same_moment_one_gets_it(services: Services) -> None:
    put(services)
    taken = at_once(services, *[lambda: services.outbox.take(services.now()) for _ in range(6)])
    assert sum(sending is not None for sending in taken) == 1


def test_after_a_sender_that_died_the_next_one_takes_it_under_the_same_key(services: Services, clock: Clock) -> None:
    put(services)
    first = services.outbox.take(services.now())
    assert services.outbox.take(services.now()) is None
    clock.go_on(seconds=HOLD.total_seconds() + 1)
    second = services.outbox.take(services.now())
    assert first
    assert second
    assert (second.key, second.tries) == (first.key, 2)
    assert not services.outbox.sent(first, "1", services.now())  # it was not dead: the message goes out twice
    assert services.outbox.sent(second, "2", services.now())


def test_a_code_comes_first(services: Services) -> None:
    put(services)
    put(services, Kind.CODE)
    taken = services.outbox.take(services.now())
    assert taken
    assert taken.kind is Kind.CODE


def test_one_that_was_altered_is_given_up_and_keeps_no_other_back(services: Services) -> None:
    put(services, key="a")
    put(services, key="b")
    sealed = {row.key: row.sealed for row in rows(services)}
    services.database.run(models.Message.update(sealed=sealed["b"]).where(models.Message.key == "a"))
    taken = services.outbox.take(services.now())
    assert taken
    assert taken.key == "b"
    assert [row.state for row in rows(services)] == [State.FAILED, State.WAITING]


def test_a_key_is_written_once(services: Services) -> None:
    put(services, key="same")
    put(services, key="same")
    assert len(rows(services)) == 1


def test_after_three_days_it_is_no_news(services: Services, clock: Clock) -> None:
    put(services)
    clock.go_on(days=3)
    assert services.outbox.take(services.now()) is None
    assert services.outbox.give_up(services.now()) == 1
    assert [row.state for row in rows(services)] == [State.FAILED]


def test_codes_go_after_a_day_and_what_belongs_to_no_case_when_it_cannot_come_again(
    services: Services, clock: Clock
) -> None:
    put(services, Kind.CODE)
    put(services, Kind.EXPIRING)
    reminded(services)
    sent: SentMessages = services.sent_messages
    clock.go_on(days=1, seconds=1)
    assert (sent.over(services.now()), sent.sweep(services.now())) == (1, 1)
    clock.moment += timedelta(days=200)
    assert sent.sweep(services.now()) == 1
    assert [row.kind for row in rows(services)] == ["submitted"]
