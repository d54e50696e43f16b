import pytest

from renewal.store import pages as paging
from renewal.store.drafts import Draft
from renewal.store.models import Draft as Row
from renewal.store.models import StepCount
from renewal.store.pages import pages
from tests.factories import NOON


@pytest.fixture(autouse=True)
def short(monkeypatch) -> None:
    monkeypatch.setattr(paging, "PAGE", 3)


def test_every_row_comes_once_in_the_order_of_the_keys(services) -> None:
    names = [f"draft {number}" for number in range(8)]
    for name in reversed(names):
        services.drafts.put(Draft(name), NOON)
    read = list(pages(services.database, Row))
    assert [len(page) for page in read] == [3, 3, 2]
    assert [row[0] for page in read for row in page] == names


def test_so_it_does_where_two_columns_are_the_key(services) -> None:
    kept = [(f"2026-06-{day:02d}", step, day) for day in (1, 2) for step in ("details", "face", "notice", "verify")]
    services.database.run(StepCount.insert_many(kept, fields=[StepCount.day, StepCount.step, StepCount.reached]))
    assert [row for page in pages(services.database, StepCount) for row in page] == kept


def test_an_empty_table_has_no_page(services) -> None:
    assert list(pages(services.database, StepCount)) == []
