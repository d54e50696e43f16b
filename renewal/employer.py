"""The employer's verbs, without an account: look at what a link asks, and answer it once; and the applicant's, who
asks by it. Like those of the applicant and the office they commit before they return."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from renewal import attempts
from renewal.attempts import DAY, Counter, Limit, TooMany, Visitor
from renewal.domain.actor import Actor, ActorKind
from renewal.domain.application import Status
from renewal.domain.confirmation import ANSWERS, agree_on_code
from renewal.domain.errors import InvalidValue
from renewal.forms.employer import CONFIRM, FORM
from renewal.forms.fields import Invalid
from renewal.services import Services
from renewal.store.applications import Application, ApplicationChanged
from renewal.store.employer_answers import EmployerAnswer
from renewal.store.employer_links import EmployerLink, LinkKey

OF_LINK, OF_ADDRESS = Limit(10, DAY), Limit(300, DAY)
"""Codes tried for a confirmation: a clerk mistypes a few times, and a large unit confirms for all of its people."""
NO_TRIES_LEFT = "信用代码今天已试了太多次，请明天再试，或者请申请人换一个新链接"
ACTOR_LENGTH = 60  # of the log's column


class End(Enum):
    """Why a link asks nothing any more."""

    UNKNOWN = auto()
    NOT_ASKED_HERE = auto()
    WITHDRAWN = auto()
    MOVED_ON = auto()
    REPLACED = auto()
    EXPIRED = auto()


class Ended(Exception):
    def __init__(self, end: End) -> None:
        super().__init__(end.name)
        self.end = end


class Answered(Exception):
    """The employer has spoken already; `same` is False when this form says something else."""

    def __init__(self, same: bool) -> None:
        super().__init__(same)
        self.same = same


@dataclass(frozen=True, slots=True)
class Asked:
    """What a link is about, and what was answered through it."""

    application: Application
    details: Mapping[str, str]
    link: EmployerLink
    answer: EmployerAnswer | None


def look(services: Services, key: LinkKey) -> Asked:
    """What this link asks, or led to. Raises Ended."""
    application = services.applications.find(key.application_id)
    if application is None:
        raise Ended(End.UNKNOWN)
    link, answer = services.employer_links.current(application), services.employer_answers.through(key)
    end = None if answer else _end(services, application, link, key)
    if end:
        raise Ended(end)
    handed_in = services.submissions.of(application.id)[key.position]
    return Asked(application, handed_in.answers["details"], link, answer)


def answer(services: Services, key: LinkKey, fields: Mapping[str, str], visitor: Visitor) -> None:
    """Confirm or decline, and move the case with it; the office's time begins with a confirmation.

    Raises Invalid, Answered, Ended.
    """
    asked = look(services, key)
    if asked.answer:
        raise Answered(ANSWERS.get(fields.get("answer", "")) is asked.answer.status)
    said = _read(services, asked, fields, visitor)
    try:
        _commit(services, asked, said)
    except ApplicationChanged:  # somebody was faster: then this is answered by what stands now
        answer(services, key, fields, visitor)


def renew_link(services: Services, application: Application, serial: int) -> None:
    """换一个新链接: the one numbered `serial` ends, and the new one lasts from now on."""
    if application.status is Status.SUBMITTED:
        services.employer_links.renew(application, serial, services.now())


def _end(services: Services, application: Application, link: EmployerLink, key: LinkKey) -> End | None:
    if application.status is Status.WITHDRAWN:
        return End.WITHDRAWN
    if not services.policy.employer_confirmation:
        return End.NOT_ASKED_HERE
    if application.status is not Status.SUBMITTED or key.position != link.key.position:
        return End.MOVED_ON
    if key != link.key:
        return End.REPLACED
    return End.EXPIRED if services.now() >= link.ends_at else None


def _read(services: Services, asked: Asked, fields: Mapping[str, str], visitor: Visitor) -> EmployerAnswer:
    reading = FORM.read(fields, services.rules)
    if reading.errors:
        raise Invalid(reading.errors, reading.typed)
    values = reading.values
    if values["answer"] == CONFIRM:
        _compare_codes(services, asked, reading.values["employer_code"], visitor, reading.typed)
    return EmployerAnswer(
        key=asked.link.key,
        status=ANSWERS[values["answer"]],
        credit_code=values["employer_code"],
        name=values["clerk"],
        phone=values["clerk_phone"],
        reason="" if values["answer"] == CONFIRM else values["reason"],
        answered_at=services.now(),
    )


def _compare_codes(services: Services, asked: Asked, code: str, visitor: Visitor, typed: Mapping[str, str]) -> None:
    """Counted before it is compared: many at once buy no further try. Raises Invalid."""
    try:
        attempts.count(services, _tries(asked.link.key, visitor))
        agree_on_code(code, asked.details["employer_code"])
    except TooMany:
        raise Invalid({"employer_code": NO_TRIES_LEFT}, typed) from None
    except InvalidValue as other:
        raise Invalid({"employer_code": str(other)}, typed) from other


def _tries(key: LinkKey, visitor: Visitor) -> list[Counter]:
    of_link = Counter(OF_LINK, ("employer_code", "link", str(key)))
    of_address = Counter(OF_ADDRESS, ("employer_code", "address", visitor.address))
    return [of_link, of_address] if visitor.address else [of_link]


def _commit(services: Services, asked: Asked, said: EmployerAnswer) -> None:
    unit = Actor(ActorKind.EMPLOYER, asked.details["employer"][:ACTOR_LENGTH])
    deadline = services.return_by if said.status is Status.EMPLOYER_CONFIRMED else None
    with services.database.transaction():
        services.applications.transition(asked.application, said.status, unit, said.answered_at, said.reason, deadline)
        services.employer_answers.put(said)
