"""From a person found in a picture to the one-inch photo: frame, cut, judge."""

from dataclasses import dataclass

import cv2
import numpy as np

from renewal.images import focus, matte, outline, placing, warp
from renewal.images.arrays import Array
from renewal.images.framing import HEIGHT, WIDTH, Adjustment, Frame, Head
from renewal.images.masks import grown
from renewal.images.quality import Quality, judge
from renewal.images.sitter import Sitter


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


def cut(sitter: Sitter, adjustment: Adjustment) -> Cut:
    """Cut the one-inch photo around the head, levelled; other faces are left out as far as can be.

    Where the picture ends, background is added; shoulders end with the photo, so that the frame may shrink.
    Raises ImageRejected when there is not a whole head with shoulders.
    """
    pixels, face, others = sitter.pixels, sitter.face, sitter.others
    traced = outline.trace(pixels, face, others)
    ends, head = placing.ends_of(traced), placing.head_of(face, traced)
    frame = placing.adjusted(placing.frame_for(head, ends), adjustment, ends)
    scale, size = HEIGHT / frame.height, (WIDTH, HEIGHT)
    photo, matrix = warp.level(pixels, (frame.x, frame.y), frame.turn, scale, size, finely=True)
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
