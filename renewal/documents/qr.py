"""QR codes as inline SVG: nothing more to fetch on a slow connection; as PNG where few ever look at one."""

import io
from typing import Any

from markupsafe import Markup


def qr_svg(address: str) -> Markup:
    """An SVG element without size attributes: the page's CSS sizes it. Error correction M, 4 modules quiet."""
    out = io.BytesIO()
    _code(address).save(out, kind="svg", xmldecl=False, svgns=False, omitsize=True, border=4, dark="#000", light="#fff")
    return Markup(out.getvalue().decode())  # noqa: S704  # made of modules, not of the address's text


def qr_png(address: str) -> bytes:
    """The same as black and white pixels, 8 to a module."""
    out = io.BytesIO()
    _code(address).save(out, kind="png", scale=8, border=4)
    return out.getvalue()


def _code(address: str) -> Any:
    import segno  # with the first code: no start has to wait for it

    return segno.make(address, error="m", micro=False)
