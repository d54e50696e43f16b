import re

import pytest

from renewal.domain.calendar import DECIDE_WITHIN, RETURN_WITHIN
from renewal.domain.notice import CLAUSES, MATERIALS, Clause

TEXT = "".join(f"{clause.point}。{clause.more}" for clause in CLAUSES)


def test_each_clause_is_ticked_by_its_own_name() -> None:
    assert len({clause.id for clause in CLAUSES}) == len(CLAUSES) == 11
    assert all(re.fullmatch("[a-z_]+", clause.id) for clause in CLAUSES)


@pytest.mark.parametrize("clause", CLAUSES, ids=lambda clause: clause.id)
def test_the_point_of_a_clause_is_taken_in_at_a_glance(clause: Clause) -> None:
    assert 5 <= len(clause.point) <= 13
    assert "。" not in clause.point


@pytest.mark.parametrize("clause", CLAUSES, ids=lambda clause: clause.id)
def test_the_rest_of_a_clause_is_one_to_three_short_sentences(clause: Clause) -> None:
    assert clause.more.endswith("。")
    sentences = clause.more.removesuffix("。").split("。")
    assert 1 <= len(sentences) <= 3
    assert all(len(sentence) <= 45 for sentence in sentences)


@pytest.mark.parametrize("word", ["验证码", "咨询电话", "热线"])
def test_the_notice_speaks_of_nothing_that_may_not_be_there(word: str) -> None:
    assert word not in TEXT


@pytest.mark.parametrize(
    "point",
    [
        "由本人申请",
        "不让人代办",
        "有效期",
        "30日",
        "只受聘于一个单位",
        "劳动合同",
        "社会保险",
        "退休",
        "继续教育",
        "65周岁",
        "完全民事行为能力",
        "已满2年",
        "1年内不能再次申请",
        "由单位确认",
        "不等于已经受理",
        "行政复议",
        "行政诉讼",
        "个人信息",
        "人脸",
        "“帮助”",
        "窗口咨询",
    ],
)
def test_the_notice_speaks_of_every_duty_and_right(point: str) -> None:
    assert point in TEXT


def test_the_time_limits_are_those_the_calendar_counts() -> None:
    assert f"{RETURN_WITHIN}个工作日内一次告知" in TEXT
    assert f"受理后{DECIDE_WITHIN}个工作日内决定" in TEXT


@pytest.mark.parametrize("material", ["一寸白底免冠照", "手写签名", "承诺书"])
def test_each_material_is_named_as_in_the_manual(material: str) -> None:
    assert sum(entry.startswith(material) for entry in MATERIALS) == 1
