"""补正 in the draft: what the office returned is open again, all else stays as it was handed in."""

from collections.abc import Mapping, Sequence
from typing import Any

from renewal.domain.defects import COMMITMENT, Defect, opened
from renewal.forms.correction import FIELDS, LABELS

Answers = Mapping[str, Any]

CORRECTION = "correction"
"""Among the answers while they are corrected: the reasons, and whether 申报信息 waits to be gone through."""


def begin(answers: Answers, defects: Sequence[Defect]) -> dict[str, Any]:
    """The answers last handed in, opened where they were found wrong: a picture and the commitment are to be made
    anew, and 申报信息 to be confirmed. Without defects everything is open."""
    if not defects:
        return {**answers}
    asked = {defect.field: defect.reason for defect in defects}
    pictures = {kind: about for kind, about in answers["pictures"].items() if kind not in asked}
    kept = {name: answer for name, answer in answers.items() if name != COMMITMENT or COMMITMENT not in asked}
    return {**kept, "pictures": pictures, CORRECTION: {"reasons": asked, "details_due": bool(asked.keys() & FIELDS)}}


def over(answers: Answers) -> dict[str, Any]:
    """The answers to be handed in."""
    return {name: answer for name, answer in answers.items() if name != CORRECTION}


def reasons(answers: Answers) -> dict[str, str]:
    """What has to be put right, by name; empty outside of a correction and when everything is open."""
    asked: dict[str, str] = answers.get(CORRECTION, {}).get("reasons", {})
    return asked


def closed(answers: Answers) -> frozenset[str]:
    """The fields, pictures and commitment that cannot be changed now."""
    asked = reasons(answers)
    return frozenset(LABELS) - opened(asked) if asked else frozenset()


def details_due(answers: Answers) -> bool:
    """Whether a returned field waits for 下一步."""
    return bool(answers.get(CORRECTION, {}).get("details_due"))


def with_details(answers: Answers, details: Mapping[str, str]) -> dict[str, Any]:
    """The answers after 申报信息 was taken."""
    taken = {**answers, "details": details}
    return taken | ({CORRECTION: answers[CORRECTION] | {"details_due": False}} if CORRECTION in answers else {})
