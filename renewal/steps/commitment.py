"""承诺书 (图10): valid for exactly the text that was shown."""

from renewal.domain.commitment import Commitment, commitment
from renewal.domain.trust import Trust
from renewal.steps.step import Answers, Step


def letter(answers: Answers) -> Commitment:
    """The letter with this draft's name, ID number, phone and employer filled in."""
    details = answers["details"]
    return commitment(details["name"], details["id_number"], details["phone"], details["employer"])


def _done(answers: Answers) -> bool:
    # A changed name, number, phone or employer makes another letter, which has to be made again.
    return (
        "details" in answers and "commitment" in answers and answers["commitment"]["sha256"] == letter(answers).sha256
    )


STEP = Step("commitment", "查看承诺书", 2, Trust.CAPTURED, _done)
