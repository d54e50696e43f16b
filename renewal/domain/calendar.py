"""Legal deadlines in working days (行政许可法 art. 82: periods count working days, without holidays)."""

from dataclasses import dataclass
from datetime import date, timedelta

RETURN_WITHIN = 5
"""Working days to name all defects at once, else the application counts as accepted (行政许可法 art. 32)."""

DECIDE_WITHIN = 10
"""Working days from acceptance to the decision (注册监理工程师管理规定, 部令147号, art. 8)."""

RETURN_RULE = f"{RETURN_WITHIN}个工作日内一次告知"
DECIDE_RULE = f"受理后{DECIDE_WITHIN}个工作日内作出"
"""Both as applicants read them."""

_SATURDAY = 5


@dataclass(frozen=True)
class WorkingCalendar:
    """Monday to Friday, without `holidays`, and with the `make_up_days` worked on weekends."""

    holidays: frozenset[date] = frozenset()
    make_up_days: frozenset[date] = frozenset()

    def is_working(self, day: date) -> bool:
        if day in self.make_up_days:
            return True
        return day.weekday() < _SATURDAY and day not in self.holidays

    def add(self, day: date, n: int) -> date:
        """The n-th working day after `day`, which itself does not count (民法典 art. 201)."""
        while n > 0:
            day += timedelta(days=1)
            n -= self.is_working(day)
        return day


CHINA = WorkingCalendar()
"""Weekends only: the State Council announces holidays year by year, so an office brings its own sets.

Without them a deadline over a holiday falls early, which costs the applicant nothing.
"""


def answer_by(submitted: date) -> date:
    """The last day to accept, or to name all defects at once."""
    return CHINA.add(submitted, RETURN_WITHIN)


def decide_by(accepted: date) -> date:
    """The last day to decide on a case accepted on that day."""
    return CHINA.add(accepted, DECIDE_WITHIN)
