from renewal.domain.decided import Decided
from renewal.domain.office import Office
from renewal.forms.kinds import line, whole
from renewal.forms.setting import Setting

NAME = Setting("office.name", "名称", line(40))
DAYS = Setting("policy.opens_days", "开始申请", whole(1, 730, "天"))


def test_a_setting_is_found_in_its_place_and_put_there_alone() -> None:
    changed = NAME.put(Decided(), "泉城注册办")
    assert changed.office == Office("泉城注册办")
    assert (NAME.of(changed), NAME.of(Decided())) == ("泉城注册办", "")
    assert changed.policy == Decided().policy


def test_people_read_a_number_with_its_unit() -> None:
    assert DAYS.text(Decided()) == "90"
    assert DAYS.words("90") == "90 天"
