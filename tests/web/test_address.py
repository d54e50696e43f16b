import pytest

from renewal.web.address import own_address


@pytest.mark.parametrize(
    ("remote", "own"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("203.0.113.7:4711", "203.0.113.7"),
        ("[2001:db8:1:2:3:4:5:6]:4711", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2:3:4:5:6]", "2001:db8:1:2::/64"),
        ("[::ffff:203.0.113.7]:4711", "203.0.113.7"),
        ("somebody:4711", "somebody:4711"),
        ("12:4711", "12:4711"),
        ("", ""),
    ],
)
def test_an_address_stands_for_one_subscriber(remote: str, own: str) -> None:
    assert own_address(remote, 0) == own


def test_a_subscriber_who_changes_within_its_network_stays_one() -> None:
    assert len({own_address(f"2001:db8:1:2::{last:x}", 0) for last in range(300)}) == 1


@pytest.mark.parametrize("remote", ["127.0.0.1", "127.0.0.53", "::1", "::ffff:127.0.0.1"])
def test_behind_a_proxy_that_no_setting_names_there_is_no_address(remote: str) -> None:
    assert own_address(remote, 0) == ""


def test_a_proxy_that_tells_the_port_too_makes_no_address_of_each() -> None:
    for form in ("203.0.113.7:{}", "[2001:db8::7]:{}"):
        assert len({own_address(form.format(port), 1) for port in range(1024, 1324)}) == 1


def test_a_named_proxy_that_says_the_visitor_is_this_machine_is_believed() -> None:
    assert own_address("127.0.0.1", 1) == "127.0.0.1"
