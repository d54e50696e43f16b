from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renewal.domain.application import DECIDED, MOVES, MoveRefused, Status
from renewal.domain.undo import UNDO_WITHIN, UNDOABLE, in_time, undo

NOW = datetime(2026, 6, 15, 4, 0, tzinfo=UTC)


def test_only_what_the_table_of_moves_knows_is_taken_back() -> None:
    for current, befores in UNDOABLE.items():
        assert befores == {before for before in MOVES if current in MOVES[before]}


def test_a_decision_never_is() -> None:
    assert not DECIDED & UNDOABLE.keys()


@given(st.sampled_from(Status), st.sampled_from(Status))
def test_everything_else_is_refused_in_words(current: Status, before: Status) -> None:
    if before in UNDOABLE.get(current, ()):
        assert undo(current, before) is before
    else:
        with pytest.raises(MoveRefused, match="不能撤销"):
            undo(current, before)


def test_the_last_moment_counts() -> None:
    in_time(NOW, NOW + UNDO_WITHIN)
    with pytest.raises(MoveRefused, match="超过10分钟"):
        in_time(NOW, NOW + UNDO_WITHIN + timedelta(microseconds=1))
