"""The one-inch photo (图9-2) from any photo of one person.

OpenCV and numpy are imported inside the functions: a worker that gets no picture never pays for them.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import Image

from renewal.images.decode import Picture, decode
from renewal.images.encode import to_jpeg
from renewal.images.errors import ImageRejected
from renewal.images.findings import Finding
from renewal.images.framing import HEIGHT, WIDTH, Adjustment, Frame

if TYPE_CHECKING:
    from renewal.images.sitter import Sitter

LARGEST_BYTES = 60_000
_DECODED = 2000  # the longest side: what a 12-megapixel JPEG gives cheaply
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
    """A one-inch photo out of any photo of one person. Raises ImageRejected, worded for the person."""
    return portrait_of(find_sitter(open_photo(data)), adjustment, whiten=whiten)


def open_photo(data: bytes) -> Picture:
    """An upload decoded, when it has pixels enough for a one-inch photo. Raises ImageRejected."""
    picture = decode(data, longest=_DECODED)
    if picture.width < WIDTH or picture.height < HEIGHT:
        raise ImageRejected("照片太小，放大后会模糊。请上传原图，或用手机重新拍一张。")
    return picture


def find_sitter(picture: Picture) -> "Sitter":
    """The one person in a picture. Raises ImageRejected when a clerk would send it back."""
    from renewal.images import sitter

    return sitter.found_in(picture)


def keep(of: "Sitter") -> bytes:
    """The working copy, from which every later change is cut: a JPEG (at most 1200 pixels a side) of the person's
    surroundings, upright, without metadata; it says where the face is."""
    from renewal.images import sitter

    return sitter.working_copy(of)


def kept(copy: bytes) -> "Sitter":
    """The person in a working copy, without looking for the face again: for a copy that never left our hands."""
    from renewal.images import sitter

    return sitter.kept_in(copy, open_photo(copy))


def portrait_of(sitter: "Sitter", adjustment: Adjustment | None = None, *, whiten: bool = False) -> Portrait:
    """Cut the one-inch photo (25×35 mm, 295×413 pixels).

    The head is levelled and brought to the height and place of the rule, then changed by `adjustment`.
    `whiten` also tries a white background. Raises ImageRejected, worded for the person.
    """
    from renewal.images import cutting, matte, review

    cut = cutting.cut(sitter, adjustment or Adjustment())
    if cut.magnified / sitter.scale > _MOST_MAGNIFIED:
        raise ImageRejected("照片里的人太小，放大后会模糊。请站近一些，或上传原图。")
    findings = review.review(cut)
    whitened = None
    if whiten and "background" in {finding.code for finding in findings}:
        whitened = to_jpeg(Image.fromarray(matte.whiten(cut.photo, cut.matte)), LARGEST_BYTES)
    frame = cut.frame.scaled(sitter.scale).shifted(*sitter.origin)
    return Portrait(to_jpeg(Image.fromarray(cut.photo), LARGEST_BYTES), findings, whitened, frame)
