import pytest

from renewal.store.setting_versions import SettingsChanged, Version
from tests.factories import NOON, at_once


def version(number: int, **saved: str) -> Version:
    return Version(number, saved, "主任", NOON)


def test_before_anything_is_saved_there_is_version_0(services) -> None:
    versions = services.setting_versions
    assert (versions.number(), versions.find(0), versions.find(1)) == (0, Version(), None)
    assert versions.newest(5) == []


def test_every_version_stays(services) -> None:
    versions = services.setting_versions
    versions.put(version(1, name="甲"))
    versions.put(version(2, name="乙", phone="12345"))
    assert versions.number() == 2
    assert versions.find(1) == version(1, name="甲")
    assert [each.number for each in versions.newest(1)] == [2]


def test_of_two_with_the_same_number_one_is_kept(services) -> None:
    versions = services.setting_versions
    outcomes = at_once(services, *(lambda name=name: versions.put(version(1, name=name)) for name in "甲乙"))
    assert sorted(map(type, outcomes), key=str) == [type(None), SettingsChanged]
    kept = "甲乙"[outcomes.index(None)]
    assert versions.find(1).saved == {"name": kept}
    with pytest.raises(SettingsChanged):
        versions.put(version(1))
