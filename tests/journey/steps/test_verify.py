from datetime import date

import pytest

from renewal.forms.fields import Rules
from renewal.journey.steps.verify import STEP
from tests.domain.strategies import full_width
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
