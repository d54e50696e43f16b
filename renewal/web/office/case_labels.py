"""How the office's lists say a case, its filters and what waits."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from renewal.domain.application import LABELS, Status
from renewal.domain.clock import china_day
from renewal.domain.codes import SPECIALTIES
from renewal.domain.dates import show
from renewal.domain.search import MASKS, Kind
from renewal.office.todo import IN_HAND, OFFICES, Todo, move_of
from renewal.store.filters import LONG, NOBODY, Due, Filter, Mark, Sort
from renewal.store.queue import Line
from renewal.store.staff import Member
from renewal.web import access
from renewal.web.context import context
from renewal.web.office import filters

MARKS = {
    Mark.CONFLICT: "有冲突",
    Mark.SELFIE: "自拍照待比对",
    Mark.COUNTER: "窗口待核验",
    Mark.AGAIN: "再次提交",
}
DUES = {
    Due.TODAY: "今天到期",
    Due.OVERDUE: "已超期",
    Due.WEEK: "本周到期",
    Due.LONG: f"等单位超过{LONG.days}天",
}
KINDS = {
    Kind.NUMBER: "编号",
    Kind.SERIAL: "编号",
    Kind.ID_NUMBER: "证件号码",
    Kind.PHONE: "手机号码",
    Kind.NAME: "姓名",
}
SORTS = {Sort.DEADLINE: "期限", Sort.NEWEST: "编号", Sort.OLDEST: "编号", Sort.EMPLOYER: "聘用单位"}
SHOWN = tuple(status for status in Status if status not in (Status.DRAFT, Status.EXPIRED))
"""No case is a draft, and none expires."""

GROUPS: dict[str, dict[Todo, str]] = {
    "期限": {Todo.OVERDUE: "已超期", Todo.DUE_TODAY: "今天到期", Todo.UNCORRECTED: "补正期已过"},
    "办理": {
        Todo.ACCEPT: "待受理",
        Todo.AGAIN: "其中再次提交的",
        Todo.DECIDE: "已受理，待决定",
        Todo.MINE: "我的在办件",
    },
    "核对": {Todo.CONFLICTS: "有冲突", Todo.SELFIES: "自拍照待比对", Todo.COUNTER: "窗口待核验本人"},
    "等单位": {Todo.EMPLOYER: "待单位确认", Todo.EMPLOYER_LONG: f"其中超过{LONG.days}天"},
}
PRESSING = {Todo.OVERDUE: "late", Todo.DUE_TODAY: "soon", Todo.CONFLICTS: "soon", Todo.UNCORRECTED: "soon"}


def status_label(status: Status) -> str:
    """A submitted case waits for the employer, or for the office where that step is off."""
    if status is not Status.SUBMITTED:
        return LABELS[status]
    return "待单位确认" if context().services.policy.employer_confirmation else "待受理"


def groups(asked: dict[str, Filter], counts: dict[str, int]) -> dict[str, list[dict[str, Any]]]:
    """What waits, by what it is about; `counts` by the filters' names."""
    told = {
        heading: [_todo(todo, words, asked[todo], counts[todo]) for todo, words in todos.items() if todo in asked]
        for heading, todos in GROUPS.items()
    }
    return {heading: todos for heading, todos in told.items() if todos}


def row(line: Line, state: filters.Pairs, now: datetime) -> dict[str, Any]:
    """Of a list whose filter is `state`: the case's page leads on along it."""
    move = move_of(context().services, line)
    return {
        "number": line.number,
        "url": filters.address(f"/cases/{line.number}", state),
        "name": line.name_mask,
        "id_number": line.id_mask,
        "employer": line.employer,
        "specialties": "、".join(line.specialties),
        "status": status_label(line.status),
        "due": _due(line, china_day(now)),
        "marks": [MARKS[mark] for mark in _marks(line)],
        "clerk": line.clerk,
        "version": line.version,
        "move": {Status.ACCEPTED: "受理", Status.APPROVED: "准予"}[move] if move else "",
    }


def choices(asked: Filter, clerks: Mapping[int, str]) -> dict[str, Any]:
    """Of the filter's form: each group with value, words and whether it is chosen; `clerks` are names by id."""
    return {
        "statuses": [(status.value, status_label(status), status in asked.statuses) for status in SHOWN],
        "marks": [(mark.value, words, mark in asked.marks) for mark, words in MARKS.items()],
        "dues": [(due.value, words, due is asked.due) for due, words in DUES.items()],
        "clerks": [(filters.clerk(clerk), words, clerk == asked.clerk) for clerk, words in clerks.items()],
        "specialties": [(name, name, name == asked.specialty) for name in SPECIALTIES.names],
    }


def clerks(member: Member, staff: Iterable[Member]) -> dict[int, str]:
    """Whose cases `member` may ask for: one's own, those that wait for anybody, a colleague's."""
    others = {other.id: other.name for other in staff if other.role in access.CASEWORKERS and other.id != member.id}
    return {member.id: "我办的", NOBODY: "还没有人办"} | others


def in_words(asked: Filter, of_form: Mapping[str, Any]) -> list[str]:
    """The filter, as it stands above its list; `of_form` are its `choices`."""
    chosen = {name: [words for _, words, chosen in group if chosen] for name, group in of_form.items()}
    statuses = ["在办"] if asked.statuses == IN_HAND else ["或".join(chosen.pop("statuses"))]
    employer = f"单位含“{asked.employer}”" if asked.employer else ""
    others = (words for name in ("marks", "dues", "clerks", "specialties") for words in chosen[name])
    return [words for words in (*statuses, *others, employer) if words]


def said(asked: Filter, of_form: Mapping[str, Any]) -> str:
    """The filter for the log, where nothing personal stands: not even a mask."""
    found = asked.search
    sought = [] if found is None else [f"搜索{KINDS[found.kind]}" + ("" if found.kind in MASKS else f"“{found.shown}”")]
    return "，".join(sought + in_words(asked, of_form)) or "全部"


def _todo(todo: Todo, words: str, asked: Filter, count: int) -> dict[str, Any]:
    kind = PRESSING.get(todo, "") if count else "none"
    return {"words": words, "count": count, "kind": kind, "url": filters.address("/cases", filters.pairs(asked))}


def _marks(line: Line) -> list[Mark]:
    told = {
        Mark.CONFLICT: line.conflict,
        Mark.SELFIE: line.selfie,
        Mark.COUNTER: line.to_be_verified and line.status in IN_HAND,
        Mark.AGAIN: line.submissions > 1,
    }
    return [mark for mark, is_so in told.items() if is_so]


def _due(line: Line, today: date) -> dict[str, str] | None:
    """Words, what kind they are of, and the day; an applicant's deadline is quiet until it is over."""
    if line.deadline is None:
        return None
    left, ours = (line.deadline - today).days, line.status in OFFICES
    day = show(line.deadline)
    if left < 0:
        return {"words": f"{'' if ours else '补正'}超期{-left}天", "kind": "late" if ours else "soon", "day": day}
    if left == 0:
        return {"words": "今天到期" if ours else "补正今天到期", "kind": "soon" if ours else "", "day": day}
    return {"words": day if ours else f"补正至{day[5:]}", "kind": "", "day": day}
