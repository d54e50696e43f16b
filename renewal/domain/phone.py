"""Mobile numbers of the mainland."""

import re

from renewal.domain.errors import InvalidValue
from renewal.domain.text import compact

# No list of number segments: new ones are issued every year.
_MOBILE = re.compile("1[3-9][0-9]{9}")
_COUNTRY_CODE = re.compile(r"^(\+86|0086|86(?=1[0-9]{10}$))")


def parse(text: str) -> str:
    """Eleven digits, without country code, spaces, hyphens and brackets. Raises InvalidValue."""
    number = _COUNTRY_CODE.sub("", re.sub("[()]", "", compact(text)))
    if not number:
        raise InvalidValue("请填写手机号码。")
    if not re.fullmatch("[0-9]+", number):
        raise InvalidValue("手机号码只能是数字，请重新填写。")
    if number[0] == "0":
        raise InvalidValue("请填写手机号码，不要填写固定电话。")
    if len(number) != 11:
        raise InvalidValue(f"手机号码应为11位，您填写了{len(number)}位，请核对。")
    if not _MOBILE.fullmatch(number):
        raise InvalidValue("手机号码应以13至19开头，请核对。")
    return number
