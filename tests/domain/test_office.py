import pytest

from renewal.domain.errors import InvalidValue
from renewal.domain.office import Office, phone


def test_the_counter_is_where_and_when_as_far_as_known() -> None:
    assert Office().counter == ""
    assert Office(hours="工作日9:00—17:00").counter == "工作日9:00—17:00"
    assert Office(address="泉城路1号", hours="工作日").counter == "泉城路1号，工作日"


def test_an_office_without_a_name_does_not_pose_as_one_in_an_authenticator() -> None:
    assert Office().issuer == "监理工程师延续注册"
    assert Office("泉城注册办").issuer == "泉城注册办"


@pytest.mark.parametrize("text", ["12345", "0531-88000000转8001", "（0531）8800 0000、13800000000"])
def test_a_line_that_people_call_is_taken(text: str) -> None:
    assert phone(text) == text


@pytest.mark.parametrize("text", ["--", "12", "打电话", "<b>12345</b>", "1" * 61])
def test_what_nobody_can_call_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue):
        phone(text)
