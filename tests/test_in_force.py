"""What is saved is in force at once, for everybody, beneath what the environment gives."""

from datetime import date

import pytest

from renewal.domain.calendar import WorkingCalendar
from renewal.domain.office import Office
from renewal.domain.policy import Policy
from renewal.journey import steps
from renewal.services import Services
from renewal.store.setting_versions import Version
from tests.engines import drop
from tests.factories import NOON, carry, person, submitted


def save(services: Services, **saved: str) -> None:
    """The next version; in keys __ stands for the dot."""
    texts = {key.replace("__", "."): text for key, text in saved.items()}
    services.setting_versions.put(Version(services.setting_versions.number() + 1, texts, "主任", NOON))


def beside(services: Services, **more: object) -> Services:
    """Another worker over the same database."""
    return Services.over(services.database, services.sealer, services.now, Policy(), **more)  # type: ignore[arg-type]


@pytest.fixture
def counted(services, monkeypatch) -> list[object]:
    """The selects that are asked from here on."""
    asked: list[object] = []
    rows = services.database.rows
    monkeypatch.setattr(services.database, "rows", lambda query: asked.append(query) or rows(query))
    return asked


def test_another_worker_sees_a_change_at_once(services) -> None:
    other = beside(services)
    assert (other.policy, other.office) == (Policy(), Office())
    save(services, policy__employer_confirmation="0", office__name="泉城注册办")
    assert other.policy == services.policy == Policy(employer_confirmation=False)
    assert other.office.name == "泉城注册办"
    save(services)
    assert other.policy == Policy()


def test_what_the_environment_gives_stands_above_what_is_saved(services) -> None:
    save(services, office__name="保存的", office__phone="12345")
    given = beside(services, office=Office("环境的"), given=frozenset({"RENEWAL_OFFICE_NAME"}))
    assert (given.office.name, given.office.phone) == ("环境的", "12345")


def test_a_request_goes_by_the_rules_it_began_with_and_asks_for_them_once(services, counted) -> None:
    services.in_force.begin()
    save(beside(services), policy__correct_within="25")
    counted.clear()
    assert [services.policy.correct_within for _ in range(3)] == [25] * 3
    assert len(counted) == 2  # the number, and the version nobody here has read yet
    save(services, policy__correct_within="30")
    assert services.policy.correct_within == 25
    services.in_force.end()
    assert services.policy.correct_within == 30


def test_nothing_is_asked_for_twice_that_is_known(services, counted) -> None:
    save(services, policy__correct_within="20")
    assert services.policy.correct_within == 20
    counted.clear()
    assert services.policy.correct_within == 20
    assert len(counted) == 1


def test_without_a_database_the_office_is_still_known_by_name(services, monkeypatch) -> None:
    save(services, office__name="泉城注册办")
    assert services.office.name == "泉城注册办"
    drop(services, "setting_version")
    assert services.office.name == "泉城注册办"
    assert services.calendar_notice


def test_a_text_that_is_no_value_any_more_leaves_the_default(services) -> None:
    save(services, policy__correct_within="a while", office__king="x", office__name="泉城注册办")
    assert services.policy == Policy()
    assert services.office.name == "泉城注册办"


def test_holidays_move_deadlines_that_are_given_from_then_on(services) -> None:
    without = Services.over(services.database, services.sealer, services.now, Policy(employer_confirmation=False))
    before = submitted(without, person(1))
    save(services, holidays__2026_off="6月16日至17日")
    after = submitted(without, person(2))
    assert (before.deadline, after.deadline) == (date(2026, 6, 22), date(2026, 6, 24))
    assert without.applications.get(before.id).deadline == before.deadline
    assert without.calendar_notice is None


def test_a_year_that_is_saved_replaces_that_year_alone(services) -> None:
    file = WorkingCalendar(frozenset({date(2026, 6, 16), date(2027, 1, 1)}), years=frozenset({2026, 2027}))
    save(services, holidays__2026_off="6月17日")
    calendar = beside(services, calendar=file).calendar
    assert calendar.holidays == {date(2026, 6, 17), date(2027, 1, 1)}


def test_a_clause_that_is_added_is_asked_of_who_comes_to_it_and_leads_nobody_back(services) -> None:
    past = carry(services, "details", person(1))
    save(services, notice__more="请带好原件", notice__age="不超过六十五岁：超过的不予注册")
    assert services.clauses[-1].point == "请带好原件"
    assert "不超过六十五岁" in [clause.point for clause in services.clauses]
    assert steps.current(past.all_answers).name == "details"
