import pytest

from renewal import papers
from renewal.domain.application import Status
from renewal.journey import submission
from renewal.office import deciding, undoing
from renewal.services import Services
from tests.casework import accepted
from tests.documents import reading
from tests.factories import Clock, answer, moved, person, returned, submit, submitted
from tests.staffing import staffed

OFFICE = "泉城市住房和城乡建设局"


def titles(services: Services, case: object) -> list[str]:
    return [one.title for one in papers.issued(services.applications.events(case.id))]


def test_the_form_is_what_was_handed_in(services: Services) -> None:
    case = submitted(services, person(4, "欧阳小明"))
    page = reading.text(papers.form(services, case, OFFICE))
    for words in (case.number, "欧阳小明", person(4).id_number, person(4).phone, "√本人作出上述承诺"):
        assert words in page
    assert "（没有照片）" not in page


def test_the_form_of_a_case_is_the_same_file_whenever_it_is_made(services: Services, clock: Clock) -> None:
    case = submitted(services)
    made = papers.form(services, case)
    clock.go_on(days=3)
    assert papers.form(services, services.applications.get(case.id)) == made


def test_a_case_that_waits_has_no_letter(services: Services) -> None:
    assert titles(services, submitted(services)) == []


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (Status.ACCEPTED, ["受理通知书"]),
        (Status.APPROVED, ["受理通知书", "准予延续注册决定书"]),
        (Status.DECLINED, ["受理通知书", "不予延续注册决定书"]),
        (Status.NOT_TAKEN, ["不予受理通知书"]),
        (Status.WITHDRAWN, []),
    ],
)
def test_each_decision_has_its_letter(services: Services, status: Status, expected: list[str]) -> None:
    assert titles(services, moved(services, submitted(services), status)) == expected


def test_a_return_has_a_letter_with_all_of_its_defects(services: Services) -> None:
    case = returned(services, submitted(services), school="不是全称，请填写全称。", portrait="照片不清晰。")
    (one,) = papers.issued(services.applications.events(case.id))
    page = reading.text(papers.letter_of(services, case, one, OFFICE))
    assert "1毕业院校不是全称，请填写全称。2一寸白底免冠照照片不清晰。" in page


def test_a_letter_says_later_what_it_said_when_it_was_made(services: Services, clock: Clock) -> None:
    case = returned(services, submitted(services), major="与毕业证书不一致。")
    (one,) = papers.issued(services.applications.events(case.id))
    then = papers.letter_of(services, case, one)
    clock.go_on(days=2)
    draft = submission.reopen(services, case)
    draft = answer(services, draft, "details", person().details | {"major": "工程管理"})
    again = returned(services, submit(services, draft), school="不是全称，请填写全称。")
    first, second = papers.issued(services.applications.events(case.id))
    assert papers.letter_of(services, again, first) == then
    assert "毕业院校" in reading.text(papers.letter_of(services, again, second))
    assert "2026年6月17日提出" in reading.text(papers.letter_of(services, again, second))


def test_what_was_taken_back_has_no_letter(services: Services) -> None:
    clerk = staffed(services)
    case = accepted(services, clerk)
    undone = undoing.take_back(services, case, case.version, clerk)
    assert titles(services, undone) == []
    once_more = deciding.accept(services, undone, undone.version, clerk)
    assert titles(services, once_more) == ["受理通知书"]
