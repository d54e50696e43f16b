"""人脸核身 by a provider: asked for, started, and brought to its end by what the provider's server says."""

import logging
from dataclasses import replace
from datetime import timedelta

from renewal import attempts
from renewal.attempts import DAY, HOUR, Counter, Limit, TooMany, Visitor
from renewal.domain import id_number, resume_code
from renewal.domain.id_number import IdKind
from renewal.domain.trust import Trust
from renewal.journey import proving
from renewal.journey.form_input import Invalid
from renewal.services import Services
from renewal.store.drafts import Draft, DraftChanged
from renewal.store.face_orders import RUNNING, FaceOrder, OrderState, new_number
from renewal.verification import Provider, VerificationRefused
from renewal.verification.provider import Claim, NotFinished
from renewal.wire.trouble import ProviderTrouble

ORDERS = Limit(4, HOUR)
ORDERS_OF_DEVICE = Limit(20, DAY)
"""Each is paid for: a person tries a few times, a helper's phone takes a dozen people a day."""
QUESTIONS = Limit(40, HOUR)
GOOD_FOR = timedelta(minutes=30)
"""From the tap to the way back, as long as Alibaba Cloud's page is good for."""
SET_OUT_WITHIN = timedelta(seconds=60)
"""Tencent's page opens for two minutes after it was asked for."""

OTHER_WAYS = "也可以换一种方式核验，已保存的内容都在。"
TROUBLE = f"人脸核身暂时用不了，请过一会儿再试；{OTHER_WAYS}"
TOO_LATE = f"这次核验已经超过时间，不能再用了。请重新选择核验方式；{OTHER_WAYS}"
OVER = f"这次核验已经结束，不能再用了。请重新选择核验方式；{OTHER_WAYS}"
NOT_YOURS = "这次人脸核身不是在这个浏览器里开始的，已经作废。请回到开始申报的浏览器，重新选择核验方式。"
NOT_PASSED = "人脸核身没有通过{why}。可以再试一次，{other}"
TOO_MANY = f"人脸核身试得太多了，请过{{minutes}}分钟再试；{OTHER_WAYS}"

log = logging.getLogger("renewal.face")


class NotProven(Exception):
    """The check came to no good end; `str(error)` tells the person what to do."""


def offered(services: Services, draft: Draft) -> Provider | None:
    """The provider, for a person whose number it can look up: residents of the mainland."""
    number = draft.answers.get("verify", {}).get("id_number", "")
    known = number and id_number.parse(number, services.rules.today).kind is IdKind.RESIDENT
    return services.face if known else None


def was_in_vain(services: Services, draft: Draft) -> bool:
    """Whether the last check came to no good end: then the other ways stand open."""
    last = services.face_orders.last_of(draft.id)
    return last is not None and last.state not in RUNNING


