from datetime import date

from renewal.store import models
from tests.factories import stored

MONDAY, TUESDAY = date(2026, 6, 15), date(2026, 6, 16)


def test_each_draft_that_comes_to_a_step_is_one_more(services):
    services.step_counts.reach(MONDAY, ["verify", "face"])
    services.step_counts.reach(MONDAY, ["verify"])
    services.step_counts.reach(TUESDAY, ["face"])
    assert services.step_counts.since(MONDAY) == {"verify": 2, "face": 2}
    assert services.step_counts.since(TUESDAY) == {"face": 1}
    assert services.step_counts.since(date(2026, 6, 17)) == {}


def test_a_draft_that_comes_nowhere_new_writes_nothing(services):
    services.step_counts.reach(MONDAY, [])
    assert stored(services, models.StepCount) == []


def test_nothing_but_a_day_a_step_and_a_number_is_kept():
    assert set(models.StepCount._meta.fields) == {"day", "step", "reached"}
