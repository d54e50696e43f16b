"""Puts the app together. The only importer of settings."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Flask

from renewal import cli, web
from renewal.domain import holidays
from renewal.domain.calendar import WorkingCalendar
from renewal.domain.errors import InvalidValue
from renewal.domain.policy import Policy
from renewal.images import models
from renewal.services import Services
from renewal.settings import Settings
from renewal.store.database import Database
from renewal.store.keys import Keys
from renewal.store.sealed import Sealer
from renewal.verification import ELSEWHERE, Account, Provider
from renewal.web import hosts, proxies
from renewal.web.context import Office, WebContext
from renewal.web.tokens import Tokens

SHIPPED_HOLIDAYS = Path(__file__).with_name("holidays.json")


class HolidaysWrong(RuntimeError):
    """The office's holiday file cannot be read: without it deadlines would be others than the office thinks."""


def create_app(
    settings: Settings | None = None,
    keys: Keys | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Flask:
    """The whole app. Settings come from the environment and keys from their folder unless given.

    Raises KeysMissing when there is data that no key opens, ModelsMissing before `make assets` has run,
    HolidaysWrong when the office's holidays.json says nothing that can be counted with.
    """
    settings = settings or Settings.from_env()
    models.check()
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)  # the data is nobody else's
    calendar = _calendar(settings.data / "holidays.json")
    database = Database(settings.database)
    keys = keys or Keys.read_or_make(settings.keys, make=not database.holds_data())
    app = Flask("renewal", root_path=str(web.assets.ROOT), static_folder=None)
    app.logger.setLevel(logging.INFO)
    app.config.update(
        SECRET_KEY=keys.session,
        SESSION_COOKIE_SECURE=settings.https_only,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=timedelta(seconds=settings.idle_seconds),
        DEVICE_SECONDS=settings.device_seconds,
        MAX_CONTENT_LENGTH=settings.upload_bytes,
        TRUSTED_PROXIES=settings.trusted_proxies,
    )
    services = Services.over(database, Sealer(keys), now, _policy(settings), calendar, _face(settings))
    web.init_app(app, _web_context(settings, services, Tokens(keys.session, settings.device_seconds)))
    cli.init_app(app, services, _issuer(settings), settings.public_url.rstrip("/"))
    if settings.trusted_proxies:
        networks = settings.proxy_networks
        proxies.init_app(app, networks, settings.trusted_proxies, settings.proxy_sets_host)
    return app


def _issuer(settings: Settings) -> str:
    """Whose code it is, in an authenticator app."""
    return settings.office_name or "监理工程师延续注册"


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
        correct_within=settings.correction_days,
    )


def _face(settings: Settings) -> Provider | None:
    """Who checks faces for this office. Raises ValueError naming what is missing or unknown."""
    name = settings.face_provider
    if name == "none":
        return None
    if name not in ELSEWHERE:
        raise ValueError(f"RENEWAL_FACE_PROVIDER is none, {' or '.join(ELSEWHERE)}, not {name!r}")
    needed = ["face_secret_id", "face_secret_key", *(["face_scene"] if name == "aliyun" else [])]
    if missing := [f"RENEWAL_{each.upper()}" for each in needed if not getattr(settings, each)]:
        raise ValueError(f"RENEWAL_FACE_PROVIDER={name} needs {', '.join(missing)}")
    account = Account(
        id=settings.face_secret_id,
        key=settings.face_secret_key,
        scene=settings.face_scene,
        endpoint=settings.face_endpoint.rstrip("/"),
        proxy=settings.face_proxy,
    )
    return ELSEWHERE[name](account)


def _web_context(settings: Settings, services: Services, tokens: Tokens) -> WebContext:
    return WebContext(
        services=services,
        tokens=tokens,
        office=Office(
            settings.office_name,
            settings.office_phone,
            settings.provider_line,
            settings.icp_record,
            settings.police_record,
        ),
        issuer=_issuer(settings),
        address=settings.public_url,
        data=settings.data,
        hosts=settings.known_hosts - hosts.LOOPBACK,
    )
