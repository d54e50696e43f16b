from renewal.steps import STEPS
from renewal.steps.done import STEP


def test_it_is_where_the_way_ends_and_nothing_is_posted():
    assert STEP.done({})
    assert STEP not in STEPS
    assert STEP.form.fields == ()
    assert STEP.stage == max(step.stage for step in STEPS) + 1
