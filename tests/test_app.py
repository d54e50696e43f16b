import json
import shutil
from dataclasses import replace
from datetime import date, timedelta

import pytest

from renewal.app import HolidaysWrong, create_app
from renewal.domain.policy import Policy
from renewal.settings import Settings, WrongSetting
from renewal.store.keys import Keys, KeysMissing
from tests.factories import carry, person
from tests.staffing import Desk, staffed


@pytest.fixture
def build(settings, blank, keys, clock):
    """Make the app with some settings changed, over a database without rows."""
    made = []

    def build(**changes):
        shutil.copy(blank, settings.data / "renewal.db")
        made.append(create_app(replace(settings, **changes), keys, clock))
        return made[-1]

    yield build
    for app in made:
        app.extensions["renewal"].services.database.close()


def web_context(app):
    return app.extensions["renewal"]


def test_the_first_start_makes_folder_and_keys(tmp_path):
    create_app(Settings(data=tmp_path / "new" / "data"))
    assert sorted(file.name for file in (tmp_path / "new" / "data" / "keys").iterdir()) == [
        "index",
        "sealing",
        "session",
    ]


def test_what_is_made_is_its_owners_alone(tmp_path):
    create_app(Settings(data=tmp_path / "data"))
    assert (tmp_path / "data").stat().st_mode & 0o077 == 0


def test_no_connection_is_open_before_the_workers_are_forked(tmp_path):
    create_app(Settings(data=tmp_path))
    assert not (tmp_path / "renewal.db").exists()


def test_every_later_start_uses_the_same_keys(tmp_path):
    first, second = (create_app(Settings(data=tmp_path)) for _ in range(2))
    assert first.config["SECRET_KEY"] == second.config["SECRET_KEY"] == Keys.read(tmp_path / "keys").session


def test_data_without_keys_is_refused_in_words_and_left_alone(tmp_path, blank):
    (tmp_path / "renewal.db").write_bytes(blank.read_bytes())
    with pytest.raises(KeysMissing, match="put the keys back from the backup"):
        create_app(Settings(data=tmp_path))
    assert not (tmp_path / "keys").exists()
    assert (tmp_path / "renewal.db").read_bytes() == blank.read_bytes()


def test_a_restart_finds_every_draft(app, settings, database_url, keys, clock):
    begun = carry(web_context(app).services, "details", person())
    web_context(app).services.database.close()
    again = create_app(replace(settings, database_url=database_url), keys, clock)
    assert web_context(again).services.draft(begun.id) == begun
    web_context(again).services.database.close()


def test_cookies_are_lax_and_travel_over_tls_alone_when_the_office_says_so(build):
    assert build().config["SESSION_COOKIE_SAMESITE"] == "Lax"
    assert build().config["SESSION_COOKIE_SECURE"] is False
    assert build(https_only=True).config["SESSION_COOKIE_SECURE"] is True


def test_sessions_devices_and_uploads_have_the_offices_limits(build):
    config = build(idle_seconds=60, device_seconds=120, upload_bytes=1000).config
    assert config["PERMANENT_SESSION_LIFETIME"] == timedelta(minutes=1)
    assert (config["DEVICE_SECONDS"], config["MAX_CONTENT_LENGTH"]) == (120, 1000)


def test_the_second_specialty_is_demanded_only_by_an_office_that_says_so(build):
    assert web_context(build()).services.policy.required == frozenset()
    assert web_context(build(second_specialty_required=True)).services.policy.required == {"specialty_2"}


def test_the_offices_words_reach_the_pages(build):
    said = web_context(
        build(office_name="局", office_phone="12345", provider_line="提供", icp_record="I", police_record="P")
    )
    office = said.services.office
    assert (office.name, office.phone, office.provider_line) == ("局", "12345", "提供")
    assert (office.icp_record, office.police_record) == ("I", "P")


def test_the_window_and_the_employers_confirmation_are_the_offices(build):
    said = {"renewal_opens_days": 60, "renewal_closes_days": 10, "employer_confirmation": False, "correction_days": 5}
    policy = web_context(build(**said)).services.policy
    assert policy == Policy(opens_days=60, closes_days=10, employer_confirmation=False, correct_within=5)
    assert web_context(build()).services.policy == Policy()


def test_what_the_page_of_settings_refuses_is_not_taken_from_the_environment(tmp_path):
    env = {"RENEWAL_DATA": str(tmp_path), "RENEWAL_KEEP_DECIDED_DAYS": "30"}
    with pytest.raises(ValueError, match="RENEWAL_KEEP_DECIDED_DAYS: 请填写180到36500之间的整数"):
        create_app(Settings.from_env(env))
    with pytest.raises(ValueError, match=r"RENEWAL_OUTSIDE_WINDOW: 请从列出的里面选一项.*'perhaps'"):
        create_app(Settings.from_env({"RENEWAL_DATA": str(tmp_path), "RENEWAL_OUTSIDE_WINDOW": "perhaps"}))


def test_receipts_point_to_the_address_the_office_gave(build):
    assert web_context(build(public_url="https://yanxu.example.cn/")).public_url("/x") == "https://yanxu.example.cn/x"


def test_the_hosts_answered_are_those_the_office_named(build):
    assert web_context(build()).hosts == frozenset()
    assert web_context(build(hosts=("a.cn",), public_url="https://b.cn/")).hosts == {"a.cn", "b.cn"}
    assert web_context(build(hosts=("localhost",), public_url="http://127.0.0.1:8000")).hosts == frozenset()


@pytest.mark.parametrize("wrong", [{"hosts": ("a.cn:80",)}, {"trusted_proxies": 1, "forwarded_allow_ips": ("*",)}])
def test_a_wrong_host_or_proxy_stops_the_start(build, wrong):
    with pytest.raises(ValueError, match=r"RENEWAL_HOSTS|FORWARDED_ALLOW_IPS"):
        build(**wrong)


def test_the_clock_and_the_keys_given_are_the_ones_used(build, keys, clock):
    app = build()
    assert app.config["SECRET_KEY"] == keys.session
    assert web_context(app).services.now() == clock.moment


def test_deadlines_are_counted_by_the_offices_own_holiday_file(build, settings, clock):
    """Noon of a Monday; without a file the fifth working day is the next one."""
    assert web_context(build()).services.return_by == date(2026, 6, 22)
    year = {"holidays": ["2026-06-19"], "make_up_days": ["2026-06-21"]}
    (settings.data / "holidays.json").write_text(json.dumps({"every_year": ["06-16"], "years": {"2026": year}}))
    services = web_context(build()).services
    assert services.return_by == date(2026, 6, 23)
    assert services.within(15) == date(2026, 7, 7)
    assert services.calendar_notice is None


@pytest.mark.parametrize("content", [b"\xff\xfe", b"{"], ids=["not UTF-8", "not JSON"])
def test_a_holiday_file_that_cannot_be_read_starts_nothing(build, settings, content):
    (settings.data / "holidays.json").write_bytes(content)
    with pytest.raises(HolidaysWrong, match=r"holidays\.json 有误"):
        build()


def test_a_year_without_its_holidays_is_said_on_the_offices_first_page(app):
    desk = Desk(app)
    desk.enter(staffed(desk.services))
    assert "还没有2026年的放假安排" in desk.get("/office/").text


@pytest.mark.parametrize("said", [{"sms_provider": "pigeon"}, {"sms_provider": "tencent"}])
def test_a_wrong_setting_of_text_messages_is_one_that_the_start_puts_into_words(build, said):
    with pytest.raises(WrongSetting, match="RENEWAL_SMS_"):
        build(**said)
