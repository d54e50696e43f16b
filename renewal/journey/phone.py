"""短信提醒: the number confirmed by a code, and the way back in from another phone by one."""

import secrets
from collections.abc import Mapping

from limits import RateLimitItemPerDay, RateLimitItemPerHour, RateLimitItemPerMinute

from renewal import attempts
from renewal.attempts import Counter, TooMany
from renewal.domain import phone as numbers
from renewal.domain import sms
from renewal.domain.errors import InvalidValue
from renewal.domain.text import compact
from renewal.forms.by_phone import FORM
from renewal.journey.form_input import Invalid
from renewal.services import Services
from renewal.store.applications import Application
from renewal.store.drafts import Draft

A_MINUTE, AN_HOUR, A_DAY = RateLimitItemPerMinute(1), RateLimitItemPerHour(5), RateLimitItemPerDay(10)
"""Codes to one number, whoever asks for them: what the providers allow by themselves. Who uses up a stranger's costs
them the text messages of a day, and nothing else."""
SOON_AGAIN = "验证码刚发过，请过{seconds}秒再获取"
TOO_MANY = "这个号码获取验证码的次数太多了，请过{hours}小时再试；不用短信也能办理"
WRONG = "验证码不对，或者已超过10分钟，请核对；试过5次的，请重新获取"
NO_NUMBER = "手机号码还没有填对，请先在申报信息里填好"
NO_MATCH = "验证码不对，或者身份证号码、手机号码与保存的对不上，请核对；试过5次的，请重新获取"


def number_of(services: Services, draft: Draft) -> str:
    """The number as it stands now: typed, taken, given at registration, or handed in; empty when it is none."""
    case = services.applications.of_draft(draft.id) if draft.submitted else None
    answers = case.answers if case else draft.answers
    known = {"phone": answers.get("register", {}).get("phone", ""), **answers.get("details", {}), **draft.typed}
    try:
        return numbers.parse(known["phone"])
    except InvalidValue:
        return ""


def is_confirmed(services: Services, draft: Draft) -> bool:
    """Whether its number is: one that was changed since is not."""
    return services.phones.is_confirmed(draft.id, number_of(services, draft))


def is_reminded(services: Services, application: Application) -> bool:
    """Whether what happens to a case goes to its applicant's phone."""
    return services.phones.is_confirmed(application.draft_id, application.answers["details"]["phone"])


def is_asked(services: Services, draft: Draft) -> bool:
    """Whether a code is on its way."""
    return services.phones.is_asked(_by_draft(services, draft), services.now())


def ask(services: Services, draft: Draft) -> None:
    """Send a code to the draft's number. Raises Invalid."""
    phone = number_of(services, draft)
    if not phone:
        raise Invalid({"code": NO_NUMBER})
    _count(services, phone, "code")
    _send(services, _by_draft(services, draft), phone)


def confirm(services: Services, draft: Draft, typed: str) -> None:
    """The number is this person's, if this is the code that went there. Raises Invalid."""
    phone = number_of(services, draft)
    if not services.phones.use_code(_by_draft(services, draft), compact(typed), services.now()):
        raise Invalid({"code": WRONG}, {"code": typed})
    with services.database.transaction():
        services.phones.confirm(draft.id, phone, services.now())


def stop(services: Services, draft: Draft) -> None:
    """不再接收: nothing is sent there any more."""
    with services.database.transaction():
        services.phones.forget(draft.id)


def ask_for_way_in(services: Services, fields: Mapping[str, str]) -> None:
    """A code to who says to be the owner of a draft, if there is one of this ID number whose number this is: nobody
    is told which. Raises Invalid."""
    person = _person(services, fields)
    _count(services, person["phone"], "phone")
    _send(services, _by_person(person), person["phone"], really=bool(_draft_of(services, person)))


def way_in(services: Services, fields: Mapping[str, str]) -> Draft:
    """The draft saved last that the code opens. Raises Invalid, with one sentence whatever is wrong."""
    person, typed = _person(services, fields), fields.get("code", "")
    good = services.phones.use_code(_by_person(person), compact(typed), services.now())
    draft = _draft_of(services, person)
    if not good or draft is None:
        raise Invalid({"code": NO_MATCH}, {**person, "code": typed})
    return draft


def _person(services: Services, fields: Mapping[str, str]) -> Mapping[str, str]:
    reading = FORM.read(fields, services.rules)
    if reading.errors:
        raise Invalid(reading.errors, reading.typed)
    return reading.values


def _draft_of(services: Services, person: Mapping[str, str]) -> Draft | None:
    """Whose number was confirmed, and has not been changed since."""
    found = services.phones.drafts(person["id_number"], person["phone"])
    drafts = (services.draft(draft_id) for draft_id in found)
    return next((draft for draft in drafts if number_of(services, draft) == person["phone"]), None)


def _send(services: Services, asked: str, phone: str, really: bool = True) -> None:
    """As much is written where nothing is sent, so that the time it takes tells nothing either."""
    code = f"{secrets.randbelow(10**6):06d}"
    minutes = str(int(sms.CODE_LASTS.total_seconds() // 60))
    with services.database.transaction():
        services.phones.put_code(asked, code if really else secrets.token_hex(8), services.now())
        if really:
            services.outbox.put(sms.Kind.CODE, phone, {"code": code, "minutes": minutes}, services.now())


def _count(services: Services, phone: str, field: str) -> None:
    """Raises Invalid."""
    index = services.sealer.index("phone", phone)
    try:
        attempts.count(services, [Counter(limit, ("sms", "number", index)) for limit in (A_MINUTE, AN_HOUR, A_DAY)])
    except TooMany as too_many:
        seconds, hours = too_many.seconds, -(-too_many.seconds // 3600)
        said = SOON_AGAIN.format(seconds=seconds) if seconds <= 60 else TOO_MANY.format(hours=hours)
        raise Invalid({field: said}, {"phone": phone}) from None


def _by_draft(services: Services, draft: Draft) -> str:
    """A code is good for the number it went to, and no other."""
    return f"draft\0{draft.id}\0{number_of(services, draft)}"


def _by_person(person: Mapping[str, str]) -> str:
    return f"person\0{person['id_number']}\0{person['phone']}"
