"""Faces nobody can compare: behind a mask, dark glasses, a hand or paper; and what is drawn or no face at all."""

from collections.abc import Callable

import cv2
import numpy as np
import skimage.data
from numpy.typing import NDArray

from tests.images.composed import before
from tests.images.photographs import Pixels, part
from tests.images.scenes import Scene

Point = NDArray[np.float64]
Paint = Callable[[Pixels, Point, Point, float], None]


def on_face(scene: Scene, paint: Paint) -> Scene:
    """Something painted on a face: `paint` gets pixels, between the eyes, from eye to eye, and lean."""
    assert scene.marks
    left, right = np.array(scene.marks.left_eye), np.array(scene.marks.right_eye)
    pixels = scene.pixels.copy()
    paint(pixels, (left + right) / 2, right - left, scene.marks.tilt)
    return Scene(pixels, scene.marks)


def down(along: Point) -> Point:
    """From the eyes towards the chin, as long as the eyes are apart."""
    return np.array([-along[1], along[0]])


def surgical_mask(pixels: Pixels, eyes: Point, along: Point, lean: float) -> None:
    corners = ((-1.05, 0.35), (0, 0.25), (1.05, 0.35), (1.0, 1.3), (0.45, 2.0), (-0.45, 2.0), (-1.0, 1.3))
    shape = [np.rint(eyes + x * along + y * down(along)).astype(np.int32) for x, y in corners]
    cv2.fillPoly(pixels, [np.array(shape)], (150, 190, 215), cv2.LINE_AA)
    for y in (0.7, 1.0, 1.3):
        ends = (np.rint(eyes + x * along + y * down(along)).astype(int) for x in (-0.9, 0.9))
        cv2.line(pixels, *(tuple(map(int, end)) for end in ends), (125, 165, 195), 2, cv2.LINE_AA)


def sunglasses(pixels: Pixels, eyes: Point, along: Point, lean: float) -> None:
    apart = float(np.hypot(*along))
    for side in (-0.52, 0.52):
        centre = tuple(map(int, np.rint(eyes + side * along + 0.05 * down(along))))
        cv2.ellipse(pixels, centre, (int(0.46 * apart), int(0.36 * apart)), lean, 0, 360, (14, 14, 16), -1, cv2.LINE_AA)
    ends = [tuple(map(int, np.rint(eyes + x * along - 0.1 * down(along)))) for x in (-1.1, 1.1)]
    cv2.line(pixels, *ends, (14, 14, 16), max(2, int(0.1 * apart)), cv2.LINE_AA)


def hand(pixels: Pixels, eyes: Point, along: Point, lean: float) -> None:
    """A real hand, from one of the group pictures, over both eyes."""
    real = part("sample4", (680, 470, 870, 600))
    width = int(2.6 * np.hypot(*along))
    real = cv2.resize(real, (width, int(0.62 * width)), interpolation=cv2.INTER_CUBIC)
    x, y = (int(value) for value in eyes - (width / 2, real.shape[0] / 2))
    pixels[y : y + real.shape[0], x : x + width] = real


def paper(pixels: Pixels, eyes: Point, along: Point, lean: float) -> None:
    """A sheet held before the lower face, up to the eyelids."""
    corners = ((-1.6, 0.15), (1.6, 0.05), (1.7, 2.6), (-1.5, 2.7))
    shape = [np.rint(eyes + x * along + y * down(along)).astype(np.int32) for x, y in corners]
    cv2.fillPoly(pixels, [np.array(shape)], (244, 242, 236), cv2.LINE_AA)


def child_s_drawing() -> Scene:
    """A round head with dots for eyes, on paper."""
    pixels = np.full((1000, 800, 3), 248, np.uint8)
    cv2.circle(pixels, (400, 420), 220, (40, 40, 40), 8, cv2.LINE_AA)
    for x in (320, 480):
        cv2.circle(pixels, (x, 370), 22, (40, 40, 40), -1, cv2.LINE_AA)
    cv2.ellipse(pixels, (400, 480), (90, 60), 0, 20, 160, (180, 40, 40), 8, cv2.LINE_AA)
    cv2.line(pixels, (400, 640), (400, 1000), (40, 40, 40), 8)
    return Scene(pixels)


def traced(name: str) -> Scene:
    """A photograph turned into a pencil drawing."""
    grey = cv2.cvtColor(before(name, "a blue wall").pixels, cv2.COLOR_RGB2GRAY)
    light = 255 - cv2.GaussianBlur(255 - grey, (0, 0), 9)
    return Scene(cv2.cvtColor(cv2.divide(grey, light, scale=256), cv2.COLOR_GRAY2RGB))


def printed(name: str) -> Scene:
    """A picture of a print that lies aslant on a table."""
    person = before(name, "stairs").pixels
    table = cv2.resize(skimage.data.coffee(), (1500, 1500), interpolation=cv2.INTER_CUBIC)
    height, width = person.shape[:2]
    scale = 1000 / height
    corners = np.float32([[0, 0], [width, 0], [width, height], [0, height]])
    onto = np.float32([[380, 260], [380 + width * scale, 220], [400 + width * scale, 1230], [360, 1260]])
    matrix = cv2.getPerspectiveTransform(corners, onto)
    print_ = cv2.warpPerspective(person, matrix, (1500, 1500), flags=cv2.INTER_AREA)
    mask = cv2.warpPerspective(np.full((height, width), 255, np.uint8), matrix, (1500, 1500))
    return Scene(np.where(mask[..., None] > 127, print_, table))
