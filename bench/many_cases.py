"""An office with very many cases, made in seconds: every answer sealed, every keyed hash and mask real."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

from peewee import chunked

from renewal.domain.application import DECIDED, OPEN, Status
from renewal.domain.clock import china_day
from renewal.domain.codes import SPECIALTIES
from renewal.domain.defects import REASONS
from renewal.domain.id_number import checksum_character
from renewal.domain.trust import Trust
from renewal.services import Services
from renewal.store import models
from renewal.store.event_log import MOVE, day_of
from renewal.store.head import Head
from renewal.store.intake import number_of
from renewal.store.submissions import context
from tests.factories import Person

FAMILY, GIVEN = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华春"
SHARES = {
    Status.SUBMITTED: 6,
    Status.EMPLOYER_CONFIRMED: 6,
    Status.ACCEPTED: 8,
    Status.RETURNED: 4,
    Status.EMPLOYER_DECLINED: 1,
    Status.APPROVED: 65,
    Status.DECLINED: 5,
    Status.WITHDRAWN: 5,
}
"""In a hundred: a quarter of them in hand, far more than an office has."""
BATCH = 500
TODAY, DUE_DAYS = 400, 14


def fill(services: Services, count: int, clerks: list[int]) -> None:
    """Cases numbered from 1 on, handed in over the last 400 days."""
    random = Random(9)
    with services.database.transaction():
        for first in range(1, count + 1, BATCH):
            rows = [_case(services, random, one, count, clerks) for one in range(first, min(first + BATCH, count + 1))]
            for position, table in enumerate((models.Draft, models.Application, models.Submission)):
                services.database.run(table.insert_many([row[position] for row in rows]))
            events, defects = _history([application for _, application, _ in rows])
            services.database.run(models.Event.insert_many(events))
            services.database.run(models.Defect.insert_many(defects))
        _end_log(services, Head(10 * count + 9, f"{10 * count + 9:064x}"))
        services.step_counts.reach(china_day(services.now()), ["verify", "face", "notice", "details"])
        for pictures in chunked(_pictures(services, random, count), BATCH):
            services.database.run(models.Attachment.insert_many(pictures))


def somebody(random: Random, serial: int) -> Person:
    name = random.choice(FAMILY) + "".join(random.choices(GIVEN, k=random.choice((1, 2, 2))))
    first17 = f"370102{1960 + serial % 40}{serial // 40 % 12 + 1:02d}{serial // 480 % 28 + 1:02d}{serial // 13440:03d}"
    return Person(name, first17 + checksum_character(first17), f"138{serial:08d}")


def _case(services: Services, random: Random, serial: int, count: int, clerks: list[int]) -> tuple[Any, ...]:
    who, now = somebody(random, serial), services.now()
    employer = f"泉城第{random.randrange(400)}工程监理有限公司"
    details = who.details | {"employer": employer, "specialty_1": random.choice(SPECIALTIES.names)}
    answers = {"details": details, "face": {"method": random.choice(("selfie", "selfie", "counter"))}}
    status = random.choices(list(SHARES), weights=list(SHARES.values()))[0]
    submitted_at = now - timedelta(days=TODAY * (1 - serial / count))
    draft_id = f"{serial:032x}"
    draft = {
        "id": draft_id,
        "version": 9,
        "trust": Trust.CAPTURED,
        "id_index": services.sealer.index("id_number", who.id_number),
        "owner_index": f"{serial}",
        "answers": services.sealer.seal_json(answers, f"draft:{draft_id}"),
        "history": "{}",
        "submitted": True,
        "saved_at": submitted_at,
    }
    application = {
        "id": serial,
        "number": number_of(serial, submitted_at),
        "draft": draft_id,
        "status": status,
        "version": 2,
        "head": f"{serial:064x}",
        "id_index": draft["id_index"],
        "open_index": f"{serial:064x}" if status in OPEN else None,
        "conflict": random.random() < 0.01,
        "trust": Trust.CAPTURED,
        "submissions": 1 + (random.random() < 0.2),
        "submitted_at": submitted_at,
        "deadline": _deadline(services, random, status),
        "clerk": random.choice(clerks) if status in (Status.ACCEPTED, Status.APPROVED, Status.DECLINED) else None,
        **services.intake.columns(answers),
    }
    submission = {
        "application": serial,
        "position": application["submissions"] - 1,
        "answers": services.sealer.seal_json(answers, context(serial, application["submissions"] - 1)),
        "submitted_at": submitted_at,
    }
    return draft, application, submission


def _history(cases: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The moves of these cases, some days apart, and what those were returned for that came more than once."""
    events, defects = [], []
    for case in cases:
        random, at, source = Random(case["id"]), case["submitted_at"], Status.DRAFT
        for version, target in enumerate(_moves(case), 1):
            events.append(_event(case["id"], version, source, target, at))
            source, at = target, at + timedelta(days=random.choice((0, 1, 2, 3, 5, 7, 10, 16)))
        if case["submissions"] > 1:
            wrong, place = (
                random.sample(list(REASONS), random.choice((1, 2, 3))),
                {"application": case["id"], "position": 0},
            )
            defects += [{**place, "field": field, "reason": REASONS[field][0]} for field in wrong]
    return events, defects


def _moves(case: dict[str, Any]) -> list[Status]:
    once, confirmed = [Status.SUBMITTED, Status.EMPLOYER_CONFIRMED], Status.EMPLOYER_CONFIRMED
    moves = [*once, Status.RETURNED, *once] if case["submissions"] > 1 else once
    if case["status"] in DECIDED:
        return [*moves, Status.ACCEPTED, case["status"]]
    return moves if case["status"] in (Status.SUBMITTED, confirmed) else [*moves, case["status"]]


def _event(case: int, version: int, source: Status, target: Status, at: datetime) -> dict[str, Any]:
    sequence = case * 10 + version
    actor = {"actor_kind": "staff", "actor": "王科员", "reason": "", "deadline": None, "evidence": "", "subject": None}
    chained = {"sequence": sequence, "previous_hash": f"{sequence - 1:064x}", "hash": f"{sequence:064x}"}
    moved = {"application": case, "version": version, "action": MOVE, "source": source, "target": target, "at": at}
    return moved | actor | chained | {"day": day_of(at)}


def _end_log(services: Services, head: Head) -> None:
    """So that the next event has something to follow."""
    services.database.run(models.ChainHead.delete())
    seal = services.sealer.index("chain head", str(head))
    services.database.run(models.ChainHead.insert(id=1, sequence=head.sequence, hash=head.hash, seal=seal))


def _deadline(services: Services, random: Random, status: Status) -> str | None:
    if status not in (Status.EMPLOYER_CONFIRMED, Status.ACCEPTED, Status.RETURNED):
        return None
    return (china_day(services.now()) + timedelta(days=random.randint(-3, DUE_DAYS))).isoformat()


def _pictures(services: Services, random: Random, count: int) -> Iterator[dict[str, Any]]:
    """A portrait and a signature of everybody, a selfie of the last twentieth: small, as lists show none of them."""
    for serial in range(1, count + 1):
        draft_id = f"{serial:032x}"
        for kind in ("portrait", "signature", "selfie")[: 3 if serial > count - count // 20 else 2]:
            sealed = services.sealer.seal(random.randbytes(200), f"attachment:{draft_id}:{kind}")
            yield {"draft": draft_id, "kind": kind, "sealed": sealed, "saved_at": services.now()}
