import re
from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest

from renewal.settings import Settings

SWITCHES = [
    "RENEWAL_HTTPS_ONLY",
    "RENEWAL_PROXY_SETS_HOST",
    "RENEWAL_SECOND_SPECIALTY_REQUIRED",
    "RENEWAL_EMPLOYER_CONFIRMATION",
]
NUMBERS = [
    "RENEWAL_TRUSTED_PROXIES",
    "RENEWAL_OPENS_DAYS",
    "RENEWAL_CLOSES_DAYS",
    "RENEWAL_CORRECTION_DAYS",
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
    "RENEWAL_FACE_PROVIDER": "face_provider",
    "RENEWAL_FACE_SECRET_ID": "face_secret_id",
    "RENEWAL_FACE_SECRET_KEY": "face_secret_key",
    "RENEWAL_FACE_SCENE": "face_scene",
    "RENEWAL_FACE_ENDPOINT": "face_endpoint",
    "RENEWAL_FACE_PROXY": "face_proxy",
    "DATABASE_URL": "database_url",
}
LISTS = {"RENEWAL_HOSTS": "hosts", "FORWARDED_ALLOW_IPS": "forwarded_allow_ips"}
VARIABLES = {"RENEWAL_DATA", *SWITCHES, *NUMBERS, *TEXTS, *LISTS}


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
    assert len(VARIABLES) == len(fields(Settings))


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


@pytest.mark.parametrize(("variable", "name"), LISTS.items())
def test_a_list_is_taken_apart_at_its_commas(variable, name):
    assert getattr(Settings.from_env({variable: "a.cn, b.cn,,"}), name) == ("a.cn", "b.cn")
    assert getattr(Settings.from_env({variable: "a.cn"}), name) == ("a.cn",)


@pytest.mark.parametrize("variable", sorted(VARIABLES))
def test_an_empty_variable_keeps_the_default(variable):
    assert Settings.from_env({variable: ""}) == Settings()


@pytest.mark.parametrize("variable", ["RENEWAL_FACE_SECRET_ID", "RENEWAL_FACE_SECRET_KEY"])
def test_a_secret_may_lie_in_a_file_which_wins(tmp_path, variable):
    (tmp_path / "secret").write_text("of the file\n")
    settings = Settings.from_env({variable: "of the environment", f"{variable}_FILE": str(tmp_path / "secret")})
    assert getattr(settings, field_of(variable)) == "of the file"
    assert "of the file" not in repr(settings)
    with pytest.raises(ValueError, match=f"{variable}_FILE names a file that cannot be read"):
        Settings.from_env({f"{variable}_FILE": str(tmp_path / "none")})


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


def test_the_hosts_are_those_given_and_that_of_the_public_address():
    assert Settings().known_hosts == frozenset()
    assert Settings(hosts=("a.cn", "10.0.0.7", "[fe80::1]")).known_hosts == {"a.cn", "10.0.0.7", "[fe80::1]"}
    assert Settings(public_url="https://b.cn:8443/yanxu", hosts=("a.cn",)).known_hosts == {"a.cn", "b.cn"}
    assert Settings(public_url="http://[::2]:80").known_hosts == {"[::2]"}


def test_hosts_are_kept_as_browsers_send_them():
    assert Settings(hosts=("YanXu.Example.CN",)).known_hosts == {"yanxu.example.cn"}
    assert Settings(hosts=("泉城.政务",)).known_hosts == {"xn--uis110c.xn--zfr164b"}


@pytest.mark.parametrize(
    "wrong", ["https://a.cn", "a.cn:80", "a.cn/yanxu", "*", "*.a.cn", ".a.cn", "::1", "a cn", "a..cn"]
)
def test_what_is_no_host_is_named_before_anybody_is_refused(wrong):
    with pytest.raises(ValueError, match="RENEWAL_HOSTS should name a host like"):
        _ = Settings(hosts=("b.cn", wrong)).known_hosts


@pytest.mark.parametrize(
    "wrong", ["//a.cn", "ftp://a.cn", "https://", "https://a_b.cn", "泉城 1", "https://u:p@a.cn", "a.cn/"]
)
def test_a_public_address_without_a_host_is_named(wrong):
    with pytest.raises(ValueError, match="RENEWAL_PUBLIC_URL should name a host like"):
        _ = Settings(public_url=wrong).known_hosts


def test_proxies_stand_on_this_machine_unless_said_otherwise():
    assert list(map(str, Settings().proxy_networks)) == ["127.0.0.1/32", "::1/128"]
    given = Settings(forwarded_allow_ips=("172.16.0.0/12", "fd00::/8")).proxy_networks
    assert list(map(str, given)) == ["172.16.0.0/12", "fd00::/8"]


@pytest.mark.parametrize("wrong", ["*", "proxy", "10.0.0.1/8", "10.0.0"])
def test_what_is_no_address_of_a_proxy_is_named(wrong):
    with pytest.raises(ValueError, match=f"FORWARDED_ALLOW_IPS holds .*{re.escape(wrong)}"):
        _ = Settings(forwarded_allow_ips=(wrong,)).proxy_networks


def test_settings_do_not_change_while_it_runs():
    with pytest.raises(FrozenInstanceError):
        Settings().https_only = True
