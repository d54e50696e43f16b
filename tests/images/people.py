"""All pictures of people, as taken and composed, by what must come out of them."""

from io import BytesIO

import cv2
import numpy as np
import skimage.data
from PIL import Image

from tests.images import composed, covered
from tests.images.composed import ROOMS, before, lit
from tests.images.outlines import OUTLINES
from tests.images.pictures import cat, coffee, to_bytes
from tests.images.real import BETWEEN, NOT_A_FACE, SEVERAL, SINGLES
from tests.images.scenes import Case, Scene
from tests.images.strangers import STRANGERS

_NOBODY = "没有找到|正面|脸"


def _thrice(image: Image.Image) -> bytes:
    """Saved again and again, as messengers do."""
    for quality in (60, 40, 30):
        image = Image.open(BytesIO(to_bytes(image, quality=quality)))
    return to_bytes(image, quality=50)


COMPOSED = tuple(
    Case(f"{name} before {behind}", lambda name=name, behind=behind: before(name, behind))
    for name in OUTLINES
    for behind in ROOMS
)
HARD = (
    Case("a poster behind obama", lambda: composed.with_poster("obama", "6 left")),
    Case("a poster behind 6 left", lambda: composed.with_poster("6 left", "obama")),
    Case("a passer-by behind biden", lambda: composed.with_passer_by("biden", "6 right")),
    Case("a passer-by behind 6 left", lambda: composed.with_passer_by("6 left", "obama")),
    Case("obama turned by 30°", lambda: composed.turned("obama", 30)),
    Case("obama turned by -30°", lambda: composed.turned("obama", -30)),
    Case("biden turned by 15°", lambda: composed.turned("biden", 15, "a window")),
    Case("biden turned by -30°", lambda: composed.turned("biden", -30, "stairs")),
    Case("obama on his side", lambda: composed.on_its_side("obama")),
    Case("6 second on her side", lambda: composed.on_its_side("6 second", "bricks")),
    Case("obama from afar", lambda: composed.from_afar("obama", 0.62)),
    Case("biden in low light", lambda: lit(before("biden", "stairs"), 1.3, 0.6)),
    Case("6 left in low light", lambda: lit(before("6 left", "flags"), 1.3, 0.45)),
    Case("6 second in side light", lambda: lit(before("6 second", "a table"), across=(1.1, 0.3))),
    Case("obama in side light", lambda: lit(before("obama", "a curtain"), across=(0.35, 1.2))),
    Case("obama as a JPEG of JPEGs", lambda: before("obama", "blinds"), pack=_thrice),
    Case("6 right as a JPEG of JPEGs", lambda: before("6 right", "stairs"), pack=_thrice),
    Case("obama, narrower", lambda: composed.trimmed(before("obama", "flags"), (300, 0, 670, 1000)), framed=False),
    Case("6 left, lower", lambda: composed.trimmed(before("6 left", "stairs"), (0, 30, 580, 580)), framed=False),
    Case("6 second before white", lambda: _before_white("6 second"), background="white"),
    Case("biden before white", lambda: _before_white("biden"), background="white"),
)
NEIGHBOURS = tuple(
    Case(name, draw, outcome="refused", kind="several", words="不止|别人")
    for name, draw in (
        ("obama beside biden", lambda: composed.with_neighbour("obama", "biden", 0.9, -150)),
        ("6 left beside obama", lambda: composed.with_neighbour("6 left", "obama", 0.75, 950)),
        ("6 second over obama's shoulder", lambda: composed.with_neighbour("obama", "6 second", 1.0, 330)),
        ("biden behind 6 left", lambda: composed.with_neighbour("6 left", "biden", 0.65, -50)),
    )
)
COVERED = tuple(
    Case(
        f"{name} behind {what}",
        lambda name=name, paint=paint: covered.on_face(before(name, "a window"), paint),
        outcome="refused",
        kind="covered",
    )
    for what, paint in (
        ("a mask", covered.surgical_mask),
        ("dark glasses", covered.sunglasses),
        ("a hand", covered.hand),
        ("paper", covered.paper),
    )
    for name in ("obama", "biden", "6 left", "6 second")
)
NOBODY = tuple(
    Case(name, draw, outcome="refused", kind="no face", words=_NOBODY)
    for name, draw in (
        ("a cat", lambda: _photo(cat())),
        ("a cup", lambda: _photo(coffee())),
        ("a rocket", lambda: Scene(skimage.data.rocket())),
        ("bricks", lambda: Scene(composed.room("bricks", 800, 1000))),
        ("an empty room", lambda: Scene(composed.room("stairs", 800, 1000))),
        (
            "a printed page",
            lambda: Scene(cv2.resize(cv2.cvtColor(skimage.data.page(), cv2.COLOR_GRAY2RGB), (1152, 573))),
        ),
        ("a child's drawing", covered.child_s_drawing),
    )
)
# Known limits: a detector takes these for people, as an eye does at first; a clerk sees the rest.
LIMITS = tuple(
    Case(name, draw, outcome="either", kind="known limit", background="unsaid")
    for name, draw in (
        ("a picture of a print", lambda: covered.printed("6 left")),
        ("a poster that fills the picture", lambda: covered.printed("obama")),
        ("a pencil drawing", lambda: covered.traced("biden")),
    )
)


def _photo(image: Image.Image) -> Scene:
    return Scene(np.asarray(image.convert("RGB")))


def _before_white(name: str) -> Scene:
    height, width = composed.cutout(name)[1].shape
    return composed.put(Scene(np.full((height, width, 3), 250, "uint8")), name)


TAKEN = (*SINGLES, *STRANGERS, *COMPOSED, *HARD)
REFUSED = (*SEVERAL, *NEIGHBOURS, *COVERED, *NOT_A_FACE, *NOBODY)
OPEN = (*BETWEEN, *LIMITS)
EVERYONE = (*TAKEN, *REFUSED, *OPEN)
