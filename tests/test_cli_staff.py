"""`flask staff`, for whoever has a shell on the machine."""

from datetime import UTC, datetime
from urllib.parse import parse_qs, unquote, urlsplit

import pyotp
import pytest

from renewal.app import create_app
from renewal.office.signing_in import Origin, sign_in
from renewal.settings import Settings
from renewal.store.staff import Role

HERE = Origin("", "")


@pytest.fixture
def app(tmp_path):
    app = create_app(Settings(data=tmp_path, office_name="泉城市注册中心"))
    app.test_cli_runner().invoke(args=["setup"])
    yield app
    app.extensions["renewal"].services.database.close()


@pytest.fixture
def services(app):
    return app.extensions["renewal"].services


@pytest.fixture
def run(app):
    return lambda *arguments: app.test_cli_runner().invoke(args=arguments)


def _printed(result):
    """The first password and the secret, from the lines that are printed, the last for who types the secret."""
    assert result.exit_code == 0, result.output
    password, address, hint = result.output.splitlines()
    parts = urlsplit(address)
    assert hint.endswith("：" + parse_qs(parts.query)["secret"][0])
    assert (parts.scheme, parts.netloc) == ("otpauth", "totp")
    assert unquote(parts.path).startswith("/泉城市注册中心:")
    return password.removeprefix("password: "), parse_qs(parts.query)["secret"][0]


def _now(secret):
    return pyotp.TOTP(secret).at(datetime.now(UTC))


@pytest.mark.parametrize("role", list(Role))
def test_who_is_added_signs_in_at_once_with_what_was_printed(services, run, role):
    password, secret = _printed(run("staff", "add", "王科员", "--role", role.value))
    member, _ = sign_in(services, "王科员", password, _now(secret), HERE)
    assert (member.name, member.role) == ("王科员", role)
    assert member.first_password_at


def test_nothing_printed_lies_in_the_database_in_plain(run, tmp_path):
    password, secret = _printed(run("staff", "add", "wang", "--role", "clerk"))
    stored = b"".join(file.read_bytes() for file in tmp_path.glob("renewal.db*"))
    assert b"scrypt:" in stored
    assert password.encode() not in stored
    assert secret.encode() not in stored


def test_all_are_listed_with_role_and_state(run):
    run("staff", "add", "wang", "--role", "clerk")
    run("staff", "add", "boss", "--role", "administrator")
    run("staff", "disable", "wang")
    assert run("staff", "list").output.splitlines() == ["boss\tadministrator", "wang\tclerk\tdisabled"]
    run("staff", "enable", "wang")
    assert "disabled" not in run("staff", "list").output


def test_a_reset_gives_both_anew_and_ends_sessions(services, run):
    first = _printed(run("staff", "add", "wang", "--role", "clerk"))
    _, session_id = sign_in(services, "wang", first[0], _now(first[1]), HERE)
    second = _printed(run("staff", "reset", "Wang"))
    assert not set(first) & set(second)
    assert services.sessions.find(session_id) is None


WRONG = [
    (["add", "wang", "--role", "clerk"], 1, "已经有叫“wang”的用户"),
    (["add", "<b>", "--role", "clerk"], 1, "用户名请用"),
    (["add", "li", "--role", "king"], 2, "king"),
    (["add", "li"], 2, "--role"),
    (["reset", "nobody"], 1, "没有叫“nobody”的用户"),
    (["disable", "nobody"], 1, "没有叫“nobody”的用户"),
    (["disable", "boss"], 1, "最后一位管理员"),
]


def test_what_cannot_be_done_is_said_in_words(services, run):
    run("staff", "add", "wang", "--role", "clerk")
    run("staff", "add", "boss", "--role", "administrator")
    for command, status, words in WRONG:
        result = run("staff", *command)
        assert (result.exit_code, words in result.output) == (status, True), command
    assert [member.disabled for member in services.staff.list()] == [False, False]


def test_before_the_set_up_it_says_what_to_run(tmp_path):
    app = create_app(Settings(data=tmp_path / "new"))
    result = app.test_cli_runner().invoke(args=["staff", "list"])
    assert result.exit_code == 1
    assert "请先运行 flask --app wsgi setup" in result.output


def test_what_commands_do_is_logged_and_the_log_verifies(services, run):
    run("staff", "add", "wang", "--role", "clerk")
    run("staff", "disable", "wang")
    acts = services.event_log.acts("wang")
    assert [(act.action, act.actor.name) for act in acts] == [("add_staff", "命令行"), ("disable_staff", "命令行")]
    assert run("audit", "verify").exit_code == 0
