"""统计: how the office's work goes, in numbers without names."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from renewal.domain.application import DECIDED, Status
from renewal.domain.clock import china_day
from renewal.domain.spread import Spread
from renewal.office.todo import arrived
from renewal.services import Services
from renewal.store.figures import Days

ANSWERED = frozenset({Status.ACCEPTED, Status.RETURNED})
WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Report:
    """Of some weeks up to the present one: `weeks` are their Mondays, `handed_in` and `decided` count by them.
    `statuses` is how what was handed in stands now; `answering` spreads the working days from a case's arrival at the
    office to 受理 or 退回, `deciding` those from 受理 to the decision; `defects` says in how many of the `returned`
    submissions each field was wrong; `reached` counts drafts by the steps they came to."""

    weeks: list[date]
    statuses: Mapping[Status, int]
    handed_in: list[int]
    decided: list[int]
    answering: Spread
    deciding: Spread
    returned: int
    defects: Mapping[str, int]
    reached: Mapping[str, int]


def report(services: Services, weeks: int) -> Report:
    """Of the last `weeks` calendar weeks, this one included."""
    today = china_day(services.now())
    mondays = [today - timedelta(days=today.weekday()) - n * WEEK for n in reversed(range(weeks))]
    since, count = mondays[0], services.figures
    with services.database.snapshot():
        deciding = count.stays({Status.ACCEPTED}, DECIDED, since)
        answering = count.stays(arrived(services), ANSWERED, since)
        return Report(
            weeks=mondays,
            statuses=count.statuses(since),
            handed_in=_weekly(count.handed_in(since), mondays),
            decided=_weekly(_left(deciding), mondays),
            answering=_working_days(services, answering),
            deciding=_working_days(services, deciding),
            returned=count.returned(since),
            defects=count.defects(since),
            reached=services.step_counts.since(since),
        )


def _left(stays: Counter[Days]) -> Counter[date]:
    """By the day alone on which it was over."""
    days: Counter[date] = Counter()
    for (_, left), number in stays.items():
        days[left] += number
    return days


def _weekly(days: Counter[date], mondays: list[date]) -> list[int]:
    weeks: Counter[int] = Counter()
    for day, number in days.items():
        weeks[(day - mondays[0]) // WEEK] += number
    return [weeks[week] for week in range(len(mondays))]


def _working_days(services: Services, stays: Counter[Days]) -> Spread:
    """The day itself does not count (民法典 art. 201): what was done on it took none."""
    taken: Counter[int] = Counter()
    if stays:
        passed = services.calendar.passed(min(came for came, _ in stays), max(left for _, left in stays))
        for (came, left), number in stays.items():
            taken[passed[left] - passed[came]] += number
    return Spread(taken)
