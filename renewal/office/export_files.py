"""What an export's cases become: a table, a workbook, or folders with all that belongs to a case."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import chain
from typing import Any

from renewal.documents.bundle import Folder, bundle
from renewal.documents.table import csv_file
from renewal.domain.application import LABELS
from renewal.domain.clock import CHINA
from renewal.office.case_files import files
from renewal.office.export_columns import COLUMNS, line
from renewal.office.exporting import CASES, Export, Kind, Taken
from renewal.services import Services

Pages = Iterable[list[Taken]]
NOTE = (
    "件数以 selected_at 时刻符合条件的办件为准，随后逐件读取，每件读取于它的 read_at 时刻，本身前后一致；"
    "selected 与 exported 不相等的，相差的件在导出过程中已被删除。"
)


def made(services: Services, export: Export, pages: Pages) -> Iterator[bytes]:
    """The file in pieces, while `pages` are read."""
    return MAKERS[export.kind](services, export, pages)


def _csv(_services: Services, _export: Export, pages: Pages) -> Iterator[bytes]:
    return csv_file(chain([[list(COLUMNS)]], _lines(pages)))


def _xlsx(_services: Services, export: Export, pages: Pages) -> Iterator[bytes]:
    from renewal.documents.workbook import workbook  # with openpyxl and numpy, which no start has to wait for

    widths = {heading: column.width for heading, column in COLUMNS.items()}
    return workbook(CASES, widths, len(export.ids), _lines(pages))


def _lines(pages: Pages) -> Iterator[list[list[Any]]]:
    return ([line(taken) for taken in page] for page in pages)


def _zip(services: Services, export: Export, pages: Pages) -> Iterator[bytes]:
    exported: list[int] = []

    def folders() -> Iterator[Folder]:
        for page in pages:
            for taken in page:
                exported.append(taken.case.id)
                yield _folder(taken, files(services, taken, export.office))

    def about() -> dict[str, Any]:
        return {
            "selected_at": _moment(export.at),
            "office": export.office,
            "by": export.by,
            "filter": export.words,
            "selected": len(export.ids),
            "exported": len(exported),
            "note": NOTE,
            "audit_anchor": export.anchor,
        }

    return bundle(folders(), about, export.at)


def _folder(taken: Taken, contents: dict[str, bytes]) -> Folder:
    case = taken.case
    last = taken.events[-1].at if taken.events else case.submitted_at
    facts = {"status": LABELS[case.status], "version": case.version, "read_at": _moment(taken.at)}
    return Folder(case.number, last, contents, facts)


def _moment(moment: datetime) -> str:
    return moment.astimezone(CHINA).isoformat(timespec="seconds")


MAKERS: dict[Kind, Callable[[Services, Export, Pages], Iterator[bytes]]] = {
    Kind.CSV: _csv,
    Kind.XLSX: _xlsx,
    Kind.ZIP: _zip,
}
