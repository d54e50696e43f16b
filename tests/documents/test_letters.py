import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from renewal.documents.fonts import Fonts
from renewal.documents.letters import TITLES, letter
from renewal.domain.application import Status
from renewal.domain.decision import REMEDIES, refusal
from tests.documents import reading
from tests.documents.papers import NUMBER, OFFICE, WHO, told

FONTS = Fonts()
DEFECTS = [("毕业院校", "毕业院校不是全称，请按毕业证书填写。"), ("手写签名", "签名不清晰，请重新签名。")]


def read(kind: Status, **changes: object) -> str:
    return reading.text(letter(told(kind, **changes), FONTS))


@pytest.mark.parametrize("kind", TITLES)
def test_each_names_office_case_person_and_day(kind: Status) -> None:
    page = read(kind)
    for words in (TITLES[kind], f"编号：{NUMBER}", f"{WHO.name}（证件号码：{WHO.id_number}）：", "（印章）"):
        assert words in page
    assert f"{OFFICE}2026年6月15日（印章）" in page


def test_an_accepted_case_is_told_when_it_is_decided() -> None:
    page = read(Status.ACCEPTED, reason="已收到单位盖章的书面确认")
    assert "第三十二条的规定，决定予以受理，将在2026年6月29日前作出决定。" in page
    assert "说明：已收到单位盖章的书面确认" in page


def test_a_returned_case_is_told_all_defects_at_once_and_until_when() -> None:
    page = read(Status.RETURNED, defects=DEFECTS, deadline=date(2026, 7, 6))
    assert "（共2处）一次告知如下" in page
    assert "1毕业院校毕业院校不是全称，请按毕业证书填写。2手写签名签名不清晰，请重新签名。" in page
    assert "请你于2026年7月6日前" in page


def test_an_approval_names_the_specialties_and_the_years() -> None:
    page = read(Status.APPROVED)
    assert "房屋建筑工程、市政公用工程" in page
    assert "决定准予延续注册，注册有效期自原有效期届满之次日起延续3年。" in page
    assert REMEDIES not in page


def test_a_refusal_gives_its_reason_and_once_what_can_be_done_about_it() -> None:
    page = read(Status.DECLINED, reason=refusal("未达到继续教育要求"))
    assert "决定不予延续注册。理由：未达到继续教育要求。如不服本决定" in page
    assert page.count(REMEDIES) == 1


def test_what_is_not_taken_is_told_why_and_what_can_be_done_about_it() -> None:
    assert f"决定不予受理。理由：请携带身份证件原件到窗口办理。{REMEDIES}" in read(
        Status.NOT_TAKEN, reason="请携带身份证件原件到窗口办理。"
    )


def test_twenty_long_reasons_go_on_over_the_pages_and_none_is_cut() -> None:
    reasons = [(f"第{number}项", f"第{number}处，" + "请按毕业证书填写全称" * 19 + "完。") for number in range(20)]
    pdf = letter(told(Status.RETURNED, defects=reasons), FONTS)
    assert len(reading.pages(pdf)) > 3
    for _, reason in reasons:
        assert reason in reading.text(pdf)


def test_one_reason_longer_than_a_page_is_printed_whole() -> None:
    reason = "".join(f"其{number}，" for number in range(1200))
    pdf = letter(told(Status.RETURNED, defects=[("毕业院校", reason)]), FONTS)
    assert len(reading.pages(pdf)) > 2
    assert reason in re.sub(r"补正通知书YX\d+第\d页共\d页", "", reading.text(pdf))


def test_an_office_without_a_name_leaves_its_place() -> None:
    assert "（办理机关）2026年6月15日（印章）" in read(Status.ACCEPTED, office="")


def test_control_characters_and_turned_text_are_printed_harmlessly() -> None:
    page = read(Status.DECLINED, reason="第一行\r\n第二行\u202e\x07尾")
    assert "理由：第一行第二行尾" in page


def test_threads_that_write_at_once_write_what_one_alone_would() -> None:
    kinds = list(TITLES) * 6
    alone = {kind: letter(told(kind), FONTS) for kind in TITLES}
    with ThreadPoolExecutor(6) as pool:
        made = list(pool.map(lambda kind: letter(told(kind), Fonts()), kinds))
    assert made == [alone[kind] for kind in kinds]


def test_it_is_the_same_file_each_time() -> None:
    assert letter(told(Status.APPROVED), FONTS) == letter(told(Status.APPROVED), Fonts())
