"""导出, as the queue offers it: the same filter under other addresses."""

import secrets
from typing import Any

from renewal.office.exporting import MOST, Kind
from renewal.store.filters import Filter
from renewal.web.office import filters

WATCH = "watch"
"""The parameter under which an export's progress is asked for."""
WORDS = {Kind.XLSX: "Excel 表格", Kind.CSV: "CSV 表格", Kind.ZIP: "材料包（ZIP）"}


def links(asked: Filter, total: int) -> dict[str, Any]:
    """Address and words of each; `watch` finds what was begun from this page, `most` is what one bundle holds."""
    watch = secrets.token_urlsafe(12)
    said = [*filters.pairs(asked), (WATCH, watch)]
    return {
        "total": total,
        "watch": watch,
        "files": [(filters.address(f"/export.{kind}", said), WORDS[kind]) for kind in WORDS if _offered(kind, total)],
        "most": MOST,
    }


def _offered(kind: Kind, total: int) -> bool:
    return kind is not Kind.ZIP or total <= MOST
