"""Signatures on the pad and on paper, as phones deliver them, and what is none."""

from collections.abc import Callable

import cv2
import numpy as np
import skimage.data
from PIL import Image, ImageDraw

from tests.images.pictures import astronaut, coffee, sheet, sign


def photographed(paper: Image.Image, light: float = 0.85, noise: float = 4.0) -> Image.Image:
    """The sheet as a phone sees it: a hand's shadow from the left, a little blur, grain."""
    width, height = paper.size
    across = np.linspace(0.55, 1.0, width)[None, :, None]
    down = np.linspace(1.0, 0.8, height)[:, None, None]
    pixels = np.asarray(paper.convert("RGB")).astype(np.float32) * across * down * light
    pixels[:, : width // 5] *= 0.85
    pixels = cv2.GaussianBlur(pixels, (0, 0), 1.2)
    pixels += np.resize(np.random.default_rng(3).normal(0, noise, 99_991), (height, width, 1))
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def ruled(paper: Image.Image, lean: float = 0.0, grid: bool = False) -> Image.Image:
    drawn = paper.copy()
    draw = ImageDraw.Draw(drawn)
    for y in range(60, paper.height, 90):
        draw.line((0, y, paper.width, y + lean * paper.width), fill=(120, 150, 200), width=3)
    for x in range(80, paper.width, 200) if grid else ():
        draw.line((x, 0, x, paper.height), fill=(220, 130, 130), width=3)
    return drawn


def _page(size: tuple[int, int] = (1200, 600)) -> Image.Image:
    return sheet(size, paper=(245, 243, 235))


def _on_table() -> Image.Image:
    picture = sheet((1400, 800), paper=(96, 70, 50))
    picture.paste(sign(_page((1390, 790)), width=9), (10, 10))
    return picture


SIGNED: dict[str, Callable[[], Image.Image]] = {
    "pad, clear": lambda: sign(sheet(mode="RGBA", paper=(0, 0, 0, 0))),
    "pad, white": lambda: sign(sheet()),
    "pad, three times as fine": lambda: sign(sheet((2400, 900)), width=16),
    "paper": lambda: photographed(sign(_page(), width=9)),
    "blue pen": lambda: photographed(sign(_page(), ink=(40, 50, 140), width=6)),
    "thin pen": lambda: photographed(sign(_page(), ink=(60, 60, 60), width=3)),
    "pencil": lambda: photographed(sign(_page(), ink=(135, 135, 135), width=5)),
    "dim room": lambda: photographed(sign(_page(), width=9), light=0.35),
    "ruled paper": lambda: photographed(sign(ruled(_page()), width=9)),
    "ruled paper, leaning": lambda: photographed(sign(ruled(_page(), lean=0.02), width=9)),
    "squared paper": lambda: photographed(sign(ruled(_page(), grid=True), width=9)),
    "12 megapixels": lambda: photographed(sign(_page((4000, 3000)), width=30)),
    "edge of the table": _on_table,
}


def _dot() -> Image.Image:
    dotted = sheet()
    ImageDraw.Draw(dotted).ellipse((400, 150, 412, 162), fill="black")
    return dotted


def _line(rise: int = 20) -> Image.Image:
    lined = sheet()
    ImageDraw.Draw(lined).line((150, 220 - rise, 650, 220), fill="black", width=6)
    return lined


def _clipped() -> Image.Image:
    signed = sign(sheet((1600, 600)), width=12)
    return signed.crop((620, 0, 1600, 600))


REFUSED: dict[str, tuple[Callable[[], Image.Image], str]] = {
    "blank": (sheet, "没有看到签名"),
    "blank and clear": (lambda: sheet(mode="RGBA", paper=(0, 0, 0, 0)), "没有看到签名"),
    "blank paper": (lambda: photographed(_page()), "没有看到签名"),
    "ruled but blank": (lambda: photographed(ruled(_page())), "没有看到签名|一条线|不像签名"),
    "a dot": (_dot, "点"),
    "a line": (_line, "一条线"),
    "a slanting line": (lambda: _line(160), "一条线"),
    "cut off": (_clipped, "碰到了边"),
    "all black": (lambda: sheet(paper="black"), "没有看到签名|不像签名"),
    "a printed page": (lambda: Image.fromarray(skimage.data.page()).resize((1152, 573)), "不像签名"),
    "a cup": (coffee, "不像签名|碰到了边"),
    "a face": (lambda: astronaut(2.0), "不像签名|碰到了边"),
    "bricks": (lambda: Image.fromarray(skimage.data.brick()), "不像签名"),
    "grass": (lambda: Image.fromarray(skimage.data.grass()), "不像签名"),
}
