"""用户核验 (图5): a name and an ID number, which prove nothing yet."""

from renewal.domain import id_number
from renewal.domain.text import person_name
from renewal.domain.trust import Trust
from renewal.steps.fields import Field, Form, Rules
from renewal.steps.step import Answers, Step

NAME = Field("name", "姓名", lambda text, _: person_name(text), autocomplete="name", maxlength=50)
ID_NUMBER = Field(
    "id_number",
    "身份证号码",
    lambda text, rules: id_number.parse(text, rules.today).number,
    hint="也可填写港澳台居民居住证或外国人永久居留身份证号码",
    maxlength=30,
)


def _done(answers: Answers) -> bool:
    return "verify" in answers


def id_facts(number: str, rules: Rules) -> dict[str, str]:
    """What an ID number says of its holder: kind and number, and birth date and sex where it tells them."""
    parsed = id_number.parse(number, rules.today)
    facts = {"id_type": parsed.kind.label, "id_number": parsed.number}
    if parsed.birth_date and parsed.sex:
        facts |= {"sex": parsed.sex.value, "birth_date": f"{parsed.birth_date:%Y/%m/%d}"}
    return facts


STEP = Step("verify", "用户核验", 1, Trust.STRANGER, _done, Form((NAME, ID_NUMBER)))
