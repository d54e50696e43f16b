"""Photographs of real people, from packages that `make photographs` fetches; none is ever committed.

`sample1` … `sample6` are group pictures of npm's @vladmandic/face-api, names with a slash lie in other packages of npm,
the others come with PyPI's face_recognition.
"""

import tarfile
from functools import cache
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Pixels = NDArray[np.uint8]
Box = tuple[int, int, int, int]

ROOT = Path(__file__).resolve().parents[2]
_NPM = ROOT / "tests/images/node_modules"
_GROUPS = _NPM / "@vladmandic/face-api/demo"
_SINGLES = ROOT / ".cache/photographs/face_recognition-1.3.0.tar.gz"


def file(name: str) -> bytes:
    """The bytes of one photograph as they came."""
    try:
        if name.startswith("sample"):
            return (_GROUPS / f"{name}.jpg").read_bytes()
        if "/" in name:
            return (_NPM / name).read_bytes()
        with tarfile.open(_SINGLES) as package:
            member = package.extractfile(f"face_recognition-1.3.0/tests/test_images/{name}")
            assert member
            return member.read()
    except FileNotFoundError as missing:
        raise FileNotFoundError(f"{missing.filename} is not there: run `make photographs`") from None


@cache
def whole(name: str) -> Pixels:
    """One photograph, RGB; it may not be written to."""
    stored = name if name.startswith("sample") or "/" in name else f"{name}.jpg"
    pixels = np.asarray(Image.open(BytesIO(file(stored))).convert("RGB"))
    pixels.flags.writeable = False
    return pixels


def part(name: str, box: Box) -> Pixels:
    """What lies between left, top, right and bottom of a photograph."""
    left, top, right, bottom = box
    return whole(name)[top:bottom, left:right].copy()
