from datetime import timedelta

import pytest

from renewal.domain.application import Status
from renewal.store import models
from renewal.store.filters import Due, Filter, Sort
from renewal.store.queue import PAGE, Line, Neighbours, Queue
from tests.engines import about_sqlites_file
from tests.factories import NOON, person, stored
from tests.queueing import case, cases_of_all_sorts, numbers, numbers_of

NONE = Neighbours("", "")


def test_the_neighbours_stay_within_the_filter_that_the_case_itself_has_left(services) -> None:
    mixed = cases_of_all_sorts(services)
    gone = services.applications.by_number(mixed["soon"])
    services.database.run(models.Application.update(status=Status.ACCEPTED).where(models.Application.id == gone.id))
    asked = Filter((Status.SUBMITTED,))
    assert services.queue.neighbours(asked, gone.id) == Neighbours(mixed["late"], mixed["soon too"])
    assert services.queue.neighbours(Filter((Status.RETURNED,)), gone.id) == NONE


def test_a_case_that_is_not_there_has_no_neighbours(services) -> None:
    case(services)
    assert services.queue.neighbours(Filter(), 99) == NONE


@pytest.fixture
def many(services) -> list[str]:
    """More than two pages, the first half with one deadline for all and the second without."""
    first = case(services)
    (template,) = services.database.rows(models.Application.select().dicts())
    (draft,) = services.database.rows(models.Draft.select().dicts())
    ids = range(first.id + 1, first.id + 2 * PAGE + 7)
    drafts = [draft | {"id": f"{one:032x}", "resume_index": None} for one in ids]
    unlike = [{"id": one, "number": f"YX{one:014d}", "draft": f"{one:032x}", "open_index": f"{one}"} for one in ids]
    rows = [template | own | {"deadline": "2026-06-20" if own["id"] % 2 else None} for own in unlike]
    services.database.run(models.Draft.insert_many(drafts))
    services.database.run(models.Application.insert_many(rows))
    return sorted(row.number for row in stored(services, models.Application))


@pytest.mark.parametrize("sort", Sort)
def test_every_case_stands_on_exactly_one_page(services, many, sort: Sort) -> None:
    sheets = [services.queue.sheet(Filter(sort=sort), page) for page in (1, 2, 3)]
    assert [(sheet.total, sheet.page, sheet.pages) for sheet in sheets] == [(len(many), n, 3) for n in (1, 2, 3)]
    listed = [line.number for sheet in sheets for line in sheet.lines]
    assert sorted(listed) == many
    begins_second = int(listed[PAGE][-6:])
    assert services.queue.neighbours(Filter(sort=sort), begins_second) == Neighbours(listed[PAGE - 1], listed[PAGE + 1])


@pytest.mark.parametrize("sort", Sort)
def test_all_ids_are_those_of_all_pages(services, many, sort: Sort) -> None:
    asked = Filter(sort=sort)
    pages = [
        number
        for page in range(1, services.queue.sheet(asked, 1).pages + 1)
        for number in numbers(services, asked, page)
    ]
    by_id = {row.id: row.number for row in stored(services, models.Application)}
    assert [by_id[one] for one in services.queue.all_ids(asked)] == pages


@pytest.mark.parametrize(("page", "shown"), [(-5, 1), (0, 1), (99, 3), (10**30, 3)])
def test_a_page_that_is_not_there_is_the_nearest_one(services, many, page: int, shown: int) -> None:
    sheet = services.queue.sheet(Filter(), page)
    assert (sheet.page, bool(sheet.lines)) == (shown, True)


def test_of_nothing_there_is_one_empty_page(services) -> None:
    sheet = services.queue.sheet(Filter(), 3)
    assert (sheet.lines, sheet.total, sheet.page, sheet.pages) == ([], 0, 1, 1)


def test_many_filters_are_counted_at_once(services) -> None:
    cases_of_all_sorts(services)
    asked = {"all": Filter(), "late": Filter(due=Due.OVERDUE), "none": Filter((Status.APPROVED,))}
    assert services.queue.counts(asked) == {"all": 6, "late": 1, "none": 0}


def test_a_list_holds_masks_only(services, monkeypatch) -> None:
    who = person(3, "欧阳春明")
    application = case(services, who=who)
    monkeypatch.setattr(services.sealer, "unseal", None)  # whoever unseals here fails
    (line,) = services.queue.sheet(Filter(), 1).lines
    assert line == Line(
        number=application.number,
        version=application.version,
        status=Status.SUBMITTED,
        name_mask="欧**明",
        id_mask=f"3701**********{who.id_number[-4:]}",
        employer=who.details["employer"],
        specialties=("房屋建筑工程", "市政公用工程"),
        submitted_at=NOON,
        submissions=1,
        deadline=None,
        clerk="",
        conflict=False,
        selfie=False,
        to_be_verified=True,
    )
    assert not any(secret in repr(line) for secret in (who.name, who.id_number, who.phone))


def test_what_is_personal_is_sought_by_its_keyed_hash(services) -> None:
    search = services.queue.search(person().id_number)
    assert search.key == services.sealer.index("id_number", person().id_number)
    assert person().id_number not in repr(search)
    assert services.queue.search(" ") is None
    assert numbers_of(case(services)) == numbers(services, Filter(search=search))


@about_sqlites_file
@pytest.mark.parametrize("asked", [Filter(), Filter((Status.APPROVED, Status.ACCEPTED)), Filter(due=Due.OVERDUE)])
def test_the_lists_are_read_from_indexes_alone(services, asked: Filter) -> None:
    """Fifty thousand rows are wide: reading them for a count took longer than a page may."""
    plans = _plans(services, services.queue, asked)
    assert plans
    assert all("COVERING INDEX" in plan for plan in plans), plans


def _plans(services, queue: Queue, asked: Filter) -> list[str]:
    sql, parameters = queue._select(asked, models.Application.id, models.Application.specialty_1).sql()
    rows = services.database.connection().execute(f"EXPLAIN QUERY PLAN {sql}", parameters).fetchall()
    return [row[-1] for row in rows if "application" in row[-1] or "t1" in row[-1]]


def test_the_oldest_of_a_filter_is_told_by_its_moment(services) -> None:
    assert services.queue.oldest(Filter()) is None
    case(services, 1, submitted_at=NOON + timedelta(days=1))
    case(services, 2, status=Status.ACCEPTED)
    assert services.queue.oldest(Filter()) == NOON
    assert services.queue.oldest(Filter((Status.SUBMITTED,))) == NOON + timedelta(days=1)
