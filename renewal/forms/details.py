"""申报信息 (图9-1): the application form, in the manual's order and words."""

from collections.abc import Mapping
from dataclasses import replace

from renewal.domain import credit_code, dates
from renewal.domain.codes import DEGREES, EDUCATIONS, ETHNICITIES, SEXES, SPECIALTIES, CodeList
from renewal.domain.errors import InvalidValue
from renewal.domain.text import free_text
from renewal.forms.fields import Clean, Field, Form, Rules
from renewal.forms.person import ID_NUMBER, ID_TYPE, NAME, PHONE, id_facts, id_type_fits

PERSON, EMPLOYER, SPECIALTY = "基本信息", "单位", "申请注册专业"

# Most people find their answer without scrolling: what is common leads each list, the rest keeps its standard's order.
# Over five million people each, in the census of 2020.
COMMON_ETHNICITIES = ("汉族", "壮族", "维吾尔族", "回族", "苗族", "满族", "彝族", "土家族", "藏族", "蒙古族")
# The examination asks for a 大学专科 at least, and for a 学士 in the shorter of its ways.
COMMON_EDUCATIONS = ("大学本科", "大学专科", "硕士研究生")
COMMON_DEGREES = ("学士", "无", "硕士")
# Building and municipal works are what most engineers supervise.
COMMON_SPECIALTIES = ("房屋建筑工程", "市政公用工程")

CODES = {
    "sex": SEXES,
    "ethnicity": ETHNICITIES,
    "education": EDUCATIONS,
    "degree": DEGREES,
    "specialty_1": SPECIALTIES,
    "specialty_2": SPECIALTIES,
}
"""What is chosen from a standard's list, for those who need the code beside the word."""


def _code(codes: CodeList) -> Clean:
    return lambda text, _: codes.parse(text)


def _words(text: str, _rules: Rules) -> str:
    return free_text(text)


def _birth_date(text: str, rules: Rules) -> str:
    return dates.show(dates.birth_date(text, rules.today))


def _date(text: str, _rules: Rules) -> str:
    return dates.show(dates.parse_date(text))


FIELDS = (
    replace(NAME, section=PERSON),
    Field("sex", "性别", _code(SEXES), "radio", SEXES.names, section=PERSON),
    replace(ID_TYPE, section=PERSON),
    replace(ID_NUMBER, section=PERSON, label="证件号码", hint=""),
    Field(
        "birth_date",
        "出生日期",
        _birth_date,
        "date",
        section=PERSON,
        autocomplete="bday",
        hint="如 1990/05/17",
    ),
    replace(PHONE, section=PERSON),
    Field("ethnicity", "民族", _code(ETHNICITIES), "select", ETHNICITIES.led_by(*COMMON_ETHNICITIES), section=PERSON),
    Field("education", "学历", _code(EDUCATIONS), "select", EDUCATIONS.led_by(*COMMON_EDUCATIONS), section=PERSON),
    Field("degree", "学位", _code(DEGREES), "select", DEGREES.led_by(*COMMON_DEGREES), section=PERSON),
    Field("school", "毕业院校", _words, section=PERSON),
    Field("major", "所学专业", _words, section=PERSON),
    Field("graduated_on", "毕业时间", _date, "date", section=PERSON, hint="毕业证书上的日期"),
    Field(
        "employer",
        "单位名称",
        _words,
        section=EMPLOYER,
        autocomplete="organization",
        hint="与营业执照一致的全称",
    ),
    Field(
        "employer_code",
        "统一社会信用代码",
        lambda text, _: credit_code.parse(text),
        required=False,
        section=EMPLOYER,
        hint="18位，营业执照上有；单位确认时需要",
        maxlength=30,
    ),
    Field(
        "specialty_1",
        "申请注册专业1",
        _code(SPECIALTIES),
        "select",
        SPECIALTIES.led_by(*COMMON_SPECIALTIES),
        section=SPECIALTY,
    ),
    Field(
        "specialty_2",
        "申请注册专业2",
        _code(SPECIALTIES),
        "select",
        SPECIALTIES.led_by(*COMMON_SPECIALTIES),
        required=False,
        section=SPECIALTY,
        hint="没有第二个专业的不用选",
    ),
)


def fixed(name: str, id_number: str, rules: Rules) -> dict[str, str]:
    """What the form cannot change: the claimed person, and what the ID number tells of them."""
    return {"name": name, **id_facts(id_number, rules)}


def _check(values: Mapping[str, str], rules: Rules) -> dict[str, str]:
    """Rules between fields (domain.md): kind and number, graduation after birth, two different specialties."""
    errors = id_type_fits(values, rules)
    try:
        dates.graduation_date(values["graduated_on"], dates.parse_date(values["birth_date"]), rules.today)
    except InvalidValue as problem:
        errors["graduated_on"] = str(problem)
    if values["specialty_1"] == values["specialty_2"]:
        errors["specialty_2"] = "两个申请注册专业不能相同，请另选一个或留空"
    return errors


FORM = Form(FIELDS, _check)
