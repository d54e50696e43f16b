"""Signed tokens: each says only what it grants, has its own salt and its own age."""

from dataclasses import dataclass
from typing import Any

from itsdangerous import BadData, TimestampSigner, URLSafeSerializer, URLSafeTimedSerializer

from renewal.store.employer_links import LinkKey

FACE_CHECK = 31 * 60  # seconds; the order itself ends a little earlier
ENROLMENT = 15 * 60  # seconds to set up an app on the phone


@dataclass(frozen=True, slots=True)
class StepToken:
    """A form was shown for this step of this draft at this version."""

    draft: str
    step: str
    version: int


class Tokens:
    """Steps and devices age alike: a form posts for as long as its browser is remembered."""

    def __init__(self, secret: str, device_seconds: int) -> None:
        # Every form has one, and no compression shortens it: as text it is a fifth shorter than as JSON in base64.
        self._steps = TimestampSigner(secret, salt="step as text")  # not “step”: forms of before hold those
        self._receipts = URLSafeSerializer(secret, salt="receipt")
        self._enrolments = URLSafeTimedSerializer(secret, salt="enrolment")
        self._employers = URLSafeSerializer(secret, salt="employer")
        self._face_checks = URLSafeTimedSerializer(secret, salt="face check")
        self._devices = URLSafeTimedSerializer(secret, salt="device")
        self._age = device_seconds

    def step(self, draft: str, step: str, version: int) -> str:
        return _text(self._steps.sign(f"{draft}.{step}.{version}"))

    def read_step(self, token: str) -> StepToken | None:
        """None for anything forged, foreign or too old."""
        try:
            draft, step, version = self._steps.unsign(token, max_age=self._age).decode().split(".")
        except BadData:
            return None
        return StepToken(draft, step, int(version))

    def receipt(self, application_id: int) -> str:
        """Never expires: it is printed on paper."""
        return _text(self._receipts.dumps(application_id))

    def read_receipt(self, token: str) -> int | None:
        value = _loaded(self._receipts, token)
        return int(value) if value else None

    def enrolment(self, member_id: int, password_hash: str) -> str:
        """Name and password of this account were right a moment ago."""
        return _text(self._enrolments.dumps([member_id, password_hash[-16:]]))

    def read_enrolment(self, token: str) -> tuple[int, str] | None:
        """The account, and the end of the hash its password had. None for anything forged or too old."""
        value = _loaded(self._enrolments, token, max_age=ENROLMENT)
        return (value[0], value[1]) if value else None

    def face_check(self, order_id: str) -> str:
        """The way back from a provider's page: whoever holds it may ask how the order stands, once."""
        return _text(self._face_checks.dumps(order_id))

    def read_face_check(self, token: str) -> str | None:
        """None for anything forged or too old."""
        value = _loaded(self._face_checks, token, max_age=FACE_CHECK)
        return str(value) if value else None

    def employer(self, key: LinkKey) -> str:
        """The same for the same link; when it ends stands in the database, for it may end earlier."""
        return _text(self._employers.dumps([key.application_id, key.position, key.serial]))

    def read_employer(self, token: str) -> LinkKey | None:
        value = _loaded(self._employers, token)
        return LinkKey(*value) if value else None

    def device(self, known: tuple[Any, ...]) -> str:
        return _text(self._devices.dumps(known))

    def read_device(self, token: str) -> list[Any]:
        """Empty for anything forged or too old."""
        return _loaded(self._devices, token, max_age=self._age) or []


def _text(token: str | bytes) -> str:
    return token if isinstance(token, str) else token.decode()


def _loaded(serializer: Any, token: str, **limits: int) -> Any:
    try:
        return serializer.loads(token, **limits)
    except BadData:
        return None
