"""Legal deadlines in working days (行政许可法 art. 82: periods count working days, without holidays)."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

RETURN_WITHIN = 5
"""Working days to name all defects at once, else the application counts as accepted (行政许可法 art. 32)."""

DECIDE_WITHIN = 10
"""Working days from acceptance to the decision (注册监理工程师管理规定, 部令147号, art. 8)."""

RETURN_RULE = f"{RETURN_WITHIN}个工作日内一次告知"
DECIDE_RULE = f"受理后{DECIDE_WITHIN}个工作日内作出"
"""Both as applicants read them."""

_SATURDAY = 5
_DECEMBER = 12


@dataclass(frozen=True)
class WorkingCalendar:
    """Monday to Friday, without `holidays` and the (month, day) free in `every_year`, and with the `make_up_days`
    worked on weekends. `years` are those whose announcement of the State Council is in it: in another one a deadline
    over a moving holiday falls early, which costs the applicant nothing."""

    holidays: frozenset[date] = frozenset()
    make_up_days: frozenset[date] = frozenset()
    every_year: frozenset[tuple[int, int]] = frozenset()
    years: frozenset[int] = frozenset()

    def is_working(self, day: date) -> bool:
        if day in self.make_up_days:
            return True
        return day.weekday() < _SATURDAY and day not in self.holidays and (day.month, day.day) not in self.every_year

    def add(self, day: date, n: int) -> date:
        """The n-th working day after `day`, which itself does not count (民法典 art. 201)."""
        while n > 0:
            day += timedelta(days=1)
            n -= self.is_working(day)
        return day

    def passed(self, first: date, last: date) -> dict[date, int]:
        """By each day from `first` to `last` the working days that are over by then: between two of them lie as many
        as their difference, as `add` counts them."""
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        return dict(zip(days, accumulate(self.is_working(day) for day in days), strict=True))

    def notice(self, today: date) -> str | None:
        """What the office has to bring: the year's holidays, and in December, when deadlines reach into it, those of
        the next; None when they are there."""
        wanted = {today.year, today.year + (today.month == _DECEMBER)}
        missing = sorted(wanted - self.years)
        if not missing:
            return None
        years = "、".join(f"{year}年" for year in missing)
        return f"还没有{years}的放假安排，期限只扣除了周末和固定日期的节日；请照国务院办公厅的通知填进设置的“节假日”。"


WEEKENDS = WorkingCalendar()
"""Nothing but them: until an office has brought its holidays."""