def ask(services: Services, provider: Provider, draft: Draft, visitor: Visitor) -> FaceOrder:
    """A new order, which the caller stores. Counts it first. Raises Invalid."""
    try:
        attempts.count(services, _limits(draft, visitor))
    except TooMany as too_many:
        raise Invalid({"method": TOO_MANY.format(minutes=-(-too_many.seconds // 60))}) from None
    person, browser = _person(services, draft), _browser(services, visitor)
    return FaceOrder(new_number(), draft.id, provider.name, person, browser, services.now())


def start(services: Services, order: FaceOrder | None, visitor: Visitor, back: str, agent: str) -> str:
    """Where the browser goes, asked of the provider once. `back` is where it shall come back to, and `agent` what
    it says it is. Raises NotProven."""
    if order is None or order.state not in (OrderState.ASKED, OrderState.STARTED):
        raise NotProven(OVER)
    draft = _checked(services, order, visitor, SET_OUT_WITHIN)
    if order.url:
        return order.url
    claimed = draft.answers["verify"]
    claim = Claim(order.id, claimed["name"], claimed["id_number"], draft.id_index[:32], back, agent)
    try:
        started = _provider(services, order).start(claim)
        services.face_orders.start(order, started.url, started.reference)
    except (VerificationRefused, ProviderTrouble) as problem:
        if not _page_of(services, order):
            raise _not_started(services, order, problem) from None
    # Of two taps at once the first counts: the result will be asked for by its reference.
    if url := _page_of(services, order):
        return url
    raise NotProven(OVER)


def _page_of(services: Services, order: FaceOrder) -> str:
    """Where the order leads by now; empty before it is started and after its end."""
    now = services.face_orders.find(order.id)
    return now.url if now else ""


def settle(services: Services, order_id: str, visitor: Visitor) -> Draft:
    """The draft, verified, if the provider says so of this order: the browser's word counts for nothing, and an
    order once. Raises NotProven, NotFinished."""
    order = services.face_orders.find(order_id)
    if order is None or order.state is OrderState.ASKED:
        raise NotProven(OVER)
    draft = _checked(services, order, visitor, GOOD_FOR)
    if order.state is OrderState.PASSED:
        return draft
    if order.state is not OrderState.STARTED:
        raise NotProven(OVER)
    try:
        attempts.count(services, [Counter(QUESTIONS, ("face result", "order", order.id))])
        result = _provider(services, order).result(order.id, order.reference)
    except TooMany:
        raise NotFinished from None
    except ProviderTrouble as trouble:  # the person may have passed: the order stays, to be asked about again
        _warn(order, trouble)
        raise NotFinished from None
    if not result.passed:
        raise _refused(services, order, result.code, result.words)
    return _verified(services, order, result.code)


def _verified(services: Services, order: FaceOrder, code: str) -> Draft:
    for _ in range(proving.ATTEMPTS):
        try:
            with services.database.transaction():
                if services.face_orders.settle(order.id, OrderState.PASSED, code, services.now()):
                    _tell(services, order)
                elif not _has_passed(services, order):  # another browser ended it at this moment
                    raise NotProven(OVER)
                return services.draft(order.draft_id)
        except DraftChanged:  # filled in on another tab at this moment
            continue
    raise DraftChanged


def _has_passed(services: Services, order: FaceOrder) -> bool:
    now = services.face_orders.find(order.id)
    return now is not None and now.state is OrderState.PASSED


def _tell(services: Services, order: FaceOrder) -> None:
    """The draft, and the case where there is one, that their person is known."""
    draft = services.draft(order.draft_id)
    if "face" in draft.answers:
        services.drafts.raise_trust(draft.id, Trust.VERIFIED)
        proving.selfie_not_needed(services, draft)
        return
    code = draft.answers.get("resume") or resume_code.new_code()
    proven = proving.proven(services, draft, order.provider, Trust.VERIFIED, code)
    services.drafts.put(replace(proven, history=(*draft.history, ("verified", "", ""))), services.now())


def _checked(services: Services, order: FaceOrder, visitor: Visitor, good_for: timedelta) -> Draft:
    """The draft the order is about. One that comes back late, in another browser or for a draft that is another
    person's by now is void. Raises NotProven."""
    draft = services.draft(order.draft_id)
    if order.browser_index != _browser(services, visitor):
        words = NOT_YOURS
    elif services.now() - order.asked_at > good_for:
        words = TOO_LATE
    elif order.person_index != _person(services, draft):
        words = OVER
    else:
        return draft
    services.face_orders.settle(order.id, OrderState.VOID, "", services.now())
    raise NotProven(words)


def _provider(services: Services, order: FaceOrder) -> Provider:
    """Raises NotProven when the office has changed to another meanwhile."""
    if services.face is None or services.face.name != order.provider:
        raise NotProven(TROUBLE)
    return services.face


def _refused(services: Services, order: FaceOrder, code: str, why: str) -> NotProven:
    services.face_orders.settle(order.id, OrderState.REFUSED, code, services.now())
    return NotProven(NOT_PASSED.format(why=f"：{why}" if why else "", other=OTHER_WAYS))


def _not_started(services: Services, order: FaceOrder, problem: VerificationRefused | ProviderTrouble) -> NotProven:
    if isinstance(problem, VerificationRefused):
        return _refused(services, order, "", str(problem))
    _warn(order, problem)
    services.face_orders.settle(order.id, OrderState.FAILED, f"{problem}"[:40], services.now())
    return NotProven(TROUBLE)


def _warn(order: FaceOrder, trouble: ProviderTrouble) -> None:
    log.warning("face provider %s: %s", order.provider, trouble)


def _limits(draft: Draft, visitor: Visitor) -> list[Counter]:
    of_number = attempts.counters(ORDERS, ORDERS, "face order", visitor, draft.id_index)
    return [*of_number, Counter(ORDERS_OF_DEVICE, ("face order", "device", visitor.device))]


def _person(services: Services, draft: Draft) -> str:
    claimed = draft.answers.get("verify", {})
    return services.sealer.index("face", f"{claimed.get('id_number', '')}\0{claimed.get('name', '')}")


def _browser(services: Services, visitor: Visitor) -> str:
    return services.sealer.index("face browser", visitor.device)
