from datetime import UTC, datetime

import numpy as np
import pytest

from renewal.documents.fonts import Fonts
from renewal.documents.sheet import HEIGHT, WIDTH, Sheet
from tests.documents import reading
from tests.factories import portrait_jpeg

FONTS = Fonts()
AT = datetime(2026, 6, 15, 23, 30, tzinfo=UTC)


def sheet() -> Sheet:
    return Sheet(FONTS, top=60, left=60, right=60, bottom=60, size=12)


def made(page: Sheet) -> bytes:
    return page.pdf("试", "", AT, "试")


def ink(page: Sheet) -> np.ndarray:
    """Where something is printed, as rows of pixels."""
    return np.asarray(reading.picture(made(page)).convert("L")) < 200


def test_a_paragraph_stays_within_the_margins_and_goes_on_on_the_next_page() -> None:
    page = sheet()
    page.paragraph("注册监理工程师" * 400, 20)
    assert len(page.pages) == 2
    columns = np.flatnonzero(ink(page).any(axis=0))
    assert columns[0] >= 60
    assert columns[-1] <= WIDTH - 59


def test_pages_say_which_of_how_many_they_are() -> None:
    page = sheet()
    page.new_page()
    assert [text[-8:] for text in reading.pages(made(page))] == ["试第1页共2页", "试第2页共2页"]


def test_a_row_is_as_high_as_its_highest_cell() -> None:
    page = sheet()
    page.row([("姓名", 60, True), ("很长" * 40, 100, False)])
    assert page.y < HEIGHT - 60 - 10 * 12


def test_a_row_that_does_not_fit_begins_a_new_page() -> None:
    page = sheet()
    page.space(HEIGHT - 140)
    page.row([("姓名", 60, True), ("李春明", 100, False)], 40)
    assert "姓名" in reading.pages(made(page))[1]


def test_bold_is_for_the_title_alone() -> None:
    def strokes(bold: bool) -> int:
        page = sheet()
        page.put(100, 400, "监理", 60, bold)
        page.put(100, 200, "工程", 60)
        return int(ink(page)[600:].sum())

    assert strokes(True) == strokes(False)


def test_a_picture_keeps_its_proportions_in_its_frame() -> None:
    page = sheet()
    page.picture(portrait_jpeg(), 100, 300, 300, 100)
    across = np.flatnonzero(ink(page)[442:542].any(axis=0))
    assert 90 <= across[-1] - across[0] <= 100


@pytest.mark.parametrize("text", ["", "\n", "\u202e"])
def test_nothing_prints_as_an_empty_line(text: str) -> None:
    page = sheet()
    page.paragraph(text, 20)
    page.row([(text, 100, False)])
    assert reading.text(made(page)) == "试第1页共1页"


def test_the_moment_is_the_cases_in_chinas_time() -> None:
    assert reading.facts(made(sheet()))["ModDate"] == "D:20260616073000+08'00'"
