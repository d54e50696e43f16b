"""补正 on the page of a case: what was returned, until when, and whether the correction was begun."""

from collections.abc import Mapping, Sequence
from typing import Any

from renewal.domain.application import Status
from renewal.domain.dates import show
from renewal.domain.defects import Defect
from renewal.store.applications import Application
from renewal.web.context import context
from renewal.web.labels import told_of


def asked(application: Application, defects: Mapping[int, Sequence[Defect]]) -> dict[str, Any] | None:
    """What the applicant has to do now; None when nothing is returned."""
    if application.status is not Status.RETURNED:
        return None
    return {
        "defects": told_of(defects.get(application.submissions - 1, ())),
        "begun": not context().services.draft(application.draft_id).submitted,
        "answer_by": show(application.deadline) if application.deadline else "",
    }
