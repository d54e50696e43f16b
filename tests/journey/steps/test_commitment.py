from renewal.domain.commitment import VERSION
from renewal.journey.steps.commitment import STEP, letter
from tests.factories import person


def test_the_letter_names_the_person_of_the_details_and_their_employer():
    made = letter({"details": person().details})
    assert made.version == VERSION
    for said in (person().name, person().id_number, person().phone, "泉城工程监理有限公司"):
        assert made.text.count(said) == 1


def test_it_is_done_for_exactly_the_letter_that_was_promised():
    details = person().details
    promised = {"sha256": letter({"details": details}).sha256}
    assert STEP.done({"details": details, "commitment": promised})
    assert not STEP.done({"details": details})
    assert not STEP.done({"commitment": promised})
    assert not STEP.done({"details": {**details, "phone": "13900139000"}, "commitment": promised})


def test_a_letter_promised_in_other_words_has_to_be_promised_again():
    assert not STEP.done({"details": person().details, "commitment": {"sha256": "of the words of last year"}})
