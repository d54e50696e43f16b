from datetime import date

from hypothesis import given, settings

from renewal.forms.fields import Rules
from renewal.forms.person import id_facts, id_type_fits
from tests.domain.strategies import hmt_numbers, id_numbers

RULES = Rules(date(2026, 6, 15))


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


@settings(deadline=None, max_examples=10)
@given(hmt_numbers)
def test_a_chosen_kind_that_contradicts_the_number_is_asked_about(number):
    assert id_type_fits({"id_number": number, "id_type": "港澳台居民居住证"}, RULES) == {}
    assert "港澳台居民居住证" in id_type_fits({"id_number": number, "id_type": "身份证"}, RULES)["id_type"]
