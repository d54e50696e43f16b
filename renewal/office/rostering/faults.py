"""What is wrong in a file, row by row, to be put right in a spreadsheet."""

from collections.abc import Iterator

from renewal.services import Services

HEADING = ("行号", "列", "内容", "问题", "处理")
HANDLED = {True: "这一项没有采用，这一行照常导入", False: "这一行没有导入"}


def table(services: Services, import_id: int) -> Iterator[list[tuple[object, ...]]]:
    """Pages of rows, one for each problem."""
    yield [HEADING]
    for page in services.roster_rows.faults(import_id):
        yield [(fault.line, *problem, HANDLED[fault.taken]) for fault in page for problem in fault.problems]
