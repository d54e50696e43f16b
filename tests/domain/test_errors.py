from renewal.domain.application import MoveRefused
from renewal.domain.errors import InvalidValue


def test_one_except_clause_catches_every_refusal_of_the_rules() -> None:
    assert issubclass(InvalidValue, ValueError)
    assert issubclass(MoveRefused, InvalidValue)


def test_a_refusal_reads_as_its_sentence() -> None:
    assert str(InvalidValue("请填写姓名。")) == "请填写姓名。"
