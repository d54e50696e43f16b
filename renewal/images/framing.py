"""Where the one-inch photo lies in a picture: pure geometry, in pixels and degrees, y down."""

from dataclasses import dataclass, fields, replace
from math import cos, radians, sin
from typing import Literal

WIDTH, HEIGHT = 295, 413
HEAD = 0.60  # of the height, chin to crown
GAP = 0.06  # of the height, above the crown
_ZOOM, _SHIFT, _TURN = 1.02, 0.01, 1.0  # what one step of an adjustment means
_ZOOM_FROM = 0.4  # of the height, above the middle

Button = Literal["larger", "smaller", "up", "down", "left", "right", "turn_left", "turn_right"]
BUTTONS: dict[Button, tuple[str, int]] = {
    "larger": ("zoom", 2),
    "smaller": ("zoom", -2),
    "up": ("down", -2),
    "down": ("down", 2),
    "left": ("right", -2),
    "right": ("right", 2),
    "turn_left": ("turn", -2),
    "turn_right": ("turn", 2),
}
MOST_STEPS = 20


@dataclass(frozen=True)
class Adjustment:
    """What the person changed about the found frame, in whole steps; each is held within ±MOST_STEPS.

    One step of `zoom` makes the head 2 % larger, of `right` and `down` moves the person by 1 % of the photo's
    height, of `turn` turns the person clockwise by one degree.
    """

    zoom: int = 0
    right: int = 0
    down: int = 0
    turn: int = 0

    def __post_init__(self) -> None:
        for field in fields(self):
            steps = max(-MOST_STEPS, min(MOST_STEPS, getattr(self, field.name)))
            object.__setattr__(self, field.name, steps)

    def after(self, button: Button) -> "Adjustment":
        """The adjustment after one press of a button."""
        name, steps = BUTTONS[button]
        return replace(self, **{name: getattr(self, name) + steps})


@dataclass(frozen=True)
class Frame:
    """The photo's place in a picture: its centre, its height, and the clockwise lean it straightens."""

    x: float
    y: float
    height: float
    turn: float = 0.0

    @property
    def width(self) -> float:
        return self.height * WIDTH / HEIGHT

    def scaled(self, factor: float) -> "Frame":
        """The same place in the picture enlarged by `factor`."""
        return Frame(self.x * factor, self.y * factor, self.height * factor, self.turn)

    def shifted(self, right: float, down: float) -> "Frame":
        """Moved along the axes of the picture, in its pixels."""
        return replace(self, x=self.x + right, y=self.y + down)

    def moved(self, right: float, down: float) -> "Frame":
        """Moved along its own, leaning axes, in pixels of the picture."""
        lean = radians(self.turn)
        across, along = (cos(lean), sin(lean)), (-sin(lean), cos(lean))
        x = self.x + right * across[0] + down * along[0]
        return replace(self, x=x, y=self.y + right * across[1] + down * along[1])

    def adjusted(self, by: Adjustment, share: float = 1.0) -> "Frame":
        """The frame that shows the person as (a share of) the adjustment wants it: it moves against the person.

        Zooming keeps the place just above the crown, so that the gap there stays right.
        """
        height = self.height / _ZOOM ** (by.zoom * share)
        right, down = (-steps * share * _SHIFT * self.height for steps in (by.right, by.down))
        moved = self.moved(right, down + _ZOOM_FROM * (height - self.height))
        return replace(moved, height=height, turn=self.turn - by.turn * share * _TURN)


@dataclass(frozen=True)
class Head:
    """A head in a picture: between the eyes, its lean, and heights above and below the eyes along it, in pixels.

    `unit` is about the width of the face and scales everything that is estimated from it; `aside` is how far the
    middle of the head lies to the right of the eyes when the face is turned a little.
    """

    x: float
    y: float
    tilt: float
    unit: float
    crown: float
    chin: float
    aside: float = 0.0

    @property
    def height(self) -> float:
        return self.crown + self.chin

    def framed(self, height: float | None = None) -> Frame:
        """The frame around this head; `height` in pixels makes it tighter than the rule when room lacks."""
        height = height or self.height / HEAD
        top = -self.crown - GAP * height
        return Frame(self.x, self.y, height, self.tilt).moved(self.aside, top + height / 2)
