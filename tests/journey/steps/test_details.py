from renewal.journey.steps.details import STEP
from tests.factories import person

GOOD = person().details


def test_it_is_done_once_nothing_typed_waits_to_be_confirmed():
    assert not STEP.done({})
    assert STEP.done({"details": GOOD})
    assert STEP.done({"details": GOOD, "typed": {}})
    assert not STEP.done({"details": GOOD, "typed": {"school": "青"}})
