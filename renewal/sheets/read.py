"""One way in for every kind of file, told by what it holds, whatever its name says."""

from typing import IO

from renewal.sheets import delimited, workbook
from renewal.sheets.errors import SheetRefused
from renewal.sheets.table import Table

ARCHIVE, OLD_OFFICE = b"PK", b"\xd0\xcf\x11\xe0"
OLD = "这是旧版 Excel 文件（.xls），或者有密码。请用 Excel 打开，去掉密码，另存为“Excel 工作簿（.xlsx）”后再上传。"
NOTHING = "文件是空的。请检查是否传错了文件。"


def table(file: IO[bytes]) -> Table:
    """The first sheet, or all of a CSV file, whose rows are read as they are asked for. Raises SheetRefused."""
    file.seek(0)
    start = file.read(4)
    if not start.strip():
        raise SheetRefused(NOTHING)
    if start == OLD_OFFICE:
        raise SheetRefused(OLD)
    return workbook.read(file) if start[:2] == ARCHIVE else delimited.read(file)
