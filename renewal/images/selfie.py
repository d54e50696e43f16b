"""The selfie of the built-in check (图7): is it good enough for a clerk to compare?

OpenCV is imported inside the function: a worker that gets no picture never pays for it.
"""

from dataclasses import dataclass

from renewal.images.decode import decode
from renewal.images.encode import to_jpeg
from renewal.images.errors import ImageRejected
from renewal.images.hashing import perceptual_hash

LARGEST_BYTES = 100_000
_LONGEST = 1200
_SMALLEST_FACE = 0.13  # of the picture's shorter side


@dataclass(frozen=True)
class Selfie:
    """A selfie for the clerk: `jpeg` is at most 1200 pixels a side and 100 KB, upright, without metadata.

    `perceptual_hash` has 64 bits; pictures that look alike differ in few of them.
    """

    jpeg: bytes
    perceptual_hash: int


def examine_selfie(data: bytes) -> Selfie:
    """Look at a selfie: one frontal face, large, sharp and lit enough for a clerk to compare.

    Raises ImageRejected, worded for the person; what a clerk can live with passes.
    """
    from renewal.images.faces import only_face

    picture = decode(data, longest=_LONGEST)
    face = only_face(picture.image)
    if face.width < _SMALLEST_FACE * min(picture.image.size):
        raise ImageRejected("脸离镜头太远。请靠近一些，让脸占满画面的大半，重新拍一张。")
    if face.tilt > 45 or face.tilt < -45:
        raise ImageRejected("照片是横着的。请把手机竖直，正对镜头，重新拍一张。")
    return Selfie(to_jpeg(picture.image, LARGEST_BYTES), perceptual_hash(picture.image))
