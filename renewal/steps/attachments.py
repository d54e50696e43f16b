"""附件 (图9-2): the one-inch photo and the signature."""

from dataclasses import dataclass

from renewal.domain.trust import Trust
from renewal.steps.step import Answers, Step


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture to be attached: `kind` is its input's name and the end of its URL."""

    kind: str
    title: str
    hint: str
    take: str
    again: str
    shrink: tuple[int, int]
    """To what the phone shrinks it before sending, where it can: longest side in pixels, bytes."""


PORTRAIT = Picture(
    "portrait",
    "一寸白底免冠照",
    "正面、免冠、白色背景；手机在浅色墙前拍的也可以，会自动裁剪。支持 jpg、jpeg、png",
    "拍照",
    "重新拍照",
    (1200, 70_000),
)
SIGNATURE = Picture(
    "signature",
    "手写签名",
    "在屏幕上签，或用黑笔签在白纸上再拍照。支持 jpg、jpeg、png",
    "拍纸签名",
    "重拍纸签",
    (1200, 60_000),
)
SELFIE_SHRINK = (1200, 70_000)
PICTURES = (PORTRAIT, SIGNATURE)


def _done(answers: Answers) -> bool:
    return all(picture.kind in answers.get("pictures", {}) for picture in PICTURES)


STEP = Step("attachments", "附件", 2, Trust.CAPTURED, _done)
