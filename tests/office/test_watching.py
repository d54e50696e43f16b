from dataclasses import replace
from datetime import timedelta

import pytest

from renewal.office.watching import LOOK_BACK, face_notice
from renewal.store.face_orders import FaceOrder, OrderState, new_number
from renewal.verification import ELSEWHERE, Account
from tests.factories import NOON, carry, person
from tests.naughty import is_sentence


@pytest.fixture
def office(services):
    return replace(services, face=ELSEWHERE["aliyun"](Account("id", "key", "scene")))


def fail(services, code="clock InvalidTimeStamp.Expired"):
    order = FaceOrder(new_number(), carry(services, "face", person()).id, "aliyun", "", "", NOON)
    services.face_orders.put(order)
    services.face_orders.settle(order.id, OrderState.FAILED, code, services.now())


def test_while_all_goes_well_nothing_is_said(office):
    assert face_notice(office) is None


def test_what_is_wrong_is_said_with_what_to_do(office):
    fail(office)
    words = face_notice(office)
    assert is_sentence(words)
    for word in ("阿里云", "校准本机的时钟", "InvalidTimeStamp.Expired", "其他方式"):
        assert word in words


def test_a_day_later_it_is_forgotten(office, clock):
    fail(office)
    clock.moment += LOOK_BACK + timedelta(seconds=1)
    assert face_notice(office) is None


def test_an_office_without_a_provider_has_none_of_its_troubles(services, office):
    fail(office)
    assert face_notice(services) is None
