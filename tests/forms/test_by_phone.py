from datetime import date

from renewal.forms.by_phone import FORM
from renewal.forms.fields import Rules
from tests.factories import person

RULES = Rules(date(2026, 6, 15))


def test_the_number_is_taken_however_it_is_written() -> None:
    written = {"id_number": person().id_number, "phone": "+86 138-0000-0000"}
    assert FORM.read(written, RULES).values == {"id_number": person().id_number, "phone": "13800000000"}


def test_both_are_asked_for() -> None:
    assert FORM.read({}, RULES).errors == {"id_number": "请填写身份证号码", "phone": "请填写手机号码"}
