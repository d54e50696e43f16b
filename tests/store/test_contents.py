from renewal.attempts import Counter, count
from renewal.office.acts import COMMAND, Action
from renewal.office.signing_in import TRIES
from renewal.store.contents import is_empty
from tests.factories import carry


def test_a_fresh_database_is_empty(services):
    assert is_empty(services.database)


def test_a_draft_fills_it(services):
    carry(services, "register")
    assert not is_empty(services.database)


def test_whatever_was_logged_fills_it(services):
    services.log(COMMAND, Action.SIGN_IN, "王科员")
    assert not is_empty(services.database)


def test_so_does_a_try_to_sign_in(services):
    count(services, [Counter(TRIES, ("office", "account", "王科员"))])
    assert not is_empty(services.database)
