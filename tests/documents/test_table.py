import csv
import io

import pytest

from renewal.documents.table import csv_file


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_table_comes_back_as_it_was_written() -> None:
    pages = [[["序号", "说明"]], [[1, "第一行\n第二行"], [2, '他说“好”，"真的"']]]
    content = b"".join(csv_file(pages))
    assert content.startswith(b"\xef\xbb\xbf")  # else an office's spreadsheet takes it for GBK
    assert read(content) == [["序号", "说明"], ["1", "第一行\n第二行"], ["2", '他说“好”，"真的"']]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "\n=1"])
def test_no_text_becomes_a_formula(text: str) -> None:
    assert read(b"".join(csv_file([[[text, f"a{text}"]]]))) == [[f"'{text}", f"a{text}"]]


def test_each_page_is_a_piece_of_its_own() -> None:
    """So that a long one is sent while the rest is read."""
    asked: list[int] = []

    def pages():
        for number in (1, 2):
            asked.append(number)
            yield [[number]]

    pieces = csv_file(pages())
    assert (next(pieces), asked) == (b"\xef\xbb\xbf", [])
    assert (next(pieces), asked) == (b"1\r\n", [1])
