"""Puts the app together. The only importer of settings."""

import errno
import logging
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Flask
from flask.logging import default_handler

from renewal import cli, logs, web
from renewal.documents.fonts import Fonts
from renewal.domain import holidays
from renewal.domain.calendar import WorkingCalendar
from renewal.domain.errors import InvalidValue
from renewal.domain.office import Office
from renewal.domain.policy import Policy
from renewal.domain.sms import Kind
from renewal.forms.holidays import HOLIDAY_FILE
from renewal.forms.office import FIXED
from renewal.images import models
from renewal.services import Services
from renewal.settings import Settings, WrongSetting
from renewal.sms import PROVIDERS as SENDERS
from renewal.sms.provider import Account as SmsAccount
from renewal.sms.provider import Provider as Sender
from renewal.store.database import Database
from renewal.store.keys import Keys
from renewal.store.sealed import Sealer
from renewal.store.volume import Volume, in_words
from renewal.verification import ELSEWHERE, Account, Provider
from renewal.web import hosts, proxies
from renewal.web.context import WebContext
from renewal.web.flask_app import App
from renewal.web.probes import Watchers
from renewal.web.tokens import Tokens
from renewal.wire.contract import chosen

SHIPPED_HOLIDAYS = Path(__file__).with_name("holidays.json")


class DataUnusable(RuntimeError):
    """The folder of the data cannot be made, read or written."""


class HolidaysWrong(RuntimeError):
    """The office's holiday file cannot be read: without it deadlines would be others than the office thinks."""


def create_app(
    settings: Settings | None = None,
    keys: Keys | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Flask:
    """The whole app. Settings come from the environment and keys from their folder unless given.

    Raises WrongSetting, DataUnusable, KeysMissing when there is data that no key opens, KeysWrong, ModelsMissing
    before `make assets` has run, HolidaysWrong when the office's holidays.json says nothing that can be counted with,
    UrlWrong when DATABASE_URL names no database, Unavailable when it is asked whether it has data and does not answer.
    """
    settings = settings or Settings.from_env()
    models.check()
    _prepare(settings.data)
    own_holidays = settings.data / "holidays.json"
    calendar = _calendar(own_holidays)
    database = Database(settings.database)
    keys = keys or _keys(settings, database)
    database.close()  # before there are workers
    app = App("renewal", root_path=str(web.assets.ROOT), static_folder=None)
    app.logger.setLevel(logging.INFO)
    default_handler.setFormatter(logs.formats(settings.log_format)[0])
    app.config.update(
        SECRET_KEY=keys.session,
        SESSION_COOKIE_SECURE=settings.https_only,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=timedelta(seconds=settings.idle_seconds),
        DEVICE_SECONDS=settings.device_seconds,
        MAX_CONTENT_LENGTH=settings.upload_bytes,
        ROSTER_BYTES=settings.roster_bytes,
        TRUSTED_PROXIES=settings.trusted_proxies,
    )
    given = settings.given | ({HOLIDAY_FILE} if own_holidays.exists() else set())
    fonts = Fonts(settings.data / "fonts")
    rules = (_policy(settings), calendar, _office(settings), given)
    services = Services.over(database, Sealer(keys), now, *rules, fonts, _volume(settings), *_providers(settings))
    _check(services, settings.given)
    watchers = Watchers(settings.metrics_networks, settings.metrics_secret)
    web.init_app(app, _web_context(settings, services, Tokens(keys.session, settings.device_seconds)), watchers)
    cli.init_app(app, services, settings.public_url.rstrip("/"), settings.roster_bytes)
    if settings.trusted_proxies:
        networks = settings.proxy_networks
        proxies.init_app(app, networks, settings.trusted_proxies, settings.proxy_sets_host)
    return app


def rescue(settings: Settings, words: str) -> Flask:
    """No more than the commands that put keys back; every other one, and a server, ends with `words`."""
    app = Flask("renewal", static_folder=None)
    app.cli = cli.Rescue(words, _volume(settings), lambda: datetime.now(UTC))
    return app


def _prepare(data: Path) -> None:
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)  # the data is nobody else's
        if not os.access(data, os.R_OK | os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(data))
    except OSError as error:
        raise DataUnusable(f"数据文件夹 {data} 不能使用：{in_words(error)}") from error


