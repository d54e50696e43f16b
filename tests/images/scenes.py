"""A picture to try, and what is true of it: where the head is, what is person and what must come out."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tests.images.photographs import Pixels
from tests.images.pictures import to_bytes

Background = Literal["white", "other", "unsaid"]
Point = tuple[float, float]
Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Marks:
    """Measured by hand in pixels: the eyes as seen from left to right, the tip of the chin, the top of the hair.

    `updo` is the top of a bun or bow, when there is one: a head may be measured to either.
    """

    left_eye: Point
    right_eye: Point
    chin: Point
    crown: Point
    updo: Point | None = None

    def through(self, matrix: Matrix) -> "Marks":
        """The same places after a 2×3 matrix."""
        points = (self.left_eye, self.right_eye, self.chin, self.crown, self.updo)
        moved = [None if point is None else tuple(map(float, matrix @ (*point, 1))) for point in points]
        return Marks(*moved)  # type: ignore[arg-type]  # pairs of floats, which mypy cannot count

    @property
    def tilt(self) -> float:
        """Degrees by which the eye line leans clockwise."""
        across, down = np.subtract(self.right_eye, self.left_eye)
        return float(np.degrees(np.arctan2(down, across)))


@dataclass(frozen=True)
class Scene:
    """A picture. `alpha` (0 to 1): how much of each pixel is the person; `white`: the same person before white."""

    pixels: Pixels
    marks: Marks | None = None
    alpha: NDArray[np.float32] | None = None
    white: Pixels | None = None

    def warped(self, change: Callable[[Pixels], Pixels], matrix: Matrix) -> "Scene":
        """All of it moved by `change`, which moves points as `matrix` does."""
        return Scene(
            change(self.pixels),
            self.marks and self.marks.through(matrix),
            None if self.alpha is None else change(self.alpha),
            None if self.white is None else change(self.white),
        )


def _packed(image: Image.Image) -> bytes:
    return to_bytes(image, quality=92)


@dataclass(frozen=True)
class Case:
    """One picture with its name and the result that is right for it.

    `outcome` "either" is for pictures about which two clerks would differ: they are counted, never judged.
    `framed` says that the head can come to the height and place of the rule; a source too tight for that may not.
    `background` "white" needs no whitening; `codes` are findings that must be there.
    """

    name: str
    draw: Callable[[], Scene]
    outcome: Literal["taken", "refused", "either"] = "taken"
    kind: str = "one person"
    words: str = ""
    framed: bool = True
    background: Background = "other"
    codes: frozenset[str] = frozenset()
    pack: Callable[[Image.Image], bytes] = _packed

    @property
    def scene(self) -> Scene:
        return _drawn(self.draw)

    @cached_property
    def data(self) -> bytes:
        return self.pack(Image.fromarray(self.scene.pixels))


@lru_cache(maxsize=4)
def _drawn(draw: Callable[[], Scene]) -> Scene:
    """The few last ones only: each takes some 10 MB, and there are many."""
    return draw()
