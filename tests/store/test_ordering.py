import pytest

from renewal.store.filters import Filter, Sort
from renewal.store.ordering import ORDERINGS
from renewal.store.queue import Neighbours
from tests.queueing import cases_of_all_sorts, numbers


@pytest.fixture
def mixed(services) -> dict[str, str]:
    return cases_of_all_sorts(services)


ORDERS = {
    Sort.DEADLINE: ["late", "soon", "soon too", "later", "waits", "waits too"],
    Sort.NEWEST: ["late", "waits too", "soon too", "soon", "waits", "later"],
    Sort.OLDEST: ["later", "waits", "soon", "soon too", "waits too", "late"],
    Sort.EMPLOYER: ["late", "soon too", "later", "soon", "waits", "waits too"],  # 丁 丙 乙 乙 甲 甲 by code point
}


@pytest.mark.parametrize("sort", Sort)
def test_each_order_is_total(services, mixed, sort: Sort) -> None:
    assert numbers(services, Filter(sort=sort)) == [mixed[name] for name in ORDERS[sort]]


@pytest.mark.parametrize("sort", Sort)
def test_the_neighbours_are_those_of_the_list(services, mixed, sort: Sort) -> None:
    walked = ["", *(mixed[name] for name in ORDERS[sort]), ""]
    for before, here, after in zip(walked, walked[1:], walked[2:], strict=False):
        application = services.applications.by_number(here)
        assert services.queue.neighbours(Filter(sort=sort), application.id) == Neighbours(before, after)


def test_there_is_an_order_for_every_sort() -> None:
    assert ORDERINGS.keys() == set(Sort)
