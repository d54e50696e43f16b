"""Read as a screen reader and a drawing program would."""

from xml.etree import ElementTree

import pytest

from renewal.documents.chart import Bar, Said, bars, columns

SAID = Said("one", "每周提交", "共提交<3件>，一周最多2件。")


def drawn(markup):
    return ElementTree.fromstring(str(markup))  # our own


def of_class(svg, kind):
    return [element for element in svg.iter() if element.get("class") == kind]


def texts(svg):
    return [element.text for element in svg.iter("text")]


@pytest.mark.parametrize("chart", [bars(SAID, [Bar("待受理", 3, "3件")]), columns(SAID, [1, 2], ["6/1", "6/8"])])
def test_who_does_not_see_it_is_told_what_it_shows(chart):
    svg = drawn(chart)
    told = {svg.find(name).get("id"): svg.find(name).text for name in ("title", "desc")}
    assert svg.get("role") == "img"
    assert [told[name] for name in svg.get("aria-labelledby").split()] == [SAID.title, SAID.description]


def test_bars_are_as_long_as_their_numbers():
    svg = drawn(bars(SAID, [Bar("准予", 8, "8件"), Bar("不予", 2, "2件"), Bar("撤回", 0, "0件")]))
    assert [bar.get("width") for bar in of_class(svg, "bar")] == ["100%", "25%", "0%"]
    assert texts(svg) == ["准予", "8件", "不予", "2件", "撤回", "0件"]


def test_words_from_outside_stay_words():
    svg = drawn(bars(SAID, [Bar("<script>&", 1, "</svg>")]))
    assert texts(svg) == ["<script>&", "</svg>"]


def test_columns_are_as_high_as_their_numbers_and_stand_on_one_line():
    svg = drawn(columns(SAID, [4, 1, 0], ["0", "1", "2"]))
    heights = [float(bar.get("height").removesuffix("em")) for bar in of_class(svg, "bar")]
    feet = {
        round(float(bar.get("y").removesuffix("em")) + height, 6)
        for bar, height in zip(of_class(svg, "bar"), heights, strict=True)
    }
    assert heights == [8, 2, 0]
    assert len(feet) == 1


def test_what_is_beyond_the_limit_looks_different_and_the_limit_says_what_it_is():
    svg = drawn(columns(SAID, [4, 1, 3], ["0", "1", "超"], limit=(2, "期限1天")))
    assert (len(of_class(svg, "bar")), len(of_class(svg, "beyond"))) == (2, 1)
    assert "期限1天" in texts(svg)
    assert of_class(svg, "limit")[0].get("x1") == "66.67%"


def test_a_line_is_measured_with_the_columns_measure():
    svg = drawn(columns(SAID, [10, 10], ["6/1", "6/8"], line=[0, 20]))
    points = [tuple(map(float, point.split(","))) for point in of_class(svg, "line")[0].get("points").split()]
    assert points == [(25, 100), (75, 0)]
    assert [bar.get("height") for bar in of_class(svg, "bar")] == ["4em", "4em"]
    assert len(list(svg.iter("circle"))) == 2


def test_a_year_of_weeks_shows_few_dates_and_always_the_last():
    weeks = [f"{week}/29" for week in range(52)]
    shown = texts(drawn(columns(SAID, [1] * 52, weeks)))
    assert 2 <= len(shown) <= 4
    assert shown[-1] == "51/29"


def test_nothing_at_all_is_drawn_without_breaking():
    assert len(of_class(drawn(columns(SAID, [0, 0], ["0", "1"])), "bar")) == 2
    assert texts(drawn(bars(SAID, []))) == []
