"""继续办理 on another phone."""

from collections.abc import Mapping

from renewal.domain import resume_code
from renewal.forms.resume import FORM
from renewal.journey.form_input import Invalid
from renewal.services import Services
from renewal.store.drafts import Draft

NO_MATCH = "续办码与身份证号码对不上，请核对后再试；忘记续办码的，可以重新申报"


def resume(services: Services, fields: Mapping[str, str]) -> Draft:
    """The code and the ID number open the draft they belong to. Raises Invalid, with the same sentence
    whichever of the two is wrong."""
    reading = FORM.read(fields, services.rules)
    if reading.errors:
        raise Invalid(reading.errors, reading.typed)
    code, number = reading.values["code"], reading.values["id_number"]
    draft = services.drafts.by_resume_code(services.sealer.index("resume", resume_code.compact(code)))
    if draft is None or draft.id_index != services.sealer.index("id_number", number):
        raise Invalid({"code": NO_MATCH}, reading.typed)
    return draft
