"""用户注册 (图6): for a person who is not registered here."""

from collections.abc import Mapping

from renewal.domain import id_number, phone
from renewal.domain.id_number import IdKind
from renewal.domain.trust import Trust
from renewal.steps.fields import Field, Form, Rules
from renewal.steps.step import Answers, Step
from renewal.steps.verify import ID_NUMBER, NAME

ID_TYPE = Field(
    "id_type",
    "证件类型",
    lambda text, _: id_number.kind_from(text).label,
    kind="select",
    choices=tuple(kind.label for kind in IdKind),
)
PHONE = Field(
    "phone",
    "手机号码",
    lambda text, _: phone.parse(text),
    kind="tel",
    autocomplete="tel",
    maxlength=30,
)


def id_type_fits(values: Mapping[str, str], rules: Rules) -> dict[str, str]:
    """A chosen kind that contradicts the number is asked about rather than corrected in silence."""
    actual = id_number.parse(values["id_number"], rules.today).kind.label
    if values["id_type"] == actual:
        return {}
    return {"id_type": f"这是{actual}的号码，请把证件类型改为“{actual}”，或核对证件号码"}


def _done(answers: Answers) -> bool:
    return "register" in answers or bool(answers.get("verify", {}).get("known"))


FORM = Form((NAME, ID_TYPE, ID_NUMBER, PHONE), id_type_fits)
STEP = Step("register", "用户注册", 1, Trust.CLAIMED, _done, FORM, once=True)
