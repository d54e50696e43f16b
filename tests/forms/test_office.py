from dataclasses import fields

import pytest

from renewal.domain.decided import Decided
from renewal.domain.office import Office
from renewal.domain.policy import Policy
from renewal.forms import office
from renewal.forms.setting import Setting
from tests.test_settings import VARIABLES

SETTINGS = [each for section in office.FIXED for each in section.settings]


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda each: each.key)
def test_every_setting_has_its_place_and_its_default_reads_as_itself(setting: Setting) -> None:
    text = setting.text(Decided())
    assert not text or setting.kind.read(text) == setting.of(Decided())
    assert office.setting(setting.key) is setting
    assert len(office.full_name(setting)) <= 64  # a subject of the log


def test_everything_an_office_is_and_decides_can_be_set() -> None:
    keys = {f"office.{each.name}" for each in fields(Office)} | {f"policy.{each.name}" for each in fields(Policy)}
    assert keys == {each.key for each in SETTINGS if each.key.startswith(("office.", "policy."))}


def test_the_variables_named_are_there() -> None:
    named = [each.variable for each in SETTINGS if each.variable]
    assert set(named) <= VARIABLES
    assert len(named) == len(set(named))


@pytest.mark.parametrize("key", ["", "office", "office.king", "holidays.26_off", "holidays.2026_x", "notice.letter"])
def test_what_is_no_setting_is_none(key: str) -> None:
    assert office.setting(key) is None


def test_the_window_closes_after_it_opened() -> None:
    (policy,) = (each for each in office.FIXED if each.name == "policy")
    assert policy.check(Decided()) == {}
    assert policy.check(Decided(policy=Policy(opens_days=30, closes_days=30))).keys() == {"policy.closes_days"}
