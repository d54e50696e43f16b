"""What was returned stands beside its submission, and whoever changes it is found out."""

import pytest
from peewee import IntegrityError

from renewal.domain.application import Status
from renewal.domain.defects import Defect
from renewal.journey import submission
from renewal.store import models
from renewal.store.audit import Fault, verify
from renewal.store.defects import Defects
from renewal.store.keys import Keys
from renewal.store.sealed import Sealer
from tests.engines import about_loose_columns, change, drop, execute
from tests.factories import answer, attach, moved, person, portrait_jpeg, returned, stored, submit, submitted

ROW, EVENT = models.Defect, models.Event
FIRST = {"school": "请填写全称。", "portrait": "请重拍。"}


@pytest.fixture
def case(services):
    case = returned(services, submitted(services, person(1)), **FIRST)
    returned(services, submitted(services, person(2)), signature="请重新签名。")
    return case


def texts(services):
    return [finding.text for finding in verify(services.database, services.sealer).findings]


def test_they_are_found_by_the_submission_they_were_found_in(services, case):
    assert services.defects.of(case.id) == {0: [Defect(*defect) for defect in FIRST.items()]}
    assert services.defects.of(999) == {}


def test_a_second_return_stands_beside_the_first(services, case):
    draft = answer(services, submission.reopen(services, case), "details", person(1).details)
    again = submit(services, attach(services, draft, "portrait", portrait_jpeg()))
    returned(services, again, phone="请填写本人的号码。")
    assert services.defects.of(case.id)[1] == [Defect("phone", "请填写本人的号码。")]
    assert list(services.defects.of(case.id)) == [0, 1]
    assert texts(services) == []


def test_an_untouched_return_fits_the_log(services, case):
    assert texts(services) == []


def test_a_return_without_defects_fits_too(services, case):
    moved(services, submitted(services, person(3)), Status.RETURNED)
    assert texts(services) == []


@pytest.mark.parametrize(
    "query",
    [
        ROW.update(reason="没有问题。").where(ROW.id == 1),
        ROW.update(field="major").where(ROW.id == 1),
        ROW.update(position=1).where(ROW.application == 1),
        ROW.update(application=9).where(ROW.id == 1),
        ROW.delete().where(ROW.id == 1),
        ROW.delete().where(ROW.application == 1),
        ROW.insert(application=1, position=0, field="major", reason="多的"),
        ROW.insert(application=1, position=1, field="major", reason="多的"),
    ],
    ids=["reworded", "another field", "another place", "another's", "one gone", "all gone", "one more", "one later"],
)
def test_defects_that_were_touched_show(services, case, query):
    change(services, query)
    assert texts(services) == [f"办件{case.number}退回补正的内容缺少或被改动过"]


def test_who_has_not_the_key_cannot_make_them_fit(services, case):
    forged = [Defect("school", "没有问题。")]
    digest = Defects(services.database, Sealer(Keys.fresh())).digest(case.id, 0, forged)
    change(services, ROW.delete().where(ROW.id == 2))
    change(services, ROW.update(reason="没有问题。").where(ROW.id == 1))
    change(services, EVENT.update(evidence=digest).where((EVENT.application == case.id) & (EVENT.target == "returned")))
    assert Fault.CHANGED in {finding.fault for finding in verify(services.database, services.sealer).findings}


@pytest.mark.parametrize("sql", ["UPDATE defect SET position = 'zz'", "UPDATE defect SET reason = x'ff'"])
@about_loose_columns
def test_what_the_app_never_writes_is_a_finding_and_no_crash(services, case, sql):
    execute(services.database, sql)
    assert texts(services)


def test_a_table_that_is_gone_is_a_finding_and_no_crash(services, case):
    drop(services, "defect")
    assert texts(services)


def test_a_field_is_returned_once_at_a_time(services, case):
    with pytest.raises(IntegrityError), services.database.transaction():
        services.defects.put(case.id, 0, [Defect("school", "再一次")])
    assert len(stored(services, ROW)) == 3
