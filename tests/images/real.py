"""Photographs of real people as they were taken, and single people cut out of the group pictures.

Boxes and marks were measured by hand in pixels of the whole photograph. Shoulders, hair and arms of neighbours are in
many boxes, their faces in none.
"""

import numpy as np

from tests.images.photographs import Box, file, part, whole
from tests.images.scenes import Case, Marks, Point, Scene
from tests.images.variants import base

_PEOPLE: tuple[tuple[str, str, Box, Marks], ...] = (
    ("1 left", "sample1", (230, 110, 735, 850), Marks((443, 454), (515, 458), (498, 602), (519, 262), (535, 221))),
    ("3 left", "sample3", (230, 150, 960, 940), Marks((630, 432), (729, 435), (676, 602), (753, 252))),
    ("3 middle", "sample3", (930, 50, 1390, 760), Marks((1116, 316), (1223, 338), (1158, 516), (1241, 138))),
    ("3 right", "sample3", (1330, 130, 1900, 880), Marks((1555, 408), (1657, 401), (1618, 581), (1575, 220))),
    ("4 second", "sample4", (540, 0, 970, 600), Marks((710, 148), (783, 189), (683, 305), (870, 30))),
    ("5 front", "sample5", (60, 770, 720, 1398), Marks((419, 992), (517, 981), (490, 1175), (443, 809))),
    ("5 low left", "sample5", (370, 290, 800, 880), Marks((684, 514), (749, 516), (709, 679), (609, 329))),
    ("5 top", "sample5", (735, 0, 1090, 495), Marks((842, 192), (920, 204), (879, 335), (874, 42))),
    ("5 middle", "sample5", (1050, 110, 1400, 640), Marks((1153, 293), (1227, 290), (1192, 435), (1183, 158))),
    ("5 right", "sample5", (1365, 220, 1900, 900), Marks((1442, 507), (1528, 487), (1509, 673), (1520, 277))),
    ("6 left", "sample6", (60, 300, 640, 1060), Marks((320, 608), (426, 596), (383, 758), (312, 377))),
    ("6 second", "sample6", (600, 150, 1070, 900), Marks((708, 453), (802, 446), (783, 636), (790, 213))),
    ("6 third", "sample6", (1045, 100, 1460, 840), Marks((1228, 426), (1328, 428), (1262, 584), (1274, 162))),
    ("6 right", "sample6", (1440, 90, 1860, 860), Marks((1543, 373), (1631, 395), (1552, 557), (1649, 158))),
    ("biden", "biden", (0, 0, 970, 2204), Marks((533, 324), (648, 349), (556, 567), (560, 97))),
    ("obama", "obama", (0, 0, 910, 1137), Marks((444, 213), (549, 212), (490, 430), (482, 28))),
    ("obama2", "obama2", (0, 0, 626, 1200), Marks((251, 368), (368, 378), (313, 643), (374, 166))),
    ("obama3", "obama3", (0, 0, 1434, 2333), Marks((733, 385), (854, 396), (767, 622), (781, 222))),
)
PEOPLE = {name: (source, box, marks) for name, source, box, marks in _PEOPLE}

# Two clerks would differ: eyes cast down, hair over one, a head leaning by 44°, half turned.
_BETWEEN: dict[str, tuple[str, Box]] = {
    "1 middle, eyes cast down": ("sample1", (670, 220, 1260, 980)),
    "1 right, leaning by 44°": ("sample1", (1230, 80, 1900, 900)),
    "2 middle, hair over an eye": ("sample2", (760, 30, 1270, 760)),
    "2 right, eyes cast down": ("sample2", (1290, 0, 1900, 760)),
    "4 left, half turned": ("sample4", (20, 40, 590, 760)),
    "4 third, eyes cast down": ("sample4", (925, 50, 1270, 600)),
    "4 right, half turned": ("sample4", (1265, 60, 1720, 760)),
}

_SEVERAL: dict[str, tuple[str, Box]] = {
    "1 left and middle": ("sample1", (230, 110, 1250, 980)),
    "3, the left two": ("sample3", (230, 50, 1390, 940)),
    "3, the right two": ("sample3", (930, 50, 1900, 880)),
    "4, the left two": ("sample4", (20, 0, 970, 760)),
    "4, the middle two": ("sample4", (540, 0, 1270, 760)),
    "4, the right two": ("sample4", (925, 50, 1720, 760)),
    "5, the left three": ("sample5", (60, 0, 1090, 1398)),
    "5, the right two": ("sample5", (1050, 110, 1900, 900)),
    "6, the left two": ("sample6", (60, 150, 1070, 1060)),
    "6, the middle two": ("sample6", (600, 100, 1460, 900)),
    "6, the right two": ("sample6", (1045, 90, 1860, 860)),
    **{f"{number}, the whole group": (f"sample{number}", (0, 0, 1920, 1280)) for number in range(1, 7)},
}


def person(name: str) -> Scene:
    """One person of the photographs, as taken."""
    source, box, marks = PEOPLE[name]
    return Scene(part(source, box), marks.through(_moved(box)))


def _moved(box: Box) -> np.ndarray:
    return np.array([[1.0, 0, -box[0]], [0, 1.0, -box[1]]])


def _cut(source: str, box: Box) -> Scene:
    return Scene(part(source, box))


def _astronaut() -> Scene:
    eyes: tuple[Point, Point] = ((202, 101), (247, 103.5))
    return Scene(base(), Marks(*eyes, (224, 181), (232, 15)))


def _single(name: str) -> Case:
    return Case(name, lambda: person(name))


def _as_it_came(name: str) -> Case:
    return Case(name, lambda: person(name), pack=lambda _: file(f"{name}.jpg"))


SINGLES = (
    *(_single(name) for name in PEOPLE if PEOPLE[name][0].startswith("sample")),
    *(_as_it_came(name) for name in ("biden", "obama", "obama2", "obama3")),
    Case("obama2 as RGBA", lambda: person("obama2"), pack=lambda _: file("32bit.png")),
    Case("astronaut", _astronaut),
)
BETWEEN = tuple(
    Case(name, lambda at=at: _cut(*at), outcome="either", background="unsaid") for name, at in _BETWEEN.items()
)
SEVERAL = tuple(
    Case(name, lambda at=at: _cut(*at), outcome="refused", kind="several", words="不止|别人|没有找到|双眼")
    for name, at in _SEVERAL.items()
)
NOT_A_FACE = (
    Case("2 left, in profile", lambda: _cut("sample2", (200, 0, 800, 760)), outcome="refused", kind="no face"),
    *(
        Case(name, lambda name=name: Scene(whole(name)), outcome="refused", kind="no face", words="脸")
        for name in ("obama_partial_face", "obama_partial_face2")
    ),
)
REAL = (*SINGLES, *BETWEEN, *SEVERAL, *NOT_A_FACE)
