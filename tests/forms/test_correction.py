"""What can be returned of the forms, and what was changed from one submission to the next."""

from renewal.domain.defects import REASONS
from renewal.forms.correction import LABELS, Change, Changes, changes, returnable
from renewal.forms.fields import Rules
from tests.factories import NOON, person

ME = person()
RULES = Rules(NOON.date())
OLD = {"details": ME.details, "commitment": {"sha256": "a"}}
FILES = {"portrait": b"face", "signature": b"hand"}
NOTHING = Changes((), (), False)


def test_all_but_the_person_can_be_returned():
    fixed = {"name", "id_type", "id_number", "sex", "birth_date"}
    assert LABELS.keys() - returnable(OLD, RULES).keys() == fixed


def test_who_has_an_old_permit_may_correct_what_its_number_does_not_tell():
    old = {"details": ME.details | {"id_number": "CAN110101010101", "id_type": "外国人永久居留身份证"}}
    assert {"sex", "birth_date"} <= returnable(old, RULES).keys()


def test_there_are_ready_made_reasons_for_exactly_what_can_be_returned():
    assert REASONS.keys() == LABELS.keys() - {"name", "id_type", "id_number"}


def test_the_same_answers_are_no_change():
    assert changes(OLD, OLD, FILES, FILES) == NOTHING
    assert NOTHING.names == frozenset()


def test_a_change_tells_field_old_and_new_in_the_forms_order():
    new = OLD | {"details": ME.details | {"specialty_2": "", "school": "山东大学"}}
    made = changes(OLD, new, FILES, FILES)
    assert made.fields == (
        Change("school", "毕业院校", "青岛理工大学", "山东大学"),
        Change("specialty_2", "申请注册专业2", "市政公用工程", ""),
    )
    assert (made.pictures, made.commitment) == ((), False)


def test_a_replaced_picture_and_a_letter_made_anew_are_told():
    made = changes(OLD, OLD | {"commitment": {"sha256": "b"}}, FILES, FILES | {"signature": b"another"})
    assert made == Changes((), ("signature",), True)
    assert made.names == {"signature", "commitment"}


def test_a_picture_that_is_not_there_any_more_is_a_change():
    assert changes(OLD, OLD, FILES, {"portrait": b"face"}).pictures == ("signature",)
