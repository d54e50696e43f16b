from dataclasses import FrozenInstanceError
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from renewal.domain.commitment import AGREE, REFUSE, REFUSED_EXPLANATION, VERSION, Commitment, commitment
from tests.domain.strategies import SLOW_MACHINE

BLANKS = ("李明", "370103199701010017", "13012341234", "山东某某建设监理有限公司")

# The manual's figure 10 with its blanks left open; any change of wording needs a new VERSION.
HASH_OF_THE_MANUALS_WORDS = "558021b5f65a416b6c9394143ba2854e6a3ff433295380ecf1843c5421fcc59f"


def letter() -> Commitment:
    return commitment(*BLANKS)


def test_the_words_are_the_manuals() -> None:
    assert commitment("", "", "", "有限公司").sha256 == HASH_OF_THE_MANUALS_WORDS
    assert VERSION == letter().version == "renewal-1"


def test_the_letter_opens_with_the_manuals_first_sentence() -> None:
    assert letter().heading == "办理该业务，请仔细阅读下列承诺条款，确认无误后方可提交。"


def test_the_person_is_named_in_the_blanks() -> None:
    assert letter().identity == ("本人姓名：李明", "身份证号：370103199701010017", "手机号：13012341234")


def test_the_preamble_carries_no_number() -> None:
    assert letter().preamble.startswith("本人已充分知悉")
    assert letter().preamble.endswith("现郑重承诺如下：")


def test_the_clauses_are_numbered_from_1_to_14() -> None:
    numbers = [clause.split("、")[0] for clause in letter().clauses]
    assert numbers == [str(number) for number in range(1, 15)]


def test_the_fifth_clause_names_the_employer_once() -> None:
    assert letter().clauses[4].startswith("5、本人受聘于山东某某建设监理有限公司，该受聘单位符合")
    assert "有限公司有限公司" not in letter().text


def test_the_last_clause_is_complete() -> None:
    assert letter().clauses[13] == "14、本人具有完全民事行为能力，以上承诺均为本人真实意思表示。"


def test_the_text_holds_every_paragraph_once() -> None:
    shown = letter()
    assert shown.text.split("\n") == [shown.heading, "，".join(shown.identity), shown.preamble, *shown.clauses]


def test_the_hash_is_that_of_the_text() -> None:
    assert letter().sha256 == sha256(letter().text.encode("utf-8")).hexdigest()


@pytest.mark.parametrize("blank", range(4))
def test_another_person_signs_another_text(blank: int) -> None:
    other = [*BLANKS]
    other[blank] += "甲"
    assert commitment(*other).sha256 != letter().sha256


@given(st.text(max_size=20), st.text(max_size=20))
@settings(**SLOW_MACHINE)
def test_whatever_stands_in_a_blank_is_shown_as_it_is(name: str, employer: str) -> None:
    text = commitment(name, "{id_number}", "{0}", employer).text
    assert f"本人姓名：{name}，身份证号：{{id_number}}，手机号：{{0}}" in text
    assert f"5、本人受聘于{employer}，该受聘单位" in text


def test_a_letter_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        letter().version = "2"


def test_a_refusal_is_explained() -> None:
    assert (AGREE, REFUSE) == ("本人作出上述承诺", "本人不作出上述承诺")
    assert AGREE in REFUSED_EXPLANATION
    assert "已经保存" in REFUSED_EXPLANATION
