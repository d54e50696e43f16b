"""What an employer confirms of an applicant, and for how long it may be asked (domain.md: since December 2021)."""

from collections.abc import Mapping
from datetime import timedelta

from renewal.domain.application import Status
from renewal.domain.errors import InvalidValue

LINK_LASTS = timedelta(days=14)

CONFIRMED = (
    "申请人受聘于本单位，只在本单位执业；",
    "本单位与申请人签订劳动合同并缴纳社会保险（退休人员等依法不用缴纳的除外）；",
    "申请人填写的单位和专业属实，同意申请延续注册。",
)
"""The grounds on which the office could refuse (部令147号, art. 11 and 13) that an employer can answer for."""

ABOUT = ("name", "id_number", "employer", "employer_code", "specialty_1", "specialty_2")
"""The answers that the employer is asked about."""

ANSWERS = {"确认": Status.EMPLOYER_CONFIRMED, "不予确认": Status.EMPLOYER_DECLINED}
"""As the employer's clerk chooses them, and where each moves the case."""

OTHER_UNIT = (
    "与申请人填写的统一社会信用代码不一致。请对照营业执照核对；没有填错的，请选“不予确认”并写明原因，由申请人更正"
)


def agree_on_code(employers: str, applicants: str) -> None:
    """Whoever confirms is the unit that the applicant named, where the applicant gave its code: it is optional on
    the form. Raises InvalidValue."""
    if applicants and employers != applicants:
        raise InvalidValue(OTHER_UNIT)


def still_holds(confirmed: Mapping[str, str], corrected: Mapping[str, str]) -> bool:
    """Whether a confirmation covers what was handed in again after it."""
    return all(confirmed[name] == corrected[name] for name in ABOUT)
