"""What is looked for in the log, as the form of its page asks it."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from urllib.parse import urlencode

from renewal.domain.application import LABELS as STATUSES
from renewal.domain.clock import CHINA
from renewal.domain.dates import parse_date
from renewal.domain.errors import InvalidValue
from renewal.office.acts import LABELS
from renewal.store.event_log import MOVE
from renewal.store.log_search import Wanted

FIELDS = {"since": "从", "until": "到", "who": "谁", "kind": "事项", "subject": "办件或对象"}
KINDS = {**{f"{MOVE}:{status}": label for status, label in STATUSES.items()}, **LABELS}
LONGEST = 64  # characters: no actor or subject has more


def read(typed: Mapping[str, str]) -> Wanted:
    """Raises InvalidValue."""
    since, until = _midnight(typed, "since"), _midnight(typed, "until")
    kind = typed.get("kind", "")
    if kind and kind not in KINDS:
        raise InvalidValue("没有这种事项，请从列表里选择。")
    action, _, target = kind.partition(":")
    return Wanted(
        since=since,
        until=until and until + timedelta(days=1),
        who=_text(typed, "who"),
        action=action,
        target=target,
        subject=_text(typed, "subject"),
    )


def words(typed: Mapping[str, str]) -> str:
    """What was asked for, for the log itself."""
    asked = {name: _text(typed, name) for name in FIELDS}
    asked["kind"] = KINDS.get(asked["kind"], "")
    return "，".join(f"{FIELDS[name]}：{text}" for name, text in asked.items() if text) or "全部"


def query(typed: Mapping[str, str], **more: str) -> str:
    """What was asked for once more, and `more`, as it stands behind an address."""
    return urlencode({name: typed[name] for name in FIELDS if typed.get(name)} | more)


def _midnight(typed: Mapping[str, str], name: str) -> datetime | None:
    text = _text(typed, name)
    return datetime.combine(parse_date(text), time(), CHINA) if text else None


def _text(typed: Mapping[str, str], name: str) -> str:
    return typed.get(name, "").strip()[:LONGEST]
