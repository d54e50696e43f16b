from datetime import date

import pytest

from renewal.domain.errors import InvalidValue
from renewal.domain.notice import CLAUSES, Clause
from renewal.forms.kinds import MOST_LINES, Kind, choice, clause, clauses, days, line, reasons, whole

YES_OR_NO = choice(("1", "要", True), ("0", "不要", False))


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (line(6), " 泉城 １ 号 ", "泉城 1 号"),
        (whole(0, 90, "天"), "３０", 30),
        (whole(0, 90, "天"), "30 天", 30),
        (YES_OR_NO, "0", False),
        (reasons(), "照片不清。\n\n  签名不清。 ", ("照片不清。", "签名不清。")),
        (clause("age"), "不超过65岁：超过的：不予\n注册", (Clause("age", "不超过65岁", "超过的：不予 注册"),)),
        (clause("age"), "不超过65岁", (Clause("age", "不超过65岁", ""),)),
        (clauses(), "甲事：甲\n乙事", (Clause("office_1", "甲事", "甲"), Clause("office_2", "乙事", ""))),
        (days(2026), "10月1日", frozenset({date(2026, 10, 1)})),
    ],
)
def test_a_value_is_read_and_what_is_shown_reads_as_the_same(kind: Kind, typed: str, value: object) -> None:
    assert kind.read(typed) == value
    assert kind.read(kind.show(value)) == value


@pytest.mark.parametrize(
    ("kind", "typed", "words"),
    [
        (line(5), "六个字才够用", "最多填写5个字"),
        (line(5), "\ue000", "无法识别"),
        (whole(1, 90, "天"), "0", "请填写1到90之间的整数"),
        (whole(1, 90, "天"), "九十", "请填写1到90之间的整数"),
        (whole(1, 90, "天"), "-5", "请填写1到90之间的整数"),
        (whole(1, 90, "天"), "1" * 5000, "请填写1到90之间的整数"),
        (YES_OR_NO, "2", "请从列出的里面选一项"),
        (reasons(), "字" * 201, "最多填写200个字"),
        (reasons(), "照片不清。\n" * (MOST_LINES + 1), f"最多写{MOST_LINES}行"),
        (clause("age"), "：只有详情", "还没有填写"),
        (clause("age"), "点" * 41, "最多填写40个字"),
        (clauses(), "甲\n123", "不能只有数字或符号"),
        (days(2026), "国庆", "不是日期"),
    ],
)
def test_what_cannot_be_a_value_is_refused_in_words(kind: Kind, typed: str, words: str) -> None:
    with pytest.raises(InvalidValue, match=words):
        kind.read(typed)


@pytest.mark.parametrize("shipped", CLAUSES, ids=lambda each: each.id)
def test_every_shipped_clause_can_be_edited(shipped: Clause) -> None:
    kind = clause(shipped.id)
    assert kind.read(kind.show((shipped,))) == (shipped,)
