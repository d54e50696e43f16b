from dataclasses import dataclass

from PIL import Image

from renewal.images.decode import decode
from renewal.images.encode import to_jpeg
from renewal.images.errors import ImageRejected
from renewal.images.findings import Finding

LARGEST_BYTES = 100_000
_LONGEST = 1200


@dataclass(frozen=True)
class Selfie:
    """A selfie for the clerk: `jpeg` is at most 1200 pixels a side and 100 KB, upright, without metadata.

    `perceptual_hash` has 64 bits; pictures that look alike differ in few of them.
    """

    jpeg: bytes
    perceptual_hash: int
    findings: tuple[Finding, ...] = ()


def examine_selfie(data: bytes) -> Selfie:
    """Look at a selfie: exactly one face. Raises ImageRejected, worded for the person."""
    from renewal.images.faces import find_faces

    picture = decode(data, longest=_LONGEST)
    faces = find_faces(picture.image)
    if not faces:
        raise ImageRejected("照片里没有找到正面人脸。请正对镜头，摘下口罩和帽子，在明亮处重新拍一张。")
    if len(faces) > 1:
        raise ImageRejected("照片里不止一张脸。请独自一人重新拍一张。")
    return Selfie(to_jpeg(picture.image, LARGEST_BYTES), perceptual_hash(picture.image))


def perceptual_hash(image: Image.Image) -> int:
    """Difference hash of 64 bits: is each of 8×8 cells brighter than its right neighbour?"""
    cells = image.convert("L").resize((9, 8), Image.Resampling.BOX)
    values = cells.tobytes()
    bits = 0
    for row in range(8):
        for column in range(8):
            bits = bits << 1 | (values[row * 9 + column] > values[row * 9 + column + 1])
    return bits
