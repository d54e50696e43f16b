"""Who somebody is, as every form asks for it: name, identity document, phone."""

from collections.abc import Mapping

from renewal.domain import id_number, phone
from renewal.domain.id_number import IdKind
from renewal.domain.text import person_name
from renewal.forms.fields import Field, Rules

NAME = Field("name", "姓名", lambda text, _: person_name(text), autocomplete="name", maxlength=50)
ID_NUMBER = Field(
    "id_number",
    "身份证号码",
    lambda text, rules: id_number.parse(text, rules.today).number,
    hint="也可填写港澳台居民居住证或外国人永久居留身份证号码",
    maxlength=30,
)
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


def id_facts(number: str, rules: Rules) -> dict[str, str]:
    """What an ID number says of its holder: kind and number, and birth date and sex where it tells them."""
    parsed = id_number.parse(number, rules.today)
    facts = {"id_type": parsed.kind.label, "id_number": parsed.number}
    if parsed.birth_date and parsed.sex:
        facts |= {"sex": parsed.sex.value, "birth_date": f"{parsed.birth_date:%Y/%m/%d}"}
    return facts


def id_type_fits(values: Mapping[str, str], rules: Rules) -> dict[str, str]:
    """A chosen kind that contradicts the number is asked about rather than corrected in silence."""
    actual = id_number.parse(values["id_number"], rules.today).kind.label
    if values["id_type"] == actual:
        return {}
    return {"id_type": f"这是{actual}的号码，请把证件类型改为“{actual}”，或核对证件号码"}
