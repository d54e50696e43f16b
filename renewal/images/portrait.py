"""The one-inch photo (图9-2) from any photo of one person.

OpenCV and numpy are imported inside the functions: a worker that gets no picture never pays for them.
"""

from dataclasses import dataclass

from PIL import Image

from renewal.images.decode import Picture, decode
from renewal.images.encode import to_jpeg
from renewal.images.errors import ImageRejected
from renewal.images.findings import Finding
from renewal.images.framing import HEIGHT, WIDTH, Adjustment, Frame

LARGEST_BYTES = 60_000
WORKING_BYTES = 250_000
_DECODED, _WORKING = 2000, 1200  # longest sides: what a 12-megapixel JPEG gives cheaply, and what is kept
_MOST_MAGNIFIED = 2.0


@dataclass(frozen=True)
class Portrait:
    """A one-inch photo: `jpeg` is 295×413 pixels in sRGB without metadata, at most 60 KB.

    `whitened` is the same with a white background, or None when it was not asked for, is not needed or would not
    turn out well. `findings` are warnings about `jpeg`; `frame` tells in pixels of the given picture what was cut.
    """

    jpeg: bytes
    findings: tuple[Finding, ...]
    whitened: bytes | None
    frame: Frame

    @property
    def findings_when_whitened(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.code != "background")


def make_portrait(data: bytes, adjustment: Adjustment | None = None, *, whiten: bool = False) -> Portrait:
    """Cut the one-inch photo (25×35 mm, 295×413 pixels) out of any photo of one person.

    The head is levelled and brought to the height and place of the rule, then changed by `adjustment`.
    `whiten` also tries a white background. Give it the original upload or its `working_copy`.
    Raises ImageRejected, worded for the person.
    """
    from renewal.images import cutting, matte, review

    picture = _decoded(data)
    cut = cutting.cut(picture.image, adjustment or Adjustment())
    if cut.magnified * picture.image.width / picture.width > _MOST_MAGNIFIED:
        raise ImageRejected("照片里的人太小，放大后会模糊。请站近一些，或上传原图。")
    findings = review.review(cut)
    whitened = None
    if whiten and "background" in {finding.code for finding in findings}:
        whitened = to_jpeg(Image.fromarray(matte.whiten(cut.photo, cut.matte)), LARGEST_BYTES)
    return Portrait(
        to_jpeg(Image.fromarray(cut.photo), LARGEST_BYTES),
        findings,
        whitened,
        cut.frame.scaled(picture.width / picture.image.width),
    )


def _decoded(data: bytes) -> Picture:
    picture = decode(data, longest=_DECODED)
    if picture.width < WIDTH or picture.height < HEIGHT:
        raise ImageRejected("照片太小，放大后会模糊。请上传原图，或用手机重新拍一张。")
    return picture


def working_copy(data: bytes) -> bytes:
    """A JPEG (at most 1200 pixels a side) of what the studio needs of an upload, to adjust the photo from later.

    It is cut to the surroundings of the person, upright, without metadata. Raises ImageRejected.
    """
    from renewal.images import cutting

    picture = _decoded(data)
    near = picture.image.crop(cutting.surroundings(picture.image))
    near.thumbnail((_WORKING, _WORKING), Image.Resampling.LANCZOS)
    return to_jpeg(near, WORKING_BYTES)
