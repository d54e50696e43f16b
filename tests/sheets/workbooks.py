"""Workbooks as Excel and others write them, and as somebody means harm."""

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

from openpyxl import Workbook


def workbook(*rows: Sequence[Any], change: Callable[[Workbook], object] = lambda _: None) -> bytes:
    """By openpyxl, which writes each text into its cell; `change` sets what a list of rows cannot say."""
    book = Workbook()
    assert book.active
    for row in rows:
        book.active.append(row)
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rewritten(archive: bytes, **parts: Callable[[bytes], bytes]) -> bytes:
    """The archive with some files changed, named by the last word of their name without ending."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            stem = name.rpartition("/")[2].partition(".")[0]
            new.writestr(name, parts.get(stem, bytes)(old.read(name)))
    return out.getvalue()


def shared(archive: bytes) -> bytes:
    """As Excel writes it: every text once, in a part of its own."""
    texts: list[bytes] = []

    def share(cell: re.Match[bytes]) -> bytes:
        texts.append(cell[1])
        return b't="s"><v>%d</v>' % (len(texts) - 1)

    def sheet(xml: bytes) -> bytes:
        return re.sub(rb't="inlineStr"><is>(.*?)</is>', share, xml)

    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    link = b'<Relationship Id="rIdTexts" Type="%s" Target="sharedStrings.xml"/></Relationships>' % kind
    out = io.BytesIO(rewritten(archive, sheet1=sheet, workbook=lambda xml: xml.replace(b"</Relationships>", link)))
    with zipfile.ZipFile(out, "a") as book:
        book.writestr("xl/sharedStrings.xml", b"<sst>" + b"".join(b"<si>%s</si>" % text for text in texts) + b"</sst>")
    return out.getvalue()
