"""The files of one case, as they are handed over."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from renewal import papers
from renewal.domain.clock import CHINA
from renewal.domain.defects import COMMITMENT
from renewal.forms.pictures import PORTRAIT, SIGNATURE
from renewal.office.acts import label
from renewal.office.exporting import Taken
from renewal.services import Services
from renewal.store.event_log import Event

KINDS = {b"\xff\xd8\xff": "jpg", b"\x89PNG": "png"}


def files(services: Services, taken: Taken, office: str) -> dict[str, bytes]:
    """By name; without those that there are none of. `office` is the name of who handles it. Raises NoFont."""
    made = (_form(services, taken, office), *(each(taken) for each in FILES))
    return {name: content for name, content in made if content}


def _form(services: Services, taken: Taken, office: str) -> tuple[str, bytes]:
    promised = COMMITMENT in taken.case.answers  # an old case may lack it
    return "申请表.pdf", papers.form_with(services, taken.case, taken.pictures, office) if promised else b""


def _picture(kind: str, title: str) -> Callable[[Taken], tuple[str, bytes]]:
    def file(taken: Taken) -> tuple[str, bytes]:
        content = taken.pictures.get(kind, b"")
        ending = next((ending for start, ending in KINDS.items() if content.startswith(start)), "bin")
        return f"{title}.{ending}", content

    return file


def _letter(taken: Taken) -> tuple[str, bytes]:
    """As it was read and agreed to, and below it when, and by which its wording can be proved."""
    letter: dict[str, Any] = taken.case.answers.get(COMMITMENT, {})
    if not letter:
        return "承诺书.txt", b""
    at = datetime.fromisoformat(letter["at"]).astimezone(CHINA)
    below = f"本人作出上述承诺\n承诺时间：{at:%Y-%m-%d %H:%M:%S}\n以上正文SHA-256：{letter['sha256']}\n"
    return "承诺书.txt", f"\ufeff{letter['text']}\n\n{below}".encode()


def _history(taken: Taken) -> tuple[str, bytes]:
    told = {"number": taken.case.number, "events": [_told(event) for event in taken.events]}
    return "办理记录.json", json.dumps(told, ensure_ascii=False, indent=1).encode()


def _told(event: Event) -> dict[str, Any]:
    return {
        "sequence": event.sequence,
        "at": event.at.astimezone(CHINA).isoformat(timespec="seconds"),
        "what": label(event.action, event.target),
        "action": event.action,
        "by": event.actor.name,
        "kind": event.actor.kind,
        "from": event.source,
        "to": event.target,
        "version": event.version,
        "reason": event.reason,
        "deadline": event.deadline.isoformat() if event.deadline else None,
        "evidence": event.evidence,
        "previous_hash": event.previous_hash,
        "hash": event.hash,
    }


FILES: tuple[Callable[[Taken], tuple[str, bytes]], ...] = (
    _picture(PORTRAIT.kind, "证件照"),
    _picture(SIGNATURE.kind, "签名"),
    _letter,
    _history,
)
"""Another file of a case is one more entry: its name, and its content or nothing."""
