from datetime import date

import pytest

from renewal.domain.resume_code import new_code
from renewal.forms.fields import Rules
from renewal.forms.resume import FORM
from tests.factories import person

RULES = Rules(date(2026, 6, 15))


@pytest.mark.parametrize(
    "written", [str, str.lower, " ".join, lambda code: code.replace("-", ""), lambda code: code.replace("-", " ")]
)
def test_a_code_is_read_however_it_was_written_down(written):
    code = new_code()
    values = FORM.read({"code": written(code), "id_number": person().id_number}, RULES).values
    assert values == {"code": code.replace("-", ""), "id_number": person().id_number}


def test_both_are_asked_for():
    assert FORM.read({}, RULES).errors == {"code": "请填写续办码", "id_number": "请填写身份证号码"}
