"""A deployment of the first release goes forward with everything it holds: rows as that release wrote them."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from playhouse.migrations import Runner

from renewal.app import create_app
from renewal.domain.actor import APPLICANT, ActorKind
from renewal.domain.application import Status
from renewal.domain.policy import Policy
from renewal.domain.trust import Trust
from renewal.journey import submission
from renewal.services import Services
from renewal.settings import Settings
from renewal.store import models
from renewal.store.audit import verify
from renewal.store.database import MIGRATIONS, Database
from renewal.store.event_log import LogBroken
from renewal.store.first_release import FirstRelease, OldLogBroken
from renewal.store.sealed import Sealer, Unsealable
from tests.factories import NOON, person, stored, submitted

SINCE = sorted(file.stem for file in MIGRATIONS.glob("0*.py"))[1:]
ME, YOU = person(1), person(2)
SHUT = {"verify": {"name": ME.name, "id_number": ME.id_number, "known": True}, "face": {"method": "selfie"}}
ANSWERS = {**SHUT, "details": ME.details, "face": {"method": "selfie"}, "resume": "ABCD", "pictures": {}}
TRAIL = [["commitment", "/renewal/review", "f"], ["review", "/renewal/done", "f"]]
FILES = {"portrait": b"\xff\xd8 face", "signature": b"hand", "signature_white": b"white", "selfie": b"\xff\xd8 me"}


class First:
    """The first release, as far as it wrote."""

    def __init__(self, database: Database, sealer: Sealer) -> None:
        self.database, self.sealer = database._database, sealer
        Runner(self.database, str(MIGRATIONS)).up("0001_begin")

    def insert(self, table: str, **columns: object) -> None:
        names, places = ", ".join(columns), ", ".join(self.database.param for _ in columns)
        self.database.execute_sql(f"INSERT INTO {table} ({names}) VALUES ({places})", tuple(columns.values()))

    def draft(self, draft_id: str, answers: dict, trail: list, id_index: str) -> None:
        self.insert(
            "draft",
            id=draft_id,
            version=len(trail),
            trust=2,
            id_index=id_index,
            resume_index=draft_id * 2,
            answers=self.sealer.seal_json(answers, f"draft:{draft_id}"),
            typed=self.sealer.seal_json({"school": "青岛理"}, f"typed:{draft_id}"),
            trail=json.dumps(trail),
            saved_at="2026-06-15 04:00:00",
        )
        for kind, file in FILES.items():
            sealed = self.sealer.seal(file, f"attachment:{draft_id}:{kind}")
            self.insert("attachment", draft_id=draft_id, kind=kind, sealed=sealed, saved_at="2026-06-15 04:00:00")

    def case(self, case_id: int, draft_id: str, status: str, id_index: str, moves: list[tuple[str, str]]) -> None:
        details = next(who for who in (ME, YOU) if self.sealer.index("id_number", who.id_number) == id_index).details
        self.insert(
            "application",
            id=case_id,
            number=f"YX20260615{case_id:06d}",
            draft_id=draft_id,
            status=status,
            version=sum(source != target for source, target in moves) - 1,
            id_index=id_index,
            open_index=id_index if status == "submitted" else None,
            trust=2,
            method="selfie",
            answers=self.sealer.seal_json(ANSWERS | {"details": details}, f"application:{draft_id}"),
            submitted_at="2026-06-15 04:00:00",
        )
        previous = "0" * 64
        for position, (source, target) in enumerate(moves):
            at = NOON + timedelta(minutes=position)
            moment = at.astimezone(UTC).isoformat(timespec="microseconds")
            told = [case_id, moment, "申请人", source, target, "", None]
            digest = self.sealer.index("event", previous + json.dumps(told, ensure_ascii=False))
            self.insert(
                "event",
                application_id=case_id,
                position=position,
                at=str(at.replace(tzinfo=None)),
                actor="申请人",
                source=source,
                target=target,
                reason="",
                previous_hash=previous,
                hash=digest,
            )
            previous = digest


@pytest.fixture
def sealer(keys):
    return Sealer(keys)


@pytest.fixture
def url(new_url):
    return new_url()


@pytest.fixture
def old(url, sealer):
    """A database of the first release with rows in every table, before it goes forward."""
    database = Database(url)
    first = First(database, sealer)
    mine, yours = (sealer.index("id_number", who.id_number) for who in (ME, YOU))
    first.draft("going", ANSWERS, TRAIL[:1], yours)
    first.draft("submitted", SHUT | {"resume": "ABCD"}, TRAIL, mine)
    first.draft("withdrawn", SHUT | {"resume": "EFGH"}, TRAIL, yours)
    first.case(1, "submitted", "submitted", mine, [("draft", "submitted")])
    moves = [("draft", "submitted"), ("submitted", "submitted"), ("submitted", "withdrawn")]
    first.case(2, "withdrawn", "withdrawn", yours, moves)
    registered = sealer.index("person", f"{ME.id_number}\0{ME.name}")
    sealed = sealer.seal_json(ME.registration, f"applicant:{registered}")
    first.insert("applicant", person_index=registered, sealed=sealed, created_at="2026-06-15 04:00:00")
    picture = sealer.seal(b"face", "avatar:mine")
    first.insert("avatar", id="mine", sealed=picture, created_at="2026-06-15 04:00:00")
    yield database
    database.close()


@pytest.fixture
def forward(old, sealer, clock):
    """The same after `setup`."""
    assert old.migrate() == SINCE
    assert FirstRelease(old, sealer).carry_over() == 2
    return Services.over(old, sealer, clock, Policy())


def test_drafts_go_on_where_they_were(forward):
    draft = forward.draft("going")
    assert (draft.version, draft.trust, draft.answers) == (1, Trust.CAPTURED, ANSWERS)
    assert (draft.typed, draft.history) == ({"school": "青岛理"}, (tuple(TRAIL[0]),))
    assert (draft.submitted, draft.owner_index, draft.resume_index) == (False, "", "going" * 2)
    assert forward.attachments.get("going", "portrait") == FILES["portrait"]


def test_submitted_drafts_stay_shut(forward):
    assert forward.draft("submitted").submitted
    assert forward.draft("withdrawn").submitted


def test_cases_keep_number_status_and_answers(forward):
    first, second = (forward.applications.find(number) for number in (1, 2))
    assert (first.number, first.status, first.version) == ("YX20260615000001", Status.SUBMITTED, 1)
    assert (second.number, second.status, second.version) == ("YX20260615000002", Status.WITHDRAWN, 2)
    assert first.answers == ANSWERS
    assert (first.draft_id, first.method, first.submitted_at, first.submissions) == ("submitted", "selfie", NOON, 1)
    assert not first.conflict


def test_pictures_are_frozen_and_the_selfie_stays_with_the_draft(forward):
    for number, draft_id in ((1, "submitted"), (2, "withdrawn")):
        frozen = forward.submissions.pictures(number, 0)
        assert frozen == {kind: file for kind, file in FILES.items() if kind != "selfie"}
        assert forward.attachments.get(draft_id, "selfie") == FILES["selfie"]
        assert forward.attachments.get(draft_id, "portrait") is None


def test_what_an_office_filters_by_is_filled_in(forward):
    rows = stored(forward, models.Application)
    assert {row.name_mask for row in rows} == {"李*明"}
    assert {row.employer for row in rows} == {ME.details["employer"]}
    assert [row.phone_index for row in rows] == [forward.sealer.index("phone", who.phone) for who in (ME, YOU)]
    assert rows[0].open_index == forward.intake.open_index(rows[0].id_index, rows[0].draft_id, ME.name)
    assert rows[1].open_index is None


def test_people_and_their_pictures_are_there(forward):
    assert forward.people.knows(ME.name, ME.id_number)
    assert forward.people.avatar("mine") == b"face"


def test_the_logs_are_one_chain_that_tells_the_same(forward):
    report = verify(forward.database, forward.sealer)
    assert (report.count, report.findings) == (4, [])
    events = forward.applications.events(2)
    assert [(event.action, event.source, event.target, event.version) for event in events] == [
        ("move", "draft", "submitted", 1),
        ("selfie_deleted", "submitted", "submitted", 1),
        ("move", "submitted", "withdrawn", 2),
    ]
    assert {event.actor for event in events} == {APPLICANT}
    assert events[0].actor.kind is ActorKind.APPLICANT
    assert events[1].at == datetime(2026, 6, 15, 4, 1, tzinfo=UTC)


def test_life_goes_on(forward):
    submission.withdraw(forward, forward.applications.find(1))
    submitted(forward, ME)
    assert verify(forward.database, forward.sealer).findings == []


def test_a_stranger_does_not_block_who_submitted_in_the_first_release(forward):
    assert submitted(forward, ME, owner="a stranger's phone").conflict


def test_it_is_done_once(forward):
    assert FirstRelease(forward.database, forward.sealer).carry_over() == 0


def test_a_new_database_has_nothing_to_bring_over(services):
    assert FirstRelease(services.database, services.sealer).carry_over() == 0
    submitted(services, ME)
    assert FirstRelease(services.database, services.sealer).carry_over() == 0


def test_until_it_is_done_nothing_is_submitted(old, sealer, clock):
    old.migrate()
    with pytest.raises(LogBroken):
        submitted(Services.over(old, sealer, clock, Policy()), person(3))


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE event SET reason = '改过' WHERE position = 1",
        "DELETE FROM event WHERE position = 0",
        "DELETE FROM event WHERE position = 2",
        "DELETE FROM event",
        "UPDATE application SET status = 'submitted' WHERE id = 2",
    ],
)
def test_a_log_that_was_changed_is_not_made_to_look_whole(old, sealer, damage):
    old._database.execute_sql(damage)
    old.migrate()
    with pytest.raises(OldLogBroken, match="YX20260615"):
        FirstRelease(old, sealer).carry_over()
    assert old.rows(models.ChainHead.select()) == []


def test_a_failure_in_the_middle_changes_nothing_and_it_may_be_begun_again(old, sealer):
    old.migrate()
    row = models.SubmissionPicture
    (picture, *_) = reversed(old.rows(row.select()))
    old.run(row.update(sealed=b"no picture").where(row.id == picture.id))
    with pytest.raises(Unsealable):
        FirstRelease(old, sealer).carry_over()
    old.run(row.update(sealed=picture.sealed).where(row.id == picture.id))
    assert FirstRelease(old, sealer).carry_over() == 2


def test_setup_does_it_all(old, url, tmp_path, keys, clock):
    old.close()
    runner = create_app(Settings(data=tmp_path, database_url=url), keys, clock).test_cli_runner()
    first = runner.invoke(args=["setup"])
    said = first.output.splitlines()
    assert said[: len(SINCE)] == [f"migrated: {name}" for name in SINCE]
    assert "brought over from the first release: 2" in said
    assert "brought over" not in runner.invoke(args=["setup"]).output
    assert runner.invoke(args=["check"]).exit_code == 0
