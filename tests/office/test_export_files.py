"""Files of an export: complete, the same from the same cases, and never whole when something broke."""

import io
from zipfile import BadZipFile, ZipFile

import pytest

from renewal.domain.application import Status
from renewal.office import exporting
from renewal.office.export_files import made
from renewal.office.exporting import Kind
from renewal.store import models
from renewal.store.filters import Filter, Sort
from renewal.store.sealed import Unsealable
from tests.casework import accepted
from tests.exporting import begun, csv_rows, exported, unzipped, xlsx_rows
from tests.factories import person, submitted
from tests.queueing import case
from tests.staffing import staffed

OLDEST = Filter(sort=Sort.OLDEST)


@pytest.fixture
def wang(services):
    return staffed(services, "王科员")


def test_a_bundle_says_what_it_is_and_what_of_all_it_holds(services, wang):
    cases = [accepted(services, wang), submitted(services, person(2))]
    export = begun(services, wang, Kind.ZIP, OLDEST)
    with unzipped(b"".join(made(services, export, exporting.pages(services, export)))) as (files, manifest):
        assert files.namelist()[-1] == "manifest.json"
        said = {
            name: manifest[name] for name in ("selected_at", "office", "by", "filter", "selected", "exported", "files")
        }
        assert said == {
            "selected_at": "2026-06-15T12:00:00+08:00",
            "office": "泉城市住房和城乡建设局",
            "by": "王科员",
            "filter": "全部",
            "selected": 2,
            "exported": 2,
            "files": len(files.namelist()) - 1,
        }
        assert [each["folder"] for each in manifest["cases"]] == [one.number for one in cases]
        assert manifest["cases"][0]["status"] == "已受理"
        assert manifest["cases"][0]["read_at"] == "2026-06-15T12:00:00+08:00"
        assert manifest["audit_anchor"] == export.anchor


def test_one_that_is_gone_meanwhile_is_counted(services, wang):
    case(services)
    export = begun(services, wang, Kind.ZIP)
    with unzipped(b"".join(made(services, export, []))) as (_, manifest):
        assert (manifest["selected"], manifest["exported"], manifest["cases"]) == (1, 0, [])
        assert "已被删除" in manifest["note"]


@pytest.mark.parametrize("kind", Kind)
def test_the_same_cases_make_the_same_file(services, wang, kind):
    for serial in range(3):
        case(services, serial)
    export = begun(services, wang, kind, OLDEST)
    first, second = (b"".join(made(services, export, exporting.pages(services, export))) for _ in range(2))
    assert first == second


@pytest.mark.parametrize(("kind", "rows"), [(Kind.CSV, csv_rows), (Kind.XLSX, xlsx_rows)])
def test_a_table_has_a_line_for_each_case_in_order(services, wang, kind, rows):
    numbers = [case(services, serial).number for serial in range(3)]
    assert [row["编号"] for row in rows(exported(services, wang, kind, OLDEST))] == numbers


@pytest.mark.parametrize("kind", Kind)
def test_nothing_found_is_a_file_with_nothing_in_it(services, wang, kind):
    content = exported(services, wang, kind, Filter((Status.APPROVED,)))
    match kind:
        case Kind.CSV:
            assert csv_rows(content) == []
        case Kind.XLSX:
            assert xlsx_rows(content) == []
        case Kind.ZIP:
            with unzipped(content) as (_, manifest):
                assert manifest["selected"] == 0


@pytest.mark.parametrize("kind", Kind)
def test_a_case_that_cannot_be_read_breaks_the_file_off(services, wang, kind, monkeypatch):
    """None is left out in silence, and what came before does not look like all."""
    monkeypatch.setattr(exporting, "LINES", 1)
    monkeypatch.setattr(exporting, "FOLDERS", 1)
    case(services, 0)
    broken = case(services, 1)
    services.database.run(models.Submission.update(answers=b"\0").where(models.Submission.application == broken.id))
    export, sent = begun(services, wang, kind, OLDEST), []
    with pytest.raises(Unsealable):
        sent.extend(made(services, export, exporting.pages(services, export)))
    assert sent
    if kind is not Kind.CSV:  # a connection that ends too early tells it of that one
        with pytest.raises(BadZipFile):
            ZipFile(io.BytesIO(b"".join(sent)))
