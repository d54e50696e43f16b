"""What a roster's columns are called."""

import pytest

from renewal.forms.roster import FIELDS, columns_of


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("姓　名", "name"),
        ("*证件号码：", "id_number"),
        ("身份证号码（18位）", "id_number"),
        ("公民身份号码", "id_number"),
        ("注册证书编号", "registration_number"),
        ("聘用企业", "employer"),
        ("统一社会信用代码", "employer_code"),
        ("注册专业一", "specialty_1"),
        ("专业２", "specialty_2"),
        ("注册专业", "specialties"),
        ("注册有效期（截止日期）", "valid_until"),
        ("有效期\n至", "valid_until"),
        ("联系电话", "phone"),
        ("初始注册日期", "registered_on"),
    ],
)
def test_a_column_is_known_by_any_usual_name(name: str, field: str) -> None:
    assert columns_of(["序号", name]) == {field: 1}


def test_what_the_form_calls_a_field_is_its_name_here_too() -> None:
    assert columns_of([field.label for field in FIELDS.values()]).keys() >= FIELDS.keys() - {"specialties"}


def test_of_two_columns_alike_the_first_counts() -> None:
    assert columns_of(["姓名", "姓名", "备注"]) == {"name": 0}
