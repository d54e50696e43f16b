"""What the applicants do, by the verbs of their half."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace

from renewal.attempts import Visitor
from renewal.demo import heads, strokes
from renewal.demo.heads import GREY, WHITE
from renewal.demo.stage import Case, Stage
from renewal.images.findings import Finding
from renewal.images.framing import Adjustment
from renewal.journey import pictures, steps, submission, taking
from renewal.journey.form_input import FormInput
from renewal.journey.steps.notice import ALL
from renewal.journey.studio import PHOTO, Prepared, told
from renewal.store.drafts import Draft, new_id

NOT_WHITE = Finding("background", "背景不是白色。请换成白色背景，或在白色墙面前重拍。")
FLAWED: Mapping[str, Mapping[str, str]] = {
    "school": {"school": "建筑学院"},
    "major": {"major": "工民建"},
}
"""What is filled in wrong at first; the pictures have flaws of their own."""


def apply(stage: Stage, case: Case) -> None:
    """In a browser of one's own."""
    draft = _fill_in(stage, case, Draft(new_id()), case.flaws)
    case.id = stage.services.applications.glimpses([draft.id])[0].id


def correct(stage: Stage, case: Case) -> None:
    """What the office returned, or after the employer declined the employer."""
    declined = not stage.services.defects.of(stage.application(case).id)
    if declined:
        unit = stage.random.choice(stage.employers)
        case.person.details.update(employer=unit.name, employer_code=unit.code)
    draft = submission.reopen(stage.services, stage.application(case))
    if declined:
        draft = _take(stage, draft, "details", case.person.details)
    _fill_in(stage, case, draft)


def withdraw(stage: Stage, case: Case) -> None:
    submission.withdraw(stage.services, stage.application(case))


def _fill_in(stage: Stage, case: Case, draft: Draft, flaws: Sequence[str] = ()) -> Draft:
    """From the step that is due to the last."""
    while not draft.submitted:
        name = steps.current(draft.all_answers).name
        if name == "attachments":
            draft = _attach(stage, case, draft, flaws)
        else:
            draft = _take(stage, draft, name, _form(case, name, flaws))
        if name == "face" and case.method == "selfie":
            draft = _show_face(stage, case, draft)
    return draft


def _form(case: Case, step: str, flaws: Sequence[str]) -> Mapping[str, str]:
    details = case.person.details
    wrong = {name: text for flaw in flaws for name, text in FLAWED.get(flaw, {}).items()}
    forms = {"face": {"method": "counter"}, "details": details | wrong, "commitment": {"commitment": "yes"}}
    return forms.get(step, details)


def _take(stage: Stage, draft: Draft, step: str, form: Mapping[str, str]) -> Draft:
    lists = {"read": sorted(ALL)}
    sent = FormInput(step, draft.version, str(draft.version), form, lists, visitor=Visitor(draft.id, ""))
    return taking.take(stage.services, draft, sent).draft


def _attach(stage: Stage, case: Case, draft: Draft, flaws: Sequence[str]) -> Draft:
    """What is not there yet; beside the studio, which knows a drawing and takes none for a person."""
    for kind, draw in (("portrait", _portrait), ("signature", _signature)):
        if kind not in draft.answers.get("pictures", {}):
            draft = _kept(stage, draft, kind, draw(stage, case, kind in flaws))
    return draft


def _portrait(_stage: Stage, case: Case, grey: bool) -> Prepared:
    photo = heads.portrait(case.look, GREY if grey else WHITE)
    about = {"white": not grey, "choice": False, "adjustment": asdict(Adjustment()), "selfie": False}
    about |= {"findings": told([NOT_WHITE] if grey else []), "other_findings": [], "bytes": len(photo)}
    return Prepared({PHOTO: photo}, about)


def _signature(stage: Stage, case: Case, _flawed: bool) -> Prepared:
    png, jpeg = strokes.signature(len(case.person.name), stage.random)
    return Prepared({"signature": png, "signature_white": jpeg}, {"findings": [], "bytes": len(png)})


def _kept(stage: Stage, draft: Draft, kind: str, made: Prepared) -> Draft:
    answers = {**draft.answers, "pictures": {**draft.answers.get("pictures", {}), kind: made.about}}
    with stage.services.database.transaction():
        stored = _put(stage, replace(draft, answers=answers), kind)
        pictures.keep(stage.services, stored, kind, made.files)
    return stored


def _show_face(stage: Stage, case: Case, draft: Draft) -> Draft:
    """As after a selfie, which is not looked at for the same reason."""
    face = {**draft.answers["face"], "method": "selfie", "consent": True}
    with stage.services.database.transaction():
        stored = _put(stage, replace(draft, answers={**draft.answers, "face": face}), "selfie")
        file = heads.selfie(case.look, stage.random)
        stage.services.attachments.put(stored.id, "selfie", file, stage.services.now())
    return stored


def _put(stage: Stage, draft: Draft, what: str) -> Draft:
    return stage.services.drafts.put(replace(draft, history=(*draft.history, (what, "", ""))), stage.services.now())
