from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest

from renewal.settings import Settings

SWITCHES = ["RENEWAL_HTTPS_ONLY", "RENEWAL_SECOND_SPECIALTY_REQUIRED", "RENEWAL_EMPLOYER_CONFIRMATION"]
NUMBERS = [
    "RENEWAL_TRUSTED_PROXIES",
    "RENEWAL_OPENS_DAYS",
    "RENEWAL_CLOSES_DAYS",
    "RENEWAL_IDLE_SECONDS",
    "RENEWAL_DEVICE_SECONDS",
    "RENEWAL_UPLOAD_BYTES",
]
TEXTS = {
    "RENEWAL_PUBLIC_URL": "public_url",
    "RENEWAL_OFFICE_NAME": "office_name",
    "RENEWAL_OFFICE_PHONE": "office_phone",
    "RENEWAL_PROVIDER_LINE": "provider_line",
    "RENEWAL_ICP_RECORD": "icp_record",
    "RENEWAL_POLICE_RECORD": "police_record",
    "DATABASE_URL": "database_url",
}


def field_of(variable: str) -> str:
    name = variable.removeprefix("RENEWAL_").lower()
    return name if name in Settings.__slots__ else f"renewal_{name}"


def test_nothing_set_is_what_serves_a_laptop():
    assert Settings.from_env({}) == Settings()
    assert Settings().data == Path("instance")
    assert not Settings().https_only


def test_a_deployment_does_not_pose_as_anybody():
    names = ("office_name", "office_phone", "provider_line", "icp_record", "police_record")
    assert {getattr(Settings(), name) for name in names} == {""}


def test_every_field_can_be_set():
    variables = {"RENEWAL_DATA", *SWITCHES, *NUMBERS, *TEXTS}
    assert len(variables) == len(fields(Settings))


@pytest.mark.parametrize("variable", SWITCHES)
def test_a_switch_is_0_or_1(variable):
    assert getattr(Settings.from_env({variable: "1"}), field_of(variable)) is True
    assert getattr(Settings.from_env({variable: "0"}), field_of(variable)) is False


@pytest.mark.parametrize("variable", SWITCHES)
@pytest.mark.parametrize("text", ["true", "yes", "2", "01", " 1", "on"])
def test_a_switch_that_is_neither_is_named(variable, text):
    with pytest.raises(ValueError, match=f"{variable} is 0 or 1, not '{text}'"):
        Settings.from_env({variable: text})


@pytest.mark.parametrize("variable", NUMBERS)
def test_a_number_is_read_as_one(variable):
    assert getattr(Settings.from_env({variable: "12"}), field_of(variable)) == 12
    assert getattr(Settings.from_env({variable: "0"}), field_of(variable)) == 0


@pytest.mark.parametrize("variable", NUMBERS)
@pytest.mark.parametrize("text", ["many", "-1", "1.5", "1e3", "20 MB", "²", " 3"])
def test_a_number_that_is_none_is_named(variable, text):
    with pytest.raises(ValueError, match=f"{variable} is a whole number, not "):
        Settings.from_env({variable: text})


@pytest.mark.parametrize(("variable", "name"), TEXTS.items())
def test_a_text_is_taken_as_it_stands(variable, name):
    assert getattr(Settings.from_env({variable: "泉城 1"}), name) == "泉城 1"


@pytest.mark.parametrize("variable", ["RENEWAL_DATA", *SWITCHES, *NUMBERS, *TEXTS])
def test_an_empty_variable_keeps_the_default(variable):
    assert Settings.from_env({variable: ""}) == Settings()


def test_variables_of_others_do_not_matter():
    assert Settings.from_env({"PATH": "/bin", "RENEWAL_UNHEARD_OF": "1", "HTTPS_ONLY": "1"}) == Settings()


def test_one_folder_holds_the_database_and_beside_it_the_keys(tmp_path):
    settings = Settings.from_env({"RENEWAL_DATA": str(tmp_path)})
    assert settings.data == tmp_path
    assert settings.database == f"sqlite:///{tmp_path}/renewal.db"
    assert settings.keys == tmp_path / "keys"


def test_a_relative_folder_is_found_from_wherever_the_database_is_opened():
    assert Settings().database == f"sqlite:///{Path.cwd()}/instance/renewal.db"


def test_another_database_leaves_the_keys_where_they_are():
    settings = Settings.from_env({"DATABASE_URL": "postgresql://office@db/renewal"})
    assert settings.database == "postgresql://office@db/renewal"
    assert settings.keys == Path("instance/keys")


def test_settings_do_not_change_while_it_runs():
    with pytest.raises(FrozenInstanceError):
        Settings().https_only = True
