"""From a decoded picture to the one-inch photo: find, frame, cut, judge."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image

from renewal.images import focus, matte, outline, placing, warp
from renewal.images.arrays import Array
from renewal.images.face import Face
from renewal.images.faces import face_and_others, only_face
from renewal.images.framing import HEIGHT, WIDTH, Adjustment, Frame, Head
from renewal.images.masks import grown
from renewal.images.quality import Quality, judge


@dataclass(frozen=True)
class Cut:
    """The one-inch photo before it is judged.

    `photo` is RGB (413, 295, 3) without gaps; `frame` is in pixels of the picture, `head` in pixels of the photo;
    `quality` is the face's, `magnified` says how many photo pixels one picture pixel became, `ends` whether
    the person ends inside the photo because the picture does, and `soft` how much of the outline is out of focus.
    """

    photo: Array
    silhouette: outline.Silhouette
    matte: matte.Matte
    frame: Frame
    quality: Quality
    head: Head
    magnified: float
    ends: bool
    soft: int


def surroundings(image: Image.Image) -> tuple[int, int, int, int]:
    """The part of an RGB picture that any adjusted photo may show: left, top, right, bottom in pixels."""
    face = only_face(image)
    (x, y), reach = face.centre, 3.6 * face.width
    left, top = max(0, round(x - reach)), max(0, round(y - reach))
    return left, top, min(image.width, round(x + reach)), min(image.height, round(y + reach))


def cut(image: Image.Image, adjustment: Adjustment) -> Cut:
    """Find the person in an RGB picture and cut the one-inch photo around the head, levelled.

    Where the picture ends, background is added; shoulders end with the photo, so that the frame may shrink.
    Raises ImageRejected when there is not one whole head with shoulders.
    """
    pixels = np.asarray(image)
    return cut_around(pixels, *face_and_others(pixels), adjustment)


def cut_around(pixels: Array, face: Face, others: Sequence[Face], adjustment: Adjustment) -> Cut:
    """The same around a known face in RGB pixels (height, width, 3); `others` are left out as far as can be."""
    traced = outline.trace(pixels, face, others)
    ends, head = placing.ends_of(traced), placing.head_of(face, traced)
    frame = placing.adjusted(placing.frame_for(head, ends), adjustment, ends)
    scale, size = HEIGHT / frame.height, (WIDTH, HEIGHT)
    photo, matrix = warp.level(pixels, (frame.x, frame.y), frame.turn, scale, size)
    known = warp.inside(pixels.shape, matrix, size)
    person = outline.in_photo(pixels, frame, face, others, traced)
    edges = matte.cut_out(photo, _carried_on(person.sure, known), known)
    soft = focus.soft_edge(photo, edges.alpha > 0.5, known)
    photo, seen = _continued(photo, edges, known), placing.in_photo(head, matrix, frame)
    return Cut(photo, person, edges, frame, judge(pixels, face), seen, scale, ends.float_in(frame), soft)


def _carried_on(sure: Array, known: Array) -> Array:
    """The person carried on for the few repeated pixels along the photo's edge, where the model sees nothing."""
    if known.all():
        return sure
    reach = 2 * placing.EDGE + 3
    return np.where(known, sure, cv2.dilate(sure * known, np.ones((reach, reach), np.uint8)))


def _continued(photo: Array, edges: matte.Matte, known: Array) -> Array:
    """The photo with background where the picture had ended, its last row mixed with what lay beyond it."""
    beyond = grown(~known, 1) & (edges.alpha < 0.5)
    if not beyond.any():
        return photo
    seen = edges.bare & ~beyond
    behind = matte.spread(photo.astype(np.float32), seen if seen.any() else edges.alpha < 0.5, 4.0)
    return np.where(beyond[..., None], behind.round(), photo).astype(np.uint8)
