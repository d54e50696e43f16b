"""The person told from everything else, by the learned model, in level looks around the head."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from renewal.images import warp
from renewal.images.arrays import Array
from renewal.images.face import Face
from renewal.images.framing import HEIGHT, WIDTH, Frame
from renewal.images.masks import grown, opened, piece_at, rim
from renewal.images.models import PERSON

_SIDE = 256  # pixels the model sees
_WIDE = 3.4  # widths of the face in the first look: room for high hair, shoulders and a bystander
_EYES = (_SIDE / 2, 0.40 * _SIDE)
# The nearer looks: how much of the photo's height they show, how far below its middle, gamma, and whether mirrored.
_LOOKS = ((0.95, 0.0, 1.0, False), (1.05, 0.0, 0.6, True), (0.8, -0.08, 1.0, False), (0.95, -0.03, 1.0, True))
_THICK = 2  # pixels about which looks may differ at any edge, to either side
_SEEN = np.pad(np.ones((_SIDE - 16, _SIDE - 16), np.float32), 8, "linear_ramp")  # near its border a look knows little
_SURELY, _HAZE = 0.85, 10  # the person is sure somewhere within so many pixels; what is only likely is haze


@dataclass(frozen=True)
class Outline:
    """The first look: `person` and `known` are booleans, 256×256: where the person is, and where the picture is.

    `sure` says how surely a pixel is a person, 0.0 to 1.0. `matrix` (2×3) leads from the picture to this cut,
    in which a face is `unit` pixels wide and the point between the eyes lies at `eyes`.
    """

    person: Array
    known: Array
    sure: Array
    matrix: Array
    unit: float = _SIDE / _WIDE
    eyes: tuple[float, float] = _EYES


@dataclass(frozen=True)
class Silhouette:
    """The person in a photo of 413×295: `sure` from 0.0 to 1.0, nothing of other people in it.

    `doubt` is how many pixels single looks take otherwise than all together, in patches thicker than a soft edge and
    per pixel of the outline; `joined` counts the pixels along which somebody else was cut off.
    """

    sure: Array
    doubt: float
    joined: int


def trace(pixels: Array, face: Face, others: Sequence[Face] = ()) -> Outline:
    """Find the person around a face in RGB pixels (height, width, 3); `others` are faces that are not theirs."""
    below = _WIDE * (0.5 - _EYES[1] / _SIDE)
    cut, matrix = warp.level(pixels, face.below_eyes(below), face.tilt, _SIDE / (_WIDE * face.width), (_SIDE, _SIDE))
    sure = _person(cut)
    known = warp.inside(pixels.shape, matrix, (_SIDE, _SIDE))
    mine = (sure > 0.5) & known & ~_nearer_to(others, face, matrix, (_SIDE, _SIDE))
    return Outline(piece_at(mine, _EYES, _SIDE / _WIDE / 2), known, sure, matrix)


def in_photo(pixels: Array, frame: Frame, face: Face, others: Sequence[Face], traced: Outline) -> Silhouette:
    """The person within a frame: some nearer looks together with the first one. Where one errs, others seldom do."""
    size = WIDTH, HEIGHT
    matrix = warp.levelling((frame.x, frame.y), frame.turn, HEIGHT / frame.height, size)
    looks = [_nearer(pixels, frame, look, matrix) for look in _LOOKS]
    onto = warp.between(traced.matrix, matrix)
    looks.append((_enlarged(traced.sure, onto), _seen(onto)))
    return _one_person(looks, _nearer_to(others, face, matrix, size), matrix, face)


def _nearer(pixels: Array, frame: Frame, look: tuple[float, float, float, bool], matrix: Array) -> tuple[Array, Array]:
    side, down, gamma, mirrored = look
    at = frame.moved(0, down * frame.height)
    cut, looked = warp.level(pixels, (at.x, at.y), at.turn, _SIDE / (side * at.height), (_SIDE, _SIDE))
    cut = cv2.LUT(cut, np.rint(255 * (np.arange(256) / 255) ** gamma).astype(np.uint8))
    sure = cv2.flip(_person(cv2.flip(cut, 1)), 1) if mirrored else _person(cut)
    onto = warp.between(looked, matrix)
    return _enlarged(sure, onto), _seen(onto)


def _seen(onto: Array) -> Array:
    return np.asarray(cv2.warpAffine(_SEEN, onto, (WIDTH, HEIGHT)))


def _one_person(looks: list[tuple[Array, Array]], theirs: Array, matrix: Array, face: Face) -> Silhouette:
    each, seen = (np.stack(parts) for parts in zip(*looks, strict=True))
    sure = (each * seen).sum(axis=0) / np.maximum(seen.sum(axis=0), 1e-3)
    x, y = matrix @ (*face.below_eyes(0), 1)
    reach = face.width * float(np.hypot(*matrix[0, :2])) / 2
    mine = piece_at((sure > 0.5) & ~theirs & grown(sure > _SURELY, _HAZE), (float(x), float(y)), reach)
    joined = int((mine & grown(theirs & (sure > 0.5), 1)).sum())
    shown = grown(mine, 8) & ~theirs
    otherwise = ((each > 0.5) != (sure > 0.5)) & (seen > 0.5) & shown
    doubt = sum(int(opened(look, _THICK).sum()) for look in otherwise) / max(1, int(rim(mine).sum()))
    return Silhouette(np.where(shown, sure, 0), doubt, joined)


def _person(cut: Array) -> Array:
    """How surely each pixel of a 256×256 cut is a person."""
    (answer,) = PERSON.ask(cv2.dnn.blobFromImage(cut, 1 / 255))
    return np.clip(answer.reshape(_SIDE, _SIDE), 0, 1)


def _enlarged(sure: Array, onto: Array) -> Array:
    return np.asarray(cv2.warpAffine(sure, onto, (WIDTH, HEIGHT), borderMode=cv2.BORDER_REPLICATE))


def _nearer_to(others: Sequence[Face], face: Face, matrix: Array, size: tuple[int, int]) -> Array:
    """The pixels of a cut that are nearer to another face than to this one, in widths of each: booleans."""
    theirs = np.zeros(size[::-1], bool)
    if not others:
        return theirs
    mine = _distances(face, matrix, size)
    for other in others:
        theirs |= _distances(other, matrix, size) < mine
    return theirs


def _distances(face: Face, matrix: Array, size: tuple[int, int]) -> Array:
    centre = matrix @ (*face.below_eyes(0), 1)
    rows, columns = np.ogrid[: size[1], : size[0]]
    scale = float(np.hypot(*matrix[0, :2]))
    return np.asarray(np.hypot(columns - centre[0], rows - centre[1]) / (face.width * scale))
