"""Made-up people whose forms are taken, whatever chance makes of them."""

from datetime import date
from itertools import islice
from random import Random

import pytest

from renewal.demo.people import employers, people, posing
from renewal.forms.details import FORM
from renewal.forms.fields import Rules

TODAY = date(2026, 6, 15)


def some(seed, number=200):
    random = Random(seed)
    return list(islice(people(random, employers(random), TODAY), number))


@pytest.mark.parametrize("seed", range(5))
def test_the_form_takes_what_they_fill_in(seed):
    for person in some(seed):
        reading = FORM.read(person.details, Rules(TODAY, frozenset()))
        assert reading.errors == {}
        assert reading.values == person.details


@pytest.mark.parametrize("seed", range(5))
def test_the_form_takes_it_from_who_poses_as_another_too(seed):
    for one, other in zip(some(seed, 50), reversed(some(seed, 50)), strict=True):
        stranger = posing(other, one)
        assert FORM.read(stranger.details, Rules(TODAY, frozenset())).errors == {}
        assert stranger.details["id_number"] == one.details["id_number"]
        assert stranger.details["phone"] == other.details["phone"]


def test_the_same_seed_makes_the_same_people_and_another_one_others():
    assert some(1) == some(1) != some(2)


def test_an_employer_has_one_code_and_no_two_share_it():
    units = employers(Random(1))
    assert len({unit.code for unit in units}) == len({unit.name for unit in units}) == len(units)
