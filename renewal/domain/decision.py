"""A decision's words."""

from renewal.domain.errors import InvalidValue
from renewal.domain.text import free_text

LONGEST = 500
"""Characters of a reason."""

REMEDIES = (
    "如不服本决定，可以自收到本决定之日起六十日内依法申请行政复议，或者自收到本决定之日起六个月内依法提起行政诉讼。"
)
"""行政许可法 art. 38: who refuses names both; the periods are those of 行政复议法 art. 20 and 行政诉讼法 art. 46."""

NO_REASON = "不予延续注册必须写明理由：依据哪一条、什么事实。"


def refusal(text: str) -> str:
    """Why a registration is not renewed, with what can be done about it. Raises InvalidValue."""
    if not text.strip():
        raise InvalidValue(NO_REASON)
    reason = free_text(text, LONGEST)
    return f"{reason if reason.endswith(('。', '！', '；')) else reason + '。'}{REMEDIES}"