def _keys(settings: Settings, database: Database) -> Keys:
    try:
        return Keys.read_or_make(settings.keys, make=not settings.keys.exists() and not database.holds_data())
    except OSError as error:
        raise DataUnusable(f"密钥文件夹 {settings.keys} 不能使用：{in_words(error)}") from error


def _volume(settings: Settings) -> Volume:
    return Volume(settings.data, settings.keys, settings.backups, settings.database, settings.daily_backup)


def _calendar(own: Path) -> WorkingCalendar:
    """By the office's file, where there is one, or by the one shipped."""
    file = own if own.exists() else SHIPPED_HOLIDAYS
    try:
        return holidays.read(file.read_text("utf-8-sig"))  # as editors on Windows write it
    except (OSError, UnicodeDecodeError, InvalidValue) as wrong:
        words = wrong if isinstance(wrong, InvalidValue) else "文件打不开，或不是UTF-8编码"
        raise HolidaysWrong(f"节假日文件 {file} 有误：{words}。请改正后再启动。") from wrong


def _policy(settings: Settings) -> Policy:
    return Policy(
        required=frozenset({"specialty_2"} if settings.second_specialty_required else ()),
        employer_confirmation=settings.employer_confirmation,
        opens_days=settings.renewal_opens_days,
        closes_days=settings.renewal_closes_days,
        outside_window=settings.outside_window,
        correct_within=settings.correction_days,
        keep_drafts_days=settings.keep_drafts_days,
        keep_avatars_days=settings.keep_avatars_days,
        keep_decided_days=settings.keep_decided_days,
    )


def _office(settings: Settings) -> Office:
    return Office(
        settings.office_name,
        settings.office_phone,
        settings.office_address,
        settings.office_hours,
        settings.provider_line,
        settings.icp_record,
        settings.police_record,
    )


def _providers(settings: Settings) -> tuple[Sender | None, Provider | None]:
    """Who sends messages and who checks faces for this office. Raises WrongSetting naming what is missing or wrong."""
    try:
        return _sms(settings), _face(settings)
    except ValueError as wrong:  # names the variable
        raise WrongSetting(str(wrong)) from wrong


def _sms(settings: Settings) -> Sender | None:
    make = chosen("RENEWAL_SMS_PROVIDER", settings.sms_provider, SENDERS)
    return make and make(
        SmsAccount(
            key_id=settings.sms_key_id,
            key=settings.sms_key,
            sign_name=settings.sms_sign_name,
            templates={kind: number for kind in Kind if (number := getattr(settings, f"sms_template_{kind}"))},
            app_id=settings.sms_app_id,
            endpoint=settings.sms_endpoint.rstrip("/"),
            proxy=settings.outgoing_proxy,
        )
    )


def _face(settings: Settings) -> Provider | None:
    make = chosen("RENEWAL_FACE_PROVIDER", settings.face_provider, ELSEWHERE)
    return make and make(
        Account(
            key_id=settings.face_key_id,
            key=settings.face_key,
            scene=settings.face_scene,
            endpoint=settings.face_endpoint.rstrip("/"),
            proxy=settings.outgoing_proxy,
        )
    )


def _check(services: Services, given: frozenset[str]) -> None:
    """What the page of settings would not take is not taken from the environment either. Raises WrongSetting."""
    for setting in (each for section in FIXED for each in section.settings if each.variable in given):
        text = setting.text(services.in_force.base)
        try:
            setting.kind.read(text)
        except InvalidValue as wrong:
            raise WrongSetting(f"{setting.variable}: {wrong} ({text!r})") from wrong


def _web_context(settings: Settings, services: Services, tokens: Tokens) -> WebContext:
    return WebContext(
        services=services,
        tokens=tokens,
        address=settings.public_url,
        data=settings.data,
        hosts=settings.known_hosts - hosts.LOOPBACK,
    )
