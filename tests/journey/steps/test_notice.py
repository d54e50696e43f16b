import pytest

from renewal.domain.notice import CLAUSES
from renewal.journey.steps.notice import ALL, STEP


def test_all_clauses_are_to_be_ticked():
    assert {clause.id for clause in CLAUSES} == ALL
    assert STEP.done({"notice": {"read": [*ALL]}})


@pytest.mark.parametrize("missing", sorted(ALL))
def test_a_clause_without_a_tick_has_not_been_read(missing):
    assert not STEP.done({"notice": {"read": [*ALL - {missing}]}})


def test_a_clause_that_was_taken_out_since_does_not_matter():
    assert STEP.done({"notice": {"read": [*ALL, "clause of last year"]}})
