"""What is kept no longer than it is needed, by the policy's days."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from renewal.domain.application import Status
from renewal.domain.errors import InvalidValue
from renewal.domain.policy import Policy
from renewal.journey.submission import withdraw
from renewal.office import purging
from renewal.office.acts import Action
from renewal.office.purging import SUBJECT, due, purge
from renewal.services import Services
from renewal.store.database import Unavailable
from renewal.store.models import Attachment, Draft, Event
from tests.casework import actions, faults
from tests.engines import about_sqlites_file, read_only
from tests.factories import CLERK, NOON, Clock, carry, moved, person, portrait_jpeg, stored, submitted

YEARS = 3650


def _old(services: Services, clock: Clock) -> Services:
    """Something of each kind, all of it due, after so long that nothing is kept."""
    for serial in range(7):
        carry(services, "face", person(serial))
    services.people.keep_avatar("a phone", b"\xff\xd8 face", NOON)
    moved(services, submitted(services, person(10), "selfie"), Status.WITHDRAWN)
    moved(services, submitted(services, person(11)), Status.APPROVED)
    with services.database.transaction():
        services.attempts.incr("somebody", 0)
    clock.go_on(days=YEARS + 1)
    return services


EACH = {"drafts": 7, "avatars": 1, "selfies": 1, "cases": 2, "attempts": 1}


def _reports(services: Services) -> list[str]:
    return [act.reason for act in services.event_log.acts(SUBJECT)]


def test_what_is_due_is_told_before_and_deleted_then(services: Services, clock: Clock) -> None:
    _old(services, clock)
    assert due(services) == EACH | {"sessions": 0, "messages": 0}
    assert dict(purge(services)) == EACH | {"registrations": 9, "sessions": 0, "messages": 0}
    assert not any(due(services).values())
    assert faults(services) == []


def test_a_run_that_deleted_something_is_one_event_with_counts_and_no_content(services: Services, clock: Clock) -> None:
    _old(services, clock)
    purge(services)
    (report,) = _reports(services)
    assert report == (
        "未提交的草稿7项；不再使用的头像1项；比对后或办结后的自拍照1项；到期办件的内容2项；不再需要的注册信息9项；"
        "过期的尝试计数1项"
    )
    assert [event.action for event in stored(services, Event)].count(Action.PURGED) == 1


def test_a_run_that_finds_nothing_says_nothing(services: Services) -> None:
    submitted(services)
    assert not any(purge(services).values())
    assert _reports(services) == []


@pytest.mark.parametrize(
    ("days", "left"), [("keep_drafts_days", "drafts"), ("keep_avatars_days", "avatars"), ("keep_decided_days", "cases")]
)
def test_each_is_kept_as_long_as_the_office_says(services: Services, clock: Clock, days: str, left: str) -> None:
    old = _old(services, clock)
    services = Services.over(old.database, old.sealer, old.now, replace(Policy(), **{days: YEARS + 2}))
    assert left not in +purge(services)
    assert not due(services)[left]
    clock.go_on(days=2)
    assert due(services)[left] == EACH[left]


def test_a_withdrawn_case_that_is_young_keeps_all_but_its_selfie(services: Services) -> None:
    case = submitted(services, method="selfie")
    moved(services, case, Status.WITHDRAWN)
    assert +purge(services) == {"selfies": 1}
    assert actions(services, case)[-1] == "selfie_deleted"
    assert services.applications.get(case.id).answers


def test_a_selfie_that_waits_for_its_comparison_is_kept(services: Services) -> None:
    case = submitted(services, method="selfie")
    assert not +purge(services)
    assert services.attachments.get(case.draft_id, "selfie")
    services.applications.record(case, Action.SELFIE_OTHER, CLERK, NOON)
    assert +purge(services) == {"selfies": 1}


def test_somebody_whose_draft_went_begins_anew_as_a_stranger(services: Services, clock: Clock) -> None:
    carry(services, "face")
    clock.go_on(days=91)
    purge(services)
    assert not services.people.knows(person().name, person().id_number)
    assert submitted(services)


@pytest.mark.parametrize("broken", ["_avatars", "_selfies", "_cases"])
def test_a_run_that_is_broken_off_says_what_it_did_and_is_gone_on_with(
    services: Services, clock: Clock, monkeypatch, broken: str
) -> None:
    _old(services, clock)

    def fail(*_: object) -> None:
        raise Unavailable("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(purging, broken, fail)
        with pytest.raises(Unavailable):
            purge(services)
    assert _reports(services)[0].startswith("未提交的草稿7项")
    purge(services)
    assert not any(due(services).values())
    assert faults(services) == []


def test_a_disk_that_takes_nothing_loses_nothing(services: Services, clock: Clock) -> None:
    _old(services, clock)
    with read_only(services), pytest.raises(Unavailable):
        purge(services)
    assert due(services) == EACH | {"sessions": 0, "messages": 0}
    assert faults(services) == []


def test_a_case_whose_log_was_changed_by_hand_is_left_and_said(services: Services, clock: Clock) -> None:
    case = moved(services, submitted(services), Status.APPROVED)
    other = moved(services, submitted(services, person(2)), Status.APPROVED)
    services.database.run(Event.update(reason="同意").where(Event.application == case.id))
    clock.go_on(days=YEARS + 1)
    with pytest.raises(InvalidValue, match="有1件到期办件的日志记录与写入时不符"):
        purge(services)
    assert due(services)["cases"] == 1
    assert services.applications.find(case.id)
    assert services.applications.was_deleted(other.id)


@pytest.fixture
def marks(services: Services, clock: Clock, tmp_path: Path) -> Callable[[], dict[str, bool]]:
    """Which marks of somebody's data stand in the files' bytes: sealed ones as they were stored, and words in plain."""
    case = moved(services, submitted(services, method="selfie"), Status.DECLINED)
    services.attachments.put(case.draft_id, "selfie", portrait_jpeg(), NOON)
    draft = carry(services, "review", person(2))
    looked_for = {
        "picture": next(row.sealed for row in stored(services, Attachment) if row.draft_id == draft.id)[-64:],
        "selfie": next(row.sealed for row in stored(services, Attachment) if row.kind == "selfie")[5000:5064],
        "answers": next(row.answers for row in stored(services, Draft) if row.id == draft.id)[:64],
        "index": draft.id_index.encode(),
        "mask": "李*明".encode(),
        "employer": "泉城工程监理".encode(),
        "reason": "照片不清".encode(),
    }

    def found() -> dict[str, bool]:
        files = [tmp_path / f"renewal.db{end}" for end in ("", "-wal")]
        contents = b"".join(file.read_bytes() for file in files if file.exists())
        return {name: mark in contents for name, mark in looked_for.items()}

    return found


@about_sqlites_file
def test_deleted_means_gone_from_the_bytes_of_the_files(services: Services, clock: Clock, marks) -> None:
    services.database.tidy()
    assert marks() == dict.fromkeys(marks(), True)
    clock.go_on(days=YEARS + 1)
    purge(services)
    assert marks() == dict.fromkeys(marks(), False)


@about_sqlites_file
def test_what_the_log_beside_the_file_held_is_gone_too(services: Services, clock: Clock, marks, tmp_path: Path) -> None:
    """Nothing was written back to the file before."""
    assert (tmp_path / "renewal.db-wal").stat().st_size > 0
    clock.go_on(days=YEARS + 1)
    purge(services)
    assert (tmp_path / "renewal.db-wal").stat().st_size == 0
    assert marks() == dict.fromkeys(marks(), False)


@about_sqlites_file
def test_a_reader_keeps_nobody_who_writes_waiting(services: Services, clock: Clock, marks, tmp_path: Path) -> None:
    """It keeps its moment of the data as long as it reads; the next run lets it go."""
    clock.go_on(days=YEARS + 1)
    reader = sqlite3.connect(tmp_path / "renewal.db", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM draft").fetchone()
    purge(services)
    assert marks()["picture"]
    reader.execute("COMMIT")
    reader.close()
    purge(services)
    assert marks() == dict.fromkeys(marks(), False)


def test_a_case_withdrawn_by_its_applicant_is_closed_as_well(services: Services, clock: Clock) -> None:
    case = submitted(services)
    withdraw(services, case)
    clock.go_on(days=YEARS + 1)
    assert +purge(services) == {"cases": 1, "registrations": 1}
    assert actions(services, case)[-1] == "content_deleted"
