from renewal.domain.trust import Trust


def test_each_level_may_what_the_lower_ones_may() -> None:
    assert [*Trust] == sorted(Trust)
    assert Trust.STRANGER < Trust.CLAIMED < Trust.CAPTURED < Trust.VERIFIED


def test_the_stored_numbers_never_change() -> None:
    assert {level.name: level.value for level in Trust} == {"STRANGER": 0, "CLAIMED": 1, "CAPTURED": 2, "VERIFIED": 3}


def test_nobody_is_no_trust_at_all() -> None:
    assert not Trust.STRANGER
