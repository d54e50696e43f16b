from hypothesis import given
from hypothesis import strategies as st

from renewal.domain.spread import Spread

counts = st.dictionaries(st.integers(0, 60), st.integers(1, 40), min_size=1)


def test_half_of_five_are_done_with_the_third():
    spread = Spread({1: 2, 4: 1, 9: 2})
    assert (spread.total, spread.median, spread.quantile(0.9)) == (5, 4, 9)
    assert (spread.within(0), spread.within(4), spread.within(9)) == (0, 3, 5)


def test_of_nothing_there_is_no_usual():
    assert (Spread({}).total, Spread({}).median, Spread({}).within(5)) == (0, None, 0)


@given(counts, st.floats(0.01, 1))
def test_at_least_the_share_is_done_by_then_and_less_a_day_before(counts, share):
    spread = Spread(counts)
    days = spread.quantile(share)
    assert spread.within(days) >= share * spread.total > spread.within(days - 1)
