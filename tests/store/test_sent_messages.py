"""What the office sees of its messages, and sends once more."""

import pytest

from renewal.domain.sms import Kind
from renewal.services import Services
from renewal.store.outbox import State
from tests.factories import Clock, returned
from tests.messaging import reminded, rows, waiting


def fail(services: Services) -> int:
    """The message that is due, which fails."""
    sending = services.outbox.take(services.now())
    assert sending
    services.outbox.failed(sending, "服务商不认密钥")
    return sending.id


@pytest.fixture
def failed(services: Services) -> int:
    reminded(services)
    return fail(services)


def test_what_failed_is_listed_with_why_and_without_the_number(services: Services, failed: int) -> None:
    (told,) = services.sent_messages.page([State.FAILED], None, 10)
    assert (told.id, told.kind, told.trouble) == (failed, Kind.SUBMITTED, "服务商不认密钥")
    assert told.phone.startswith("138****")
    assert told.number.startswith("YX2026")
    assert services.sent_messages.count_failed() == 1


def test_it_is_sent_once_more_under_its_key_and_with_its_words(services: Services, clock: Clock, failed: int) -> None:
    key = rows(services)[0].key
    clock.go_on(days=10)
    assert services.sent_messages.again([failed], services.now()) == 1
    sending = services.outbox.take(services.now())
    assert sending
    assert (sending.key, sending.tries, len(sending.phone)) == (key, 1, 11)


def test_what_went_out_is_not_sent_again(services: Services, failed: int) -> None:
    services.sent_messages.again([failed], services.now())
    sending = services.outbox.take(services.now())
    assert sending
    services.outbox.sent(sending, "1", services.now())
    assert services.sent_messages.again([failed], services.now()) == 0
    assert waiting(services) == []


def test_a_code_that_failed_is_never_sent_later(services: Services) -> None:
    with services.database.transaction():
        services.outbox.put(Kind.CODE, "13800001234", {"code": "123456", "minutes": "10"}, services.now())
    failed = fail(services)
    assert services.sent_messages.again([failed], services.now()) == 0
    assert services.sent_messages.failed_ids() == []


def test_the_office_may_let_it_be(services: Services, failed: int) -> None:
    assert services.sent_messages.drop([failed], services.now()) == 1
    assert services.sent_messages.count_failed() == 0


def test_pages_go_from_the_newest_down(services: Services) -> None:
    case = reminded(services)
    returned(services, case, school="请写全称")
    ids = [told.id for told in services.sent_messages.page(list(State), None, 10)]
    assert ids == sorted(ids, reverse=True)
    assert [told.id for told in services.sent_messages.page(list(State), ids[0], 10)] == ids[1:]
    assert [told.id for told in services.sent_messages.of(case.id)] == ids
