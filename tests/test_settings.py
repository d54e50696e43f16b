import re
from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest

from renewal.domain.sms import Kind
from renewal.settings import Settings, WrongSetting

SWITCHES = [
    "RENEWAL_HTTPS_ONLY",
    "RENEWAL_PROXY_SETS_HOST",
    "RENEWAL_SECOND_SPECIALTY_REQUIRED",
    "RENEWAL_EMPLOYER_CONFIRMATION",
    "RENEWAL_DAILY_BACKUP",
]
NUMBERS = [
    "RENEWAL_TRUSTED_PROXIES",
    "RENEWAL_OPENS_DAYS",
    "RENEWAL_CLOSES_DAYS",
    "RENEWAL_CORRECTION_DAYS",
    "RENEWAL_KEEP_DRAFTS_DAYS",
    "RENEWAL_KEEP_AVATARS_DAYS",
    "RENEWAL_KEEP_DECIDED_DAYS",
    "RENEWAL_IDLE_SECONDS",
    "RENEWAL_DEVICE_SECONDS",
    "RENEWAL_UPLOAD_BYTES",
    "RENEWAL_ROSTER_BYTES",
]
SMS = [
    "provider",
    "app_id",
    "sign_name",
    *(f"template_{kind}" for kind in Kind),
    "key_id",
    "key",
    "endpoint",
]
TEXTS = {
    "RENEWAL_PUBLIC_URL": "public_url",
    "RENEWAL_OFFICE_NAME": "office_name",
    "RENEWAL_OFFICE_PHONE": "office_phone",
    "RENEWAL_OFFICE_ADDRESS": "office_address",
    "RENEWAL_OFFICE_HOURS": "office_hours",
    "RENEWAL_OUTSIDE_WINDOW": "outside_window",
    "RENEWAL_PROVIDER_LINE": "provider_line",
    "RENEWAL_ICP_RECORD": "icp_record",
    "RENEWAL_POLICE_RECORD": "police_record",
    "RENEWAL_FACE_PROVIDER": "face_provider",
    "RENEWAL_FACE_KEY_ID": "face_key_id",
    "RENEWAL_FACE_KEY": "face_key",
    "RENEWAL_FACE_SCENE": "face_scene",
    "RENEWAL_FACE_ENDPOINT": "face_endpoint",
    "RENEWAL_OUTGOING_PROXY": "outgoing_proxy",
    "DATABASE_URL": "database_url",
    "RENEWAL_LOG_FORMAT": "log_format",
    "RENEWAL_METRICS_TOKEN": "metrics_token",
    "RENEWAL_METRICS_TOKEN_FILE": "metrics_token_file",
    **{f"RENEWAL_SMS_{name.upper()}": f"sms_{name}" for name in SMS},
}
LISTS = {
    "RENEWAL_METRICS_ALLOW": "metrics_allow",
    "RENEWAL_HOSTS": "hosts",
    "FORWARDED_ALLOW_IPS": "forwarded_allow_ips",
}
VARIABLES = {"DATABASE_PASSWORD_FILE", "RENEWAL_DATA", "RENEWAL_BACKUP_DIR", *SWITCHES, *NUMBERS, *TEXTS, *LISTS}


def field_of(variable: str) -> str:
    name = variable.removeprefix("RENEWAL_").lower()
    return name if name in Settings.__slots__ else f"renewal_{name}"


def test_nothing_set_is_what_serves_a_laptop():
    assert Settings.from_env({}) == Settings()
    assert Settings().data == Path("instance")
    assert not Settings().https_only


def test_a_deployment_does_not_pose_as_anybody():
    names = (
        "office_name",
        "office_phone",
        "office_address",
        "office_hours",
        "provider_line",
        "icp_record",
        "police_record",
    )
    assert {getattr(Settings(), name) for name in names} == {""}


def test_every_field_can_be_set():
    assert len(VARIABLES) == len(fields(Settings)) - len({"given"})


@pytest.mark.parametrize("variable", SWITCHES)
def test_a_switch_is_0_or_1(variable):
    assert getattr(Settings.from_env({variable: "1"}), field_of(variable)) is True
    assert getattr(Settings.from_env({variable: "0"}), field_of(variable)) is False


@pytest.mark.parametrize("variable", SWITCHES)
@pytest.mark.parametrize("text", ["true", "yes", "2", "01", " 1", "on"])
def test_a_switch_that_is_neither_is_named(variable, text):
    with pytest.raises(ValueError, match=f"{variable} 应为 0 或 1，不是 '{text}'"):
        Settings.from_env({variable: text})


@pytest.mark.parametrize("variable", NUMBERS)
def test_a_number_is_read_as_one(variable):
    assert getattr(Settings.from_env({variable: "12"}), field_of(variable)) == 12
    assert getattr(Settings.from_env({variable: "0"}), field_of(variable)) == 0


@pytest.mark.parametrize("variable", NUMBERS)
@pytest.mark.parametrize("text", ["many", "-1", "1.5", "1e3", "20 MB", "²", " 3"])
def test_a_number_that_is_none_is_named(variable, text):
    with pytest.raises(ValueError, match=f"{variable} 应为整数，不是 "):
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


