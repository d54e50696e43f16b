"""What the office knows of a person by itself, beside what was handed in."""

from collections.abc import Mapping
from dataclasses import dataclass

from renewal.domain.application import Status
from renewal.domain.clock import china_day
from renewal.domain.confirmation import ABOUT
from renewal.domain.dates import show
from renewal.forms.correction import FIELDS
from renewal.forms.person import id_facts
from renewal.services import Services
from renewal.store.applications import Application

SAID_BY_NUMBER = ("id_number", "id_type", "sex", "birth_date")
"""Of whoever has the number, these are known already."""


@dataclass(frozen=True, slots=True)
class Known:
    """A field's value, and who or what says so."""

    value: str
    source: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A field as handed in beside what is known of it; `differs` is None where nothing is known."""

    field: str
    label: str
    submitted: str
    known: tuple[Known, ...]

    @property
    def differs(self) -> bool | None:
        return any(known.value != self.submitted for known in self.known) if self.known else None


def known_to_office(services: Services, application: Application) -> dict[str, tuple[Known, ...]]:
    """By field, the surest source first. Another source of the office's is one more entry here."""
    sources = (
        ("证件号码", id_facts(application.answers["details"]["id_number"], services.rules)),
        ("名册", _roster(services, application)),
        _earlier(services, application),
        _employers(services, application),
    )
    return {
        field: tuple(Known(facts[field], source) for source, facts in sources if facts.get(field)) for field in FIELDS
    }


def compared(services: Services, application: Application) -> list[Compared]:
    """Every field, in the form's order."""
    known, details = known_to_office(services, application), application.answers["details"]
    return [Compared(field, label, details[field], known[field]) for field, label in FIELDS.items()]


def _roster(services: Services, application: Application) -> Mapping[str, str]:
    """What the roster in use says of this ID number."""
    found = services.roster.person(application.answers["details"]["id_number"])
    return {field: value for field, value in found.record.items() if field not in SAID_BY_NUMBER} if found else {}


def _earlier(services: Services, application: Application) -> tuple[str, Mapping[str, str]]:
    """The last renewal that was granted. What somebody merely handed in under this number is nothing known."""
    same = services.applications.of_person(application.answers["details"]["id_number"])
    granted = [other for other in same if other.status is Status.APPROVED and other.id != application.id]
    if not granted:
        return "", {}
    about = {field: value for field, value in granted[0].answers["details"].items() if field != "id_number"}
    return f"{show(china_day(granted[0].submitted_at))}办件", about


def _employers(services: Services, application: Application) -> tuple[str, Mapping[str, str]]:
    """What the employer confirmed, and the code by which it did."""
    answer = services.employer_answers.last(application.id)
    if answer is None or answer.status is not Status.EMPLOYER_CONFIRMED:
        return "", {}
    confirmed = services.submissions.of(application.id)[answer.key.position].answers["details"]
    about = {field: confirmed[field] for field in ABOUT if field != "id_number"}
    return "单位确认", {**about, "employer_code": answer.credit_code}
