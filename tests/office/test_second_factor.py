import pytest

from renewal.office import second_factor
from renewal.store.staff import Member
from tests.staffing import again, code, staffed


@pytest.fixture
def clerk(services) -> Member:
    return staffed(services)


def take(services, member: Member, typed: str) -> bool:
    with services.database.transaction():
        return second_factor.take(services, member, typed)


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_clock_may_be_half_a_minute_off(services, clerk, steps):
    assert take(services, clerk, code(services, clerk, steps))


@pytest.mark.parametrize("steps", [-2, 2])
def test_a_minute_off_is_too_much(services, clerk, steps):
    assert not take(services, clerk, code(services, clerk, steps))


def test_a_code_is_taken_as_people_type_it(services, clerk):
    digits = code(services, clerk)
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in digits)
    assert take(services, clerk, f" {wide[:3]} {wide[3:]} ")


@pytest.mark.parametrize("typed", ["", " ", "0", "abcdef", "验证码", "\ud800", "1" * 10_000])
def test_what_is_no_code_is_not_taken(services, clerk, typed):
    assert not take(services, clerk, typed)


def test_an_anothers_code_is_not_taken(services, clerk):
    other = staffed(services, "李科员")
    assert not take(services, clerk, code(services, other))
    with services.database.transaction():
        (recovery, *_) = second_factor.new_recovery_codes(services, other)
    assert not take(services, clerk, recovery)
    assert take(services, other, recovery)


def test_ten_recovery_codes_are_good_for_once_each(services, clerk):
    with services.database.transaction():
        codes = second_factor.new_recovery_codes(services, clerk)
    assert len(set(codes)) == second_factor.RECOVERY_CODES == 10
    assert [take(services, clerk, each) for each in (*codes, *codes)] == [True] * 10 + [False] * 10
    assert again(services, clerk).recovery == ()


def test_recovery_codes_are_stored_as_hashes(services, clerk):
    with services.database.transaction():
        codes = second_factor.new_recovery_codes(services, clerk)
    assert not any(each.replace("-", "") in "".join(again(services, clerk).recovery) for each in codes)


def test_an_authenticator_app_is_told_whose_account_it_is(services, clerk):
    address = second_factor.address(clerk, "泉城市注册中心")
    assert address.startswith("otpauth://totp/")
    assert f"secret={clerk.totp_secret}" in address
    assert "issuer=%E6%B3%89%E5%9F%8E" in address
