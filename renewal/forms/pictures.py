"""附件 (图9-2): the pictures that are attached, and to what a phone shrinks them."""

from dataclasses import dataclass


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
