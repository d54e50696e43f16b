from renewal.journey.steps.attachments import STEP, changed_at, facts
from renewal.store.drafts import Draft


def test_it_is_done_when_both_are_there():
    assert not STEP.done({})
    assert not STEP.done({"pictures": {"portrait": {}}})
    assert not STEP.done({"pictures": {"signature": {}}})
    assert STEP.done({"pictures": {"portrait": {}, "signature": {}}})


def test_a_picture_gets_a_new_address_when_it_changes_and_only_then():
    draft = Draft("x", 4, history=(("portrait", "", ""), ("notice", "", ""), ("portrait", "", ""), ("details", "", "")))
    assert (changed_at(draft, "portrait"), changed_at(draft, "signature")) == (3, 0)


def test_the_page_is_told_findings_and_what_may_be_changed():
    about = {"findings": [{"code": "busy", "text": "…"}], "choice": True, "adjustment": {"zoom": 1}}
    told = facts(about)
    assert (told["busy"], told["choice"], told["white"], told["adjusted"]) == (True, True, False, True)
