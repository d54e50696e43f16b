import pytest
from hypothesis import given
from hypothesis import strategies as st

from renewal.domain.search import MASKS, Kind, Sought, sought
from tests.factories import person

WHO = person(name="欧阳春明")


@pytest.mark.parametrize(
    ("typed", "kind", "text"),
    [
        ("YX20260615000012", Kind.NUMBER, "YX20260615000012"),
        (" yx 20260615 ", Kind.NUMBER, "YX20260615"),
        ("000012", Kind.SERIAL, "000012"),
        ("１２", Kind.SERIAL, "12"),
        (WHO.id_number, Kind.ID_NUMBER, WHO.id_number),
        ("3701 0119 8003 0700 1x", Kind.ID_NUMBER, "37010119800307001X"),
        ("USA110199001011", Kind.ID_NUMBER, "USA110199001011"),
        ("+86 138-0000-0001", Kind.PHONE, "13800000001"),
        ("李 春明", Kind.NAME, "李春明"),
        ("阿里.买买提", Kind.NAME, "阿里·买买提"),
        ("泉城@1", Kind.NAME, "泉城@1"),
    ],
)
def test_what_is_looked_for_is_told_by_its_shape(typed: str, kind: Kind, text: str) -> None:
    assert sought(typed) == Sought(kind, text)


@pytest.mark.parametrize("nothing", ["", "  ", "\u3000", "\u200b", "-"])
def test_nothing_typed_looks_for_nothing(nothing: str) -> None:
    assert sought(nothing) is None


@given(st.text(max_size=200))
def test_any_text_looks_for_something_or_nothing(text: str) -> None:
    found = sought(text)
    assert found is None or found.kind in Kind


@pytest.mark.parametrize("typed", [WHO.name, WHO.id_number, WHO.phone])
def test_what_is_personal_is_shown_under_a_mask(typed: str) -> None:
    found = sought(typed)
    assert found
    assert MASKS[found.kind](found.text) != typed
