from datetime import date

import pytest

from renewal.forms.fields import Rules
from renewal.journey.steps.register import STEP
from tests.factories import person

RULES = Rules(date(2026, 6, 15))


def test_it_asks_for_name_kind_number_and_phone():
    assert STEP.form.read(person().registration, RULES).values == person().registration


@pytest.mark.parametrize("chosen", ["身份证", "居民身份证", "resident", " 身份证 "])
def test_the_kind_is_known_by_its_usual_names(chosen):
    assert STEP.form.read({**person().registration, "id_type": chosen}, RULES).values["id_type"] == "身份证"


@pytest.mark.parametrize("chosen", ["港澳台居民居住证", "外国人永久居留身份证"])
def test_a_kind_that_contradicts_the_number_is_asked_about(chosen):
    error = STEP.form.read({**person().registration, "id_type": chosen}, RULES).errors["id_type"]
    assert "身份证的号码" in error
    assert "核对证件号码" in error


def test_a_kind_is_compared_only_with_a_number_that_can_be_read():
    wrong = {**person().registration, "id_type": "护照", "id_number": "1"}
    assert set(STEP.form.read(wrong, RULES).errors) == {"id_type", "id_number"}


@pytest.mark.parametrize("typed", ["+86 138-0013-8000", "008613800138000", "138 0013 8000", "１３８００１３８０００"])
def test_a_phone_is_read_however_it_is_written(typed):
    assert STEP.form.read({**person().registration, "phone": typed}, RULES).values["phone"] == "13800138000"


def test_it_is_done_by_registering_or_by_being_known():
    assert not STEP.done({"verify": {"known": False}})
    assert STEP.done({"verify": {"known": True}})
    assert STEP.done({"verify": {"known": False}, "register": person().registration})
