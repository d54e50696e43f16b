"""单位确认: what the employer's clerk answers, without an account."""

from collections.abc import Mapping
from dataclasses import replace

from renewal.domain import credit_code
from renewal.domain.confirmation import ANSWERS
from renewal.domain.errors import InvalidValue
from renewal.domain.text import free_text
from renewal.forms.fields import Field, Form, Rules
from renewal.forms.person import NAME, PHONE

CONFIRM, DECLINE = ANSWERS
REASON_MISSING = "请写明不予确认的原因，申请人要照着更正"


def _answer(text: str, _rules: Rules) -> str:
    if text not in ANSWERS:
        raise InvalidValue("请选择“确认”或“不予确认”")
    return text


def _check(values: Mapping[str, str], _rules: Rules) -> dict[str, str]:
    """A reason is needed only for declining."""
    return {"reason": REASON_MISSING} if values["answer"] == DECLINE and not values["reason"] else {}


FORM = Form(
    (
        Field("answer", "单位意见", _answer, "radio", tuple(ANSWERS)),
        Field(
            "reason",
            "不予确认的原因",
            lambda text, _: free_text(text, 200),
            required=False,
            hint="申请人会看到，如：已于今年3月离职",
            maxlength=200,
        ),
        Field(
            "employer_code",
            "统一社会信用代码",
            lambda text, _: credit_code.parse(text),
            hint="18位，在本单位的营业执照上",
            maxlength=30,
        ),
        replace(NAME, name="clerk", label="经办人姓名"),
        replace(PHONE, name="clerk_phone", label="经办人手机", hint="有疑问时，办理机构打这个电话"),
    ),
    _check,
)
