"""HEIC by pillow_heif, without the whole copy in four bytes a pixel that its Pillow plugin makes."""

from functools import cache

from PIL import Image

from renewal.images.reducing import Strips

_PLANES = {420: 1.5, 422: 2.0, 444: 3.0}  # bytes a pixel of the grey and the two colours


@cache
def register() -> None:
    """Let Pillow read the headers of HEIC files."""
    from pillow_heif import register_heif_opener  # costs time and memory that most workers never need

    register_heif_opener()


def weight(image: Image.Image) -> float:
    """How much more memory its pixels take than those of a phone: eight bits deep, 4:2:0, not transparent."""
    channels = len(image.mode)
    planes = _PLANES.get(image.info.get("chroma", 444), 3) + (channels == 4)
    copies = 1 if image.info.get("bit_depth", 8) == 8 else 3  # in two bytes, and in one
    return max(1.0, (planes * copies + channels) / (_PLANES[420] + 3))


def strips(data: bytes) -> Strips:
    """The decoded pixels of the primary picture, upright, eight bits deep. Raises what libheif's trouble becomes."""
    from pillow_heif import open_heif

    file = open_heif(data, convert_hdr_to_8bit=True)
    pixels, stride = file.data, file.stride  # only now is its size the true one

    def cut(top: int, bottom: int) -> Image.Image:
        rows = pixels[top * stride : bottom * stride]
        return Image.frombuffer(file.mode, (file.size[0], bottom - top), rows, "raw", file.mode, stride, 1)

    return Strips(file.size, file.mode, cut)
