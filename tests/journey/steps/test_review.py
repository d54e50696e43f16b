from renewal.journey.steps.review import STEP


def test_no_draft_is_ever_done_with_it():
    assert not STEP.done({})
    assert not STEP.done({"review": {}, "details": {}})
