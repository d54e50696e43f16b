from renewal.steps.attachments import PICTURES, PORTRAIT, SIGNATURE, STEP


def test_a_portrait_and_a_signature_are_asked_for():
    assert PICTURES == (PORTRAIT, SIGNATURE)
    assert [picture.kind for picture in PICTURES] == ["portrait", "signature"]


def test_it_is_done_when_both_are_there():
    assert not STEP.done({})
    assert not STEP.done({"pictures": {"portrait": {}}})
    assert not STEP.done({"pictures": {"signature": {}}})
    assert STEP.done({"pictures": {"portrait": {}, "signature": {}}})
