"""补正: what of an application may be returned, ready-made reasons in the trade's words, and what opens with what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from renewal.domain.errors import InvalidValue
from renewal.domain.text import free_text

LONGEST = 200
"""Characters of a reason: what fits beside its field on a phone."""

COMMITMENT = "commitment"

REASONS: dict[str, tuple[str, ...]] = {
    "sex": ("性别与身份证件不一致，请按证件填写。",),
    "birth_date": ("出生日期与身份证件不一致，请按证件填写。",),
    "phone": ("手机号码无法接通，请填写本人正在使用的号码。", "手机号码不是本人使用，请填写本人的号码。"),
    "ethnicity": ("民族与身份证件不一致，请按证件填写。",),
    "education": ("学历与毕业证书不一致，请按毕业证书填写。",),
    "degree": ("学位与学位证书不一致，请按学位证书填写；没有学位的选“无”。",),
    "school": ("毕业院校与毕业证书不一致，请填写证书上的全称。", "毕业院校不是全称，请按毕业证书填写。"),
    "major": ("所学专业与毕业证书不一致，请按毕业证书填写。",),
    "graduated_on": ("毕业时间与毕业证书不一致，请按毕业证书填写。",),
    "employer": (
        "单位名称与营业执照不一致，请填写营业执照上的全称。",
        "单位与注册信息不一致，更换单位的请先办理变更注册。",
    ),
    "employer_code": ("统一社会信用代码与单位不一致，请按营业执照填写。", "请补填单位的统一社会信用代码。"),
    "specialty_1": ("申请注册专业与原注册专业不一致，请按注册证书填写。",),
    "specialty_2": ("申请注册专业与原注册专业不一致，请按注册证书填写；没有第二个专业的请留空。",),
    "portrait": (
        "照片背景不是白色，请在白墙前重拍。",
        "照片不清晰，请重新拍一张。",
        "照片不是正面免冠，请取下帽子、正对镜头重拍。",
        "照片不是本人近照，请上传本人近期的照片。",
    ),
    "signature": ("签名不清晰，请重新签名。", "签名与姓名不一致，请本人签写全名。"),
    COMMITMENT: ("承诺书需要重新阅读并作出承诺。",),
}
"""Of everything that can be returned, what is mostly wrong with it: the clerk takes one or writes another."""

OPENED_WITH: dict[str, tuple[str, ...]] = {
    "birth_date": ("graduated_on",),
    "employer": ("employer_code",),
    "employer_code": ("employer",),
    "specialty_1": ("specialty_2",),
    "specialty_2": ("specialty_1",),
    "education": ("degree", "school", "major", "graduated_on"),
    "degree": ("education",),
}
"""What can seldom be put right alone: another certificate has another school, another unit another code,
and a graduation lies some years after the birth."""


@dataclass(frozen=True, slots=True)
class Defect:
    """`field` is a field's name, a picture's kind or `commitment`; `reason` says to the applicant what to do."""

    field: str
    reason: str


class DefectsRefused(InvalidValue):
    """A clerk's list that cannot be sent as it is: a sentence per field, under an empty name what is wrong
    with all of it."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("；".join(errors.values()))
        self.errors = dict(errors)


def opened(fields: Iterable[str]) -> frozenset[str]:
    """What the applicant may change when `fields` are returned: those, and what depends on them."""
    return frozenset(name for field in fields for name in (field, *OPENED_WITH.get(field, ())))


def reason(text: str) -> str:
    """A reason as it is kept, in one line. Raises InvalidValue."""
    if not text.strip():
        raise InvalidValue("请写明哪里不对、怎样补正。")
    return free_text(text, LONGEST)


def from_form(values: Iterable[str]) -> dict[str, str]:
    """`field:reason`, one for each field, as the office's form sends them. Raises DefectsRefused."""
    given: dict[str, str] = {}
    for value in values:
        field, colon, text = value.partition(":")
        if not colon:
            raise DefectsRefused({"": "补正内容不完整，请重新选择要补正的项目并写明原因。"})
        if field in given:
            raise DefectsRefused({field: "同一项写了两条补正原因，请合成一条。"})
        given[field] = text
    return given
