"""PDF files as a reader sees them."""

from typing import Any

import pypdfium2


def pages(pdf: bytes) -> list[str]:
    """The text that can be copied out of each page, without the breaks of its lines."""
    return ["".join(page.get_textpage().get_text_range().split()) for page in pypdfium2.PdfDocument(pdf)]


def text(pdf: bytes) -> str:
    return "".join(pages(pdf))


def picture(pdf: bytes, page: int = 0, scale: float = 1) -> Any:
    """A page as an array of pixels, 72 to the inch times `scale`, RGB."""
    return pypdfium2.PdfDocument(pdf)[page].render(scale=scale).to_pil().convert("RGB")


def facts(pdf: bytes) -> dict[str, str]:
    """What the file says of itself."""
    return {name: value for name, value in pypdfium2.PdfDocument(pdf).get_metadata_dict().items() if value}
