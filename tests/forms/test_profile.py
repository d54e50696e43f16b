from datetime import date

import pytest

from renewal.forms.fields import Rules
from renewal.forms.profile import FORM

RULES = Rules(date(2026, 6, 15))


@pytest.mark.parametrize("nickname", ["老李", "Li Ming", "监理👷老王", "𠮷"])
def test_a_nickname_may_be_almost_anything(nickname):
    assert FORM.read({"nickname": nickname}, RULES).values == {"nickname": nickname}


@pytest.mark.parametrize("nickname", ["", "123", "。。。", "张" * 21])
def test_but_it_has_letters_and_an_end(nickname):
    assert set(FORM.read({"nickname": nickname}, RULES).errors) == {"nickname"}
