"""导出: logged first, read a few at a time, each case as it was at one moment, and nobody waits for it."""

from dataclasses import replace

import pytest

from renewal.documents.fonts import Fonts, NoFont
from renewal.domain.application import Status
from renewal.office import exporting
from renewal.office.acts import Action
from renewal.office.exporting import CASES, FOLDERS, LINES, MOST, Kind, TooManyCases
from renewal.store import models
from renewal.store.database import Unavailable
from renewal.store.event_log import LogBroken
from renewal.store.filters import Filter, Sort
from tests.casework import accepted
from tests.engines import read_only
from tests.exporting import begun
from tests.factories import at_once, moved, person, stored
from tests.queueing import case
from tests.staffing import staffed


@pytest.fixture
def wang(services):
    return staffed(services, "王科员")


def numbers(pages) -> list[str]:
    return [taken.case.number for page in pages for taken in page]


def acts(services) -> list[tuple[str, str, str]]:
    return [(act.action, act.actor.name, act.reason) for act in services.event_log.acts(CASES)]


def test_it_is_logged_before_anything_is_read(services, wang):
    case(services)
    export = begun(services, wang)
    assert acts(services) == [(Action.EXPORT_CASES, "王科员", "CSV，1件，条件：全部")]
    assert export.anchor == str(services.event_log.head())


def test_what_cannot_be_logged_does_not_leave(services, wang):
    case(services)
    with read_only(services), pytest.raises(Unavailable):
        begun(services, wang)
    services.database.run(models.ChainHead.update(seal="0" * 64))
    with pytest.raises(LogBroken):
        begun(services, wang)


@pytest.mark.parametrize(("kind", "size"), [(Kind.CSV, LINES), (Kind.XLSX, LINES), (Kind.ZIP, FOLDERS)])
def test_all_that_the_filter_means_come_in_its_order_a_few_at_a_time(services, wang, kind, size):
    cases = [case(services, serial) for serial in range(FOLDERS + 1)]
    pages = list(exporting.pages(services, begun(services, wang, kind, Filter(sort=Sort.NEWEST))))
    assert numbers(pages) == [one.number for one in reversed(cases)]
    assert len(pages[0]) == min(size, len(cases))
    assert bool(pages[0][0].pictures) == (kind is Kind.ZIP)


def test_a_case_that_leaves_the_filter_meanwhile_is_told_as_it_is_then(services, wang):
    one = case(services)
    export = begun(services, wang, asked=Filter((Status.SUBMITTED,)))
    moved(services, one, Status.RETURNED)
    ((taken,),) = exporting.pages(services, export)
    assert (taken.case.status, taken.events[-1].target) == (Status.RETURNED, Status.RETURNED)
    assert taken.case.version == taken.events[-1].version


def test_one_that_is_gone_meanwhile_is_left_out(services, wang):
    gone, there = case(services, 0), case(services, 1)
    export = begun(services, wang)
    for table in (models.SubmissionPicture, models.Defect, models.Event, models.Submission):
        first = stored(services, table)
        of_it = [row.id for row in first if getattr(row, "application_id", gone.id) == gone.id]
        services.database.run(table.delete().where(table.id.in_(of_it)))
    services.database.run(models.SubmissionPicture.delete())
    services.database.run(models.Application.delete().where(models.Application.id == gone.id))
    assert numbers(exporting.pages(services, export)) == [there.number]


def test_between_two_pages_nothing_is_held(services, wang, monkeypatch):
    """A reader may take minutes: writers go on, and no old state of the database has to be kept for it."""
    monkeypatch.setattr(exporting, "LINES", 1)
    first, second = case(services, 0), case(services, 1)
    pages = exporting.pages(services, begun(services, wang))
    assert numbers([next(pages)]) == [first.number]
    assert not services.database._database.in_transaction()
    (written,) = at_once(services, lambda: moved(services, second, Status.WITHDRAWN))
    assert written.status is Status.WITHDRAWN
    ((taken,),) = pages
    assert taken.case.status is Status.WITHDRAWN


def test_a_reader_who_goes_away_ends_it(services, wang):
    case(services)
    pages = exporting.pages(services, begun(services, wang))
    next(pages)
    pages.close()
    assert list(pages) == []
    assert not services.database._database.in_transaction()


def test_who_has_it_in_hand_is_named(services, wang):
    accepted(services, wang)
    case(services, 7)
    ((mine, nobodys),) = exporting.pages(services, begun(services, wang, asked=Filter(sort=Sort.OLDEST)))
    assert (mine.clerk, nobodys.clerk) == ("王科员", "")


def test_a_bundle_has_an_end(services, wang, monkeypatch):
    monkeypatch.setattr(exporting, "MOST", 1)
    case(services, 0), case(services, 1)
    with pytest.raises(TooManyCases, match="一次最多打包1件，现在的条件有2件。请再加筛选条件"):
        begun(services, wang, Kind.ZIP)
    assert acts(services) == []
    assert len(begun(services, wang, Kind.CSV).ids) == 2
    assert MOST >= 2000


def test_without_a_font_no_bundle_is_begun(services, wang):
    """It would lack its forms; tables need none."""
    case(services)
    without = replace(services, fonts=Fonts(machine=()))
    with pytest.raises(NoFont, match="没有中文字体"):
        begun(without, wang, Kind.ZIP)
    assert acts(services) == []
    assert begun(without, wang, Kind.XLSX).ids


def test_persons_are_nowhere_in_its_log(services, wang):
    case(services, who=person(3))
    begun(services, wang)
    who = person(3)
    assert not [secret for secret in (who.name, who.phone, who.id_number) if secret in str(acts(services))]