def test_it_is_known_which_were_given_though_it_be_to_the_default():
    given = {"RENEWAL_OPENS_DAYS": "90", "RENEWAL_OFFICE_NAME": "", "DATABASE_URL": "sqlite:///x"}
    assert Settings.from_env(given).given == {"RENEWAL_OPENS_DAYS", "DATABASE_URL"}


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
    with pytest.raises(ValueError, match="RENEWAL_HOSTS 应为主机名，如"):
        _ = Settings(hosts=("b.cn", wrong)).known_hosts


@pytest.mark.parametrize(
    "wrong", ["//a.cn", "ftp://a.cn", "https://", "https://a_b.cn", "泉城 1", "https://u:p@a.cn", "a.cn/"]
)
def test_a_public_address_without_a_host_is_named(wrong):
    with pytest.raises(ValueError, match="RENEWAL_PUBLIC_URL 应为主机名，如"):
        _ = Settings(public_url=wrong).known_hosts


def test_proxies_stand_on_this_machine_unless_said_otherwise():
    assert list(map(str, Settings().proxy_networks)) == ["127.0.0.1/32", "::1/128"]
    given = Settings(forwarded_allow_ips=("172.16.0.0/12", "fd00::/8")).proxy_networks
    assert list(map(str, given)) == ["172.16.0.0/12", "fd00::/8"]


@pytest.mark.parametrize("wrong", ["*", "proxy", "10.0.0.1/8", "10.0.0"])
def test_what_is_no_address_of_a_proxy_is_named(wrong):
    with pytest.raises(ValueError, match=f"FORWARDED_ALLOW_IPS 应为IP地址或网段：.*{re.escape(wrong)}"):
        _ = Settings(forwarded_allow_ips=(wrong,)).proxy_networks


def test_figures_are_read_from_the_networks_given_and_from_none_by_default():
    assert Settings().metrics_networks == ()
    assert list(map(str, Settings(metrics_allow=("10.0.0.0/8",)).metrics_networks)) == ["10.0.0.0/8"]
    with pytest.raises(ValueError, match="RENEWAL_METRICS_ALLOW 应为IP地址或网段"):
        _ = Settings(metrics_allow=("prometheus",)).metrics_networks


def test_the_token_for_the_figures_stands_in_its_variable_or_in_a_file(tmp_path):
    file, token = tmp_path / "token", "0123456789abcdef"
    file.write_text(f"{token}\n")
    assert Settings().metrics_secret == ""
    assert Settings(metrics_token=token).metrics_secret == token
    assert Settings(metrics_token_file=str(file)).metrics_secret == token


@pytest.mark.parametrize(
    "weak", ["secret", "0123456789abcde", "0123 4567 89ab cdef", "令牌令牌令牌令牌令牌令牌令牌令牌"]
)
def test_a_token_that_is_guessed_or_fits_no_header_is_named_but_not_shown(tmp_path, weak):
    file = tmp_path / "token"
    file.write_text(weak)
    given = {"RENEWAL_METRICS_TOKEN": weak, "RENEWAL_METRICS_TOKEN_FILE": str(file)}
    for variable, text in given.items():
        with pytest.raises(ValueError, match=f"{variable} 至少16位") as wrong:
            _ = Settings.from_env({variable: text}).metrics_secret
        assert weak not in str(wrong.value)


def test_a_file_without_a_token_is_named(tmp_path):
    (tmp_path / "empty").touch()
    with pytest.raises(ValueError, match="RENEWAL_METRICS_TOKEN_FILE 至少16位"):
        _ = Settings(metrics_token_file=str(tmp_path / "empty")).metrics_secret
    with pytest.raises(ValueError, match="RENEWAL_METRICS_TOKEN_FILE 指定的文件读不出来"):
        _ = Settings(metrics_token_file=str(tmp_path / "none")).metrics_secret


def test_settings_do_not_change_while_it_runs():
    with pytest.raises(FrozenInstanceError):
        Settings().https_only = True


@pytest.mark.parametrize(
    ("url", "whole"),
    [
        ("postgresql://renewal@postgres/renewal", "postgresql://renewal:p%40ss%2F%E5%AF%86@postgres/renewal"),
        ("postgresql://renewal:own@postgres/renewal", "postgresql://renewal:own@postgres/renewal"),
        ("sqlite:////data/r@b.db", "sqlite:////data/r@b.db"),
    ],
)
def test_the_databases_password_may_stand_in_a_file(tmp_path, url, whole):
    file = tmp_path / "password"
    file.write_text("p@ss/密\n", "utf-8")
    env = {"DATABASE_URL": url, "DATABASE_PASSWORD_FILE": str(file)}
    assert Settings.from_env(env).database == whole
    file.write_text("")  # compose.yaml's, where no password is set
    assert Settings.from_env(env).database == url


def test_a_password_file_that_cannot_be_read_is_named(tmp_path):
    settings = Settings(database_url="postgresql://renewal@postgres/renewal", database_password_file=tmp_path / "none")
    with pytest.raises(WrongSetting, match="DATABASE_PASSWORD_FILE"):
        assert settings.database
