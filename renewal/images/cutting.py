"""From a decoded picture to the one-inch photo: find, frame, cut, judge."""

from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image

from renewal.images import matte, outline, warp
from renewal.images.arrays import Array
from renewal.images.errors import ImageRejected
from renewal.images.faces import Face, only_face
from renewal.images.framing import HEIGHT, WIDTH, Adjustment, Frame, Head
from renewal.images.masks import grown

_CROWN, _CHIN = 0.87, 0.85  # from the eyes, in widths of a face; the crown with ordinary hair
_EDGE = 5  # pixels along the edge of the photo that may be repeated without being seen
_MOST_HEAD = 0.80  # of the height: nearer than this there is no room for neck and shoulders


@dataclass(frozen=True)
class Cut:
    """The one-inch photo before it is judged.

    `photo` is RGB (413, 295, 3) without gaps, `person` booleans of the same height and width; `frame` and
    `face` are in pixels of the picture; `head` is in pixels of the photo, and `magnified` says how many photo
    pixels one picture pixel became.
    """

    photo: Array
    person: Array
    matte: matte.Matte
    frame: Frame
    face: Face
    head: Head
    magnified: float


def surroundings(image: Image.Image) -> tuple[int, int, int, int]:
    """The part of an RGB picture that any adjusted photo may show: left, top, right, bottom in pixels."""
    face = only_face(image)
    (x, y), reach = face.centre, 3.6 * face.width
    left, top = max(0, round(x - reach)), max(0, round(y - reach))
    return left, top, min(image.width, round(x + reach)), min(image.height, round(y + reach))


def cut(image: Image.Image, adjustment: Adjustment) -> Cut:
    """Find the person in an RGB picture and cut the one-inch photo around the head, levelled.

    Where the picture ends, wall is added; never shoulders: the frame shrinks instead.
    Raises ImageRejected when there is not one whole head with room around it.
    """
    face = only_face(image)
    pixels = np.asarray(image)
    traced = outline.trace(pixels, face)
    head = _head(face, traced)
    _check_whole(traced)
    frame = _adjusted(_settled(head, traced), adjustment, traced)
    scale = HEIGHT / frame.height
    photo, matrix = warp.level(pixels, (frame.x, frame.y), frame.turn, scale, (WIDTH, HEIGHT))
    known = warp.inside(pixels.shape, matrix, (WIDTH, HEIGHT))
    person = _person(traced, matrix, known)
    edges = matte.cut_out(photo, person, known)
    beyond = grown(~known, 1) & ~person  # the last row seen is mixed with what lies beyond it
    photo = np.where(beyond[..., None], edges.wall.round(), photo).astype(np.uint8)
    eyes = matrix @ (head.x, head.y, 1)
    in_photo = Head(
        float(eyes[0]), float(eyes[1]), head.tilt - frame.turn, *(scale * v for v in (head.unit, head.crown, head.chin))
    )
    return Cut(photo, person, edges, frame, face, in_photo, scale)


def _head(face: Face, traced: outline.Outline) -> Head:
    x, y, width = outline.measure(face)
    crown = _crown(traced)
    return Head(x, y, face.tilt, width, (crown or _CROWN) * width, _CHIN * width)


def _crown(traced: outline.Outline) -> float | None:
    """How far the outline reaches above the eyes, in widths of a face; None when that cannot be hair."""
    unit, (x, y) = traced.unit, traced.eyes
    columns = slice(round(x - 0.5 * unit), round(x + 0.5 * unit))
    rows = np.flatnonzero(traced.person[:, columns].sum(axis=1) > 0.25 * unit)
    crown = (y - float(rows[0])) / unit if rows.size else 0.0
    return crown if 0.6 < crown < 1.4 else None


def _check_whole(traced: outline.Outline) -> None:
    unit, (x, y) = traced.unit, traced.eyes
    touching = _touching(traced)
    columns = slice(round(x - 0.7 * unit), round(x + 0.7 * unit))
    if touching[: round(y), columns].any(axis=0).sum() > 0.35 * unit:
        raise ImageRejected("头顶没有拍全。请离镜头远一点，头顶上方留出空白，重新拍一张。")
    chin = round(y + _CHIN * unit)
    if not traced.known[min(chin, traced.known.shape[0] - 1), round(x)]:
        raise ImageRejected("下巴没有拍全。请离镜头远一点，把头和肩膀都拍进来，重新拍一张。")


def _touching(traced: outline.Outline) -> Array:
    """Where the person is cut by the edge of the picture."""
    return traced.person & grown(~traced.known, 1)


def _settled(head: Head, traced: outline.Outline) -> Frame:
    """The frame by the rule, or the largest one that cuts no shoulders off in mid-air."""
    touching = _touching(traced)
    height = head.framed().height
    while height * _MOST_HEAD > head.height:
        for aside in (0.0, 0.03, -0.03, 0.06, -0.06):
            frame = head.framed(height).moved(aside * height, 0)
            if not _floats(frame, touching, traced):
                return frame
        height *= 0.985
    raise ImageRejected("离镜头太近，肩膀没有拍进来。请退后一步，把头和肩膀都拍进来，重新拍一张。")


def _adjusted(frame: Frame, adjustment: Adjustment, traced: outline.Outline) -> Frame:
    """As much of the adjustment as the picture has room for."""
    touching = _touching(traced)
    wishes = (frame.adjusted(adjustment, share) for share in (1.0, 0.75, 0.5, 0.25))
    return next((wish for wish in wishes if not _floats(wish, touching, traced)), frame)


def _floats(frame: Frame, touching: Array, traced: outline.Outline) -> bool:
    """Whether the person would end inside the frame because the picture does."""
    spots = np.argwhere(touching)[:, ::-1].astype(np.float64)
    if not len(spots):
        return False
    matrix = warp.levelling((frame.x, frame.y), frame.turn, HEIGHT / frame.height, (WIDTH, HEIGHT))
    spots = cv2.transform(spots[None], warp.between(traced.matrix, matrix))[0]
    within = (spots > (_EDGE, _EDGE)) & (spots < (WIDTH - _EDGE, HEIGHT - _EDGE))
    return bool(within.all(axis=1).sum() > 3)


def _person(traced: outline.Outline, matrix: Array, known: Array) -> Array:
    """The outline enlarged to the photo; where the picture ends at a shoulder it goes on for some pixels."""
    soft = cv2.GaussianBlur(traced.person.astype(np.float32), (0, 0), 0.7)
    onto = warp.between(traced.matrix, matrix)
    person = cv2.warpAffine(soft, onto, (WIDTH, HEIGHT), borderMode=cv2.BORDER_REPLICATE) > 0.5
    return np.asarray(person | (grown(person, round(2 * _EDGE)) & ~known))
