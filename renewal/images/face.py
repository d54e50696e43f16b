"""What is known of a face once it is found."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from renewal.images.arrays import Array

Point = tuple[float, float]


def lean_of(eyes: Array) -> float:
    """Degrees by which the line from the first eye to the second leans clockwise."""
    across, down = eyes[1] - eyes[0]
    return float(np.degrees(np.arctan2(down, across)))


@dataclass(frozen=True)
class Face:
    """A face in pixels of the picture it was found in, x to the right and y down.

    `x`, `y`, `width` and `height` are the detector's box, from the middle of the forehead to the chin. `eyes` and
    `ears` have the one further left first when the head is upright; `chin` lies a little above its tip. `tilt` says by
    how many degrees the head leans clockwise (±90 and 180 in pictures that lie on their side or upside down).
    `score` is the detector's, 0 to 1.
    """

    x: float
    y: float
    width: float
    height: float
    eyes: tuple[Point, Point]
    nose: Point
    mouth: Point
    ears: tuple[Point, Point]
    chin: Point
    tilt: float
    score: float

    @classmethod
    def of(cls, box: Array, points: Array, tilt: float, score: float) -> "Face":
        """Of the box (its corner and size, two by two) and the points: eyes, nose, mouth, ears, chin, seven by two."""
        x, y, width, height = (float(v) for v in box.ravel())
        left, right, nose, mouth, ear, other, chin = ((float(x), float(y)) for x, y in points)
        return cls(x, y, width, height, (left, right), nose, mouth, (ear, other), chin, tilt, score)

    @classmethod
    def of_numbers(cls, numbers: Sequence[float]) -> "Face":
        """The face that said these `numbers`."""
        return cls.of(np.array(numbers[:4]), np.reshape(numbers[4:18], (7, 2)), *numbers[18:])

    @property
    def centre(self) -> Point:
        return self.x + self.width / 2, self.y + self.height / 2

    def below_eyes(self, share: float) -> Point:
        """The spot that lies by a share of the face's width below the point between the eyes, as the head leans."""
        (left_x, left_y), (right_x, right_y) = self.eyes
        lean, down = np.radians(self.tilt), share * self.width
        x, y = (left_x + right_x) / 2 - down * np.sin(lean), (left_y + right_y) / 2 + down * np.cos(lean)
        return float(x), float(y)

    @property
    def points(self) -> Array:
        """Eyes, nose, mouth and ears, six by two."""
        return np.array((*self.eyes, self.nose, self.mouth, *self.ears))

    def moved(self, right: float, down: float, scale: float) -> "Face":
        """The same face in the picture moved by so many pixels and then scaled."""
        step, chin = np.array((right, down)), np.array((self.chin,))
        box = np.array((np.add((self.x, self.y), step), (self.width, self.height))) * scale
        return Face.of(box, (np.concatenate((self.points, chin)) + step) * scale, self.tilt, self.score)

    @property
    def numbers(self) -> list[float]:
        """What `of_numbers` takes: box, points, tilt and score."""
        return [self.x, self.y, self.width, self.height, *self.points.ravel(), *self.chin, self.tilt, self.score]

    @property
    def aside(self) -> float:
        """How far the nose lies off the middle of the ears, to the right, in distances of the ears.

        0 faces the camera; half and more is a profile.
        """
        (left, right), nose = np.array(self.ears), np.array(self.nose)
        along = right - left
        return float((nose - (left + right) / 2) @ along / max(float(along @ along), 1e-6))
