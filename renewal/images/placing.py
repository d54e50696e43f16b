"""Where the head is in a picture, and the frame that shows it with shoulders that do not end in mid-air."""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from renewal.images import warp
from renewal.images.arrays import Array
from renewal.images.errors import ImageRejected
from renewal.images.face import Face
from renewal.images.framing import HEIGHT, WIDTH, Adjustment, Frame, Head
from renewal.images.masks import grown
from renewal.images.outline import Outline

_CROWN = 0.80  # ordinary hair above the eyes, in widths of a face
_CHIN = 1.04  # the chin's tip below the eyes, in depths of the face's point above it; the same for boxes and meshes
EDGE = 5  # pixels along the edge of the photo that may be repeated without being seen
_UNSURE = 3  # pixels along the end of the picture, where the model sees nothing beyond and so sees less
_DOWN = 0.75  # of an edge's direction: the picture's lower edge leans as far as its head does
_FEW = 3  # pixels of the outline, at its corners
# Heads as shares of the height, 0.60 by the rule: the most that is worth a whole person; where a side is cut off
# anyhow a fair one, one still near the rule (0.65 as the measure errs), the most that leaves room for the shoulders.
_WHOLE, _CUT_OFF = 0.64, (0.62, 0.66, 0.80)
_CLOSE, _CLOSER_GAP = 0.92, -0.035  # a head as large as this, and so near the upper edge, where shoulders are barely in
_SHOULDERS = 1.2  # widths of the face that the person is at the picture's lower end; a neck has 0.7 to 0.9


@dataclass(frozen=True)
class Ends:
    """Where the person ends because the picture does, as points (x, y) of the outline: below, and at the sides."""

    below: Array
    aside: Array
    outline: Outline

    def within(self, frame: Frame, points: Array) -> int:
        """How many of the points would lie inside a frame."""
        if not len(points):
            return 0
        matrix = warp.levelling((frame.x, frame.y), frame.turn, HEIGHT / frame.height, (WIDTH, HEIGHT))
        spots = cv2.transform(points[None], warp.between(self.outline.matrix, matrix))[0]
        seen = (spots > (EDGE, EDGE)) & (spots < (WIDTH - EDGE, HEIGHT - EDGE))
        return int(seen.all(axis=1).sum())

    @property
    def show_shoulders(self) -> bool:
        """Whether the picture ends below the neck."""
        return len(self.below) > 0 and float(np.ptp(self.below[:, 0])) > _SHOULDERS * self.outline.unit

    def float_in(self, frame: Frame) -> bool:
        """Whether shoulders or arms would end in mid-air."""
        return max(self.within(frame, self.below), self.within(frame, self.aside)) > _FEW


def ends_of(outline: Outline) -> Ends:
    """Where the picture cuts the person off. Raises ImageRejected when it is through the crown."""
    unit, (x, y) = outline.unit, outline.eyes
    over = np.s_[: round(y), round(x - 0.7 * unit) : round(x + 0.7 * unit)]
    if (outline.person & grown(~outline.known, 1))[over].any(axis=0).sum() > 0.45 * unit:
        raise ImageRejected("头顶没有拍全。请离镜头远一点，头顶上方留出空白，重新拍一张。")
    touching = outline.person & grown(~outline.known, _UNSURE)
    touching[: round(y)] &= grown(~outline.known, 1)[: round(y)]  # a crown near the upper edge is whole
    out = [cv2.Sobel(outline.known.astype(np.float32), -1, *order, ksize=7) for order in ((1, 0), (0, 1))]
    under = -out[1] > _DOWN * np.hypot(*out)
    below, aside = (np.argwhere(part)[:, ::-1].astype(np.float64) for part in (touching & under, touching & ~under))
    return Ends(below, aside, outline)


def head_of(face: Face, outline: Outline) -> Head:
    """The head: its crown from the outline, its chin and its middle from the face."""
    lean = np.radians(face.tilt)
    across, along = np.array((np.cos(lean), np.sin(lean))), np.array((-np.sin(lean), np.cos(lean)))
    eyes = np.array(face.below_eyes(0))
    chin = _CHIN * float((np.array(face.chin) - eyes) @ along)
    aside = float((np.mean(face.ears, axis=0) - eyes) @ across) / 2
    x, y = (float(where) for where in eyes)  # what leaves this package must not need numpy
    return Head(x, y, face.tilt, face.width, (_crown(outline) or _CROWN) * face.width, chin, aside)


def _crown(outline: Outline) -> float | None:
    """How far the outline reaches above the eyes, in widths of a face; None when that cannot be hair."""
    unit, (x, y) = outline.unit, outline.eyes
    columns = slice(round(x - 0.5 * unit), round(x + 0.5 * unit))
    rows = np.flatnonzero(outline.person[:, columns].sum(axis=1) > 0.12 * unit)
    crown = (y - float(rows[0])) / unit if rows.size else 0.0
    return crown if 0.62 < crown < 1.3 else None


def frame_for(head: Head, ends: Ends) -> Frame:
    """The frame by the rule, or the largest one in which nothing of the person ends in mid-air.

    A side that the picture cuts off is the lesser evil than a head too large; shoulders cut off below are not. Where
    they barely begin, the head fills the photo, which the review tells.
    Raises ImageRejected when the picture ends at the neck.
    """
    for frame in _frames(head, _WHOLE):
        if not ends.float_in(frame):
            return frame
    for most in _CUT_OFF:
        if shown := [frame for frame in _frames(head, most) if ends.within(frame, ends.below) <= _FEW]:
            return min(shown, key=lambda frame: max(_FEW, ends.within(frame, ends.aside)))
    for frame in _frames(head, _CLOSE, (_CLOSER_GAP,)) if ends.show_shoulders else ():
        if ends.within(frame, ends.below) <= _FEW:
            return frame
    raise ImageRejected("离镜头太近，肩膀没有拍进来。请退后一步，把头和肩膀都拍进来，重新拍一张。")


def _frames(head: Head, most: float, gaps: tuple[float, ...] = (0.0, 0.01)) -> Iterator[Frame]:
    """From the frame by the rule to tighter ones, each also a little aside and with gaps that are so much larger."""
    height = head.framed().height
    while height * most > head.height:
        for above in gaps:
            for aside in (0.0, 0.03, -0.03, 0.06, -0.06):
                yield head.framed(height).moved(aside * height, -above * height)
        height *= 0.985


def adjusted(frame: Frame, adjustment: Adjustment, ends: Ends) -> Frame:
    """As much of the adjustment as the picture has room for."""
    wishes = (frame.adjusted(adjustment, share) for share in (1.0, 0.75, 0.5, 0.25))
    return next((wish for wish in wishes if ends.within(wish, ends.below) <= _FEW), frame)


def in_photo(head: Head, matrix: Array, frame: Frame) -> Head:
    """The head in the photo that the 2×3 matrix cuts out of the picture by this frame."""
    x, y = matrix @ (head.x, head.y, 1)
    parts = (HEIGHT / frame.height * part for part in (head.unit, head.crown, head.chin, head.aside))
    return Head(float(x), float(y), head.tilt - frame.turn, *parts)
