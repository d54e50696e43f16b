"""The one face a picture of one person shows, or what a clerk would send back instead."""

import numpy as np
from PIL import Image

from renewal.images import covering, mesh, quality
from renewal.images.arrays import Array
from renewal.images.errors import ImageRejected
from renewal.images.face import Face
from renewal.images.looking import find_faces

__all__ = ["Face", "face_and_others", "find_faces", "only_face"]

_SECOND_FACE, _NEAR_FACE = 0.4, 0.25  # of the largest one's width: a second person anywhere, and at the shoulders
_BESIDE, _ABOVE, _BELOW = 1.7, 1.2, 2.0  # reach of head and shoulders, in widths of the face from its centre
_PROFILE = 0.65  # aside; party pictures of people who do look at the camera reach 0.51, profiles 0.9
# Of the mesh, mean of its last two looks. Swept over 20 people in 12 ways (turned, lit from a side, dark, bright, grey,
# blurred, JPEG 12, small), glasses and beards: 11.6 and more in 328 of 329 pictures, 8.5 in one JPEG 12; behind masks,
# paper and scarves at most 8.0. It does not see dark glasses, hands only at times: `covering` does.
_OPEN = 10
_OUTSIDE = 0.06  # of the face's width that may lie outside the picture: the box is no steadier than this


def only_face(image: Image.Image) -> Face:
    """The one face in an RGB picture, whole and open. Raises ImageRejected as `face_and_others` does."""
    return face_and_others(np.asarray(image))[0]  # once: Pillow copies a picture twice for it


def face_and_others(pixels: Array) -> tuple[Face, tuple[Face, ...]]:
    """The one face in RGB pixels (height, width, 3), whole and open, and the small ones far behind.

    Raises ImageRejected when there is none or only a drawn one, when another is as large or near, when the
    picture ends in it, when eyes or mouth are covered, or when it is too dark, bright or blurred to be compared.
    """
    faces = find_faces(pixels)
    if any(_counts(other, faces[0]) for other in faces[1:]):
        raise ImageRejected("照片里不止一张脸。请单独拍一张，不要有别人入镜。")
    if not faces or abs(faces[0].aside) > _PROFILE:
        raise ImageRejected(
            "照片里没有找到正面人脸。请正对镜头，摘下墨镜、口罩和帽子，露出整张脸，在光线均匀处重新拍一张。"
        )
    face, presence = mesh.measured(pixels, faces[0])
    if _is_cut(face, pixels.shape[1::-1]):
        raise ImageRejected("脸没有拍全。请离镜头远一点，把额头、下巴和两边脸颊都拍进来，重新拍一张。")
    quality.check(quality.judge(pixels, face))
    _check_open(pixels, face, presence)
    return face, faces[1:]


def _check_open(pixels: Array, face: Face, presence: float) -> None:
    seen = covering.traits(pixels, face.points, face.width, face.tilt)
    if seen.is_drawn:
        raise ImageRejected("照片里没有找到真人的脸。请用手机对着本人拍一张，不要用图画或卡通头像。")
    if seen.hides_mouth or presence < _OPEN:
        raise ImageRejected("脸被遮住了。请摘下墨镜、口罩和帽子，不要用手、头发或围巾挡住脸，露出整张脸，重新拍一张。")
    if seen.hides_eyes:
        raise ImageRejected("没有看清双眼。请摘下墨镜，睁开眼睛正对镜头，头发、帽子不要遮住眼睛，重新拍一张。")


def _counts(other: Face, face: Face) -> bool:
    """Whether another face is a second person: as large, or in the area of this one's head and shoulders."""
    if other.width > _SECOND_FACE * face.width:
        return True
    away = np.subtract(other.centre, face.centre) / face.width
    lean = np.radians(face.tilt)
    across, down = away @ (np.cos(lean), np.sin(lean)), away @ (-np.sin(lean), np.cos(lean))
    return bool(other.width > _NEAR_FACE * face.width and abs(across) < _BESIDE and -_ABOVE < down < _BELOW)


def _is_cut(face: Face, size: tuple[int, int]) -> bool:
    lean = np.radians(face.tilt)
    half = (0.5 - _OUTSIDE) * face.width
    across, down = half * np.array((np.cos(lean), np.sin(lean))), half * np.array((-np.sin(lean), np.cos(lean)))
    edges = np.array([face.centre + step for step in (across, -across, down, -down)])
    return bool((edges < 0).any() or (edges > size).any())
