"""Large pixels made small strip by strip: a whole copy in another mode would double the peak."""

from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

_MODES = ("RGB", "L", "CMYK")
_STRIP = 32  # rows of the reduced picture at a time


@dataclass(frozen=True)
class Strips:
    """A decoded picture of `size` pixels in a mode of Pillow; `cut` gives the rows from one to before another."""

    size: tuple[int, int]
    mode: str
    cut: Callable[[int, int], Image.Image]


def of_image(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """As `reduce`, of an image that Pillow has decoded."""
    if image.mode in _MODES and image.width < 2 * size[0]:
        return _brought_to(image, size) if image.size != size else image.copy()
    return reduce(Strips(image.size, image.mode, lambda top, bottom: image.crop((0, top, image.width, bottom))), size)


def within(size: tuple[int, int], longest: int | None) -> tuple[int, int]:
    """`size` brought down to at most `longest` pixels a side."""
    scale = min(1.0, longest / max(size)) if longest else 1.0
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def reduce(source: Strips, size: tuple[int, int]) -> Image.Image:
    """A new picture of `size` pixels in RGB, L or CMYK, laid on white where it is clear."""
    (width, height), mode = source.size, source.mode if source.mode in _MODES else "RGB"
    factor = width // size[0]
    reduced = Image.new(mode, (-(-width // factor), -(-height // factor)))
    for top in range(0, height, _STRIP * factor):
        strip = flat(source.cut(top, min(height, top + _STRIP * factor)), mode)
        reduced.paste(strip.reduce(factor) if factor > 1 else strip, (0, top // factor))
    return reduced if reduced.size == size else _brought_to(reduced, size)


def _brought_to(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def flat(strip: Image.Image, mode: str = "RGB") -> Image.Image:
    """The pixels in `mode`, laid on white where they are clear, sixteen bits scaled to eight."""
    if strip.mode == mode:
        return strip
    if strip.mode.startswith("I;16"):  # keep the high bytes: Pillow's own conversion clips instead of scaling
        high = strip.tobytes()[1::2] if strip.mode != "I;16B" else strip.tobytes()[::2]
        return Image.frombytes("L", strip.size, high).convert(mode)
    if strip.has_transparency_data:
        clear = strip.convert("RGBA")
        white = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(white, clear).convert(mode)
    return strip.convert(mode)
