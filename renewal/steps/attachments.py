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


PORTRAIT = Picture("portrait", "一寸白底免冠照", "正面、免冠、白色背景；手机拍的照片也可以，支持 jpg、jpeg、png")
SIGNATURE = Picture("signature", "手写签名", "在白纸上用黑笔横着签名后拍照，支持 jpg、jpeg、png")
PICTURES = (PORTRAIT, SIGNATURE)


def _done(answers: Answers) -> bool:
    return all(picture.kind in answers.get("pictures", {}) for picture in PICTURES)


STEP = Step("attachments", "附件", 2, Trust.CAPTURED, _done)
