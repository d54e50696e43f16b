"""How often a form may be sent. What is sent too often is refused in words, and nothing typed is lost."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, Response, current_app, request

from renewal import attempts
from renewal.attempts import HOUR, Counter, Limit, TooMany, Visitor
from renewal.forms.fields import Form
from renewal.forms.person import ID_NUMBER
from renewal.journey.steps import is_open
from renewal.web import form_input, htmx, messages, session
from renewal.web.context import context
from renewal.web.pages import step_page
from renewal.web.session_expired import typed
from renewal.web.visitor import visitor

TOO_OFTEN = "操作太频繁了，请过{minutes}分钟再试；已保存的内容都在。"
NUMBER = Form((ID_NUMBER,))
GO_ON = "到时候请从首页或“我的办件”接着办。"
WAYS_ON = [("返回首页", "/"), ("我的办件", "/applications")]


@dataclass(frozen=True, slots=True)
class Rule:
    """Tries an hour: of one browser, of one address, and of either of them for one ID number.

    None is by ID number alone: a stranger who knows the number would use it up and lock its owner out.
    """

    device: int
    address: int
    device_for_number: int = 0
    address_for_number: int = 0


RULES = {
    # A helper's phone takes twenty people an hour through it, each with one typo; two hundred people behind one
    # address try three times each. For one number a name is misspelt a few times, on a few of a family's phones:
    # nobody asks more often than that whether a name is registered with a number.
    "verify": Rule(device=40, address=600, device_for_number=10, address_for_number=20),
    # The same people, after “是否前往注册？”.
    "register": Rule(device=40, address=600, device_for_number=10, address_for_number=20),
    # The same people, three tries each on a helper's phone; refused selfies are counted in journey/steps/face.py.
    "face": Rule(device=60, address=600),
    # Twelve characters may be misread a few times, and few people change phones: an address needs no more.
    # (Guessing 60 bits takes for ever either way.)
    "resume": Rule(device=10, address=100, device_for_number=10, address_for_number=20),
    # A few are tried on; sixty people behind one address try three each.
    "avatar": Rule(device=10, address=200),
    # Each press of a button cuts the photo anew: three photos with forty presses each. An upload costs 0.2 s of
    # a processor, so that one address gets four minutes of it an hour.
    "photo": Rule(device=120, address=1200),
    # The same for people whose application is begun: ten of them on a helper's phone, thirty presses each.
    "picture": Rule(device=300, address=3000),
    # A clerk of a large unit confirms for its people one after the other; codes are counted in renewal/employer.py.
    "employer": Rule(device=60, address=600),
    # Each costs the office money and somebody's attention: a code that does not come is asked for a few times, on a
    # helper's phone for a few people. How many go to one number is counted in journey/phone.py.
    "sms": Rule(device=10, address=100, device_for_number=5, address_for_number=10),
    # Each code is good for five tries; of one person's a few are asked for.
    "sms_code": Rule(device=40, address=400, device_for_number=15, address_for_number=30),
    # Nobody needs more than a few; each is a row.
    "link": Rule(device=10, address=200),
}
ENDPOINTS = {
    "by_phone.ask": "sms",
    "by_phone.go_on": "sms_code",
    "cases.go_on": "resume",
    "employer.answer": "employer",
    "identity.upgrade": "face",
    "asking.renew": "link",
    "phone.ask": "sms",
    "phone.confirm": "sms_code",
    "portal.save_profile": "avatar",
    "tool.make": "photo",
    "wizard.take_picture": "picture",
}


def init_app(app: Flask) -> None:
    """After those who look at the form's CSRF token: a foreign page must not use up anybody's tries."""
    app.before_request(_count)
    app.register_error_handler(TooMany, lambda too_many: answer(too_many, _step_again))


def answer(too_many: TooMany, page: Callable[[], Response]) -> Response:
    """429 with the form once more, and when to send it again: in minutes for a person, in seconds for a program."""
    messages.add("error", TOO_OFTEN.format(minutes=-(-too_many.seconds // 60)), messages.card())
    response = page()
    response.status_code = 429
    response.headers["Retry-After"] = str(too_many.seconds)
    return response


def _count() -> None:
    what = _asked_for()
    if what not in RULES:
        return
    try:
        attempts.count(context().services, _counters(what, RULES[what]))
    except TooMany as too_many:
        if too_many.first:  # behind a proxy that no setting names all visitors are one address: the office should learn
            current_app.logger.warning("one address: too many of %s; a proxy? see RENEWAL_TRUSTED_PROXIES", what)
        raise


def _asked_for() -> str:
    """The rule that this request falls under, or a word that is none."""
    if request.method != "POST":
        return ""
    if request.endpoint == "wizard.take_step":
        return str((request.view_args or {})["name"])
    what = ENDPOINTS.get(request.endpoint or "", "")
    return "" if what == "avatar" and not _sends_avatar() else what


def _sends_avatar() -> bool:
    """A nickname alone is no work. A file without a name is a file all the same, unless it is empty."""
    chosen = request.files.getlist("avatar_file")
    sends = any(file.filename or file.stream.read(1) for file in chosen)
    for file in chosen:
        file.stream.seek(0)
    return sends


def _counters(what: str, rule: Rule) -> list[Counter]:
    """From the narrowest to the widest: what one of them refuses uses up nothing of the next."""
    who = visitor()
    by_device, *by_address = _by(what, who, rule.device, rule.address)
    number = NUMBER.read(request.form, context().services.rules).values.get("id_number")
    if not (number and rule.device_for_number):
        return [by_device, *by_address]
    index = context().services.sealer.index("id_number", number)
    of_number = _by(what, who, rule.device_for_number, rule.address_for_number, index)
    # Neighbours at the address who know the number do not lock out the browser in which its application began.
    return [by_device, *(of_number[:1] if _began_here(index) else of_number), *by_address]


def _by(what: str, who: Visitor, device: int, address: int, *whom: str) -> list[Counter]:
    return attempts.counters(Limit(device, HOUR), Limit(address, HOUR), what, who, *whom)


def _began_here(id_index: str) -> bool:
    begun = list(session.device().drafts)
    return bool(begun and context().services.drafts.of_person(begun, id_index))


def _step_again() -> Response:
    """The step as a 422 shows it; one that is not open to this browser has its words on a page of its own."""
    step, draft = form_input.posted_step(), session.draft_now()
    if step is None or draft.submitted or draft.trust < step.needs or not is_open(step, draft.all_answers):
        return htmx.page("errors/error.html", heading="请稍后再试", sentence=GO_ON, actions=WAYS_ON, typed=typed())
    return step_page(step, draft if draft.id else session.begin(), {}, request.form.to_dict())
