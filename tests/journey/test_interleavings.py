"""Any order of taps, tabs, repeats and stale pages: what was acknowledged stays, and nobody applies twice."""

from dataclasses import dataclass, field
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    multiple,
    precondition,
    rule,
    run_state_machine_as_test,
)

from renewal.attempts import Visitor
from renewal.domain.application import MoveRefused, Status
from renewal.domain.trust import Trust
from renewal.journey import submission
from renewal.journey.form_input import FormInput, Invalid, Repeated
from renewal.journey.resume import resume
from renewal.journey.steps import STEPS, is_open
from renewal.journey.steps.details import keep_typed
from renewal.journey.steps.notice import ALL
from renewal.journey.taking import check
from renewal.services import Services
from renewal.store import audit, models
from renewal.store.applications import AlreadyOpen
from renewal.store.drafts import Draft, DraftChanged, new_id
from tests.factories import Person, answer, attach, carry, moved, person, portrait_jpeg, signature_png, stored

FILES = {"portrait": portrait_jpeg, "signature": signature_png}
PHONE = "the one phone"
kinds = st.sampled_from(sorted(FILES))
variants = st.integers(0, 2)
parts = st.dictionaries(st.sampled_from(["school", "major"]), st.sampled_from(["甲", "乙", "丙"]), min_size=1)


@dataclass(frozen=True)
class Page:
    """A form that stands open in some tab."""

    draft_id: str
    step: str
    version: int


