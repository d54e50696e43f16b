import hashlib
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from renewal.documents.application_form import TITLE, application_form
from renewal.documents.fonts import Fonts
from renewal.forms import details
from tests.documents import reading
from tests.documents.papers import NUMBER, OFFICE, WHO, form_paper
from tests.factories import NOON

FONTS = Fonts()
ELSEWHERE = """
import hashlib
from renewal.documents.application_form import application_form
from renewal.documents.fonts import Fonts
from tests.documents.papers import form_paper
print(hashlib.sha256(application_form(form_paper(), Fonts())).hexdigest())
"""


@pytest.fixture(scope="module")
def made() -> bytes:
    return application_form(form_paper(), FONTS)


def test_every_field_stands_in_the_forms_order_with_its_answer(made: bytes) -> None:
    page, at = reading.pages(made)[0], 0
    for field in details.FIELDS:
        at = page.index(field.label + (WHO.details[field.name] or "（未填写）"), at)


def test_it_carries_number_dates_and_the_whole_commitment(made: bytes) -> None:
    first, second = reading.pages(made)
    assert NUMBER in first
    assert "提交时间2026/06/1512:00" in first
    for line in form_paper().commitment:
        assert "".join(line.split()) in second
    assert "√本人作出上述承诺" in second
    assert "第2页共2页" in second


def test_a_corrected_one_says_when_it_was_handed_in_again() -> None:
    again = replace(form_paper(), resubmitted_at=NOON + timedelta(days=2))
    assert "补正后提交时间2026/06/1712:00" in reading.text(application_form(again, FONTS))


def test_portrait_and_signature_are_seen(made: bytes) -> None:
    with_them = np.asarray(reading.picture(made), int)
    without = np.asarray(reading.picture(application_form(form_paper(pictures=False), FONTS)), int)
    differs = np.argwhere(abs(with_them - without).max(axis=2) > 30)
    right_of_the_form = differs[differs[:, 1] > 440]
    below_the_table = differs[differs[:, 0] > 600]
    assert len(right_of_the_form) > 1000
    assert 50 < len(below_the_table) < 5000


def test_missing_pictures_are_said() -> None:
    page = reading.text(application_form(form_paper(pictures=False), FONTS))
    assert "（没有照片）" in page
    assert page.count("（没有签名）") == 2


def test_a_field_left_empty_says_so() -> None:
    assert "申请注册专业2（未填写）" in reading.text(application_form(form_paper(specialty_2=""), FONTS))


def test_the_longest_names_are_printed_whole_on_as_many_pages_as_they_take() -> None:
    employer, school = "泉城工程监理有限公司" * 50, "x" * 500
    pdf = application_form(form_paper(name="阿" * 50, employer=employer, school=school), FONTS)
    assert reading.text(pdf).replace(f"申请编号：{NUMBER}第1页共3页", "").count(employer) == 1
    assert school in reading.text(pdf)
    assert len(reading.pages(pdf)) == 3


def test_the_same_paper_is_the_same_file_in_any_process(made: bytes) -> None:
    said = subprocess.run([sys.executable, "-c", ELSEWHERE], capture_output=True, text=True, check=True).stdout
    assert said.strip() == hashlib.sha256(made).hexdigest()
    application_form(form_paper(name="别人"), FONTS)
    assert application_form(form_paper(), Fonts()) == made


def test_the_file_says_what_it_is_and_nothing_of_the_person(made: bytes) -> None:
    said = reading.facts(made)
    assert said["Title"] == f"{TITLE} {NUMBER}"
    assert said["Author"] == OFFICE
    assert said["CreationDate"] == "D:20260615120000+08'00'"
    assert not any(WHO.name in value or WHO.id_number in value for value in said.values())
    assert b"/Lang (zh-CN)" in made
