from dataclasses import FrozenInstanceError

import pytest

from renewal.domain.trust import Trust
from renewal.journey.steps.step import NO_FORM, Step
from renewal.store.drafts import Draft


def test_a_step_stands_at_the_address_of_its_name():
    step = Step("tea", "喝茶", 1, Trust.STRANGER, lambda _: False, lambda _: {}, lambda *_: Draft("x"))
    assert step.path == "/renewal/tea"
    assert (step.form, step.once) == (NO_FORM, False)


def test_nobody_changes_a_step_on_the_way():
    step = Step("tea", "喝茶", 1, Trust.STRANGER, lambda _: False, lambda _: {}, lambda *_: Draft("x"))
    with pytest.raises(FrozenInstanceError):
        step.needs = Trust.VERIFIED