@dataclass
class Said:
    """What a draft's owner was told is kept."""

    details: dict[str, str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    pictures: set[str] = field(default_factory=set)


class Browser(RuleBasedStateMachine):
    """Two people at one phone, who tap on whatever lies open in any tab."""

    pages = Bundle("pages")

    def __init__(self, services: Services) -> None:
        super().__init__()
        for table in reversed(models.TABLES):
            services.database.run(table.delete())
        self.services = services
        self.people = [person(1), person(2)]
        self.said: dict[str, Said] = {}
        self.taken: dict[Page, int] = {}
        self.submitted: dict[str, dict[str, str]] = {}

    # What is done

    @precondition(lambda self: len(self.said) < 4)
    @rule(target=pages)
    def begin(self) -> Page:
        return Page(new_id(), "verify", 0)

    @precondition(lambda self: len(self.said) < 3)
    @rule(target=pages, step=st.sampled_from(["details", "commitment", "review"]), who=st.integers(0, 1))
    def have_come_far(self, step: str, who: int) -> Page:
        draft = carry(self.services, step, self.people[who], owner=PHONE)
        filled = draft.answers.get("details", {})
        self.said[draft.id] = Said(dict(filled), {}, set(draft.answers.get("pictures", {})))
        return Page(draft.id, step, draft.version)

    @rule(target=pages, data=st.data())
    def look(self, data: st.DataObject) -> Any:
        """Open any step that is open, in another tab."""
        if not self.said:
            return multiple()
        draft = self.services.draft(data.draw(st.sampled_from(list(self.said))))
        opened = [step.name for step in STEPS if is_open(step, draft.all_answers)]
        return Page(draft.id, data.draw(st.sampled_from(opened)), draft.version)

    @rule(page=pages, variant=variants)
    def post(self, page: Page, variant: int) -> None:
        draft, before = self.services.draft(page.draft_id), self.everything()
        try:
            advanced = self.send(draft, page, self.form(draft, page.step, variant), f"{variant}")
        except Repeated as repeat:
            assert self.everything() == before
            told_as_same = repeat.same
            assert told_as_same is (self.taken[page] == variant)
        except (DraftChanged, AlreadyOpen):
            assert self.everything() == before
        except Invalid as refused:
            if page.step == "details":
                self.typed(draft, refused.typed)
            else:
                assert (page.step, self.said[draft.id].pictures == set(FILES)) == ("attachments", False)
        else:
            self.take_note(draft, page, variant, advanced)

    @rule(page=pages, part=parts)
    def type_on(self, page: Page, part: dict[str, str]) -> None:
        draft = self.services.draft(page.draft_id)
        try:
            check(draft, FormInput("details", page.version, ""))
            keep_typed(self.services, draft, part)
        except (Repeated, DraftChanged):
            return
        self.typed(draft, part)

    @rule(page=pages, kind=kinds, removed=st.booleans(), stale=st.integers(0, 2))
    def upload(self, page: Page, kind: str, removed: bool, stale: int) -> None:
        before, draft = self.everything(), self.services.draft(page.draft_id)
        try:
            data = None if removed else FILES[kind]()
            attach(self.services, draft, kind, data, version=max(0, draft.version - stale))
        except (Repeated, DraftChanged):
            assert self.everything() == before
            return
        said = self.said[page.draft_id].pictures
        said.discard(kind) if removed else said.add(kind)

    @precondition(lambda self: self.submitted)
    @rule(data=st.data(), again=st.booleans())
    def withdraw(self, data: st.DataObject, again: bool) -> None:
        application = self.services.applications.of_draft(data.draw(st.sampled_from(list(self.submitted))))
        try:
            submission.withdraw(self.services, application)
        except MoveRefused:
            assert application.status == "withdrawn"
            return
        self.said[application.draft_id] = Said(pictures=set(FILES))

    @precondition(lambda self: self.submitted)
    @rule(data=st.data())
    def correct(self, data: st.DataObject) -> None:
        """The office returns a case, and it stands in its draft again."""
        application = self.services.applications.of_draft(data.draw(st.sampled_from(list(self.submitted))))
        if application.status == "submitted":
            application = moved(self.services, application, Status.RETURNED)
            submission.reopen(self.services, application)
            self.said[application.draft_id].details = dict(application.answers["details"])

    @precondition(lambda self: self.said)
    @rule(data=st.data())
    def come_back_with_the_code(self, data: st.DataObject) -> None:
        draft = self.services.draft(data.draw(st.sampled_from(list(self.said))))
        if draft.trust >= Trust.CAPTURED:
            form = {"code": draft.answers["resume"], "id_number": self.owner(draft).id_number}
            assert resume(self.services, form) == draft

    # One form each

    def send(self, draft: Draft, page: Page, fields: dict[str, str], fingerprint: str) -> Draft:
        said = list(self.said)
        told = {"version": page.version, "fingerprint": fingerprint, "own_drafts": said}
        return answer(self.services, draft, page.step, fields, **told, visitor=Visitor(PHONE, ""))

    def form(self, draft: Draft, step: str, variant: int) -> dict[str, str]:
        match step:
            case "verify":
                return self.people[variant % 2].claim
            case "register":
                return self.owner(draft).registration
            case "face":
                return {"method": "counter"}
            case "notice":
                return {"read": " ".join(ALL)}
            case "details":
                phone = "1" if variant == 2 else "13800138000"
                return {**self.owner(draft).details, "school": f"第{variant}大学", "phone": phone}
            case "commitment":
                return {"commitment": "yes"}
        return {}

    def take_note(self, draft: Draft, page: Page, variant: int, advanced: Draft) -> None:
        if advanced.version == page.version + 1 and advanced.id == draft.id:
            self.taken[page] = variant
        said = self.said.setdefault(advanced.id, Said())
        if page.step == "verify":
            assert self.owner(advanced) is self.people[variant % 2]
        if page.step == "details":
            said.details, said.typed = self.form(draft, "details", variant), {}
        if page.step == "review":
            self.submitted[draft.id], said.details = said.details, {}

    # What always holds

    @invariant()
    def what_was_acknowledged_is_kept(self) -> None:
        for draft_id, said in self.said.items():
            draft = self.services.draft(draft_id)
            assert draft.answers.get("details", {}) == said.details
            assert draft.typed == said.typed
            if not draft.submitted:
                assert set(draft.answers.get("pictures", {})) == said.pictures
            if draft.submitted:
                application = self.services.applications.of_draft(draft_id)
                frozen = self.services.submissions.pictures(application.id, application.submissions - 1)
                assert frozen.keys() >= said.pictures == set(FILES)
            kept = {kind for kind in FILES if self.services.attachments.get(draft_id, kind)}
            assert kept == (set() if draft.submitted else said.pictures)

    @invariant()
    def every_submission_is_one_application(self) -> None:
        applications = self.services.applications.of_drafts(list(self.said))
        assert {case.draft_id: case.answers["details"] for case in applications} == self.submitted
        for who in self.people:
            index = self.services.sealer.index("id_number", who.id_number)
            of_them = [case for case in stored(self.services, models.Application) if case.id_index == index]
            assert sum(case.open_index is not None for case in of_them) <= 1

    @invariant()
    def the_log_is_whole_and_fits(self) -> None:
        assert audit.verify(self.services.database, self.services.sealer).findings == []

    @invariant()
    def every_version_is_on_the_trail(self) -> None:
        assert all(len(draft.history) == draft.version for draft in self.everything())

    # Helpers

    def owner(self, draft: Draft) -> Person:
        number = draft.answers["verify"]["id_number"]
        return next(who for who in self.people if who.id_number == number)

    def typed(self, draft: Draft, part: dict[str, str]) -> None:
        said = self.said[draft.id]
        now = {**said.typed, **part}
        said.typed = {} if now.items() <= said.details.items() else now

    def everything(self) -> list[Draft]:
        return [self.services.draft(draft_id) for draft_id in self.said]


def test_no_order_of_taps_loses_an_answer_or_applies_twice(services):
    run_state_machine_as_test(
        lambda: Browser(services),
        settings=settings(
            deadline=None,
            max_examples=25,
            stateful_step_count=30,
            suppress_health_check=list(HealthCheck),
        ),
    )
