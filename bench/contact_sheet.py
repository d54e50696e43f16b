"""Portraits and signatures, then real people, before and after: `python -m bench.contact_sheet [FOLDER]`."""

import sys
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

from renewal.images.decode import decode
from renewal.images.errors import ImageRejected
from renewal.images.portrait import HEIGHT, WIDTH, make_portrait
from renewal.images.signature import make_signature
from tests.images.people import EVERYONE
from tests.images.pictures import to_bytes
from tests.images.scenes import Case
from tests.images.sheets import SIGNED
from tests.images.variants import VARIANTS, Variant

FOLDER = Path(".cache")
_TILE, _TITLE, _GAP = (WIDTH // 2, HEIGHT // 2), 28, 8
_ROW = 4
_PAPER, _NONE = (226, 232, 240), (203, 213, 225)


def main(folder: Path = FOLDER) -> None:
    """Draw both sheets: given, cut, whitened."""
    made = [_portrait(variant) for variant in VARIANTS] + [_signature(name) for name in SIGNED]
    _sheet(folder / "contact-sheet.png", made)
    _sheet(folder / "contact-sheet-people.png", [_portrait(case, case.outcome) for case in EVERYONE])


def _sheet(target: Path, cells: list[Image.Image]) -> None:
    width, height = cells[0].size
    rows = -(-len(cells) // _ROW)
    sheet = Image.new("RGB", (_ROW * width, rows * height), "white")
    for number, cell in enumerate(cells):
        sheet.paste(cell, (number % _ROW * width, number // _ROW * height))
    target.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(target, optimize=True)
    print(f"{target}: {len(cells)} pictures")


def _portrait(variant: Variant | Case, outcome: str = "either") -> Image.Image:
    """`outcome` is what should come out: "taken", "refused", or "either"."""
    data = variant.data
    given = decode(data, longest=600).image
    try:
        portrait = make_portrait(data, whiten=True)
    except ImageRejected:
        return _cell(variant.name, "refused in words", [given], wrong=outcome == "taken")
    codes = " ".join(finding.code for finding in portrait.findings) or "no finding"
    after = [_opened(jpeg) for jpeg in (portrait.jpeg, portrait.whitened) if jpeg]
    return _cell(variant.name, codes, [given, *after], wrong=outcome == "refused")


def _signature(name: str) -> Image.Image:
    given = SIGNED[name]()
    signature = make_signature(to_bytes(given, "PNG"))
    ink = _opened(signature.png).convert("RGBA")
    clear = Image.new("RGBA", ink.size, (*_PAPER, 255))
    shown = given.convert("RGBA")
    white = Image.alpha_composite(Image.new("RGBA", shown.size, "white"), shown).convert("RGB")
    laid = Image.alpha_composite(clear, ink).convert("RGB")
    return _cell(f"signature: {name}", f"{len(signature.png)} bytes", [white, laid, _opened(signature.jpeg)])


def _cell(title: str, note: str, pictures: list[Image.Image], *, wrong: bool = False) -> Image.Image:
    across, down = _TILE
    cell = Image.new("RGB", (3 * across + 4 * _GAP, down + _TITLE + 2 * _GAP), "white")
    draw = ImageDraw.Draw(cell)
    draw.text((_GAP, 2), title, fill="black")
    draw.text((_GAP, 15), note, fill=(190, 30, 30) if wrong else (30, 80, 140))
    for number in range(3):
        left, top = _GAP + number * (across + _GAP), _TITLE + _GAP
        draw.rectangle((left - 1, top - 1, left + across, top + down), fill=_NONE if number else _PAPER)
        if number < len(pictures):
            shown = pictures[number].convert("RGB")
            shown.thumbnail(_TILE, Image.Resampling.LANCZOS)
            cell.paste(shown, (left + (across - shown.width) // 2, top + (down - shown.height) // 2))
    return cell


def _opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
