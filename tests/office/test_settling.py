"""设置: saved by section, logged by setting, undone by version; of two at once none overwrites the other."""

import pytest

from renewal.domain.defects import REASONS
from renewal.forms.fields import Invalid
from renewal.forms.kinds import MOST
from renewal.office import settling
from renewal.services import Services
from renewal.store.audit import verify
from renewal.store.setting_versions import SettingsChanged, Version
from renewal.store.staff import Member, Role
from tests.factories import at_once
from tests.staffing import staffed


@pytest.fixture
def boss(services) -> Member:
    return staffed(services, "主任", Role.ADMINISTRATOR)


@pytest.fixture
def save(services, boss):
    def save(section: str, seen: int | None = None, **typed: str) -> list[str]:
        found = settling.sections(services)[section]
        number = services.setting_versions.number() if seen is None else seen
        texts = {key.replace("__", "."): text for key, text in typed.items()}
        return settling.save(services, boss, number, found, texts)

    return save


def logged(services: Services) -> list[tuple[str, str]]:
    rows = services.event_log.after(0, 1000)
    return [(row["subject"], row["reason"]) for row in rows if row["action"] == "setting"]


def test_what_is_saved_is_logged_with_who_what_from_and_to(services, save) -> None:
    assert save("office", office__name="泉城注册办", office__phone="") == ["名称"]
    assert save("policy", policy__opens_days="60 天", policy__employer_confirmation="0") == [
        "单位确认",
        "有效期届满前几天开始申请",
    ]
    assert logged(services) == [
        ("办公室·名称", "空 → “泉城注册办”"),
        ("办理规则·单位确认", "“提交后由单位确认，再进入审查” → “不用单位确认”"),
        ("办理规则·有效期届满前几天开始申请", "“90 天” → “60 天”"),
    ]
    assert {act.actor.name for act in services.event_log.acts("办公室·名称")} == {"主任"}
    assert verify(services.database, services.sealer).findings == []


def test_a_long_text_is_logged_by_its_digest(services, save) -> None:
    save("reasons", reasons__school="甲。\n乙。")
    ((_, reason),) = logged(services)
    assert reason.startswith("内容已改，摘要 ")
    assert "甲" not in reason
    assert services.reasons["school"] == ("甲。", "乙。")


def test_what_is_emptied_or_as_by_default_is_not_kept(services, save) -> None:
    save("reasons", reasons__school="甲。", reasons__major="\n".join(REASONS["major"]))
    assert services.setting_versions.find(1).saved == {"reasons.school": "甲。"}
    save("reasons", reasons__school="  ")
    assert services.setting_versions.find(2).saved == {}
    assert services.reasons == REASONS


def test_what_changes_nothing_makes_no_version(services, save) -> None:
    assert save("policy", policy__opens_days="90") == []
    assert (services.setting_versions.number(), logged(services)) == (0, [])


def test_a_section_leaves_the_others_and_takes_nothing_of_theirs(services, save) -> None:
    save("office", office__name="泉城注册办", policy__opens_days="60")
    save("policy", policy__opens_days="70")
    assert (services.office.name, services.policy.opens_days) == ("泉城注册办", 70)
    assert services.setting_versions.find(1).saved == {"office.name": "泉城注册办"}


WRONG = [
    ("office", {"office__phone": "打电话"}, {"office.phone"}),
    ("office", {"office__name": "字" * (MOST + 1), "office__hours": "字" * 61}, {"office.name", "office.hours"}),
    ("policy", {"policy__opens_days": "20"}, {"policy.closes_days"}),
    ("policy", {"policy__outside_window": "x", "policy__correct_within": "0"}, None),
    ("retention", {"policy__keep_decided_days": "179"}, {"policy.keep_decided_days"}),
    ("holidays", {"holidays__2026_worked": "10月10日"}, {"holidays.2026_off"}),
    ("notice", {"notice__more": "1\n2"}, {"notice.more"}),
]


@pytest.mark.parametrize(("section", "typed", "wrong"), WRONG)
def test_a_wrong_value_is_said_and_nothing_of_the_form_is_kept(services, save, section, typed, wrong) -> None:
    with pytest.raises(Invalid) as refused:
        save(section, office__address="泉城路1号", **typed)
    assert refused.value.errors.keys() == (wrong or {key.replace("__", ".") for key in typed})
    assert services.setting_versions.number() == 0


def test_what_the_environment_gives_is_not_taken_from_the_form(services, boss) -> None:
    given = frozenset({"RENEWAL_OFFICE_NAME"})
    locked = Services.over(services.database, services.sealer, services.now, services.policy, given=given)
    section = settling.sections(locked)["office"]
    assert settling.save(locked, boss, 0, section, {"office.name": "x", "office.phone": "12345"}) == ["咨询电话"]


def test_of_two_administrators_at_once_the_second_one_is_told(services, save) -> None:
    acts = [lambda name=name: save("office", 0, office__name=name) for name in ("甲办", "乙办")]
    outcomes = at_once(services, *acts)
    assert sorted(type(each).__name__ for each in outcomes) == ["SettingsChanged", "list"]
    assert len(logged(services)) == services.setting_versions.number() == 1
    with pytest.raises(SettingsChanged):
        save("policy", 0, policy__opens_days="60")


def test_any_version_comes_back_and_that_is_undone_too(services, save, boss) -> None:
    save("office", office__name="甲办")
    save("policy", policy__opens_days="60")
    assert settling.restore(services, boss, 2, Version()) == ["名称", "有效期届满前几天开始申请"]
    assert services.setting_versions.find(3).saved == {}
    settling.restore(services, boss, 3, services.setting_versions.find(2))
    assert (services.office.name, services.policy.opens_days) == ("甲办", 60)
    assert logged(services)[-1] == ("办理规则·有效期届满前几天开始申请", "恢复第2版：“90 天” → “60 天”")
    with pytest.raises(SettingsChanged):
        settling.restore(services, boss, 3, Version())
