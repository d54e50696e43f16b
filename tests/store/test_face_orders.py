from dataclasses import replace
from datetime import timedelta

import pytest

from renewal.store import models
from renewal.store.face_orders import FaceOrder, OrderState, new_number
from renewal.store.sealed import Unsealable
from tests.factories import NOON, at_once, carry, person, stored

URL = "https://kyc1.qcloud.com/api/web/login?sign=5ecret"


@pytest.fixture
def order(services):
    draft = carry(services, "face", person(1))
    order = FaceOrder(new_number(), draft.id, "tencent", "person", "browser", NOON)
    services.face_orders.put(order)
    return order


def test_what_was_asked_is_found_again(services, order):
    assert services.face_orders.find(order.id) == order
    assert services.face_orders.last_of(order.draft_id) == order
    assert services.face_orders.find("f" * 32) is None


def test_numbers_are_what_both_providers_take():
    assert len(new_number()) == 32
    assert new_number().isalnum()
    assert new_number() != new_number()


def test_the_last_order_of_a_draft_counts(services, order):
    later = replace(order, id=new_number(), asked_at=NOON + timedelta(seconds=1))
    services.face_orders.put(later)
    assert services.face_orders.last_of(order.draft_id) == later


def test_where_it_leads_is_sealed_and_gone_at_the_end(services, order):
    assert services.face_orders.start(order, URL, "face id")
    (row,) = stored(services, models.FaceOrder)
    assert b"5ecret" not in bytes(row.sealed)
    started = services.face_orders.find(order.id)
    assert (started.state, started.url, started.reference) == (OrderState.STARTED, URL, "face id")
    services.face_orders.settle(order.id, OrderState.PASSED, "0", NOON)
    ended = services.face_orders.find(order.id)
    assert (ended.url, ended.code, ended.settled_at) == ("", "0", NOON)


def test_an_address_altered_in_the_database_is_not_gone_to(services, order):
    services.face_orders.start(order, URL, "face id")
    services.database.run(models.FaceOrder.update(sealed=b"x" * 60))
    with pytest.raises(Unsealable):
        services.face_orders.find(order.id)


@pytest.mark.parametrize("end", [OrderState.PASSED, OrderState.REFUSED, OrderState.VOID, OrderState.FAILED])
def test_an_order_ends_once_and_is_not_begun_again(services, order, end):
    assert services.face_orders.settle(order.id, end, "1", NOON)
    assert not services.face_orders.settle(order.id, OrderState.PASSED, "0", NOON)
    assert not services.face_orders.start(order, URL, "x")
    assert services.face_orders.find(order.id).state is end


def test_of_several_ends_at_once_one_counts(services, order):
    ended = at_once(services, *[lambda: services.face_orders.settle(order.id, OrderState.PASSED, "0", NOON)] * 4)
    assert sorted(ended) == [False, False, False, True]


def test_only_what_passed_says_who_somebody_is(services, order):
    assert services.face_orders.passed(order.draft_id) is None
    services.face_orders.settle(order.id, OrderState.PASSED, "0", NOON)
    assert services.face_orders.passed(order.draft_id).id == order.id


def test_trouble_is_over_once_somebody_came_through(services, order):
    since = NOON - timedelta(days=1)
    assert services.face_orders.trouble(since) is None
    services.face_orders.settle(order.id, OrderState.FAILED, "clock", NOON)
    assert services.face_orders.trouble(since).code == "clock"
    assert services.face_orders.trouble(NOON) is None
    later = replace(order, id=new_number())
    services.face_orders.put(later)
    services.face_orders.settle(later.id, OrderState.REFUSED, "204", NOON + timedelta(seconds=1))
    assert services.face_orders.trouble(since) is None


def test_it_goes_with_its_draft(services, order):
    services.database.run(models.Draft.delete().where(models.Draft.id == order.draft_id))
    assert stored(services, models.FaceOrder) == []
