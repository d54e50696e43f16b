"""An Excel workbook is an archive of XML: what is in it, how large it would get, and what an XML file may not hold."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, Any
from xml.parsers import expat

from renewal.sheets.errors import SheetRefused

LARGEST = 1024 * 1024 * 1024  # bytes of XML; 300,000 people have a quarter of it
LARGEST_RATIO = 200  # repeated text gets 20 to 50 times as small
SMALL = 10 * 1024 * 1024  # bytes, of which any ratio is harmless
BLOCK = 64 * 1024  # bytes
BROKEN = "Excel 文件已损坏，或没有传完整。请用 Excel 打开检查，另存后再上传。"
LOCKED = "Excel 文件有密码，或压缩方式读不了。请去掉密码，另存后再上传。"
DAMAGE = (zipfile.BadZipFile, zipfile.LargeZipFile, expat.ExpatError, zlib.error, struct.error, KeyError, EOFError)
BOMB = "Excel 文件解压后过大，不像名册。请只保留名册一张工作表，另存后再上传。"


class Archive:
    """Raises SheetRefused for what is broken or swells up."""

    def __init__(self, file: IO[bytes]) -> None:
        with _said():
            self._zip = zipfile.ZipFile(file)
        infos = self._zip.infolist()
        whole, packed = sum(info.file_size for info in infos), file.seek(0, io.SEEK_END)
        if whole > LARGEST or (whole > SMALL and whole > LARGEST_RATIO * packed):
            raise SheetRefused(BOMB)
        self.names = frozenset(info.filename for info in infos)

    def open(self, name: str) -> IO[bytes]:
        """Never gives more than the archive says it holds."""
        with _said():
            return self._zip.open(name)

    def parse(self, name: str, make: Callable[[Any], object]) -> None:
        """Run the handlers that `make` puts on the parser over this XML file. Raises SheetRefused."""
        for _ in self.feed(name, make):
            pass

    def feed(self, name: str, make: Callable[[Any], object]) -> Iterator[float]:
        """As `parse`, a block at a time: how much of the file has been read, from 0 to 1."""
        parser = _parser()
        make(parser)
        size = max(1, self._zip.getinfo(name).file_size) if name in self.names else 1
        with _said(), self.open(name) as xml:
            while block := xml.read(BLOCK):
                parser.Parse(block, False)
                yield xml.tell() / size
            parser.Parse(b"", True)


def _parser() -> Any:
    """Names come without their namespace: strict workbooks have others. No document type: an office writes none,
    and entities are what bombs are made of."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return parser


def _refuse_doctype(*_args: object) -> None:
    raise SheetRefused(BROKEN)


@contextmanager
def _said() -> Iterator[None]:
    try:
        yield
    except DAMAGE as broken:
        raise SheetRefused(BROKEN) from broken
    except RuntimeError as locked:  # encrypted, or packed in a way of its own
        raise SheetRefused(LOCKED) from locked
