"""An office with a provider, and a person on the way through it, without a browser."""

from dataclasses import replace
from urllib.request import urlopen

from renewal.attempts import Visitor
from renewal.journey import identity
from renewal.services import Services
from renewal.store.drafts import Draft
from renewal.store.face_orders import FaceOrder
from tests.doubles.face_page import FaceDouble
from tests.doubles.faces import provider
from tests.factories import VISITOR, answer, carry, person

BACK = "https://yanxu.example.cn/renewal/face/return/x"


def with_provider(services: Services, name: str, double: FaceDouble) -> Services:
    return replace(services, face=provider(name, double))


def asked(services: Services, visitor: Visitor = VISITOR, draft: Draft | None = None) -> FaceOrder:
    """The order of a person who has just agreed at 人脸识别."""
    draft = draft or carry(services, "face", person(1))
    form = {"method": services.face.name, "consent": "yes"}
    draft = answer(services, draft, "face", form, visitor=visitor)
    return services.face_orders.last_of(draft.id)


def set_out(services: Services, order: FaceOrder, visitor: Visitor = VISITOR) -> str:
    return identity.start(services, services.face_orders.find(order.id), visitor, BACK, "Mobile")


def been_there(
    services: Services, double: FaceDouble, passed: bool = True, order: FaceOrder | None = None
) -> FaceOrder:
    """An order whose person came to the end of the provider's page."""
    order = order or asked(services)
    urlopen(set_out(services, order), timeout=5).close()
    double.finish(double.orders[order.id], passed)
    return order
