from renewal.domain.policy import Policy


def test_an_office_that_decided_nothing_goes_by_the_usual_rules():
    assert Policy() == Policy(frozenset(), employer_confirmation=True, opens_days=90, closes_days=30, correct_within=15)
