"""Offices that send text messages, and applicants who want them."""

from dataclasses import replace

from renewal.domain.sms import Kind
from renewal.journey import phone
from renewal.services import Services
from renewal.settings import Settings
from renewal.sms import PROVIDERS
from renewal.sms.provider import Account
from renewal.store import models
from renewal.store.applications import Application
from renewal.store.drafts import Draft
from renewal.store.outbox import State
from tests.doubles.sms import APP, DOUBLES, KEY, KEY_ID, SIGN, SmsDouble, environment
from tests.factories import Person, carry, stored, submit


def sending_by(services: Services, double: SmsDouble, **changes: object) -> Services:
    """The services of an office that sends by this double."""
    name = next(name for name, made in DOUBLES.items() if made is type(double))
    templates = {kind: double.templates[kind] for kind in Kind}
    account = replace(Account(KEY_ID, KEY, SIGN, templates, APP, double.address), **changes)
    return replace(services, sms=PROVIDERS[name](account))


def settings_for(double: SmsDouble, **changes: str) -> Settings:
    name = next(name for name, made in DOUBLES.items() if made is type(double))
    return Settings.from_env({**environment(name, double), **changes})


def confirmed(services: Services, draft: Draft) -> Draft:
    """The draft after its number was confirmed."""
    with services.database.transaction():
        services.phones.confirm(draft.id, phone.number_of(services, draft), services.now())
    return draft


def reminded(services: Services, who: Person | None = None) -> Application:
    """A case whose applicant is told of it."""
    return submit(services, confirmed(services, carry(services, "review", who)))


def rows(services: Services) -> list[models.Message]:
    return sorted(stored(services, models.Message), key=lambda row: row.id)


def waiting(services: Services) -> list[str]:
    """The kinds of the messages that wait to be sent."""
    return [row.kind for row in rows(services) if row.state == State.WAITING]
