"""承诺书 (图10): valid for exactly the text that was shown."""

from dataclasses import replace
from typing import Any

from renewal.domain.commitment import AGREE, REFUSE, REFUSED_EXPLANATION, Commitment, commitment
from renewal.domain.trust import Trust
from renewal.journey import correcting
from renewal.journey.form_input import FormInput, Invalid
from renewal.journey.steps.step import Answers, Change, Step, StepView
from renewal.services import Services
from renewal.store.drafts import Draft


def letter(answers: Answers) -> Commitment:
    """The letter with this draft's name, ID number, phone and employer filled in."""
    details = answers["details"]
    return commitment(details["name"], details["id_number"], details["phone"], details["employer"])


def _done(answers: Answers) -> bool:
    # A changed name, number, phone or employer makes another letter, which has to be made again.
    return (
        "details" in answers and "commitment" in answers and answers["commitment"]["sha256"] == letter(answers).sha256
    )


def _show(view: StepView) -> dict[str, Any]:
    return {
        "commitment": letter(view.draft.answers),
        "agree": AGREE,
        "refuse": REFUSE,
        "refused": view.errors.get("refused"),
        "chosen": view.typed.get("commitment"),
        "asked": correcting.reasons(view.draft.answers).get("commitment", ""),
    }


def _take(services: Services, draft: Draft, sent: FormInput) -> Change:
    """The exact text, its version, hash, time and the address it came from are kept."""
    choice = sent.fields.get("commitment")
    if choice == "no":
        raise Invalid({"refused": REFUSED_EXPLANATION}, sent.fields)
    if choice != "yes":
        raise Invalid({"commitment": "请阅读承诺书，然后选择“本人作出上述承诺”"}, sent.fields)
    text = letter(draft.answers)
    made = {"version": text.version, "sha256": text.sha256, "text": text.text}
    made |= {"at": services.now().isoformat(), "ip": sent.address}
    return Change(lambda stored: replace(stored, answers={**stored.answers, "commitment": made}))


STEP = Step("commitment", "查看承诺书", 2, Trust.CAPTURED, _done, _show, _take)
