"""Persons, pictures, clocks, services, and drafts carried to any step, for the tests of every floor."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from threading import Barrier
from typing import Any

from hypothesis import HealthCheck, settings

from renewal import employer
from renewal.attempts import Visitor
from renewal.domain.actor import Actor, ActorKind
from renewal.domain.application import Status
from renewal.domain.credit_code import check_character
from renewal.domain.id_number import checksum_character
from renewal.domain.policy import Policy
from renewal.journey import steps, taking
from renewal.journey.form_input import FormInput
from renewal.journey.steps.notice import ALL
from renewal.office.returning import return_for_correction
from renewal.services import Services
from renewal.store.applications import Application
from renewal.store.database import Database
from renewal.store.drafts import Draft, new_id
from renewal.store.keys import Keys
from renewal.store.models import Table
from renewal.store.sealed import Sealer
from tests.images.pictures import astronaut, sheet, sign, to_bytes

NOON = datetime(2026, 6, 15, 4, 0, tzinfo=UTC)
"""12:00 in China, on the day from which tests/domain/strategies.py generates."""

WORKED_ON_ONCE = ("open_photo", "find_sitter", "keep", "kept", "portrait_of", "make_signature")
"""Of the studio, in tests: looking for the same face for each would cost minutes."""
VISITOR = Visitor("a phone", "203.0.113.7")

SAME_FIXTURES = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
"""For properties whose examples may share one services."""


class Clock:
    """Stands still until it is told to go on."""

    def __init__(self, moment: datetime = NOON) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def go_on(self, **by: float) -> None:
        self.moment += timedelta(**by)


@dataclass(frozen=True)
class Person:
    """Somebody who does not exist, with what each form asks of them."""

    name: str
    id_number: str
    phone: str

    @property
    def claim(self) -> dict[str, str]:
        return {"name": self.name, "id_number": self.id_number}

    @property
    def registration(self) -> dict[str, str]:
        return {**self.claim, "id_type": "身份证", "phone": self.phone}

    @property
    def details(self) -> dict[str, str]:
        """The details form, as it is stored when it was taken."""
        return {
            **self.registration,
            "sex": "男",
            "birth_date": "1980/03/07",
            "ethnicity": "汉族",
            "education": "大学本科",
            "degree": "学士",
            "school": "青岛理工大学",
            "major": "土木工程",
            "graduated_on": "2003/07/01",
            "employer": "泉城工程监理有限公司",
            "employer_code": CREDIT_CODE,
            "specialty_1": "房屋建筑工程",
            "specialty_2": "市政公用工程",
        }


CREDIT_CODE, OTHER_CODE = (first + check_character(first) for first in ("91370100MA3C00000", "91110000MA0000001"))


def person(serial: int = 0, name: str = "李春明") -> Person:
    """A man born on 1980/03/07; the first 500 serials are all different."""
    first17 = f"37010119800307{serial * 2 % 1000 + 1:03d}"
    return Person(name, first17 + checksum_character(first17), f"138{serial:08d}")


@cache
def portrait_jpeg() -> bytes:
    return to_bytes(astronaut())


@cache
def signature_png() -> bytes:
    return to_bytes(sign(sheet()), "PNG")


@cache
def blank_database(folder: Path) -> Path:
    """A migrated database without rows, to be copied: migrating anew for each test would cost more."""
    path = folder / "blank.db"
    database = Database(f"sqlite:///{path}")
    database.migrate()
    database.close()
    return path


def services_over(url: str, keys: Keys, now: Callable[[], datetime], *required: str) -> Services:
    return Services.over(Database(url), Sealer(keys), now, Policy(frozenset(required)))


def posted(
    draft: Draft,
    step: str,
    fields: Mapping[str, str] | None = None,
    files: Sequence[bytes] = (),
    fingerprint: str = "",
    version: int | None = None,
    part: str = "",
    own_drafts: Sequence[str] = (),
    visitor: Visitor = VISITOR,
) -> FormInput:
    """A form for `step` as the page shows it now; equal contents have equal fingerprints."""
    fields = fields or {}
    contents = sha256(repr((fields, files)).encode()).hexdigest()[:16] if fields or files else part or step
    return FormInput(
        step=step,
        version=draft.version if version is None else version,
        fingerprint=fingerprint or contents,
        fields=fields,
        lists={"read": fields.get("read", "").split()},
        files=lambda _name: files,
        part=part,
        address="192.0.2.1",
        visitor=visitor,
        own_drafts=own_drafts,
    )


def answer(services: Services, draft: Draft, step: str, *form: Any, **more: Any) -> Draft:
    """The draft after this form of `step`, shown for `draft`, was taken."""
    return taking.take(services, draft, posted(draft, step, *form, **more)).draft


def attach(services: Services, draft: Draft, kind: str, data: bytes | None, version: int | None = None) -> Draft:
    """Put a picture, or with None remove it, on the page as it is now unless a `version` is given."""
    draft = services.draft(draft.id)
    fields = {"remove": "1"} if data is None else {}
    files = [] if data is None else [data]
    return answer(services, draft, "attachments", fields, files, version=version, part=kind)


def take(services: Services, draft: Draft, who: Person, method: str = "counter", owner: str = "") -> Draft:
    """The draft after its current step, answered well; `owner` is the secret of the browser it is begun in."""
    step = steps.current(draft.all_answers).name
    match step:
        case "verify":
            return answer(services, draft, step, who.claim, visitor=Visitor(owner, VISITOR.address))
        case "register":
            return answer(services, draft, step, who.registration)
        case "face":
            pictures = [portrait_jpeg()] if method == "selfie" else []
            return answer(services, draft, step, {"method": method, "consent": "yes"}, pictures)
        case "notice":
            return answer(services, draft, step, {"read": " ".join(sorted(ALL))})
        case "details":
            return answer(services, draft, step, who.details)
        case "attachments":
            attach(services, draft, "portrait", portrait_jpeg())
            return attach(services, draft, "signature", signature_png())
        case "commitment":
            return answer(services, draft, step, {"commitment": "yes"})
    raise AssertionError(f"nothing comes after {step}")


def carry(services: Services, to: str, who: Person | None = None, method: str = "counter", owner: str = "") -> Draft:
    """A draft whose current step is `to`, begun in a browser of its own or in the one of `owner`."""
    draft = Draft(new_id())
    while steps.current(draft.all_answers).name != to:
        draft = take(services, draft, who or person(), method, owner)
    return draft


def submitted(services: Services, who: Person | None = None, method: str = "counter", owner: str = "") -> Application:
    return submit(services, carry(services, "review", who, method, owner))


def submit(services: Services, draft: Draft) -> Application:
    application = services.applications.of_draft(answer(services, draft, "review").id)
    assert application
    return application


CLERK = Actor(ActorKind.STAFF, "王科员")

WAYS = {
    Status.SUBMITTED: (),
    Status.EMPLOYER_CONFIRMED: (Status.EMPLOYER_CONFIRMED,),
    Status.EMPLOYER_DECLINED: (Status.EMPLOYER_DECLINED,),
    Status.ACCEPTED: (Status.ACCEPTED,),
    Status.RETURNED: (Status.RETURNED,),
    Status.APPROVED: (Status.ACCEPTED, Status.APPROVED),
    Status.DECLINED: (Status.ACCEPTED, Status.DECLINED),
    Status.NOT_TAKEN: (Status.NOT_TAKEN,),
    Status.WITHDRAWN: (Status.WITHDRAWN,),
}
"""To every status that a submitted case can come to."""


def moved(services: Services, application: Application, to: Status) -> Application:
    """The case after a clerk moved it there."""
    for status in WAYS[to]:
        application = services.applications.transition(application, status, CLERK, services.now(), "照片不清")
    return application


def employers_form(**changes: str) -> dict[str, str]:
    """What the clerk of a unit fills in to confirm."""
    form = {"answer": "确认", "employer_code": CREDIT_CODE, "clerk": "赵经办", "clerk_phone": "13900001111"}
    return form | changes


def answered(services: Services, application: Application, **changes: str) -> Application:
    """The case after its employer answered."""
    key = services.employer_links.current(application).key
    employer.answer(services, key, employers_form(**changes), VISITOR)
    return services.applications.get(application.id)


def returned(services: Services, application: Application, **reasons: str) -> Application:
    """The case after a clerk returned it for correction: a reason by field."""
    return return_for_correction(services, application, application.version, CLERK, reasons)


def stored(services: Services, table: type[Table]) -> list[Any]:
    """All rows of a table, as they are stored, in the order of their keys."""
    return services.database.rows(table.select().order_by(*table._meta.get_primary_keys()))


def at_once(services: Services, *acts: Callable[[], Any]) -> list[Any]:
    """What each act returned or raised, all begun at the same moment in threads of their own."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            start.wait()
            return act()
        finally:
            services.database.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        futures = [pool.submit(run, act) for act in acts]
    return [_outcome(future) for future in futures]


def _outcome(future: Future[Any]) -> Any:
    return future.exception() or future.result()
