"""What the statistics show: each chart with its sentence, and the table of the same numbers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from renewal.documents.chart import Bar, Said, bars, columns
from renewal.domain.calendar import DECIDE_WITHIN, RETURN_WITHIN
from renewal.domain.dates import show
from renewal.domain.spread import Spread
from renewal.forms.correction import LABELS as FIELDS
from renewal.office.figures import Report
from renewal.web.office.case_labels import SHOWN, status_label

STEPS = {
    "verify": "用户核验",
    "register": "用户注册",
    "face": "人脸识别",
    "notice": "申报须知",
    "details": "申报信息",
    "attachments": "上传附件",
    "commitment": "承诺书",
    "review": "核对提交",
    "done": "提交成功",
}
"""How far drafts are counted, from the first form on: who is registered passes 用户注册 over, and nobody stops there
unseen."""
OVER = 5
"""Working days over a limit that are told apart."""


@dataclass(frozen=True, slots=True)
class Chart:
    """`says` is the sentence beneath the heading; of `rows` the first cell is the row's head. Without a `picture`
    there is nothing to show yet."""

    heading: str
    says: str
    picture: Markup | None
    columns: Sequence[str]
    rows: Sequence[Sequence[object]]
    legend: bool = False


def charts(found: Report) -> list[Chart]:
    return [
        _weekly(found),
        _statuses(found),
        _spread("answering", "多久受理或退回", found.answering, RETURN_WITHIN, "件到齐后{within}个工作日内应一次告知"),
        _spread("deciding", "受理后多久作出决定", found.deciding, DECIDE_WITHIN, "法定{within}个工作日"),
        _defects(found),
        _steps(found),
    ]


def _weekly(found: Report) -> Chart:
    heading, submitted, decided = "每周提交和决定", sum(found.handed_in), sum(found.decided)
    most = max(*found.handed_in, *found.decided)
    says = f"共提交{submitted}件，作出决定{decided}件；一周最多{most}件。"
    weeks = [show(week) for week in found.weeks]
    said = Said("weekly", heading, says)
    picture = columns(said, found.handed_in, [f"{week.month}/{week.day}" for week in found.weeks], found.decided)
    rows = list(zip(weeks, found.handed_in, found.decided, strict=True))[::-1]
    return Chart(heading, says, picture if submitted or decided else None, ("周一", "提交", "决定"), rows, legend=True)


def _statuses(found: Report) -> Chart:
    heading, total = "提交的件现在的状态", sum(found.statuses.values())
    rows = [(status_label(status), found.statuses[status]) for status in SHOWN if found.statuses.get(status)]
    says = f"这段时间提交的{total}件，现在："
    return _bars("statuses", heading, says, ("状态", "件数"), [(*row, _share(row[1], total)) for row in rows])


def _spread(name: str, heading: str, spread: Spread, within: int, rule: str) -> Chart:
    total, kept = spread.total, spread.within(within)
    rule = rule.format(within=within)
    usual = f"一半在{spread.median}个工作日内，九成在{spread.quantile(0.9)}个工作日内"
    says = f"{usual}；{rule}，做到的占{_share(kept, total)}。"
    counts = [spread.counts.get(day, 0) for day in range(within + 1)] + [total - kept]
    tops = [f"{count * 100 / total:.0f}" if count * 100 >= total > 0 else "" for count in counts]
    described = Said(name, heading, f"{says}横轴是工作日，0是当天；柱上的数字是占比（%）。")
    words, limit = [*map(str, range(within + 1)), "超"], (within + 1, f"期限{within}天")
    picture = columns(described, counts, words, tops=tops, limit=limit) if total else None
    rows = [(words, count, _share(count, total)) for words, count in _by_days(spread, within + OVER)]
    return Chart(heading, says, picture, ("工作日", "件数", "占比"), rows)


def _by_days(spread: Spread, last: int) -> Iterator[tuple[str, int]]:
    for day in range(last + 1):
        yield str(day) if day else "当天", spread.counts.get(day, 0)
    yield f"超过{last}", spread.total - spread.within(last)


def _defects(found: Report) -> Chart:
    most_first = sorted(found.defects.items(), key=lambda item: -item[1])
    rows = [(FIELDS[field], count, _share(count, found.returned)) for field, count in most_first]
    says = f"退回{found.returned}次；每项占退回次数的比例："
    return _bars("defects", "退回补正的项目", says, ("项目", "次数"), rows, counted=False)


def _steps(found: Report) -> Chart:
    heading, begun, done = "申请人停在哪一步", found.reached.get("verify", 0), found.reached.get("done", 0)
    says = f"开始填写{begun}份，提交{done}份。条的长短是到了这一步的；只计份数，不记是谁，还在填写的也算停下。"
    rows = list(_stopped(found))
    drawn = [
        Bar(step, reached, f"停下{stopped} ({share})" if stopped else "") for step, reached, stopped, share in rows
    ]
    drawn.append(Bar(STEPS["done"], done, f"{done}份"))
    picture = bars(Said("steps", heading, says), drawn) if begun else None
    return Chart(heading, says, picture, ("步骤", "到此", "停在这里", "占比"), [*rows, (STEPS["done"], done, "", "")])


def _stopped(found: Report) -> Iterator[tuple[str, int, int, str]]:
    """Somebody may come to a step in this period who began before it: nobody is missing then."""
    names = list(STEPS)
    for name, following in pairwise(names):
        reached = found.reached.get(name, 0)
        stopped = max(0, reached - found.reached.get(following, 0))
        yield STEPS[name], reached, stopped, _share(stopped, reached)


def _bars(
    name: str,
    heading: str,
    says: str,
    head: tuple[str, str],
    rows: Sequence[tuple[str, int, str]],
    counted: bool = True,
) -> Chart:
    drawn = [Bar(words, count, f"{count} ({share})" if counted else share) for words, count, share in rows]
    picture = bars(Said(name, heading, says), drawn) if rows else None
    return Chart(heading, says, picture, (*head, "占比"), rows)


def _share(part: int, whole: int) -> str:
    return f"{part * 100 / whole:.0f}%" if whole else "—"
