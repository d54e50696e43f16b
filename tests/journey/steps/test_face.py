from renewal.journey.steps.face import STEP


def test_it_is_done_by_any_way_and_then_shut():
    assert not STEP.done({"verify": {"known": True}})
    assert STEP.done({"face": {"method": "selfie"}})
    assert STEP.done({"face": {"method": "counter"}})
    assert STEP.once
