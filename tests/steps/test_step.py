from dataclasses import FrozenInstanceError

import pytest

from renewal.domain.trust import Trust
from renewal.steps.step import NO_FORM, Step


def test_a_step_stands_at_the_address_of_its_name():
    step = Step("tea", "喝茶", 1, Trust.STRANGER, lambda _: False)
    assert step.path == "/renewal/tea"
    assert (step.form, step.once) == (NO_FORM, False)


def test_nobody_changes_a_step_on_the_way():
    step = Step("tea", "喝茶", 1, Trust.STRANGER, lambda _: False)
    with pytest.raises(FrozenInstanceError):
        step.needs = Trust.VERIFIED
