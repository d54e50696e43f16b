"""`flask check` tells an office whether messages would go out, and sends none."""

from pathlib import Path

import pytest

from renewal.app import create_app
from renewal.settings import Settings
from tests.doubles.serving import listening
from tests.doubles.sms import DOUBLES
from tests.messaging import settings_for


def check(settings: Settings) -> tuple[int, str]:
    app = create_app(settings)
    runner = app.test_cli_runner()
    runner.invoke(args=["setup"])
    result = runner.invoke(args=["check"])
    app.extensions["renewal"].services.database.close()
    return result.exit_code, result.output


@pytest.mark.parametrize("name", DOUBLES)
def test_good_credentials_are_said_to_be_good(tmp_path: Path, name: str) -> None:
    with listening(DOUBLES[name]()) as double:
        code, said = check(settings_for(double, RENEWAL_DATA=str(tmp_path)))
    assert (code, double.taken, double.checks) == (0, [], 1)
    assert "密钥和验证码模板可用，没有发送短信" in said


@pytest.mark.parametrize("name", DOUBLES)
def test_bad_ones_end_with_1_beside_a_log_that_is_whole(tmp_path: Path, name: str) -> None:
    with listening(DOUBLES[name]()) as double:
        code, said = check(settings_for(double, RENEWAL_DATA=str(tmp_path), RENEWAL_SMS_KEY="another"))
    assert code == 1
    assert "日志完整" in said
    assert "短信不认密钥" in said
    assert "another" not in said


def test_where_nobody_sends_nothing_is_said_of_it(tmp_path: Path) -> None:
    code, said = check(Settings(data=tmp_path))
    assert (code, "短信" in said) == (0, False)
