"""The one person in a picture, found once: all that the studio needs, now and for every later change."""

import json
from dataclasses import dataclass
from io import BytesIO

import cv2
import numpy as np
from PIL import Image

from renewal.images.arrays import Array
from renewal.images.decode import Picture
from renewal.images.encode import to_jpeg
from renewal.images.face import Face
from renewal.images.faces import face_and_others

_LONGEST, _BYTES = 1200, 250_000
_REACH = 3.6  # widths of the face from its centre that any adjusted photo may show


@dataclass(frozen=True, eq=False)
class Sitter:
    """`pixels` are RGB (height, width, 3), at most 1200 a side: the person's surroundings, upright. The `face` and
    the small `others` far behind are in pixels of it. It lies at `origin` (x, y) in the picture as it was given, of
    which one pixel here is `scale` pixels.
    """

    pixels: Array
    face: Face
    others: tuple[Face, ...]
    origin: tuple[float, float] = (0.0, 0.0)
    scale: float = 1.0


def found_in(picture: Picture) -> Sitter:
    """The one person in a picture. Raises ImageRejected as `face_and_others` does."""
    pixels = np.asarray(picture.image)
    face, others = face_and_others(pixels)
    left, top, right, bottom = _surroundings(face, picture.image.size)
    near, given = pixels[top:bottom, left:right], picture.width / picture.image.width
    shrunk = min(1.0, _LONGEST / max(near.shape[:2]))
    if shrunk < 1:
        near = cv2.resize(near, None, fx=shrunk, fy=shrunk, interpolation=cv2.INTER_AREA)
    faces = (face.moved(-left, -top, shrunk) for face in (face, *others))
    return Sitter(np.ascontiguousarray(near), next(faces), tuple(faces), (left * given, top * given), given / shrunk)


def _surroundings(face: Face, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Left, top, right, bottom in pixels of the picture."""
    (x, y), reach = face.centre, _REACH * face.width
    left, top = max(0, round(x - reach)), max(0, round(y - reach))
    return left, top, min(size[0], round(x + reach)), min(size[1], round(y + reach))


def working_copy(sitter: Sitter) -> bytes:
    """A JPEG of the sitter's pixels without metadata, but for a comment that says what was found there."""
    faces = [[round(number, 3) for number in face.numbers] for face in (sitter.face, *sitter.others)]
    return to_jpeg(Image.fromarray(sitter.pixels), _BYTES, json.dumps(faces).encode())


def kept_in(copy: bytes, picture: Picture) -> Sitter:
    """The sitter of a `working_copy` of ours, decoded to `picture`; one that says nothing is looked at anew."""
    with Image.open(BytesIO(copy)) as image:
        comment = image.info.get("comment")
    if not comment:
        return found_in(picture)
    face, *others = (Face.of_numbers(numbers) for numbers in json.loads(comment))
    return Sitter(np.asarray(picture.image), face, tuple(others))
