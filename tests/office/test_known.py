"""What the office knows stands beside what was handed in."""

import pytest

from renewal.domain.application import Status
from renewal.office.known import Known, compared, known_to_office
from tests.casework import confirmed
from tests.factories import (
    NOON,
    OTHER_CODE,
    answer,
    answered,
    attach,
    carry,
    moved,
    person,
    portrait_jpeg,
    signature_png,
    submit,
    submitted,
)

ME = person(1)
EARLIER = f"{NOON:%Y/%m/%d}办件"


def another(services, **changes):
    """Another case of the same person, from the same browser or another one."""
    draft = carry(services, "details", ME, owner=str(changes))
    draft = answer(services, draft, "details", {**ME.details, **changes})
    attach(services, draft, "portrait", portrait_jpeg())
    draft = attach(services, draft, "signature", signature_png())
    return submit(services, answer(services, draft, "commitment", {"commitment": "yes"}))


def test_the_id_number_tells_sex_and_birth_and_kind(services):
    known = known_to_office(services, submitted(services, ME))
    told = {field: values[0].value for field, values in known.items() if values}
    assert told == {name: ME.details[name] for name in ("id_number", "id_type", "sex", "birth_date")}


def test_every_field_is_there_and_agrees_or_is_unknown(services):
    rows = compared(services, submitted(services, ME))
    assert [row.field for row in rows][:2] == ["name", "sex"]
    assert {row.differs for row in rows} == {False, None}


def test_what_was_granted_before_is_known(services):
    moved(services, submitted(services, ME), Status.APPROVED)
    rows = {row.field: row for row in compared(services, another(services, school="山东大学"))}
    assert rows["school"].differs
    assert rows["school"].known == (Known("青岛理工大学", EARLIER),)
    assert rows["major"].differs is False


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.DECLINED, Status.WITHDRAWN, Status.ACCEPTED])
def test_what_somebody_only_handed_in_is_not(services, status):
    """Anybody can hand in anything under a number."""
    moved(services, submitted(services, ME), status)
    rows = compared(services, another(services, school="山东大学"))
    assert not any(row.differs for row in rows)


def test_another_persons_is_not(services):
    moved(services, submitted(services, person(2)), Status.APPROVED)
    assert not any(
        source.source == EARLIER for row in compared(services, submitted(services, ME)) for source in row.known
    )


def test_the_employer_confirmed_what_it_was_asked(services):
    rows = {row.field: row for row in compared(services, confirmed(services, ME))}
    sources = {field: [known.source for known in row.known] for field, row in rows.items()}
    assert {field for field in sources if "单位确认" in sources[field]} == {
        "name",
        "employer",
        "employer_code",
        "specialty_1",
        "specialty_2",
    }


def test_a_unit_that_declined_confirmed_nothing(services):
    case = answered(services, submitted(services, ME), answer="不予确认", reason="已经离职")
    assert not any(known.source == "单位确认" for row in compared(services, case) for known in row.known)


def test_the_code_is_the_one_that_the_unit_gave(services):
    case = answered(services, another(services, employer_code=""), employer_code=OTHER_CODE)
    (row,) = [row for row in compared(services, case) if row.field == "employer_code"]
    assert (row.submitted, row.differs, row.known[0].value) == ("", True, OTHER_CODE)
