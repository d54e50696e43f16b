"""What phones and cameras make today, in a process of its own each: the peak of one is not hidden by another's."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image

from tests.images.pictures import to_bytes
from tests.images.test_decode import assert_quartered, quartered

MEASURED = """
import json, resource, sys
from pathlib import Path
from renewal.images.decode import decode

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

small, large = Path(sys.argv[1]).read_bytes(), Path(sys.argv[2]).read_bytes()
decode(small, longest=2000)
before = peak()
picture = decode(large, longest=2000)
picture.image.save(sys.argv[3])
print(json.dumps([picture.width, picture.height, peak() - before]))
"""


def heic(size: tuple[int, int]) -> bytes:
    """In tiles, as phones write it."""
    pillow_heif.register_heif_opener()
    return to_bytes(quartered(*size), "HEIF", tile_size=512, enc_params={"preset": "ultrafast"})


def clear_png(size: tuple[int, int]) -> bytes:
    picture = quartered(*size)
    picture.putalpha(Image.new("L", size, 255))
    return to_bytes(picture, "PNG", compress_level=1)


TAKEN: dict[str, tuple[tuple[int, int], Callable[[tuple[int, int]], bytes]]] = {
    "baseline JPEG, 100 MP": ((12_200, 8_160), lambda size: to_bytes(quartered(*size))),
    "progressive JPEG, 26 MP": ((6240, 4160), lambda size: to_bytes(quartered(*size), progressive=True)),
    "progressive JPEG, 24 MP, 4:4:4": (
        (6000, 4000),
        lambda size: to_bytes(quartered(*size), progressive=True, subsampling=0),
    ),
    "PNG with alpha, 26 MP": ((6240, 4160), clear_png),
    "WebP, 26 MP": ((6240, 4160), lambda size: to_bytes(quartered(*size), "WEBP", method=0)),
    "lossless WebP, 26 MP": ((6240, 4160), lambda size: to_bytes(quartered(*size), "WEBP", lossless=True, method=0)),
    "HEIC, 26 MP": ((6240, 4160), heic),
}


@pytest.mark.parametrize("name", TAKEN)
def test_a_large_photo_is_taken_within_150_megabytes(name, tmp_path):
    size, make = TAKEN[name]
    data = make(size)
    suffix = "heic" if "HEIC" in name else "webp" if "WebP" in name else "jpg"
    small = heic((120, 80)) if suffix == "heic" else to_bytes(quartered(), "WEBP" if suffix == "webp" else "JPEG")
    files = [tmp_path / "small", tmp_path / "large", tmp_path / "out.png"]
    files[0].write_bytes(small)
    files[1].write_bytes(data)
    run = subprocess.run([sys.executable, "-c", MEASURED, *files], capture_output=True, text=True, check=True)
    width, height, peak = json.loads(run.stdout)
    assert (width, height) == size
    assert peak < 170  # 150 are promised; `make bench` measures them
    with Image.open(Path(files[2])) as picture:
        assert max(picture.size) == (1500 if "4:4:4" in name else 2000)
        assert_quartered(picture)
