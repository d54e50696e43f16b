"""How a line of the log reads, as text or as JSON; and what never stands in one."""

import json
import re
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from logging import Formatter, LogRecord
from typing import Any


class Elsewhere(RuntimeError):
    """A bug in another process; its words are the `trace` that was made there."""


OF_CODE = (AttributeError, ImportError, NameError, Elsewhere)
"""Errors whose words are names in the code; those of others may hold what somebody typed."""
OPENING = "receipts|employer|office/setup|renewal/face/return"
BLANKED = (
    # Who has one of these addresses opens what it leads to.
    (re.compile(rf"(/(?:{OPENING})/)[^/\s'\"]+?(?=\.pdf\b|[/\s'\"?]|$)"), r"\1***"),
    (re.compile(r"\?[^\s'\"]+"), "?***"),
    # Gunicorn quotes what it could not read.
    (re.compile(r"(Invalid request from ip=\S+: [^'\":]*).*", re.DOTALL), r"\1"),
)
ACCESS = {"client": "h", "method": "m", "path": "U", "status": "s", "bytes": "B", "ms": "M"}
"""What the access log says of a request, by gunicorn's letters."""
NO_REQUEST = "-"


def blanked(text: str) -> str:
    """Without what opens anything, and without queries, in which names are searched for."""
    for pattern, instead in BLANKED:
        text = pattern.sub(instead, text)
    return text


def trace(error: BaseException) -> str:
    """Where it happened and what it was, the causes first, without the words in which somebody's data may stand."""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    before = f"{trace(cause)}\nthen:\n" if cause else ""
    places = "".join(traceback.format_tb(error.__traceback__))
    words = f": {error}" if isinstance(error, OF_CODE) else ""
    return f"{before}{places}{type(error).__name__}{words}"


class Text(Formatter):
    """For who reads the log as it is."""

    def __init__(self) -> None:
        super().__init__(
            "[%(asctime)s] [%(process)d] [%(levelname)s] [%(request)s] %(message)s",
            "%Y-%m-%d %H:%M:%S %z",
            defaults={"request": NO_REQUEST},
        )

    def format(self, record: LogRecord) -> str:
        record.exc_text = None  # what another handler made of the error is kept there, with its words
        return blanked(super().format(record))

    def formatException(self, ei: Any) -> str:  # logging's name
        return trace(ei[1])


class Json(Formatter):
    """One object a line, for who collects logs."""

    def format(self, record: LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "process": record.process,
            "request": getattr(record, "request", NO_REQUEST),
        }
        return json.dumps(line | self.said(record), ensure_ascii=False)

    def said(self, record: LogRecord) -> dict[str, Any]:
        told = {"message": blanked(record.getMessage())}
        error = record.exc_info and record.exc_info[1]
        return told | ({"trace": trace(error)} if error else {})


class JsonAccess(Json):
    """A request as gunicorn tells of it."""

    def said(self, record: LogRecord) -> dict[str, Any]:
        atoms: Any = record.args
        request = {"request": atoms["{renewal.request_id}e"]}
        return request | {name: _number(atoms[letter]) for name, letter in ACCESS.items()}


FORMATS: Mapping[str, tuple[Formatter, Formatter]] = {
    "text": (Text(), Formatter()),
    "json": (Json(), JsonAccess()),
}
"""Of what is said, and of requests."""


def formats(name: str) -> tuple[Formatter, Formatter]:
    """Raises ValueError naming the variable."""
    if name not in FORMATS:
        raise ValueError(f"RENEWAL_LOG_FORMAT is text or json, not {name!r}")
    return FORMATS[name]


def _number(atom: Any) -> Any:
    return int(atom) if str(atom).isdecimal() else atom
