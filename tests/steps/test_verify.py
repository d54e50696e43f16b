from datetime import date

import pytest
from hypothesis import given, settings

from renewal.steps.fields import Rules
from renewal.steps.verify import STEP, id_facts
from tests.domain.strategies import full_width, hmt_numbers, id_numbers
from tests.factories import person
from tests.naughty import with_invisible

RULES = Rules(date(2026, 6, 15))


def test_a_name_and_a_number_are_all_it_asks():
    assert STEP.form.read(person().claim, RULES).values == person().claim
    assert [field.name for field in STEP.form.fields] == ["name", "id_number"]


@pytest.mark.parametrize("written", [str.lower, full_width, with_invisible, " ".join, "-".join])
def test_a_number_is_read_however_it_is_written(written):
    form = {"name": " 李 春明", "id_number": written("11010519491231002X")}
    assert STEP.form.read(form, RULES).values == {"name": "李春明", "id_number": "11010519491231002X"}


def test_a_birthday_in_the_future_is_told_by_the_offices_day():
    number = "11010519491231002X"
    born = Rules(date(1949, 12, 31))
    assert not STEP.form.read({"name": "李明", "id_number": number}, born).errors
    assert (
        "晚于今天"
        in STEP.form.read({"name": "李明", "id_number": number}, Rules(date(1949, 12, 30))).errors["id_number"]
    )


@settings(deadline=None, max_examples=50)
@given(id_numbers)
def test_a_number_tells_kind_sex_and_birth_date(number):
    facts = id_facts(number, RULES)
    assert facts["id_number"] == number
    assert facts["birth_date"].replace("/", "") == number[6:14]
    assert facts["sex"] == ("男" if int(number[16]) % 2 else "女")


@settings(deadline=None, max_examples=10)
@given(hmt_numbers)
def test_a_residence_permit_is_told_by_its_number(number):
    assert id_facts(number, RULES)["id_type"] == "港澳台居民居住证"


def test_an_old_foreigners_number_tells_no_more_than_its_kind():
    facts = {"id_type": "外国人永久居留身份证", "id_number": "USA110180010101"}
    assert id_facts("USA110180010101", RULES) == facts
